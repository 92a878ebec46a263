//! What readers see of things now, for messages.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, JoinType, Query, SelectStatement};
use sea_orm::{ActiveEnum as _, DbErr, FromQueryResult};

use crate::change_log::{Entry, NewEntry, Thing};
use crate::content::language::Translated;
use crate::database::Database;

/// What readers see of things, by their keys.
#[derive(Debug, Default)]
pub(in crate::delivery::webhook) struct Facts {
    words: HashMap<(Thing, i64, String), Words>,
    pub(in crate::delivery::webhook) issues: HashMap<i64, IssueFacts>,
    /// Slugs.
    pub(in crate::delivery::webhook) topics: HashMap<i64, String>,
}

/// The words of a thing in one locale.
#[derive(Debug, FromQueryResult)]
pub(in crate::delivery::webhook) struct Words {
    thing_id: i64,
    locale: String,
    /// A title or a name; `None`: an issue may have none.
    pub(in crate::delivery::webhook) name: Option<String>,
    pub(in crate::delivery::webhook) version: i32,
    pub(in crate::delivery::webhook) public_at: Option<DateTime<Utc>>,
}

/// An issue that readers see.
#[derive(Debug, FromQueryResult)]
pub(in crate::delivery::webhook) struct IssueFacts {
    pub(in crate::delivery::webhook) id: i64,
    pub(in crate::delivery::webhook) number: i32,
    pub(in crate::delivery::webhook) slug: String,
    pub(in crate::delivery::webhook) starts_on: NaiveDate,
    pub(in crate::delivery::webhook) ends_on: NaiveDate,
}

impl Facts {
    /// The words that an entry is about; `None`: readers don't see them now.
    pub(in crate::delivery::webhook) fn words(&self, told: &NewEntry) -> Option<&Words> {
        let locale = told.locale.clone()?;
        self.words.get(&(told.thing, told.id, locale))
    }
}

/// What readers see of all that `entries` are about: a statement for each kind.
pub(in crate::delivery::webhook) async fn facts(
    database: &Database,
    entries: &[Entry],
) -> Result<Facts, DbErr> {
    let mut facts = Facts::default();
    for (thing, what, name) in [
        (Thing::Issue, Translated::Issue, "title"),
        (Thing::Article, Translated::Article, "title"),
        (Thing::Topic, Translated::Topic, "name"),
        (Thing::Author, Translated::Author, "name"),
    ] {
        let told = entries.iter().map(|entry| &entry.told);
        let ids = distinct(told.filter(|told| told.thing == thing).map(|told| told.id));
        if ids.is_empty() {
            continue;
        }
        for row in database
            .rows(&words(database, (thing, what, name), &ids))
            .await?
        {
            let words = Words::from_query_result(&row, "")?;
            let key = (thing, words.thing_id, words.locale.clone());
            facts.words.insert(key, words);
        }
    }
    let issues = distinct(entries.iter().filter_map(|entry| match entry.told.thing {
        Thing::Issue => Some(entry.told.id),
        _ => entry.told.issue_id,
    }));
    for row in seen(database, ISSUES, &issues).await? {
        let issue = IssueFacts::from_query_result(&row, "")?;
        facts.issues.insert(issue.id, issue);
    }
    let topics = distinct(entries.iter().filter_map(|entry| entry.told.topic_id));
    for row in seen(database, TOPICS, &topics).await? {
        facts
            .topics
            .insert(row.try_get("", "id")?, row.try_get("", "slug")?);
    }
    Ok(facts)
}

fn distinct(ids: impl Iterator<Item = i64>) -> Vec<i64> {
    let ids: BTreeSet<i64> = ids.collect();
    ids.into_iter().collect()
}

/// The words of things that readers see. `visible_words` has the versions that
/// they see, and so tells in which locales they do.
fn words(
    database: &Database,
    (thing, what, name): (Thing, Translated, &'static str),
    ids: &[i64],
) -> SelectStatement {
    let (table, words) = what.words();
    let same_thing = Expr::col((words, what.key())).equals(("v", "thing_id"));
    let same_locale = Expr::col((words, "locale")).equals(("v", "locale"));
    Query::select()
        .column(("v", "thing_id"))
        .column(("v", "locale"))
        .column(("v", "public_at"))
        .column((words, "version"))
        .expr_as(Expr::col((words, name)), "name")
        .from_as("visible_words", "v")
        .join_as(
            JoinType::InnerJoin,
            table,
            words,
            same_thing.and(same_locale),
        )
        .and_where(Expr::col(("v", "thing")).eq(thing.to_value()))
        .and_where(database.is_any(("v", "thing_id"), ids))
        .to_owned()
}

/// A kind of things, its table and its columns.
type Kind = (Thing, &'static str, &'static [&'static str]);

const ISSUES: Kind = (
    Thing::Issue,
    "issues",
    &["id", "number", "slug", "starts_on", "ends_on"],
);
const TOPICS: Kind = (Thing::Topic, "topics", &["id", "slug"]);

/// Those of `ids` that readers see in any locale.
async fn seen(
    database: &Database,
    (thing, table, columns): Kind,
    ids: &[i64],
) -> Result<Vec<sea_orm::QueryResult>, DbErr> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let visible = Query::select()
        .column("thing_id")
        .from("visible_words")
        .and_where(Expr::col("thing").eq(thing.to_value()))
        .to_owned();
    let select = Query::select()
        .columns(columns.iter().copied())
        .from(table)
        .and_where(database.is_any("id", ids))
        .and_where(Expr::col("id").in_subquery(visible))
        .to_owned();
    database.rows(&select).await
}
