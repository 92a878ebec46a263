//! One request from text to answer.

use async_graphql::{Request, Response};

use super::Schema;
use super::preparation::{Prepared, check, prepare};
use crate::access::Contract;
use crate::app::App;
use crate::content::article::Lists;
use crate::content::publication::{self, SettingsCache};
use crate::error::Error;
use crate::graphql::batch::{Memory, batches};
use crate::graphql::context::{Asker, RequestContext};
use crate::graphql::notes::{Noted, Notes};
use crate::graphql::request;

/// An answer, and what was told of it.
#[derive(Debug)]
pub struct Executed {
    /// Every error of it has its [`crate::error::Code`] in `extensions.code`;
    /// its cause, if it has one, is found by [`crate::error::cause`].
    pub response: Response,
    pub noted: Noted,
}

/// Answer a request of `asker` that is prepared and [`check`]ed.
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
    let mut request = prepared.request.data(context).data(Lists::default());
    request.set_parsed_query(prepared.document.parsed().clone());
    let response = queue.drive(schema.executing.execute(request)).await;
    Executed {
        response: request::coded(response),
        noted: notes.sum(),
    }
}

/// Answer one request of `asker`: all steps at once.
pub async fn execute(app: &App, schema: &Schema, request: Request, asker: Asker) -> Response {
    let prepared = match prepare(app, request) {
        Ok(prepared) => prepared,
        Err(refused) => return *refused,
    };
    if let Err(refused) = check(app, &prepared).await {
        return *refused;
    }
    let executed = execute_prepared(app, schema, prepared, asker).await;
    executed.response
}

/// The publication's settings, as every request shares them.
#[must_use]
pub fn settings(schema: &Schema) -> &SettingsCache {
    &schema.settings
}

/// The locales of a reader who names none but in this `Accept-Language` header,
/// and has this contract.
///
/// # Errors
/// If the database does not answer.
pub async fn locales_in_force(
    app: &App,
    schema: &Schema,
    reader: (Option<&str>, Option<&Contract>),
) -> Result<String, Error> {
    publication::locales_in_force(&schema.settings, &app.database, reader).await
}
