//! What happened to a topic: now, over time, and in an issue.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::{Context, Object, Result};

use crate::cache::tag::Tag;
use crate::content::article::filter::Trend;
use crate::content::article::loader::{MOST_POINTS, SeriesOf, SpeakingIn, StandingOf};
use crate::content::article::object::Article;
use crate::content::article::store::{Row, Span, Standing};
use crate::content::issue::{Issue, IssueById, IssueNeighbourOf, IssueStep};
use crate::content::publication::Reader;
use crate::content::topic::{Topic, TopicById};
use crate::error::Error;
use crate::graphql::batch::load;
use crate::graphql::context::ContextExt as _;
use crate::graphql::scalar::Date;

/// What happened to a topic in the week of one issue.
#[derive(Clone, Debug)]
pub struct TrendPoint {
    row: Arc<Row>,
    /// `None`: not read yet.
    issue: Option<Issue>,
    reader: Reader,
}

/// What an issue says happened to one of its topics.
#[derive(Clone, Debug)]
pub struct IssueTrend {
    row: Arc<Row>,
    topic: Topic,
    reader: Reader,
}

/// What happened to a topic in the week of one issue.
///
/// Of several articles of the issue on the topic, the first by position that
/// makes an assessment speaks for all; where none does, the first.
#[Object]
impl TrendPoint {
    /// The issue; `null` only if it went while the answer was made.
    async fn issue(&self, ctx: &Context<'_>) -> Option<Result<Issue>> {
        match &self.issue {
            Some(issue) => Some(Ok(issue.clone())),
            None => self.find_issue(ctx).await.transpose(),
        }
    }

    /// The article that says so.
    async fn article(&self) -> Article {
        Article::new(Arc::clone(&self.row), self.reader.clone())
    }

    /// What happened; `null` where no article of the issue on the topic makes
    /// an assessment: a gap.
    async fn trend(&self) -> Option<Trend> {
        self.row.trend.map(Trend::from)
    }
}

/// What an issue says happened to one of its topics.
///
/// Of several articles on the topic, the first by position that makes an
/// assessment speaks for all; where none does, the first.
#[Object]
impl IssueTrend {
    /// The topic.
    async fn topic(&self) -> &Topic {
        &self.topic
    }

    /// The article that says so.
    async fn article(&self) -> Article {
        Article::new(Arc::clone(&self.row), self.reader.clone())
    }

    /// What happened; `null` where no article on the topic makes an assessment.
    async fn trend(&self) -> Option<Trend> {
        self.row.trend.map(Trend::from)
    }

    /// What it was in the issue before, the issue's `previous`; `null` where
    /// there is none, or it has no article on the topic.
    async fn previous(&self, ctx: &Context<'_>) -> Option<Result<TrendPoint>> {
        self.find_previous(ctx).await.transpose()
    }
}

/// What happened to a topic of late.
///
/// # Errors
/// If the database does not answer.
pub async fn standing_of(ctx: &Context<'_>, topic: i64, reader: &Reader) -> Result<Standing> {
    reader.notes.tag(Tag::ArticlesOfTopic(topic));
    let locales = reader.locales.clone();
    let standing = ctx
        .batches()
        .load_one(StandingOf { topic, locales })
        .await?;
    Ok(standing.unwrap_or_default())
}

/// What happened to a topic, issue by issue, oldest first.
///
/// # Errors
/// If `from` is after `to`, there are too many points, or the database does not
/// answer.
pub async fn series_of(
    ctx: &Context<'_>,
    topic: i64,
    (from, to): (Option<Date>, Option<Date>),
    reader: &Reader,
) -> Result<Vec<TrendPoint>> {
    reader.notes.tag(Tag::ArticlesOfTopic(topic));
    let key = SeriesOf {
        topic,
        span: span(from, to)?,
        locales: reader.locales.clone(),
    };
    let rows = ctx.batches().load_one(key).await?.unwrap_or_default();
    if rows.len() > MOST_POINTS as usize {
        return Err(Error::SeriesTooLong { limit: MOST_POINTS }.into());
    }
    let points = rows.iter().map(|row| TrendPoint {
        row: Arc::clone(row),
        issue: None,
        reader: reader.clone(),
    });
    Ok(points.collect())
}

/// What an issue says happened to each of its topics, by their positions.
///
/// # Errors
/// If the database does not answer.
pub async fn trends_in(ctx: &Context<'_>, issue: i64, reader: &Reader) -> Result<Vec<IssueTrend>> {
    reader.notes.tag(Tag::ArticlesOfIssue(issue));
    let locales = reader.locales.clone();
    let rows = ctx
        .batches()
        .load_one(SpeakingIn { issue, locales })
        .await?;
    let rows = rows.unwrap_or_default();
    let topics = rows.iter().map(|row| Tag::Topic(row.topic_id));
    reader.notes.tags(topics);
    let keys = rows.iter().map(|row| TopicById {
        id: row.topic_id,
        locales: reader.locales.clone(),
    });
    let topics = ctx.batches().load_many(keys).await?;
    let topics: HashMap<i64, _> = topics.into_values().map(|row| (row.id, row)).collect();
    let trends = rows.iter().filter_map(|row| {
        let topic = Arc::clone(topics.get(&row.topic_id)?);
        Some(IssueTrend {
            row: Arc::clone(row),
            topic: Topic::new(topic, reader.clone()),
            reader: reader.clone(),
        })
    });
    Ok(trends.collect())
}

/// How many points a series may have, for the complexity of a query: one a
/// week, where it is told from which day to which; else the most there can be.
#[must_use]
pub fn series_weight(from: Option<Date>, to: Option<Date>) -> usize {
    let weeks = from
        .zip(to)
        .map(|(from, to)| (to.0 - from.0).num_weeks().saturating_add(1));
    let weeks = weeks.and_then(|weeks| usize::try_from(weeks).ok());
    let most = MOST_POINTS as usize;
    weeks.map_or(most, |weeks| weeks.clamp(1, most))
}

impl TrendPoint {
    async fn find_issue(&self, ctx: &Context<'_>) -> Result<Option<Issue>> {
        self.reader.notes.tag(Tag::Issue(self.row.issue_id));
        let key = IssueById {
            id: self.row.issue_id,
            locales: self.reader.locales.clone(),
        };
        let row = load(ctx.batches(), key).await?;
        Ok(row.map(|row| Issue::new(row, self.reader.clone())))
    }
}

impl IssueTrend {
    async fn find_previous(&self, ctx: &Context<'_>) -> Result<Option<TrendPoint>> {
        let (locales, notes) = (&self.reader.locales, &self.reader.notes);
        notes.tag(Tag::Issues);
        let before = IssueNeighbourOf {
            id: self.row.issue_id,
            step: IssueStep::Previous,
            locales: locales.clone(),
        };
        let Some(issue) = ctx.batches().load_one(before).await? else {
            return Ok(None);
        };
        notes.tag(Tag::ArticlesOfIssue(issue.id));
        let speaking = SpeakingIn {
            issue: issue.id,
            locales: locales.clone(),
        };
        let rows = ctx.batches().load_one(speaking).await?.unwrap_or_default();
        let row = rows.iter().find(|row| row.topic_id == self.row.topic_id);
        Ok(row.map(|row| TrendPoint {
            row: Arc::clone(row),
            issue: Some(Issue::new(issue, self.reader.clone())),
            reader: self.reader.clone(),
        }))
    }
}

fn span(from: Option<Date>, to: Option<Date>) -> Result<Span, Error> {
    let (from, to) = (from.map(|day| day.0), to.map(|day| day.0));
    if let (Some(from), Some(to)) = (from, to)
        && from > to
    {
        return Err(Error::InvalidValue {
            argument: "from",
            what: format!("a day not after \"to\": {from} is after {to}"),
        });
    }
    Ok(Span { from, to })
}
