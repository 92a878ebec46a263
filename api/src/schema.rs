//! The schema: the features' roots, merged.

use async_graphql::{EmptyMutation, EmptySubscription, Object, Request, Response};

use crate::app::App;

/// The schema that this server answers.
pub type Schema = async_graphql::Schema<Query, EmptyMutation, EmptySubscription>;

pub struct Query;

#[Object]
impl Query {
    async fn ok(&self) -> bool {
        true
    }
}

/// Build the schema.
#[must_use]
pub fn build() -> Schema {
    Schema::build(Query, EmptyMutation, EmptySubscription).finish()
}

/// Answer one request. `accept_language` is the value of that header.
///
/// Every error of the answer has its [`crate::error::Code`] in
/// `extensions.code`; its cause, if it has one, is found by
/// [`crate::error::cause`].
pub async fn execute(
    _app: &App,
    schema: &Schema,
    request: Request,
    _accept_language: Option<&str>,
) -> Response {
    schema.execute(request).await
}
