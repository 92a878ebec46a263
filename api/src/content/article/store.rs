//! All SQL of articles.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use masthead_entities::article::Trend;
use masthead_entities::article_translation::State;
use sea_orm::sea_query::{
    Alias, Condition, Expr, ExprTrait, JoinType, Order as Sort, Query, SelectStatement, UnionType,
};
use sea_orm::{DbErr, FromQueryResult, QueryResult};

use crate::content::language::{Locales, Translated};
use crate::content::publication::Place;
use crate::content::store;
use crate::database::{Database, Engine};
use crate::error::Error;
use crate::graphql::keyset::{Order, Slice};
use crate::graphql::page::Page;

/// An article as a reader is served it.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Row {
    pub id: i64,
    pub key: String,
    pub issue_id: i64,
    pub position: i32,
    pub topic_id: i64,
    pub trend: Option<Trend>,
    pub original_locale: String,
    pub translation_id: i64,
    pub locale: String,
    pub slug: String,
    pub title: String,
    pub lead: String,
    pub state: State,
    pub public_at: DateTime<Utc>,
    pub version: i32,
    pub updated_at: DateTime<Utc>,
    /// `None`: not read.
    pub body: Option<String>,
}

/// What is read of an article beside what is always read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Columns {
    /// Nothing: bodies are long.
    Short,
    /// The body, too.
    WithBody,
}

/// What articles can be listed below.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Parent {
    Issue,
    Topic,
    Author,
}

/// Which articles a list holds, and in which order.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub locales: Locales,
    pub condition: Condition,
    pub order: Order,
    /// Whether the order asks for columns of the issue or of the topic.
    pub joins: Joins,
}

/// Tables that an order needs beside the article's own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Joins {
    pub issues: bool,
    pub topics: bool,
}

/// Where to look for the next article or the previous one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    Next,
    Previous,
}

/// One page of all articles.
pub async fn page(
    db: &Database,
    wanted: &Wanted,
    page: &Page,
    columns: Columns,
) -> Result<Slice<Row>, Error> {
    let mut select = served(&wanted.locales);
    select_row(&mut select, columns);
    wanted.order.select_keys(&mut select);
    join_for_order(&mut select, wanted.joins);
    select.cond_where(wanted.condition.clone());
    wanted.order.cut(&mut select, page)?;
    let rows = db.rows(&select).await?;
    let rows = rows.iter().map(|row| with_cursor(row, &wanted.order));
    Ok(Order::slice(page, rows.collect::<Result<_, DbErr>>()?))
}

/// One page below each of `parents`, read in one statement.
pub async fn pages_of(
    db: &Database,
    parent: Parent,
    parents: &[i64],
    wanted: &Wanted,
    page: &Page,
    columns: Columns,
) -> Result<HashMap<i64, Slice<Row>>, Error> {
    let mut select = Query::select();
    let key = db.from_each(&mut select, parents, "parent");

    let mut ids = served(&wanted.locales);
    ids.expr_as(Expr::col(("at", "id")), "id");
    join_for_order(&mut ids, wanted.joins);
    below(&mut ids, parent);
    ids.and_where(parent_column(parent).eq(key.clone()))
        .cond_where(wanted.condition.clone());
    wanted.order.cut(&mut ids, page)?;

    match db.engine() {
        Engine::Postgres => {
            select
                .join_lateral(JoinType::InnerJoin, ids, "found", Expr::cust("TRUE"))
                .join_as(
                    JoinType::InnerJoin,
                    "article_translations",
                    "at",
                    Expr::col(("at", "id")).equals(("found", "id")),
                );
        }
        Engine::Sqlite => {
            // Without LATERAL: the words are looked up by the keys that a
            // subquery finds for each parent. CROSS fixes that order; it takes
            // no condition of its own.
            select
                .join_as(
                    JoinType::CrossJoin,
                    "article_translations",
                    "at",
                    Condition::all(),
                )
                .and_where(Expr::col(("at", "id")).in_subquery(ids));
        }
    }
    join_article(&mut select);
    select_row(&mut select, columns);
    select.expr_as(key, "parent");
    wanted.order.select_keys(&mut select);
    join_for_order(&mut select, wanted.joins);
    wanted.order.sort(&mut select, page);

    let mut found: HashMap<i64, Vec<(String, Row)>> = HashMap::new();
    for row in db.rows(&select).await? {
        let parent = row.try_get("", "parent")?;
        found
            .entry(parent)
            .or_default()
            .push(with_cursor(&row, &wanted.order)?);
    }
    Ok(parents
        .iter()
        .map(|parent| {
            let rows = found.remove(parent).unwrap_or_default();
            (*parent, Order::slice(page, rows))
        })
        .collect())
}

/// How many articles there are below each of `parents`.
pub async fn counts_of(
    db: &Database,
    parent: Parent,
    parents: &[i64],
    locales: &Locales,
    condition: &Condition,
) -> Result<HashMap<i64, u64>, Error> {
    let mut select = served(locales);
    below(&mut select, parent);
    select
        .expr_as(parent_column(parent), "parent")
        .expr_as(Expr::cust("COUNT(*)"), "count")
        .and_where(match parent {
            Parent::Issue => db.is_any(("a", "issue_id"), parents),
            Parent::Topic => db.is_any(("at", "topic_id"), parents),
            Parent::Author => db.is_any(("b", "author_id"), parents),
        })
        .cond_where(condition.clone())
        .add_group_by([parent_column(parent)]);
    let mut counts: HashMap<i64, u64> = parents.iter().map(|parent| (*parent, 0)).collect();
    for row in db.rows(&select).await? {
        let count: i64 = row.try_get("", "count")?;
        counts.insert(row.try_get("", "parent")?, count.unsigned_abs());
    }
    Ok(counts)
}

/// The articles with these keys, as far as they exist for the reader.
pub async fn by_ids(
    db: &Database,
    ids: &[i64],
    locales: &Locales,
    columns: Columns,
) -> Result<Vec<Row>, Error> {
    let mut select = served(locales);
    select_row(&mut select, columns);
    select.and_where(db.is_any(("a", "id"), ids));
    store::read(db, &select).await
}

/// The article that has this slug in one of the reader's locales, or had it
/// before it was renamed. A slug in use wins over a former one, then the
/// reader's order of locales.
pub async fn by_slug(
    db: &Database,
    slug: &str,
    locales: &Locales,
    columns: Columns,
) -> Result<Option<Row>, Error> {
    let present = Query::select()
        .expr_as(Expr::col(("at", "article_id")), "article_id")
        .expr_as(Expr::cust("0"), "former")
        .expr_as(locales.rank("at"), "preference")
        .from_as("article_translations", "at")
        .and_where(Expr::col(("at", "slug")).eq(slug))
        .cond_where(locales.any(Translated::Article))
        .to_owned();
    let former = Query::select()
        .expr_as(Expr::col(("at", "article_id")), "article_id")
        .expr_as(Expr::cust("1"), "former")
        .expr_as(locales.rank("at"), "preference")
        .from_as("former_slugs", "f")
        .join_as(
            JoinType::InnerJoin,
            "article_translations",
            "at",
            Condition::all()
                .add(Expr::col(("at", "article_id")).equals(("f", "article_id")))
                .add(Expr::col(("at", "locale")).equals(("f", "locale"))),
        )
        .and_where(Expr::col(("f", "slug")).eq(slug))
        .cond_where(locales.any(Translated::Article))
        .to_owned();
    let mut both = present;
    both.union(UnionType::All, former);
    let id = Query::select()
        .column("article_id")
        .from_subquery(both, "found")
        .order_by("former", Sort::Asc)
        .order_by("preference", Sort::Asc)
        .limit(1)
        .to_owned();

    let mut select = served(locales);
    select_row(&mut select, columns);
    select.and_where(Expr::col(("a", "id")).eq(Expr::SubQuery(None, Box::new(id.into()))));
    Ok(store::read(db, &select).await?.into_iter().next())
}

/// The articles that stand next to these in the issue, or in the topic's list
/// by time, by the key of the article that they stand next to.
pub async fn neighbours(
    db: &Database,
    ids: &[i64],
    within: Parent,
    step: Step,
    locales: &Locales,
) -> Result<HashMap<i64, Row>, Error> {
    let (sort, beyond): (_, fn(Expr, Expr) -> Expr) = match step {
        Step::Next => (Sort::Asc, |one, other| one.gt(other)),
        Step::Previous => (Sort::Desc, |one, other| one.lt(other)),
    };
    let mut neighbour = served(locales);
    neighbour.expr(Expr::col(("at", "id"))).limit(1);
    match within {
        Parent::Issue => neighbour
            .and_where(Expr::col(("a", "issue_id")).equals(("here", "issue_id")))
            .and_where(beyond(
                Expr::col(("a", "position")),
                Expr::col(("here", "position")),
            ))
            .order_by(("a", "position"), sort),
        Parent::Topic | Parent::Author => neighbour
            .and_where(Expr::col(("at", "topic_id")).equals(("here", "topic_id")))
            .and_where(beyond(
                Expr::tuple([
                    Expr::col(("at", "public_at")),
                    Expr::col(("at", "article_id")),
                ]),
                Expr::tuple([
                    Expr::col(("here_words", "public_at")),
                    Expr::col(("here", "id")),
                ]),
            ))
            .order_by(("at", "public_at"), sort.clone())
            .order_by(("at", "article_id"), sort),
    };
    let mut here = Query::select();
    here.expr_as(Expr::col(("here", "id")), "here").expr_as(
        Expr::SubQuery(None, Box::new(neighbour.into())),
        "neighbour",
    );
    here.from_as("articles", "here")
        .and_where(db.is_any(("here", "id"), ids));
    if within != Parent::Issue {
        // Its own time in the list: the one that the reader is served.
        here.join_subquery(
            JoinType::InnerJoin,
            served(locales)
                .expr_as(Expr::col(("at", "article_id")), "article_id")
                .expr_as(Expr::col(("at", "public_at")), "public_at")
                .and_where(db.is_any(("at", "article_id"), ids))
                .to_owned(),
            "here_words",
            Expr::col(("here_words", "article_id")).equals(("here", "id")),
        );
    }

    let mut select = Query::select();
    select
        .from_subquery(here, "steps")
        .join_as(
            JoinType::InnerJoin,
            "article_translations",
            "at",
            Expr::col(("at", "id")).equals(("steps", "neighbour")),
        )
        .expr_as(Expr::col(("steps", "here")), "here");
    join_article(&mut select);
    select_row(&mut select, Columns::Short);
    let mut found = HashMap::new();
    for row in db.rows(&select).await? {
        found.insert(row.try_get("", "here")?, Row::from_query_result(&row, "")?);
    }
    Ok(found)
}

/// The bodies of these translations, by the translation's key.
pub async fn bodies(db: &Database, translations: &[i64]) -> Result<HashMap<i64, String>, Error> {
    texts(db, translations, "body").await
}

/// The leads of these translations, by the translation's key.
pub async fn leads(db: &Database, translations: &[i64]) -> Result<HashMap<i64, String>, Error> {
    texts(db, translations, "lead").await
}

/// The issue and the topic of these articles, for their addresses.
pub async fn places(db: &Database, ids: &[i64]) -> Result<HashMap<i64, Place>, Error> {
    let select = Query::select()
        .expr_as(Expr::col(("a", "id")), "id")
        .expr_as(Expr::col(("t", "slug")), "topic")
        .expr_as(Expr::col(("i", "slug")), "issue")
        .expr_as(Expr::col(("i", "number")), "number")
        .expr_as(Expr::col(("i", "starts_on")), "starts_on")
        .from_as("articles", "a")
        .join_as(
            JoinType::InnerJoin,
            "issues",
            "i",
            Expr::col(("i", "id")).equals(("a", "issue_id")),
        )
        .join_as(
            JoinType::InnerJoin,
            "topics",
            "t",
            Expr::col(("t", "id")).equals(("a", "topic_id")),
        )
        .and_where(db.is_any(("a", "id"), ids))
        .to_owned();
    let mut places = HashMap::new();
    for row in db.rows(&select).await? {
        let place = Place {
            topic: row.try_get("", "topic")?,
            issue: row.try_get("", "issue")?,
            number: row.try_get("", "number")?,
            starts_on: row.try_get("", "starts_on")?,
        };
        places.insert(row.try_get("", "id")?, place);
    }
    Ok(places)
}

/// What the articles hang on for which `condition` holds, of those that exist
/// for a reader of `locales`.
pub fn parents(parent: Parent, locales: &Locales, condition: Condition) -> SelectStatement {
    let mut select = served(locales);
    below(&mut select, parent);
    select
        .expr(parent_column(parent))
        .cond_where(condition)
        .to_owned()
}

fn served(locales: &Locales) -> SelectStatement {
    store::served(Translated::Article, locales)
}

fn join_article(select: &mut SelectStatement) {
    select.join_as(
        JoinType::InnerJoin,
        "articles",
        "a",
        Expr::col(("a", "id")).equals(("at", "article_id")),
    );
}

fn join_for_order(select: &mut SelectStatement, joins: Joins) {
    if joins.issues {
        select.join_as(
            JoinType::InnerJoin,
            "issues",
            "i",
            Expr::col(("i", "id")).equals(("a", "issue_id")),
        );
    }
    if joins.topics {
        select.join_as(
            JoinType::InnerJoin,
            "topics",
            "t",
            Expr::col(("t", "id")).equals(("a", "topic_id")),
        );
    }
}

fn below(select: &mut SelectStatement, parent: Parent) {
    if parent == Parent::Author {
        select.join_as(
            JoinType::InnerJoin,
            "bylines",
            "b",
            Expr::col(("b", "article_id")).equals(("a", "id")),
        );
    }
}

fn parent_column(parent: Parent) -> Expr {
    match parent {
        Parent::Issue => Expr::col(("a", "issue_id")),
        Parent::Topic => Expr::col(("at", "topic_id")),
        Parent::Author => Expr::col(("b", "author_id")),
    }
}

fn select_row(select: &mut SelectStatement, columns: Columns) {
    for name in [
        "id",
        "key",
        "issue_id",
        "position",
        "topic_id",
        "trend",
        "original_locale",
    ] {
        select.expr_as(Expr::col(("a", name)), name);
    }
    select.expr_as(Expr::col(("at", "id")), "translation_id");
    for name in [
        "locale",
        "slug",
        "title",
        "lead",
        "state",
        "public_at",
        "version",
        "updated_at",
    ] {
        select.expr_as(Expr::col(("at", name)), name);
    }
    select.expr_as(
        match columns {
            Columns::Short => Expr::cust("NULL"),
            Columns::WithBody => Expr::col(("at", "body")),
        },
        "body",
    );
}

fn with_cursor(row: &QueryResult, order: &Order) -> Result<(String, Row), DbErr> {
    Ok((order.cursor(row)?, Row::from_query_result(row, "")?))
}

async fn texts(
    db: &Database,
    translations: &[i64],
    column: &'static str,
) -> Result<HashMap<i64, String>, Error> {
    let select = Query::select()
        .column("id")
        .expr_as(Expr::col(Alias::new(column)), "text")
        .from("article_translations")
        .and_where(db.is_any("id", translations))
        .to_owned();
    let mut texts = HashMap::new();
    for row in db.rows(&select).await? {
        texts.insert(row.try_get("", "id")?, row.try_get("", "text")?);
    }
    Ok(texts)
}
