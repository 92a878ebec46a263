//! A row of an article, and which parts of it a statement reads.

use std::sync::{Arc, LazyLock};

use chrono::{DateTime, Utc};
use masthead_entities::article::Trend;
use masthead_entities::article_translation::State;
use sea_orm::sea_query::{Expr, SelectStatement};
use sea_orm::{ActiveEnum, DbErr, QueryResult};

use crate::content::rich_text::{self, Forms, Texts};
use crate::database::Cells;

/// An article as a reader is served it. What was not read of it is empty.
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

/// What is read of an article: to hand a column over costs more than to find
/// it, and most lists ask for a few.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Parts {
    pub columns: Columns,
    /// The forms of its body.
    pub forms: Forms,
    /// Where it stands in its list.
    pub cursor: bool,
}

/// Groups of columns that are read together; those of [`Columns::FEWEST`]
/// always are. Few groups make few statements, each prepared once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Columns(u8);

impl Parts {
    /// All columns, without the body.
    pub const WHOLE: Self = Self::whole(Forms::NONE);

    /// All columns, and these forms of the body.
    #[must_use]
    pub const fn whole(forms: Forms) -> Self {
        Self {
            columns: Columns::ALL,
            forms,
            cursor: true,
        }
    }
}

impl Columns {
    /// Its number, its slug, its title and when it was published.
    pub const FEWEST: Self = Self(0);
    /// Its lead.
    pub const LEAD: Self = Self(1);
    /// Its topic.
    pub const TOPIC: Self = Self(1 << 1);
    /// Which words are served, and in which locale.
    pub const WORDS: Self = Self(1 << 2);
    /// Its issue and its trend: of the facts, not of the words.
    pub const FACTS: Self = Self(1 << 3);
    /// All of them.
    pub const ALL: Self = Self(0b11111);

    const REST: Self = Self(1 << 4);

    /// The groups, each with its columns in the order of [`read_row`]. One text
    /// a group: they are in nearly every statement, and each column would have
    /// to be put together.
    const GROUPS: [(Self, &'static str); 6] = [
        (
            Self::FEWEST,
            concat!(
                r#""at"."article_id" AS "id", "at"."slug" AS "slug", "at"."title" AS "title", "#,
                r#""at"."public_at" AS "public_at""#
            ),
        ),
        (Self::LEAD, r#""at"."lead" AS "lead""#),
        (Self::TOPIC, r#""at"."topic_id" AS "topic_id""#),
        (
            Self::WORDS,
            r#""at"."id" AS "translation_id", "at"."locale" AS "locale""#,
        ),
        (
            Self::FACTS,
            r#""a"."issue_id" AS "issue_id", "a"."trend" AS "trend""#,
        ),
        (
            Self::REST,
            concat!(
                r#""a"."key" AS "key", "a"."position" AS "position", "#,
                r#""a"."original_locale" AS "original_locale", "#,
                r#""a"."version" AS "facts_version", "at"."state" AS "state", "#,
                r#""at"."version" AS "version", "at"."updated_at" AS "updated_at""#
            ),
        ),
    ];

    /// Those of both.
    #[must_use]
    pub const fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// Whether those of `group` are among them.
    #[must_use]
    pub const fn have(self, group: Self) -> bool {
        self.0 & group.0 == group.0
    }

    /// Whether some of them are of the article's facts, which are joined to the
    /// words.
    #[must_use]
    pub const fn need_facts(self) -> bool {
        self.have(Self::FACTS) || self.have(Self::REST)
    }
}

/// Select the columns of a row, as far as they are `parts` of it.
pub(super) fn select_row(select: &mut SelectStatement, parts: Parts) {
    for (group, columns) in Columns::GROUPS {
        if parts.columns.have(group) {
            select.expr(Expr::cust(columns));
        }
    }
    rich_text::select(select, parts.forms);
}

/// The row that [`select_row`] selected with the same parts.
pub(super) fn read_row(result: &QueryResult, parts: Parts) -> Result<Row, DbErr> {
    let cells = Cells::of(result)?;
    // Other columns may stand before it.
    let mut places = cells.place("id")?..;
    let mut next = || places.next().unwrap_or_default();
    let mut row = Row {
        id: cells.get(next())?,
        slug: cells.get(next())?,
        title: cells.get(next())?,
        public_at: cells.get(next())?,
        ..nothing()
    };
    if parts.columns.have(Columns::LEAD) {
        row.lead = cells.get(next())?;
    }
    if parts.columns.have(Columns::TOPIC) {
        row.topic_id = cells.get(next())?;
    }
    if parts.columns.have(Columns::WORDS) {
        row.translation_id = cells.get(next())?;
        row.locale = cells.get(next())?;
    }
    if parts.columns.have(Columns::FACTS) {
        row.issue_id = cells.get(next())?;
        row.trend = cells.get::<Option<&str>>(next())?.map(stored).transpose()?;
    }
    if parts.columns.have(Columns::REST) {
        row.key = cells.get(next())?;
        row.position = cells.get(next())?;
        row.original_locale = cells.get(next())?;
        row.facts_version = cells.get(next())?;
        row.state = state(cells.get(next())?)?;
        row.version = cells.get(next())?;
        row.updated_at = cells.get(next())?;
    }
    if parts.forms != Forms::NONE {
        row.texts = Arc::new(rich_text::read(result, parts.forms)?);
    }
    Ok(row)
}

/// A row of which nothing was read.
fn nothing() -> Row {
    Row {
        id: 0,
        key: String::new(),
        issue_id: 0,
        position: 0,
        topic_id: 0,
        trend: None,
        original_locale: String::new(),
        facts_version: 0,
        translation_id: 0,
        locale: String::new(),
        slug: String::new(),
        title: String::new(),
        lead: String::new(),
        state: State::Published,
        public_at: DateTime::UNIX_EPOCH,
        version: 0,
        updated_at: DateTime::UNIX_EPOCH,
        texts: no_texts(),
    }
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
