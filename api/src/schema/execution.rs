//! One request from text to answer.

use async_graphql::{Request, Response};

use super::Schema;
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
    let mut request = match request::prepare(request, &app.limits, &app.documents) {
        Ok(request) => request,
        Err(refused) => return *refused,
    };
    let memory = if request::is_change(&mut request) {
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
    let response = queue.drive(schema.execute(request.data(context))).await;
    request::coded(response, &app.limits)
}
