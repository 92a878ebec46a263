//! One request from text to answer.

use async_graphql::{Request, Response};

use super::Schema;
use crate::app::App;
use crate::content::publication;
use crate::error::Error;
use crate::graphql::batch::{Memory, batches};
use crate::graphql::context::{Asker, RequestContext};
use crate::graphql::notes::{Noted, Notes};
use crate::graphql::request;

/// A request whose document is parsed and within the limits.
#[derive(Debug)]
pub struct Prepared {
    request: Request,
    /// Whether it asks for more than reading.
    pub changes: bool,
}

/// An answer, and what was told of it.
#[derive(Debug)]
pub struct Executed {
    /// Every error of it has its [`crate::error::Code`] in `extensions.code`;
    /// its cause, if it has one, is found by [`crate::error::cause`].
    pub response: Response,
    pub noted: Noted,
}

/// Parse the document of a request, and hold it to the limits.
///
/// # Errors
/// The answer to a document that is refused.
pub fn prepare(app: &App, request: Request) -> Result<Prepared, Box<Response>> {
    let mut request = request::prepare(request, &app.limits, &app.documents)?;
    let changes = request::is_change(&mut request);
    Ok(Prepared { request, changes })
}

impl Prepared {
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

fn write_variables(request: &Request, question: &mut Vec<u8>) {
    // The outer names are in order as they are; those within are put so.
    let variables = serde_json::to_value(&request.variables);
    // Writing to memory does not fail, and variables came as JSON.
    drop(variables.map(|variables| serde_json::to_writer(question, &variables)));
}

/// Answer a prepared request of `asker`.
pub async fn execute_prepared(
    app: &App,
    schema: &Schema,
    prepared: Prepared,
    asker: Asker,
) -> Executed {
    let memory = if prepared.changes {
        Memory::None
    } else {
        Memory::Kept
    };
    let (batches, queue) = batches(app.database.clone(), memory);
    let Asker {
        caller,
        preview,
        accept_language,
    } = asker;
    let notes = Notes::default();
    if preview.is_some() || prepared.changes {
        notes.of_caller();
    }
    let context = RequestContext {
        app: app.clone(),
        batches,
        caller,
        preview,
        accept_language,
        notes: notes.clone(),
    };
    let request = prepared.request.data(context);
    let response = queue.drive(schema.executing.execute(request)).await;
    Executed {
        response: request::coded(response, &app.limits),
        noted: notes.sum(),
    }
}

/// Answer one request of `asker`: both steps at once.
pub async fn execute(app: &App, schema: &Schema, request: Request, asker: Asker) -> Response {
    match prepare(app, request) {
        Ok(prepared) => {
            let executed = execute_prepared(app, schema, prepared, asker).await;
            executed.response
        }
        Err(refused) => *refused,
    }
}

/// The locales of a reader who names none but in this `Accept-Language` header.
///
/// # Errors
/// If the database does not answer.
pub async fn locales_in_force(
    app: &App,
    schema: &Schema,
    accept_language: Option<&str>,
) -> Result<String, Error> {
    publication::locales_in_force(&schema.settings, &app.database, accept_language).await
}
