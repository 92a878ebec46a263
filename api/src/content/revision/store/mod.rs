//! All SQL of revisions. What words were is in `revisions`, what they are in
//! their own table; a list holds both.

mod keep;
mod list;
mod text;

use chrono::{DateTime, Utc};
use masthead_entities::article_translation::State;
use masthead_entities::revision::Kind;
use sea_orm::sea_query::{Condition, Expr, ExprTrait};
use sea_orm::{ActiveEnum as _, FromQueryResult};

use crate::content::language::Translated;

pub use keep::{KeptText, keep, kept_text};
pub use list::{at_versions, check, counts, pages};
pub use text::{Part, TextId, texts};

/// Words as they are at a version, without their text.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Row {
    /// The id of the words.
    pub translation: i64,
    pub version: i32,
    pub written_at: DateTime<Utc>,
    pub written_by: Option<String>,
    /// `None` for what is no article's.
    pub state: Option<State>,
    /// `None` for what is no article's.
    pub slug: Option<String>,
    /// The revision that holds the text; `None`: the words themselves do.
    pub text_id: Option<i64>,
}

impl Row {
    /// Where its text is.
    #[must_use]
    pub fn text(&self) -> TextId {
        self.text_id
            .map_or(TextId::InForce(self.translation), TextId::Kept)
    }
}

/// What the columns of a table of words are called that revisions have; `None`
/// where it has no such.
struct Columns {
    state: Option<&'static str>,
    slug: Option<&'static str>,
    source_version: Option<&'static str>,
    title: &'static str,
    lead: Option<&'static str>,
    body: Option<&'static str>,
}

impl Columns {
    const fn of(what: Translated) -> Self {
        match what {
            Translated::Article => Self {
                state: Some("state"),
                slug: Some("slug"),
                source_version: Some("source_version"),
                title: "title",
                lead: Some("lead"),
                body: Some("body"),
            },
            Translated::Issue => Self::texts("title", None),
            Translated::Topic => Self::texts("name", Some("description")),
            Translated::Author => Self::texts("name", Some("bio")),
        }
    }

    const fn texts(title: &'static str, lead: Option<&'static str>) -> Self {
        Self {
            state: None,
            slug: None,
            source_version: None,
            title,
            lead,
            body: None,
        }
    }
}

fn stored_kind(what: Translated) -> String {
    match what {
        Translated::Article => Kind::Article,
        Translated::Issue => Kind::Issue,
        Translated::Topic => Kind::Topic,
        Translated::Author => Kind::Author,
    }
    .to_value()
}

/// Whether the revision `h` holds the text that words of `what`, under their
/// name, have now: an article's may be as it was at an earlier version. All
/// others have a new text with each version, which nothing holds yet.
fn held(what: Translated) -> Condition {
    let (_, words) = what.words();
    let text_version = match what {
        Translated::Article => "text_version",
        Translated::Issue | Translated::Topic | Translated::Author => "version",
    };
    Condition::all()
        .add(Expr::col(("h", "kind")).eq(stored_kind(what)))
        .add(Expr::col(("h", "translation_id")).equals((words, "id")))
        .add(Expr::col(("h", "version")).equals((words, text_version)))
}
