//! Global object identification: any thing by its id (the Relay
//! specification's `Node`).

use async_graphql::{Context, ID, Interface, Object, Result};
use futures_util::future::try_join_all;

use crate::access::OutOfScope;
use crate::cache::tag::Tag;
use crate::content::article::{Article, ArticleById};
use crate::content::author::{Author, AuthorById};
use crate::content::issue::{Issue, IssueById};
use crate::content::language::Translated;
use crate::content::publication::{Reader, reader, reader_of};
use crate::content::topic::{Topic, TopicById};
use crate::content::translation::{
    ArticleTranslation, AuthorTranslation, IssueTranslation, State, TopicTranslation, words_by_id,
};
use crate::error::Error;
use crate::graphql::batch::load;
use crate::graphql::context::ContextExt as _;
use crate::graphql::filter::MAX_VALUES;
use crate::graphql::id::{GlobalId, decode, encode};
use crate::graphql::page::cost;
use crate::graphql::scalar::Locale;

/// Anything that has an id.
#[derive(Clone, Debug, Interface)]
#[graphql(field(name = "id", ty = "ID", desc = "Its id, unlike any other's."))]
pub enum Node {
    Issue(Issue),
    Article(Article),
    Topic(Topic),
    Author(Author),
    IssueTranslation(IssueTranslation),
    ArticleTranslation(ArticleTranslation),
    TopicTranslation(TopicTranslation),
    AuthorTranslation(AuthorTranslation),
}

#[derive(Debug, Default)]
pub struct NodeQuery;

#[Object]
impl NodeQuery {
    /// Anything by its id; `null` when it is gone, or not published in any of
    /// the reader's locales. These come from `Accept-Language` alone, for the
    /// field is what the Relay specification asks for; `nodes` takes `locales`
    /// and `states`.
    async fn node(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "An id that this API gave out.")] id: ID,
    ) -> Option<Result<Node>> {
        find_one(ctx, &id).await.transpose()
    }

    /// Things by their ids, in the order of the ids; `null` for each that is
    /// gone, or not published in any of the reader's locales.
    #[graphql(complexity = "cost(ids.len().max(1), child_complexity)")]
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Ids that this API gave out, at most 100.")] ids: Vec<ID>,
        #[graphql(
            desc = "The reader's locales, the preferred one first. Without: `Accept-Language`, else the publication's default."
        )]
        locales: Option<Vec<Locale>>,
        #[graphql(
            desc = "How far what is served may have come. Without: only what readers see. Needs a key that may see drafts."
        )]
        states: Option<Vec<State>>,
    ) -> Result<Vec<Option<Node>>> {
        if ids.len() > MAX_VALUES {
            return Err(Error::InvalidValue {
                argument: "ids",
                what: format!("a list of at most {MAX_VALUES}, not {}", ids.len()),
            }
            .into());
        }
        let reader = reader_of(ctx, locales, states).await?;
        try_join_all(ids.iter().map(|id| find(ctx, id, &reader))).await
    }
}

async fn find_one(ctx: &Context<'_>, id: &ID) -> Result<Option<Node>> {
    let reader = reader(ctx, None).await?;
    find(ctx, id, &reader).await
}

async fn find(ctx: &Context<'_>, id: &ID, reader: &Reader) -> Result<Option<Node>> {
    let GlobalId { type_name, key: id } = decode(id)?;
    let batches = ctx.batches();
    let locales = reader.locales.clone();
    let reader = reader.clone();
    Ok(match type_name.as_str() {
        "Issue" => {
            reader.notes.tag(Tag::Issue(id));
            let row = load(batches, IssueById { id, locales }).await?;
            row.map(|row| Node::Issue(Issue::new(row, reader)))
        }
        "Article" => {
            reader.notes.tag(Tag::Article(id));
            let look_up = |locales| batches.load_one(ArticleById { id, locales });
            let left_out = OutOfScope::Topic("article");
            let row = reader.within_scope(left_out, look_up).await?;
            row.map(|row| Node::Article(Article::new(row, reader)))
        }
        "Topic" => {
            reader.notes.tag(Tag::Topic(id));
            let look_up = |locales| load(batches, TopicById { id, locales });
            let left_out = OutOfScope::Topic("topic");
            let row = reader.within_scope(left_out, look_up).await?;
            row.map(|row| Node::Topic(Topic::new(row, reader)))
        }
        "Author" => {
            reader.notes.tag(Tag::Author(id));
            let row = load(batches, AuthorById { id, locales }).await?;
            row.map(|row| Node::Author(Author::new(row, reader)))
        }
        "IssueTranslation" => words_by_id(ctx, Translated::Issue, id, &reader)
            .await?
            .map(|words| Node::IssueTranslation(IssueTranslation::new(words))),
        "ArticleTranslation" => words_by_id(ctx, Translated::Article, id, &reader)
            .await?
            .map(|words| Node::ArticleTranslation(ArticleTranslation::new(words))),
        "TopicTranslation" => words_by_id(ctx, Translated::Topic, id, &reader)
            .await?
            .map(|words| Node::TopicTranslation(TopicTranslation::new(words))),
        "AuthorTranslation" => words_by_id(ctx, Translated::Author, id, &reader)
            .await?
            .map(|words| Node::AuthorTranslation(AuthorTranslation::new(words))),
        // Well-formed, but of no type that has ids.
        _ => return Err(Error::InvalidId(encode(&type_name, id).to_string()).into()),
    })
}
