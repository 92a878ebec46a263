//! What the translations of all things have in common.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};
use futures_util::future::try_join_all;

use crate::cache::tag::Tag;
use crate::content::language::Translated;
use crate::content::publication::{Reader, Shown};
use crate::content::revision::{Revision, RevisionDiff, difference_of, revisions_of};
use crate::content::script::{Direction, direction, script};
use crate::content::translation::loader::{TextOf, TranslationById, TranslationsOf};
use crate::content::translation::object::ArticleTranslation;
use crate::content::translation::state::State;
use crate::content::translation::store::Row;
use crate::error::Error;
use crate::graphql::connection::Connection;
use crate::graphql::context::ContextExt as _;
use crate::graphql::id::encode;
use crate::graphql::page::{Page, cost, weight};
use crate::graphql::scalar::{Locale, Moment, Slug};

/// What the translations of all things have in common.
#[derive(Clone, Debug)]
pub struct Words {
    pub(super) row: Arc<Row>,
    pub(super) reader: Reader,
}

#[Object]
impl Words {
    /// Its id.
    pub async fn id(&self) -> ID {
        encode(self.type_name(), self.row.id)
    }

    /// The locale that it is in.
    pub async fn locale(&self) -> Locale {
        Locale(self.row.locale.clone())
    }

    /// Which way it runs.
    pub async fn direction(&self) -> Direction {
        direction(&self.row.locale)
    }

    /// The script that it is in, by its code of ISO 15924, such as `Cyrl`;
    /// `null` where the language's is not known.
    pub async fn script(&self) -> Option<String> {
        script(&self.row.locale)
    }

    /// The present slug of the thing in this locale.
    pub async fn slug(&self) -> Slug {
        Slug(self.row.slug.clone())
    }

    /// The title or the name of the thing in this locale; `null` for an issue
    /// without one.
    pub async fn title(&self) -> Option<String> {
        self.row.title.clone()
    }

    /// How far it has come.
    pub async fn state(&self) -> State {
        self.row.state.into()
    }

    /// How often it was written, from 1.
    pub async fn version(&self) -> i32 {
        self.row.version
    }

    /// When it was last changed.
    pub async fn updated_at(&self) -> Moment {
        Moment(self.row.updated_at)
    }

    /// Where the website shows the thing in this locale.
    pub async fn url(&self) -> String {
        self.reader.url(Shown {
            what: self.row.what,
            locale: &self.row.locale,
            slug: &self.row.slug,
            place: self.row.place.as_ref(),
        })
    }

    /// What it was at each version and is now, the newest first; `null`, with an
    /// error, without a key that may see drafts.
    #[graphql(complexity = "cost(weight(first, last), child_complexity)")]
    async fn revisions(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "How many from the start, or after `after`: at most 100; 20 unless told."
        )]
        first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many from the end, or before `before`: at most 100.")] last: Option<
            i32,
        >,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
    ) -> Option<Result<Connection<Revision>>> {
        let page = match Page::try_new(first, after, last, before) {
            Ok(page) => page,
            Err(error) => return Some(Err(error.into())),
        };
        Some(revisions_of(ctx, self.row.what, self.row.id, page).await)
    }

    /// What became of it from one version to another; `null` where one of them
    /// is not kept, and, with an error, without a key that may see drafts.
    async fn diff(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The version to compare with, usually the earlier one.")] from: i32,
        #[graphql(desc = "The version that is compared.")] to: i32,
    ) -> Option<Result<RevisionDiff>> {
        let versions = (from, to);
        let diff = difference_of(ctx, self.row.what, self.row.id, versions).await;
        diff.transpose()
    }
}

/// The words of a thing that the reader may see, in every locale, in the
/// publication's order: the edge of this feature that the thing has.
///
/// # Errors
/// If the database does not answer.
pub async fn translations_of(
    ctx: &Context<'_>,
    what: Translated,
    parent: i64,
    reader: &Reader,
) -> Result<Vec<Words>, Arc<Error>> {
    let key = TranslationsOf {
        what,
        parent,
        sight: reader.locales.sight(),
    };
    let rows = ctx.batches().load_one(key).await?.unwrap_or_default();
    let mut words: Vec<Words> = rows
        .iter()
        .map(|row| Words::new(Arc::clone(row), reader.clone()))
        .collect();
    let order = &reader.settings.locales;
    words.sort_by_key(|words| order.iter().position(|tag| *tag == words.row.locale));
    Ok(words)
}

/// The words of these articles in every locale: in the order of the articles,
/// and then of the publication's locales.
///
/// # Errors
/// If the database does not answer.
pub async fn words_of_articles(
    ctx: &Context<'_>,
    articles: &[i64],
    reader: &Reader,
) -> Result<Vec<ArticleTranslation>, Arc<Error>> {
    let words = articles.iter().map(|article| {
        let what = Translated::Article;
        translations_of(ctx, what, *article, reader)
    });
    let words = try_join_all(words).await?.into_iter().flatten();
    Ok(words.map(ArticleTranslation::new).collect())
}

/// The words with this key; `None` where they are gone, not to be seen by the
/// reader, or in none of the reader's locales.
///
/// # Errors
/// If the database does not answer.
pub async fn words_by_id(
    ctx: &Context<'_>,
    what: Translated,
    id: i64,
    reader: &Reader,
) -> Result<Option<Words>, Arc<Error>> {
    let sight = reader.locales.sight();
    let key = TranslationById { what, id, sight };
    let row = ctx.batches().load_one(key).await?;
    match &row {
        Some(row) => {
            reader.notes.tag(Tag::one(what.kind(), row.parent));
            if row.place.is_some() {
                // Its address hangs on an issue and a topic that are not known.
                reader.notes.tags([Tag::Issues, Tag::Topics]);
            }
        }
        None => reader.notes.tag(Tag::list(what.kind())),
    }
    Ok(row
        .filter(|row| reader.locales.iter().any(|tag| tag == row.locale))
        .map(|row| Words::new(row, reader.clone())))
}

impl Words {
    pub(super) fn new(row: Arc<Row>, reader: Reader) -> Self {
        let tag = Tag::one(row.what.kind(), row.parent);
        reader.notes.dated_tag(tag, row.published_at);
        Self { row, reader }
    }

    fn type_name(&self) -> &'static str {
        match self.row.what {
            Translated::Article => "ArticleTranslation",
            Translated::Issue => "IssueTranslation",
            Translated::Topic => "TopicTranslation",
            Translated::Author => "AuthorTranslation",
        }
    }

    /// A longer text of these words; empty where they went since.
    pub(super) async fn text(&self, ctx: &Context<'_>, column: &'static str) -> Result<String> {
        let key = TextOf {
            what: self.row.what,
            column,
            id: self.row.id,
        };
        Ok(ctx.batches().load_one(key).await?.unwrap_or_default())
    }
}
