//! All SQL of articles.

mod below;
mod facet;
mod key_terms;
mod list;
mod lookup;
mod neighbour;
mod public;
mod related;
mod trend;
mod writing;

use std::sync::{Arc, LazyLock};

use chrono::{DateTime, Utc};
use masthead_entities::article::Trend;
use masthead_entities::article_translation::State;
use sea_orm::sea_query::{Expr, SelectStatement};
use sea_orm::{ActiveEnum, DbErr, QueryResult};

use crate::content::language::{Locales, Translated};
use crate::content::publication::Place;
use crate::content::rich_text::{self, Forms, Texts};
use crate::content::store;
use crate::database::Cells;

pub use below::{counts_of, pages_of, parents};
pub use facet::{Asked, Counted, Facet, facets_of};
pub use key_terms::{KeyTerms, write_key_terms};
pub use list::{Found, Joins, Wanted, found, page};
pub use lookup::{addresses, by_ids, by_slug, places};
pub use neighbour::{Step, Within, neighbours};
pub use public::{refresh_public_at, refresh_public_at_of_articles};
pub use related::related;
pub use trend::{Span, Standing, series_of, speaking_in, standings};
pub use writing::{
    IssueFacts, Owner, at_position, authors_of, issue_facts, known_authors, last_position, owner,
    owners_in, remove_words, set_source, stages, taken_keys, words_in, words_of, write_byline,
    write_words,
};

/// An article as a reader is served it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub id: i64,
    pub key: String,
    pub issue_id: i64,
    pub position: i32,
    pub topic_id: i64,
    pub trend: Option<Trend>,
    pub original_locale: String,
    pub facts_version: i32,
    pub translation_id: i64,
    pub locale: String,
    pub slug: String,
    pub title: String,
    pub lead: String,
    pub state: State,
    pub public_at: DateTime<Utc>,
    pub version: i32,
    pub updated_at: DateTime<Utc>,
    /// The forms of its body that were asked for.
    pub texts: Arc<Texts>,
}

/// Where an article is shown, in the locale that a reader is served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    pub id: i64,
    pub issue_id: i64,
    pub topic_id: i64,
    pub locale: String,
    pub slug: String,
    pub place: Place,
}

/// What articles can be listed below.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Parent {
    Issue,
    Topic,
    Author,
}

fn served(locales: &Locales) -> SelectStatement {
    store::served(Translated::Article, locales)
}

/// The columns of a row, in the order of [`read_row`]: one text, since they are
/// in nearly every statement, and each would have to be put together.
const COLUMNS: &str = concat!(
    r#""a"."id" AS "id", "a"."key" AS "key", "a"."issue_id" AS "issue_id", "#,
    r#""a"."position" AS "position", "a"."topic_id" AS "topic_id", "a"."trend" AS "trend", "#,
    r#""a"."original_locale" AS "original_locale", "a"."version" AS "facts_version", "#,
    r#""at"."id" AS "translation_id", "at"."locale" AS "locale", "at"."slug" AS "slug", "#,
    r#""at"."title" AS "title", "at"."lead" AS "lead", "at"."state" AS "state", "#,
    r#""at"."public_at" AS "public_at", "at"."version" AS "version", "#,
    r#""at"."updated_at" AS "updated_at""#,
);

/// Select the columns of a row, with these forms of the body.
fn select_row(select: &mut SelectStatement, forms: Forms) {
    select.expr(Expr::cust(COLUMNS));
    rich_text::select(select, forms);
}

/// The row that [`select_row`] selected with the same forms.
fn read_row(result: &QueryResult, forms: Forms) -> Result<Row, DbErr> {
    let cells = Cells::of(result)?;
    // Other columns may stand before it.
    let mut places = cells.place("id")?..;
    let mut next = || places.next().unwrap_or_default();
    Ok(Row {
        id: cells.get(next())?,
        key: cells.get(next())?,
        issue_id: cells.get(next())?,
        position: cells.get(next())?,
        topic_id: cells.get(next())?,
        trend: cells.get::<Option<&str>>(next())?.map(stored).transpose()?,
        original_locale: cells.get(next())?,
        facts_version: cells.get(next())?,
        translation_id: cells.get(next())?,
        locale: cells.get(next())?,
        slug: cells.get(next())?,
        title: cells.get(next())?,
        lead: cells.get(next())?,
        state: state(cells.get(next())?)?,
        public_at: cells.get(next())?,
        version: cells.get(next())?,
        updated_at: cells.get(next())?,
        texts: if forms == Forms::NONE {
            no_texts()
        } else {
            Arc::new(rich_text::read(result, forms)?)
        },
    })
}

/// The value of a closed list that is stored as this text.
fn stored<T: ActiveEnum<Value = String>>(text: &str) -> Result<T, DbErr> {
    T::try_from_value(&text.to_owned())
}

/// The state that is stored as this text: for readers, nearly always the same.
fn state(text: &str) -> Result<State, DbErr> {
    match text {
        "PUBLISHED" => Ok(State::Published),
        _ => stored(text),
    }
}

/// One for all rows without any.
fn no_texts() -> Arc<Texts> {
    static NONE: LazyLock<Arc<Texts>> = LazyLock::new(Arc::default);
    Arc::clone(&NONE)
}
