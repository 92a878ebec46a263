//! The root field of search.

use std::borrow::Cow;
use std::sync::Arc;

use async_graphql::{Context, Object, OutputType, Result};

use super::object::SearchEdgeFields;
use super::question::Question;
use super::store::Matching;
use crate::cache::tag::Tag;
use crate::content::article::{Article, ArticleFilter, ArticleList, Faceted, Listed, list_weight};
use crate::content::language::Translated;
use crate::content::publication::reader;
use crate::content::total::Total;
use crate::graphql::connection::{Connection, Kind, wants_items};
use crate::graphql::context::ContextExt as _;
use crate::graphql::keyset::Slice;
use crate::graphql::page::{Page, cost};
use crate::graphql::scalar::Locale;

/// Articles that were looked for, with their facets, and how well each fits.
pub type SearchConnection = Connection<Article, Searched>;

/// A list that tells how well its articles fit what was looked for.
#[derive(Clone, Copy, Debug)]
pub struct Searched;

#[derive(Debug, Default)]
pub struct SearchQuery;

impl Kind for Searched {
    type Fields = Faceted;
    type EdgeFields = SearchEdgeFields;

    fn name<T: OutputType>() -> Cow<'static, str> {
        "Search".into()
    }
}

#[Object]
impl SearchQuery {
    /// Articles by the words that they are served with: those that hold all
    /// words of the query, the best first, then the newest.
    ///
    /// A word finds its inflected forms in English, Russian, Belarusian and
    /// fifteen other languages; capitals, apostrophes, accents of Latin letters,
    /// `ё` and `ў` make no difference. `"quoted words"` are found one after the
    /// other, `-word` and `-"quoted words"` are kept out; all other signs are
    /// passed over. The last word may go on, unless white space follows it: a
    /// search can follow the typing; a single letter, and what is quoted or kept
    /// out, is taken as it is. Words such as "the" are passed over
    /// outside of quotes where there are others. A query without a word to
    /// find is answered by an empty page. Only what readers see is found, also
    /// for those who may see more.
    #[graphql(complexity = "cost(list_weight(first, last), child_complexity)")]
    async fn search(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to look for: at most 500 characters and 32 words.")] query: String,
        #[graphql(
            desc = "The reader's locales, the preferred one first. Without: `Accept-Language`, else the publication's default."
        )]
        locales: Option<Vec<Locale>>,
        #[graphql(desc = "Which to keep. Without: all.")] filter: Option<Box<ArticleFilter>>,
        #[graphql(
            desc = "How many from the start, or after `after`: at most 100; 20 unless told."
        )]
        first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many from the end, or before `before`: at most 100.")] last: Option<
            i32,
        >,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
    ) -> Result<SearchConnection> {
        let reader = reader(ctx, locales).await?.of_what_is_public();
        reader.notes.tag(Tag::Articles);
        let page = Page::try_new(first, after, last, before)?;
        let question = Arc::new(Question::try_new(&query, &reader.locales)?);
        let matching = Matching::new(ctx.db().engine(), Arc::clone(&question));
        let list = Arc::new(ArticleList::matching(ctx, &reader, filter, matching, page));
        let condition = list.condition()?;
        let slice = if wants_items(ctx) && !question.is_empty() {
            list.found(ctx.db()).await?
        } else {
            list.check_cursor()?;
            Slice::default()
        };
        let total = Total::new(Translated::Article, reader.locales.clone(), Some(condition));
        let found = slice.map(|found| {
            let article = Article::new(Arc::clone(&found.row), reader.clone());
            let sight = reader.locales.sight();
            let fields = SearchEdgeFields::new(found, sight, Arc::clone(&question));
            (article, fields)
        });
        let listed = Listed { below: None, list };
        let facets = Faceted::new(listed, reader);
        Ok(SearchConnection::of_edges(facets, found, total))
    }
}
