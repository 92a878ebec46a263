//! The schema: the features' roots, merged.

use async_graphql::{
    EmptyMutation, EmptySubscription, MergedObject, Request, Response, SDLExportOptions,
};

use crate::app::App;
use crate::content::article::ArticleQuery;
use crate::content::author::AuthorQuery;
use crate::content::issue::{ArchiveQuery, IssueQuery};
use crate::content::node::NodeQuery;
use crate::content::publication::{PublicationQuery, SettingsCache};
use crate::content::search::SearchQuery;
use crate::content::topic::TopicQuery;
use crate::content::translation::{Translation, TranslationQuery};
use crate::graphql::batch::batches;
use crate::graphql::context::RequestContext;
use crate::graphql::limits::Limits;
use crate::graphql::request;

/// The schema that this server answers.
pub type Schema = async_graphql::Schema<Query, EmptyMutation, EmptySubscription>;

/// What can be read. Every field but `node` takes the reader's locales; all hand
/// them on to what is below.
#[derive(Debug, Default, MergedObject)]
pub struct Query(
    PublicationQuery,
    IssueQuery,
    ArchiveQuery,
    ArticleQuery,
    TopicQuery,
    AuthorQuery,
    TranslationQuery,
    SearchQuery,
    NodeQuery,
);

/// Build the schema, with the limits that validation holds a document to.
#[must_use]
pub fn build(limits: &Limits) -> Schema {
    async_graphql::Schema::build(Query::default(), EmptyMutation, EmptySubscription)
        .register_output_type::<Translation>()
        .data(SettingsCache::default())
        .limit_complexity(limits.complexity)
        .finish()
}

/// The schema in the schema definition language, as `schema.graphql` has it.
#[must_use]
pub fn sdl(schema: &Schema) -> String {
    let sdl = schema.sdl_with_options(SDLExportOptions::new().include_specified_by());
    format!("{}\n", sdl.trim_end())
}

/// Answer one request. `accept_language` is the value of that header.
///
/// Every error of the answer has its [`crate::error::Code`] in
/// `extensions.code`; its cause, if it has one, is found by
/// [`crate::error::cause`].
pub async fn execute(
    app: &App,
    schema: &Schema,
    request: Request,
    accept_language: Option<&str>,
) -> Response {
    let request = match request::prepare(request, &app.limits, &app.documents) {
        Ok(request) => request,
        Err(refused) => return *refused,
    };
    let (batches, queue) = batches(app.database.clone());
    let context = RequestContext {
        app: app.clone(),
        batches,
        accept_language: accept_language.map(str::to_owned),
    };
    let response = queue.drive(schema.execute(request.data(context))).await;
    request::coded(response, &app.limits)
}
