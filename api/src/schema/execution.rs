//! One request from text to answer.

use async_graphql::{Request, Response};

use super::Schema;
use super::preparation::{Prepared, prepare};
use crate::app::App;
use crate::graphql::batch::{Memory, batches};
use crate::graphql::context::{Asker, RequestContext};
use crate::graphql::request;

/// Answer one request of `asker`.
///
/// Every error of the answer has its [`crate::error::Code`] in
/// `extensions.code`; its cause, if it has one, is found by
/// [`crate::error::cause`].
pub async fn execute(app: &App, schema: &Schema, request: Request, asker: Asker) -> Response {
    match prepare(app, request).await {
        Ok(prepared) => execute_prepared(app, schema, prepared, asker).await,
        Err(refused) => *refused,
    }
}

/// The same for a request that was [`prepare`]d.
pub async fn execute_prepared(
    app: &App,
    schema: &Schema,
    prepared: Prepared,
    asker: Asker,
) -> Response {
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
    let context = RequestContext {
        app: app.clone(),
        batches,
        caller,
        preview,
        accept_language,
    };
    let mut request = prepared.request.data(context);
    request.set_parsed_query(prepared.document.parsed().clone());
    let response = queue.drive(schema.execute(request)).await;
    request::coded(response)
}
