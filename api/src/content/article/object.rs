//! An article as clients see it.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, Result};

use crate::cache::tag::Tag;
use crate::content::article::address::{article_url, note_place};
use crate::content::article::filter::Trend;
use crate::content::article::loader::{NeighbourOf, RelatedTo};
use crate::content::article::store::{Row, Step, Within};
use crate::content::author::{Author, AuthorsOf};
use crate::content::correction::{Correction, WEIGHT as CORRECTIONS_WEIGHT, corrections_of};
use crate::content::issue::{Issue, IssueById};
use crate::content::language::{Translated, since};
use crate::content::publication::Reader;
use crate::content::rich_text::{DEFAULT_LENGTH, RichText, Unit, minutes};
use crate::content::script::{Direction, direction, script};
use crate::content::topic::{Topic, TopicById};
use crate::content::translation::{ArticleTranslation, State, translations_of};
use crate::delivery::json_ld::{NEWS_ARTICLE_WEIGHT, news_article, script_text};
use crate::graphql::batch::load;
use crate::graphql::context::ContextExt as _;
use crate::graphql::id::encode;
use crate::graphql::page::{at_most, cost, weight_at_most};
use crate::graphql::ready::{Quick, QuickList};
use crate::graphql::scalar::{Locale, Moment, Slug};

/// One story in one issue, on one topic, in the locale that the reader is
/// served.
#[derive(Clone, Debug)]
pub struct Article {
    pub(super) row: Arc<Row>,
    pub(super) reader: Reader,
}

/// Where to look for an article's neighbours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
pub enum NeighbourScope {
    /// In its issue, by position.
    #[default]
    Issue,
    /// In its topic, by the time of publication.
    Topic,
    /// Among the articles of its first author, the first of `authors`, by the
    /// time of publication; nothing without authors.
    Author,
    /// Among all articles, by the time of publication.
    All,
}

/// The most articles that are told to be like one.
const MOST_RELATED: u32 = 20;

/// How many are told unless asked for.
const RELATED: i32 = 5;

/// The fewest that they count as, for the complexity of a query: few are as
/// much work to find as many.
const FEWEST_RELATED: usize = 10;

impl Article {
    /// The article of `row`, as `reader` is served it.
    pub(in crate::content) fn new(row: Arc<Row>, reader: Reader) -> Self {
        let tag = Tag::Article(row.id);
        reader.notes.dated_tag(tag, since(row.public_at));
        Self { row, reader }
    }

    pub(super) fn rich_text(&self) -> RichText {
        let texts = Arc::clone(&self.row.texts);
        RichText::new(self.row.translation_id, texts, self.reader.clone())
    }

    async fn neighbour(
        &self,
        ctx: &Context<'_>,
        step: Step,
        scope: Option<NeighbourScope>,
        locales: Option<Vec<Locale>>,
    ) -> Result<Option<Self>> {
        let reader = self.reader.or(locales)?;
        let scope = scope.unwrap_or_default();
        reader.notes.tags(match scope {
            NeighbourScope::Issue => vec![Tag::ArticlesOfIssue(self.row.issue_id)],
            NeighbourScope::Topic => vec![Tag::ArticlesOfTopic(self.row.topic_id)],
            NeighbourScope::Author => vec![Tag::Articles, Tag::Authors],
            NeighbourScope::All => vec![Tag::Articles],
        });
        let key = NeighbourOf {
            id: self.row.id,
            within: match scope {
                NeighbourScope::Issue => Within::Issue,
                NeighbourScope::Topic => Within::Topic,
                NeighbourScope::Author => Within::FirstAuthor,
                NeighbourScope::All => Within::All,
            },
            step,
            locales: reader.locales.clone(),
        };
        let row = ctx.batches().load_one(key).await?;
        Ok(row.map(|row| Self::new(row, reader)))
    }

    async fn find_issue(
        &self,
        ctx: &Context<'_>,
        locales: Option<Vec<Locale>>,
    ) -> Result<Option<Issue>> {
        let reader = self.reader.or(locales)?;
        reader.notes.tag(Tag::Issue(self.row.issue_id));
        let key = IssueById {
            id: self.row.issue_id,
            locales: reader.locales.clone(),
        };
        let row = load(ctx.batches(), key).await?;
        Ok(row.map(|row| Issue::new(row, reader)))
    }

    async fn find_topic(
        &self,
        ctx: &Context<'_>,
        locales: Option<Vec<Locale>>,
    ) -> Result<Option<Topic>> {
        let reader = self.reader.or(locales)?;
        reader.notes.tag(Tag::Topic(self.row.topic_id));
        let key = TopicById {
            id: self.row.topic_id,
            locales: reader.locales.clone(),
        };
        let row = load(ctx.batches(), key).await?;
        Ok(row.map(|row| Topic::new(row, reader)))
    }
}

/// One story in one issue, on one topic, in the locale that the reader is
/// served.
#[Object]
impl Article {
    /// Its id, the same in every locale.
    pub async fn id(&self) -> ID {
        encode("Article", self.row.id)
    }

    /// The key that the editors gave it: stable for ever, the same in every
    /// locale.
    async fn key(&self) -> &str {
        &self.row.key
    }

    /// Its present slug in the locale that is served; unique in that locale.
    async fn slug(&self) -> Slug {
        Slug(self.row.slug.clone())
    }

    /// Its title.
    async fn title(&self) -> &str {
        &self.row.title
    }

    /// What it says in a sentence or two; empty where it has no lead.
    async fn lead(&self) -> &str {
        &self.row.lead
    }

    /// Its text.
    async fn body(&self) -> Result<Quick<RichText>> {
        self.reader.locales.sight().check_text("body")?;
        Ok(Quick(self.rich_text()))
    }

    /// The beginning of its body as plain words, in one line. No word is cut;
    /// it ends in `…` where something is left out. A first word that has no
    /// room is given whole.
    async fn excerpt(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "How long it may be, with its `…`: from 1 to 10,000.",
            default_with = "Some(DEFAULT_LENGTH)"
        )]
        length: Option<i32>,
        #[graphql(
            desc = "What `length` counts.",
            default_with = "Some(Unit::Characters)"
        )]
        unit: Option<Unit>,
    ) -> Result<String> {
        self.rich_text().begin(ctx, length, unit).await
    }

    /// How many words its body has.
    async fn word_count(&self, ctx: &Context<'_>) -> Result<i32> {
        Ok(self.rich_text().count_words(ctx.batches()).await?)
    }

    /// How many minutes its body takes to read, at the pace that readers of
    /// the language were measured at; rounded up, and 0 without any words.
    async fn reading_minutes(&self, ctx: &Context<'_>) -> Result<i32> {
        Ok(minutes(self.word_count(ctx).await?, &self.row.locale))
    }

    /// What happened to its topic that week; `null` when it makes no
    /// assessment.
    async fn trend(&self) -> Option<Trend> {
        self.row.trend.map(Trend::from)
    }

    /// Its place in its issue, from 1.
    async fn position(&self) -> i32 {
        self.row.position
    }

    /// When the text that is served was published; `null` while readers don't
    /// see it.
    async fn published_at(&self) -> Option<Moment> {
        since(self.row.public_at).map(Moment)
    }

    /// When the text that is served was last changed.
    async fn updated_at(&self) -> Moment {
        Moment(self.row.updated_at)
    }

    /// How far the text that is served has come: for readers, it is published.
    async fn state(&self) -> State {
        self.row.state.into()
    }

    /// How often the text that is served was written, from 1.
    async fn version(&self) -> i32 {
        self.row.version
    }

    /// What the text that is served said wrongly when it was published, the last
    /// corrected first.
    #[graphql(complexity = "cost(CORRECTIONS_WEIGHT, child_complexity)")]
    async fn corrections(&self, ctx: &Context<'_>) -> Result<Vec<Correction>> {
        Ok(corrections_of(ctx, self.row.translation_id).await?)
    }

    /// How often its facts were written, from 1: what all its locales share.
    async fn facts_version(&self) -> i32 {
        self.row.facts_version
    }

    /// The locale that it is served in.
    async fn locale(&self) -> Locale {
        Locale(self.row.locale.clone())
    }

    /// Whether it is not served in the reader's first locale.
    async fn is_fallback(&self) -> bool {
        self.reader.locales.is_fallback(&self.row.locale)
    }

    /// Whether the text that is served is the one that it was written in.
    async fn is_original(&self) -> bool {
        self.row.locale == self.row.original_locale
    }

    /// The locale that it was written in; it need not be published there.
    async fn original_locale(&self) -> Locale {
        Locale(self.row.original_locale.clone())
    }

    /// Which way the text that is served runs.
    async fn direction(&self) -> Direction {
        direction(&self.row.locale)
    }

    /// The script that the text that is served is in, by its code of ISO 15924, such as `Cyrl`;
    /// `null` where the language's is not known.
    async fn script(&self) -> Option<String> {
        script(&self.row.locale)
    }

    /// Where the website shows it in the locale that is served.
    async fn url(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(article_url(&self.row, &self.reader, ctx.batches()).await?)
    }

    /// What search engines read of it, as JSON-LD: a `NewsArticle` of
    /// schema.org with its issue, its authors, its corrections and where it is
    /// in other languages. It stands in a page as it is, between
    /// `<script type="application/ld+json">` and `</script>`: no text in it can
    /// end the script.
    #[graphql(complexity = "NEWS_ARTICLE_WEIGHT")]
    async fn json_ld(&self, ctx: &Context<'_>) -> Result<String> {
        let article = news_article(&self.row, &self.reader, ctx.batches()).await?;
        Ok(script_text(&article)?)
    }

    /// Its published words in every locale, in the publication's order,
    /// whatever the reader's locales: for a language switcher and `hreflang`.
    async fn translations(&self, ctx: &Context<'_>) -> Result<Vec<ArticleTranslation>> {
        note_place(&self.row, &self.reader);
        let rows = translations_of(ctx, Translated::Article, self.row.id, &self.reader).await?;
        Ok(rows.into_iter().map(ArticleTranslation::new).collect())
    }

    /// Its issue; `null` where the issue has no words in the reader's locales.
    async fn issue(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Other locales than the article's own reader has.")] locales: Option<
            Vec<Locale>,
        >,
    ) -> Option<Result<Quick<Issue>>> {
        let issue = self.find_issue(ctx, locales).await;
        issue.map(|issue| issue.map(Quick)).transpose()
    }

    /// Its topic; `null` where the topic has no words in the reader's locales.
    async fn topic(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Other locales than the article's own reader has.")] locales: Option<
            Vec<Locale>,
        >,
    ) -> Option<Result<Quick<Topic>>> {
        let topic = self.find_topic(ctx, locales).await;
        topic.map(|topic| topic.map(Quick)).transpose()
    }

    /// Its authors in byline order, without those who have no words in the
    /// reader's locales.
    #[graphql(complexity = "cost(2, child_complexity)")]
    async fn authors(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Other locales than the article's own reader has.")] locales: Option<
            Vec<Locale>,
        >,
    ) -> Result<QuickList<Author>> {
        let reader = self.reader.or(locales)?;
        let key = AuthorsOf {
            article: self.row.id,
            locales: reader.locales.clone(),
        };
        let rows = load(ctx.batches(), key).await?.unwrap_or_default();
        let authors = rows.into_iter();
        let authors = authors.map(|row| Author::new(row, reader.clone()));
        Ok(QuickList(authors.collect()))
    }

    /// The article after it, of those that exist for the reader; `null` after
    /// the last; by time, also where this article is not published in the
    /// locales that are asked for.
    async fn next(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where to look. Without: in its issue.")] scope: Option<NeighbourScope>,
        #[graphql(desc = "Other locales than the article's own reader has.")] locales: Option<
            Vec<Locale>,
        >,
    ) -> Option<Result<Article>> {
        self.neighbour(ctx, Step::Next, scope, locales)
            .await
            .transpose()
    }

    /// The article before it, of those that exist for the reader; `null`
    /// before the first; by time, also where this article is not published in
    /// the locales that are asked for.
    async fn previous(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where to look. Without: in its issue.")] scope: Option<NeighbourScope>,
        #[graphql(desc = "Other locales than the article's own reader has.")] locales: Option<
            Vec<Locale>,
        >,
    ) -> Option<Result<Article>> {
        self.neighbour(ctx, Step::Previous, scope, locales)
            .await
            .transpose()
    }

    /// Articles like it, of those that exist for the reader, the most alike
    /// first: by topic, authors and characteristic words, then by how near in
    /// time they are. None where this article is not published in the locales
    /// that are asked for.
    #[graphql(
        complexity = "cost(weight_at_most(MOST_RELATED, first).max(FEWEST_RELATED), child_complexity)"
    )]
    async fn related(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "How many at most, from 1 to 20.",
            default_with = "Some(RELATED)"
        )]
        first: Option<i32>,
        #[graphql(desc = "Other locales than the article's own reader has.")] locales: Option<
            Vec<Locale>,
        >,
    ) -> Result<Vec<Article>> {
        let reader = self.reader.or(locales)?;
        reader.notes.tag(Tag::Articles);
        let key = RelatedTo {
            id: self.row.id,
            first: at_most(MOST_RELATED, first.or(Some(RELATED)))?,
            locales: reader.locales.clone(),
        };
        let rows = ctx.batches().load_one(key).await?.unwrap_or_default();
        let articles = rows.iter();
        Ok(articles
            .map(|row| Self::new(Arc::clone(row), reader.clone()))
            .collect())
    }
}
