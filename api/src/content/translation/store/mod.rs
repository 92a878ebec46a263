//! All SQL of translations.

mod progress;

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use masthead_entities::article_translation::State as StoredState;
use sea_orm::sea_query::{Condition, Expr, ExprTrait, JoinType, Query, SelectStatement, UnionType};
use sea_orm::{DbErr, FromQueryResult, QueryResult};

use crate::content::language::{Sight, Translated};
use crate::content::publication::Place;
use crate::content::store::join_things;
use crate::database::Database;
use crate::error::Error;
use crate::graphql::keyset::{Order, Slice};
use crate::graphql::page::Page;

pub use progress::{Progress, is_outdated, is_outdated_in_union, progress};

/// The words of a thing in one locale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub what: Translated,
    pub id: i64,
    pub parent: i64,
    pub locale: String,
    pub slug: String,
    /// The title or the name; `None`: an issue without one.
    pub title: Option<String>,
    pub state: StoredState,
    pub version: i32,
    pub updated_at: DateTime<Utc>,
    pub published_at: Option<DateTime<Utc>>,
    pub is_original: bool,
    pub place: Option<Place>,
}

/// The kinds in the order of their tags.
const KINDS: [Translated; 4] = [
    Translated::Issue,
    Translated::Article,
    Translated::Topic,
    Translated::Author,
];

/// The number that stands for a kind in a union of all four.
pub fn tag(what: Translated) -> i32 {
    match what {
        Translated::Issue => 0,
        Translated::Article => 1,
        Translated::Topic => 2,
        Translated::Author => 3,
    }
}

/// One page of the translations, of all kinds, for which `condition` holds on
/// the columns of the union `w`.
pub async fn page(
    db: &Database,
    sight: Sight,
    condition: Condition,
    order: &Order,
    page: &Page,
) -> Result<Slice<Row>, Error> {
    // The page of each kind first, which an index can answer; of these, the
    // page.
    let mut pages = Vec::with_capacity(KINDS.len());
    for what in KINDS {
        let mut of_kind = select_all(kind(what, sight));
        of_kind.cond_where(condition.clone());
        order.cut(&mut of_kind, page)?;
        pages.push(select_all(of_kind));
    }
    let mut select = select_all(union(pages));
    order.select_keys(&mut select);
    order.cut(&mut select, page)?;
    let rows = db.rows(&select).await?;
    let rows = rows
        .iter()
        .map(|row| Ok((order.cursor(row)?, Row::from_query_result(row, "")?)));
    Ok(Order::slice(page, rows.collect::<Result<_, DbErr>>()?))
}

/// How many translations there are for which `condition` holds.
pub async fn count(db: &Database, sight: Sight, condition: Condition) -> Result<u64, Error> {
    let select = Query::select()
        .expr_as(Expr::cust("COUNT(*)"), "count")
        .from_subquery(union(KINDS.map(|what| kind(what, sight))), "w")
        .cond_where(condition)
        .to_owned();
    let rows = db.rows(&select).await?;
    let count: Option<i64> = rows
        .first()
        .map(|row| row.try_get("", "count"))
        .transpose()?;
    Ok(count.map_or(0, i64::unsigned_abs))
}

/// The words of these things that are seen, in every locale, by the thing's
/// key.
pub async fn of_parents(
    db: &Database,
    what: Translated,
    parents: &[i64],
    sight: Sight,
) -> Result<HashMap<i64, Vec<Row>>, Error> {
    let (_, words) = what.words();
    let mut select = kind(what, sight);
    select.and_where(db.is_any((words, what.key()), parents));
    let mut found: HashMap<i64, Vec<Row>> = HashMap::new();
    for row in db.rows(&select).await? {
        let row = Row::from_query_result(&row, "")?;
        found.entry(row.parent).or_default().push(row);
    }
    Ok(found)
}

/// The words with these keys that are seen.
pub async fn by_ids(
    db: &Database,
    what: Translated,
    ids: &[i64],
    sight: Sight,
) -> Result<Vec<Row>, Error> {
    let (_, words) = what.words();
    let mut select = kind(what, sight);
    select.and_where(db.is_any((words, "id"), ids));
    let rows = db.rows(&select).await?;
    let rows = rows.iter().map(|row| Row::from_query_result(row, ""));
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A longer text of these words: what is read only where it is asked for.
pub async fn texts(
    db: &Database,
    what: Translated,
    column: &'static str,
    ids: &[i64],
) -> Result<HashMap<i64, String>, Error> {
    let (table, _) = what.words();
    let select = Query::select()
        .column("id")
        .expr_as(Expr::col(column), "text")
        .from(table)
        .and_where(db.is_any("id", ids))
        .to_owned();
    let mut texts = HashMap::new();
    for row in db.rows(&select).await? {
        texts.insert(row.try_get("", "id")?, row.try_get("", "text")?);
    }
    Ok(texts)
}

/// What is selected of every kind, in the order of a union.
const COLUMNS: [&str; 15] = [
    "kind",
    "id",
    "parent",
    "locale",
    "slug",
    "title",
    "state",
    "version",
    "updated_at",
    "published_at",
    "is_original",
    "topic",
    "issue",
    "number",
    "starts_on",
];

/// All that `from` selects, under the name `w`.
fn select_all(from: SelectStatement) -> SelectStatement {
    let mut select = Query::select();
    select.from_subquery(from, "w");
    for name in COLUMNS {
        select.expr_as(Expr::col(("w", name)), name);
    }
    select
}

fn union(selects: impl IntoIterator<Item = SelectStatement>) -> SelectStatement {
    let mut selects = selects.into_iter();
    let first = selects.next().unwrap_or_default();
    selects.fold(first, |mut all, one| {
        all.union(UnionType::All, one);
        all
    })
}

/// All words of a kind that are seen.
fn kind(what: Translated, sight: Sight) -> SelectStatement {
    let (table, words) = sight.words(what);
    let mut select = Query::select();
    select
        .from_as(table, words)
        .cond_where(sight.sees(what, words));
    join_things(&mut select, what, sight);
    if what == Translated::Article {
        for (on, key) in [
            (Translated::Issue, "issue_id"),
            (Translated::Topic, "topic_id"),
        ] {
            let (table, alias) = sight.things(on);
            let joined = Expr::col((alias, "id")).equals(("a", key));
            select.join_as(JoinType::InnerJoin, table, alias, joined);
        }
    }
    for name in COLUMNS {
        select.expr_as(column(what, name, sight), name);
    }
    select
}

fn column(what: Translated, name: &'static str, sight: Sight) -> Expr {
    let (_, thing) = what.things();
    let (_, words) = what.words();
    let own = |name: &'static str| Expr::col((words, name));
    match (name, what) {
        ("kind", _) => Expr::cust(tag(what).to_string()),
        ("parent", _) => own(what.key()),
        ("slug", Translated::Article) => own("slug"),
        ("slug", _) => Expr::col((thing, "slug")),
        ("title", Translated::Topic | Translated::Author) => own("name"),
        ("state", Translated::Issue) if sight.shows_drafts() => Expr::col((thing, "state")),
        ("state", Translated::Issue | Translated::Topic | Translated::Author) => {
            Expr::cust("'PUBLISHED'")
        }
        ("published_at", Translated::Article) => own("public_at"),
        ("published_at", Translated::Issue) => Expr::col(("i", "published_at")),
        ("is_original", Translated::Article) => {
            Expr::cust("CASE WHEN at.locale = a.original_locale THEN 1 ELSE 0 END")
        }
        ("is_original", _) => Expr::cust("0"),
        ("topic", Translated::Article) => Expr::col(("t", "slug")),
        ("issue", Translated::Article | Translated::Issue) => Expr::col(("i", "slug")),
        ("number" | "starts_on", Translated::Article | Translated::Issue) => Expr::col(("i", name)),
        // PostgreSQL has no union of columns whose types differ, and takes a
        // bare null for text.
        ("published_at", _) => Expr::cust("CAST(NULL AS timestamptz)"),
        ("number", _) => Expr::cust("CAST(NULL AS integer)"),
        ("starts_on", _) => Expr::cust("CAST(NULL AS date)"),
        ("topic" | "issue", _) => Expr::cust("CAST(NULL AS text)"),
        _ => own(name),
    }
}

impl FromQueryResult for Row {
    fn from_query_result(row: &QueryResult, prefix: &str) -> Result<Self, DbErr> {
        let kind: i32 = row.try_get(prefix, "kind")?;
        let what = KINDS
            .into_iter()
            .find(|what| tag(*what) == kind)
            .ok_or_else(|| DbErr::Type(format!("no kind of words is {kind}")))?;
        let issue: Option<String> = row.try_get(prefix, "issue")?;
        let topic: Option<String> = row.try_get(prefix, "topic")?;
        let place = match issue {
            None => None,
            Some(issue) => Some(Place {
                topic: topic.unwrap_or_default(),
                issue,
                number: row.try_get(prefix, "number")?,
                starts_on: row.try_get::<NaiveDate>(prefix, "starts_on")?,
            }),
        };
        Ok(Self {
            what,
            id: row.try_get(prefix, "id")?,
            parent: row.try_get(prefix, "parent")?,
            locale: row.try_get(prefix, "locale")?,
            slug: row.try_get(prefix, "slug")?,
            title: row.try_get(prefix, "title")?,
            state: row.try_get(prefix, "state")?,
            version: row.try_get(prefix, "version")?,
            updated_at: row.try_get(prefix, "updated_at")?,
            published_at: row.try_get(prefix, "published_at")?,
            is_original: row.try_get::<i32>(prefix, "is_original")? == 1,
            place,
        })
    }
}
