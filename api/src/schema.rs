//! The schema: the features' roots, merged.

mod execution;
mod inspection;
mod preparation;

use std::sync::Arc;

use async_graphql::{
    EmptySubscription, MergedObject, SDLExportOptions, SchemaBuilder, ValidationMode,
};

use crate::administration::{ApiKeyMutation, ApiKeyQuery, AuditLogQuery};
use crate::content::article::{ArticleMutation, ArticleQuery};
use crate::content::author::{AuthorMutation, AuthorQuery};
use crate::content::correction::CorrectionMutation;
use crate::content::issue::{ArchiveQuery, IssueMutation, IssueQuery};
use crate::content::node::NodeQuery;
use crate::content::preview::PreviewMutation;
use crate::content::publication::{PublicationMutation, PublicationQuery, SettingsCache};
use crate::content::schedule::{ScheduleMutation, ScheduleQuery};
use crate::content::search::SearchQuery;
use crate::content::topic::{TopicMutation, TopicQuery};
use crate::content::translation::{Translation, TranslationQuery};
use crate::delivery::webhook::{WebhookMutation, WebhookQuery};

pub use execution::{Executed, execute, execute_prepared, locales_in_force, settings};
pub use inspection::Inspector;
pub use preparation::{Prepared, check, prepare};

type Roots = async_graphql::Schema<Query, Mutation, EmptySubscription>;

/// The schema that this server answers. Cheap to clone.
#[derive(Clone)]
#[expect(missing_debug_implementations, reason = "async-graphql's has none")]
pub struct Schema {
    executing: Roots,
    settings: Arc<SettingsCache>,
}

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
    ScheduleQuery,
    ApiKeyQuery,
    AuditLogQuery,
    WebhookQuery,
);

/// What can be changed, by those who have a key for it. Each field is done as a
/// whole or not at all, one after the other.
#[derive(Debug, Default, MergedObject)]
pub struct Mutation(
    PublicationMutation,
    IssueMutation,
    ArticleMutation,
    CorrectionMutation,
    TopicMutation,
    AuthorMutation,
    ScheduleMutation,
    PreviewMutation,
    ApiKeyMutation,
    WebhookMutation,
);

/// Build the schema. It executes what [`check`] has let through.
#[must_use]
pub fn build() -> Schema {
    let settings = Arc::<SettingsCache>::default();
    let executing = builder().validation_mode(ValidationMode::Fast);
    Schema {
        executing: executing.data(Arc::clone(&settings)).finish(),
        settings,
    }
}

fn builder() -> SchemaBuilder<Query, Mutation, EmptySubscription> {
    Roots::build(Query::default(), Mutation::default(), EmptySubscription)
        .register_output_type::<Translation>()
}

/// The schema in the schema definition language, as `schema.graphql` has it.
#[must_use]
pub fn sdl(schema: &Schema) -> String {
    let sdl = schema
        .executing
        .sdl_with_options(SDLExportOptions::new().include_specified_by());
    format!("{}\n", sdl.trim_end())
}
