//! An issue as clients see it.

use std::sync::Arc;

use async_graphql::resolver_utils::enum_value;
use async_graphql::{Context, ID, Object, Result, ScalarType as _, Value};

use crate::cache::tag::Tag;
use crate::content::article::{
    ArticleConnection, ArticleFilter, ArticleOrder, IssueTrend, Parent, articles_of, list_weight,
    trends_in,
};
use crate::content::date_range::{DateRangeStyle, date_range};
use crate::content::issue::address::issue_url;
use crate::content::issue::completeness::{LocaleCompleteness, completeness_of};
use crate::content::issue::loader::NeighbourOf;
use crate::content::issue::store::{Row, Step};
use crate::content::language::{Translated, since};
use crate::content::publication::Reader;
use crate::content::script::{Direction, direction, script};
use crate::content::translation::{IssueTranslation, State, translations_of};
use crate::delivery::feed::{Feed, IssueName, Subject, WEIGHT as FEEDS_WEIGHT, feeds_of, title_of};
use crate::delivery::json_ld::{PUBLICATION_ISSUE_WEIGHT, publication_issue, script_text};
use crate::graphql::context::ContextExt as _;
use crate::graphql::id::encode;
use crate::graphql::page::{Page, cost};
use crate::graphql::ready::{Quick, Ready};
use crate::graphql::scalar::{Date, Locale, Moment, Slug, Week};

/// How many topics an issue may have, for the complexity of a query.
const TRENDS_WEIGHT: usize = 20;

/// A week and the articles in it, in the locale that the reader is served.
#[derive(Clone, Debug)]
pub struct Issue {
    row: Arc<Row>,
    reader: Reader,
}

impl Issue {
    /// The issue of `row`, as `reader` is served it.
    pub(in crate::content) fn new(row: Arc<Row>, reader: Reader) -> Self {
        let tag = Tag::Issue(row.id);
        reader.notes.dated_tag(tag, since(row.published_at));
        Self { row, reader }
    }

    async fn neighbour(
        &self,
        ctx: &Context<'_>,
        step: Step,
        locales: Option<Vec<Locale>>,
    ) -> Result<Option<Self>> {
        let reader = self.reader.or(locales)?;
        reader.notes.tag(Tag::Issues);
        let key = NeighbourOf {
            id: self.row.id,
            step,
            locales: reader.locales.clone(),
        };
        let row = ctx.batches().load_one(key).await?;
        Ok(row.map(|row| Self::new(row, reader)))
    }
}

impl Ready for Issue {
    fn ready(&self, ctx: &Context<'_>) -> Option<Value> {
        let row = &*self.row;
        Some(match ctx.item.node.name.node.as_str() {
            "id" => encode("Issue", row.id).0.into(),
            "number" => row.number.into(),
            "slug" => row.slug.as_str().into(),
            "startsOn" => Date(row.starts_on).to_value(),
            "endsOn" => Date(row.ends_on).to_value(),
            "title" => row.title.as_deref().map_or(Value::Null, Value::from),
            "updatedAt" => Moment(row.written.updated_at).to_value(),
            "locale" => row.written.locale.as_str().into(),
            "isFallback" => self.reader.locales.is_fallback(&row.written.locale).into(),
            "direction" => enum_value(direction(&row.written.locale)),
            "url" => issue_url(&self.row, &self.reader).into(),
            _ => return None,
        })
    }
}

/// A week and the articles in it, in the locale that the reader is served.
#[Object]
impl Issue {
    /// Its id, the same in every locale.
    pub async fn id(&self) -> ID {
        encode("Issue", self.row.id)
    }

    /// Its number; issues are counted through.
    async fn number(&self) -> i32 {
        self.row.number
    }

    /// Its present slug, the same in every locale.
    async fn slug(&self) -> Slug {
        Slug(self.row.slug.clone())
    }

    /// Its first day, in the publication's time zone.
    async fn starts_on(&self) -> Date {
        Date(self.row.starts_on)
    }

    /// Its last day, inclusive.
    async fn ends_on(&self) -> Date {
        Date(self.row.ends_on)
    }

    /// Its days in words, in the locale that it is served in. They are days of
    /// the publication's time zone already: nothing is converted.
    async fn date_range(
        &self,
        #[graphql(
            desc = "How long or short it is written.",
            default_with = "Some(DateRangeStyle::Long)"
        )]
        style: Option<DateRangeStyle>,
        #[graphql(
            desc = "Another locale of the publication, whether or not the issue has words in it."
        )]
        locale: Option<Locale>,
    ) -> Result<String> {
        let served = &self.row.written.locale;
        let asked = locale.is_some();
        let reader = self.reader.or(locale.map(|locale| vec![locale]))?;
        let other = reader.locales.first().filter(|_| asked);
        let style = style.unwrap_or(DateRangeStyle::Long);
        let (first, last) = (self.row.starts_on, self.row.ends_on);
        Ok(date_range(other.unwrap_or(served), style, first, last))
    }

    /// The week that holds its first day.
    async fn week(&self) -> Week {
        Week::of(self.row.starts_on)
    }

    /// When it was published; `null` while readers don't see it.
    async fn published_at(&self) -> Option<Moment> {
        since(self.row.published_at).map(Moment)
    }

    /// How far it has come: `PUBLISHED`, or `DRAFT` while readers don't see it.
    async fn state(&self) -> State {
        match since(self.row.published_at) {
            Some(_) => State::Published,
            None => State::Draft,
        }
    }

    /// Its title; `null` where it has none: frontends then show the dates.
    async fn title(&self) -> Option<&str> {
        self.row.title.as_deref()
    }

    /// Feeds of its articles in their order, for readers of the reader's
    /// locales: one of each kind.
    #[graphql(complexity = "cost(FEEDS_WEIGHT, child_complexity)")]
    async fn feeds(&self, ctx: &Context<'_>) -> Vec<Feed> {
        let subject = Subject::Issue(IssueName::Number(self.row.number));
        feeds_of(ctx, &self.reader, &subject, Some(&title_of(&self.row)))
    }

    /// When the words that are served were last changed.
    async fn updated_at(&self) -> Moment {
        Moment(self.row.written.updated_at)
    }

    /// How often the words that are served were written, from 1.
    async fn version(&self) -> i32 {
        self.row.written.version
    }

    /// How often its facts were written, from 1: what all its locales share.
    async fn facts_version(&self) -> i32 {
        self.row.facts_version
    }

    /// The locale that it is served in.
    async fn locale(&self) -> Locale {
        Locale(self.row.written.locale.clone())
    }

    /// Whether it is not served in the reader's first locale.
    async fn is_fallback(&self) -> bool {
        self.reader.locales.is_fallback(&self.row.written.locale)
    }

    /// Which way the words that are served run.
    async fn direction(&self) -> Direction {
        direction(&self.row.written.locale)
    }

    /// The script that the words that are served are in, by its code of ISO 15924, such as `Cyrl`;
    /// `null` where the language's is not known.
    async fn script(&self) -> Option<String> {
        script(&self.row.written.locale)
    }

    /// Where the website shows it in the locale that is served.
    async fn url(&self) -> String {
        issue_url(&self.row, &self.reader)
    }

    /// What search engines read of it, as JSON-LD: a `PublicationIssue` of
    /// schema.org with the titles and the addresses of its first 100 articles.
    /// It stands in a page as it is, between
    /// `<script type="application/ld+json">` and `</script>`: no text in it can
    /// end the script.
    #[graphql(complexity = "PUBLICATION_ISSUE_WEIGHT")]
    async fn json_ld(&self, ctx: &Context<'_>) -> Result<String> {
        let issue = publication_issue(&self.row, &self.reader, ctx.batches()).await?;
        Ok(script_text(&issue)?)
    }

    /// Its words in every locale, in the publication's order, whatever the
    /// reader's locales: for a language switcher and `hreflang`.
    async fn translations(&self, ctx: &Context<'_>) -> Result<Vec<IssueTranslation>> {
        let rows = translations_of(ctx, Translated::Issue, self.row.id, &self.reader).await?;
        Ok(rows.into_iter().map(IssueTranslation::new).collect())
    }

    /// Its articles, by position unless told.
    #[graphql(complexity = "cost(list_weight(first, last), child_complexity)")]
    async fn articles(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Other locales than the issue's own reader has.")] locales: Option<
            Vec<Locale>,
        >,
        #[graphql(desc = "Which to keep. Without: all.")] filter: Option<Box<ArticleFilter>>,
        #[graphql(
            desc = "What to sort by, the first key first, at most 7. Without: `POSITION` ascending."
        )]
        order_by: Option<Vec<ArticleOrder>>,
        #[graphql(
            desc = "How many from the start, or after `after`: at most 100; 20 unless told."
        )]
        first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many from the end, or before `before`: at most 100.")] last: Option<
            i32,
        >,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
    ) -> Result<Quick<ArticleConnection>> {
        let reader = self.reader.or(locales)?;
        let page = Page::try_new(first, after, last, before)?;
        let parent = (Parent::Issue, self.row.id);
        articles_of(ctx, parent, &reader, filter, order_by, page).await
    }

    /// What it says happened to each topic that it has an article on, by the
    /// topics' positions. Topics without words in the reader's locales are left
    /// out.
    #[graphql(complexity = "cost(TRENDS_WEIGHT, child_complexity)")]
    async fn trends(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Other locales than the issue's own reader has.")] locales: Option<
            Vec<Locale>,
        >,
    ) -> Result<Vec<IssueTrend>> {
        let reader = self.reader.or(locales)?;
        trends_in(ctx, self.row.id, &reader).await
    }

    /// How far its articles have come in each of the publication's locales, in
    /// the publication's order, whatever the reader's locales. `null` with an
    /// error for those who may not see drafts.
    async fn completeness(&self, ctx: &Context<'_>) -> Option<Result<Vec<LocaleCompleteness>>> {
        Some(completeness_of(ctx, self.row.id, &self.reader).await)
    }

    /// The issue that started after it, of those that exist for the reader;
    /// `null` after the last.
    async fn next(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Other locales than the issue's own reader has.")] locales: Option<
            Vec<Locale>,
        >,
    ) -> Option<Result<Issue>> {
        self.neighbour(ctx, Step::Next, locales).await.transpose()
    }

    /// The issue that started before it, of those that exist for the reader;
    /// `null` before the first.
    async fn previous(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Other locales than the issue's own reader has.")] locales: Option<
            Vec<Locale>,
        >,
    ) -> Option<Result<Issue>> {
        self.neighbour(ctx, Step::Previous, locales)
            .await
            .transpose()
    }
}
