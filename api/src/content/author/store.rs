//! All SQL of authors.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use masthead_entities::byline;
use sea_orm::sea_query::{Condition, Expr, ExprTrait, JoinType, Order as Sort, SelectStatement};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    QuerySelect,
};

use crate::content::language::{Locales, Translated};
use crate::content::store::{Served, Written, served, served_row};
use crate::database::{Cells, Database};
use crate::error::Error;

/// An author as a reader is served them.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Row {
    pub id: i64,
    pub slug: String,
    pub facts_version: i32,
    pub name: String,
    pub bio: String,
    #[sea_orm(nested)]
    pub written: Written,
}

impl Served for Row {
    const WHAT: Translated = Translated::Author;
    const FACTS: &'static [&'static str] = &["slug"];
    const WORDS: &'static [&'static str] = &["name", "bio"];

    fn bytes(&self) -> usize {
        size_of::<Self>() + self.slug.len() + self.name.len() + self.bio.len()
    }
}

/// The authors of these articles, in byline order, by the article's key.
pub async fn by_articles(
    db: &Database,
    articles: &[i64],
    locales: &Locales,
) -> Result<HashMap<i64, Vec<Arc<Row>>>, Error> {
    let mut select = served_row::<Row>(locales);
    join_bylines(&mut select);
    select
        .expr_as(Expr::col(("b", "article_id")), "article_id")
        .and_where(db.is_any(("b", "article_id"), articles))
        .order_by(("b", "article_id"), Sort::Asc)
        .order_by(("b", "position"), Sort::Asc);
    let mut found: HashMap<i64, Vec<Arc<Row>>> = HashMap::new();
    // Few authors write many articles: each is read once.
    let mut authors: HashMap<i64, Arc<Row>> = HashMap::new();
    for row in db.rows(&select).await? {
        let cells = Cells::of(&row)?;
        let author = match authors.entry(cells.get(cells.place("id")?)?) {
            Entry::Occupied(known) => Arc::clone(known.get()),
            Entry::Vacant(place) => {
                Arc::clone(place.insert(Arc::new(Row::from_query_result(&row, "")?)))
            }
        };
        let article = cells.get(cells.place("article_id")?)?;
        found.entry(article).or_default().push(author);
    }
    Ok(found)
}

/// The keys of the articles by authors for whom `condition` holds, of those
/// who exist for a reader of `locales`.
pub fn articles(locales: &Locales, condition: Condition) -> SelectStatement {
    let mut select = served(Translated::Author, locales);
    join_bylines(&mut select);
    select
        .expr(Expr::col(("b", "article_id")))
        .cond_where(condition)
        .to_owned()
}

/// Some of the articles by an author, at most `limit`.
pub async fn articles_with(
    tx: &DatabaseTransaction,
    id: i64,
    limit: u64,
) -> Result<Vec<i64>, DbErr> {
    byline::Entity::find()
        .select_only()
        .column(byline::Column::ArticleId)
        .filter(byline::Column::AuthorId.eq(id))
        .order_by_asc(byline::Column::ArticleId)
        .limit(limit)
        .into_tuple()
        .all(tx)
        .await
}

fn join_bylines(select: &mut SelectStatement) {
    select.join_as(
        JoinType::InnerJoin,
        "bylines",
        "b",
        Expr::col(("b", "author_id")).equals(("u", "id")),
    );
}
