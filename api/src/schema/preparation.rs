//! A request before it is executed: is it within the limits, does it fit the
//! schema, what does it cost.

use std::sync::{Arc, LazyLock};

use async_graphql::parser::types::{
    DocumentOperations, OperationDefinition, Selection, SelectionSet,
};
use async_graphql::{Pos, Positioned, Request, Response, ValidationMode, Value};

use super::{Roots, builder};
use crate::app::App;
use crate::graphql::checking::{CheckOnly, look_at};
use crate::graphql::documents::Document;
use crate::graphql::limits::Limits;
use crate::graphql::request;

/// A request whose document is parsed and within the limits.
#[derive(Debug)]
pub struct Prepared {
    pub(super) request: Request,
    pub(super) document: Arc<Document>,
    /// Whether it asks for more than reading.
    pub changes: bool,
}

/// Finds what a request has against the schema.
static CHECK: LazyLock<CheckOnly> = LazyLock::new(CheckOnly::default);

/// Holds documents to every rule. Like the next, it is the same for all
/// databases, and has no state.
static STRICT: LazyLock<Roots> = LazyLock::new(|| checking(&CHECK, ValidationMode::Strict));

/// Finds what documents that fit, and parts of them, cost, and minds little
/// else.
static WEIGHING: LazyLock<Roots> = LazyLock::new(|| checking(&CHECK, ValidationMode::Fast));

/// Parse the document of a request, unless it is known, and hold it to the
/// limits.
///
/// # Errors
/// The answer to a document that is refused.
pub fn prepare(app: &App, request: Request) -> Result<Prepared, Box<Response>> {
    let document = app.documents.get(&request.query, &app.limits)?;
    request::check_variables(&document, &request)?;
    let changes = document.changes(request.operation_name.as_deref());
    Ok(Prepared {
        request,
        document,
        changes,
    })
}

/// Hold a request to the schema, and find what it costs: how many fields its
/// answer could hold, pages counted at their full size.
///
/// A document is looked at with care once. After that only its variables are,
/// and only where they do not plainly fit; what it costs is remembered.
///
/// # Errors
/// The answer to a request that is refused.
pub async fn check(app: &App, prepared: &Prepared) -> Result<usize, Box<Response>> {
    let Prepared {
        request, document, ..
    } = prepared;
    let cost = cost(app, document, request).await?;
    within(document, request, &app.limits, cost).await
}

/// The same for a document that nobody knows anything of.
pub(super) async fn look_closely(
    document: &Document,
    request: &Request,
    limits: &Limits,
) -> Result<usize, Box<Response>> {
    let cost = look_at(&STRICT, document.parsed(), request)
        .await
        .map_err(|refused| Box::new(request::coded(refused)))?;
    within(document, request, limits, cost).await
}

async fn within(
    document: &Document,
    request: &Request,
    limits: &Limits,
    cost: usize,
) -> Result<usize, Box<Response>> {
    if cost <= limits.complexity {
        return Ok(cost);
    }
    let (place, field) = place(document, request, limits).await;
    let field = field.as_deref();
    let refusal = request::too_complex(limits, cost, place, field.as_slice());
    Err(refusal.into())
}

impl Prepared {
    /// The text of the document.
    #[must_use]
    pub fn text(&self) -> &str {
        self.document.text()
    }

    /// What is asked: the document, the operation and the variables in one
    /// order. Equal questions are equal bytes.
    #[must_use]
    pub fn question(&self) -> Vec<u8> {
        let mut question = Vec::with_capacity(2 * self.request.query.len());
        for part in [
            self.request.query.as_str(),
            self.request.operation_name.as_deref().unwrap_or_default(),
        ] {
            question.extend_from_slice(&(part.len() as u64).to_le_bytes());
            question.extend_from_slice(part.as_bytes());
        }
        write_variables(&self.request, &mut question);
        question
    }
}

/// What a request costs, if it fits.
async fn cost(app: &App, document: &Document, request: &Request) -> Result<usize, Box<Response>> {
    let operation = document.operation(request.operation_name.as_deref());
    let fits = |operation| CHECK.surely_fit(operation, &request.variables);
    let known = document.fits() && operation.is_some_and(fits);
    let remembered = || app.documents.cost(document, &request.variables);
    if let Some(cost) = known.then(remembered).flatten() {
        return Ok(cost);
    }
    let checking = if known { &WEIGHING } else { &STRICT };
    let cost = look_at(checking, document.parsed(), request)
        .await
        .map_err(|refused| Box::new(request::coded(refused)))?;
    if !known && fits_with_all(document, operation, request).await {
        document.note_fit();
    }
    app.documents.keep_cost(document, &request.variables, cost);
    Ok(cost)
}

/// Whether a request that fits would also fit if no variable were left out: a
/// value in which one stands that is left out is not looked at.
async fn fits_with_all(
    document: &Document,
    operation: Option<&OperationDefinition>,
    request: &Request,
) -> bool {
    let definitions = operation.map_or(&[][..], |operation| &operation.variable_definitions);
    let mut variables = request.variables.clone();
    for definition in definitions {
        let default = definition.node.default_value.as_ref();
        let value = default.map_or(Value::Null, |value| value.node.clone());
        let name = definition.node.name.node.clone();
        variables.entry(name).or_insert(value);
    }
    if variables.len() == request.variables.len() {
        return true;
    }
    let mut whole = Request::new(String::new()).variables(variables);
    whole.operation_name.clone_from(&request.operation_name);
    look_at(&STRICT, document.parsed(), &whole).await.is_ok()
}

/// The item of the operation's root at which the cost passes the limit.
async fn place(
    document: &Document,
    request: &Request,
    limits: &Limits,
) -> (Option<Pos>, Option<String>) {
    let name = request.operation_name.as_deref();
    let items = document
        .operation(name)
        .map_or(&[][..], |operation| &operation.selection_set.node.items);
    // The first so many are within the limit; so many are not.
    let (mut within, mut beyond) = (0, items.len());
    while beyond - within > 1 {
        let middle = within.midpoint(beyond);
        let mut part = document.parsed().clone();
        keep_first(&mut part.operations, name, middle);
        let cost = look_at(&WEIGHING, &part, request).await;
        if cost.is_ok_and(|cost| cost <= limits.complexity) {
            within = middle;
        } else {
            beyond = middle;
        }
    }
    let Some(item) = items.get(within) else {
        return (None, None);
    };
    let field = match &item.node {
        Selection::Field(field) => Some(field.node.response_key().node.to_string()),
        _ => None,
    };
    (Some(item.pos), field)
}

/// Leave the first so many items of an operation's root.
fn keep_first(operations: &mut DocumentOperations, name: Option<&str>, count: usize) {
    let operation: Option<&mut Positioned<OperationDefinition>> = match (operations, name) {
        (DocumentOperations::Single(only), _) => Some(only),
        (DocumentOperations::Multiple(named), Some(name)) => named.get_mut(name),
        (DocumentOperations::Multiple(named), None) => named.values_mut().next(),
    };
    if let Some(operation) = operation {
        let SelectionSet { items } = &mut operation.node.selection_set.node;
        items.truncate(count);
    }
}

fn write_variables(request: &Request, question: &mut Vec<u8>) {
    // The outer names are in order as they are; those within are put so.
    let variables = serde_json::to_value(&request.variables);
    // Writing to memory does not fail, and variables came as JSON.
    drop(variables.map(|variables| serde_json::to_writer(question, &variables)));
}

/// The same roots, that look at documents and execute nothing.
fn checking(check: &CheckOnly, mode: ValidationMode) -> Roots {
    let checking = builder().validation_mode(mode);
    checking.extension(check.clone()).finish()
}
