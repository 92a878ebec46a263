//! How far what is served may have come.
//!
//! For readers it is published, and for partners it may be less of that. Under
//! any other sight the statements read views in place of two tables: `every_issues` and `every_article_translations`
//! have the same columns, and a time in the far future where readers see
//! nothing yet, so that no order meets a null.

use chrono::{DateTime, Utc};
use masthead_entities::article_translation::State;
use sea_orm::ActiveEnum as _;
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Query};

use super::Translated;
use crate::access::{Previewed, Scope};
use crate::error::Error;

/// How far what is served may have come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Sight {
    /// What readers see.
    #[default]
    Public,
    /// Words of articles in these states, whether or not their issue is
    /// published; issues that are, for `PUBLISHED`, and those that are not, for
    /// the other two.
    States(States),
    /// What readers see, and this.
    Preview(Previewed),
    /// Of what readers see, what the contract of a partner leaves.
    Scoped(Scope),
}

/// Some of the states of a translation, at least one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct States {
    draft: bool,
    in_review: bool,
    published: bool,
}

/// Since when readers see what has this time in a column that is never null;
/// `None`: they don't.
#[must_use]
pub fn since(time: DateTime<Utc>) -> Option<DateTime<Utc>> {
    (time.timestamp() != NEVER).then_some(time)
}

/// 9999-12-31T23:59:59Z, in seconds since 1970.
const NEVER: i64 = 253_402_300_799;

impl States {
    /// All states.
    pub const ALL: Self = Self {
        draft: true,
        in_review: true,
        published: true,
    };

    /// These states; `None`: there are none.
    #[must_use]
    pub fn of(states: &[State]) -> Option<Self> {
        let has = |state| states.contains(&state);
        (!states.is_empty()).then(|| Self {
            draft: has(State::Draft),
            in_review: has(State::InReview),
            published: has(State::Published),
        })
    }

    /// Those of articles' words.
    fn of_words(self) -> impl Iterator<Item = State> {
        let all = [
            (self.draft, State::Draft),
            (self.in_review, State::InReview),
            (self.published, State::Published),
        ];
        all.into_iter()
            .filter_map(|(has, state)| has.then_some(state))
    }

    /// Those of issues, which are a draft until they are published.
    fn of_issues(self) -> impl Iterator<Item = State> {
        let all = [
            (self.draft || self.in_review, State::Draft),
            (self.published, State::Published),
        ];
        all.into_iter()
            .filter_map(|(has, state)| has.then_some(state))
    }
}

impl Sight {
    /// What a contract leaves of what is public.
    #[must_use]
    pub fn of_scope(scope: Option<Scope>) -> Self {
        scope.map_or(Self::Public, Self::Scoped)
    }

    /// Whether `what`, which holds the text of articles, may be served.
    ///
    /// # Errors
    /// If the contract of the reader leaves it out.
    pub fn check_text(self, what: &'static str) -> Result<(), Error> {
        match self {
            Self::Scoped(scope) => scope.check_text(what),
            _ => Ok(()),
        }
    }

    /// Whether more is seen than what readers see: the statements read views.
    #[must_use]
    pub const fn shows_drafts(self) -> bool {
        matches!(self, Self::States(_) | Self::Preview(_))
    }

    /// The table to read the things from, and the name it goes by in every
    /// statement.
    #[must_use]
    pub const fn things(self, what: Translated) -> (&'static str, &'static str) {
        let (table, name) = what.things();
        match what {
            Translated::Issue if self.shows_drafts() => ("every_issues", name),
            _ => (table, name),
        }
    }

    /// The table to read their words from, and the name it goes by in every
    /// statement.
    #[must_use]
    pub const fn words(self, what: Translated) -> (&'static str, &'static str) {
        let (table, name) = what.words();
        match what {
            Translated::Article if self.shows_drafts() => ("every_article_translations", name),
            _ => (table, name),
        }
    }

    /// Whether the words of `what` that go by `words` are seen, in whatever
    /// locale; an issue's also need the issue, under its name.
    #[must_use]
    pub fn sees(self, what: Translated, words: &'static str) -> Condition {
        let all = match self {
            Self::Scoped(scope) => within(scope, what, words),
            _ => Condition::all(),
        };
        match (self, what) {
            // The words of topics and authors have no drafts.
            (_, Translated::Topic | Translated::Author) => all,
            (Self::Public | Self::Scoped(_), Translated::Article) => {
                all.add(Expr::col((words, "public_at")).is_not_null())
            }
            (Self::Public | Self::Scoped(_), Translated::Issue) => {
                all.add(Expr::col(("i", "published_at")).is_not_null())
            }
            (Self::States(states), Translated::Article) => {
                all.add(is_one_of((words, "state"), states.of_words()))
            }
            (Self::States(states), Translated::Issue) => {
                all.add(is_one_of(("i", "state"), states.of_issues()))
            }
            (Self::Preview(shown), Translated::Article) => {
                let public = Expr::col((words, "is_public")).eq(Expr::cust("1"));
                let article = Expr::col((words, "article_id"));
                all.add(public.or(has_article(shown, article)))
            }
            (Self::Preview(shown), Translated::Issue) => {
                let public = is_one_of(("i", "state"), [State::Published]);
                all.add(public.or(has_issue(shown, Expr::col(("i", "id")))))
            }
        }
    }
}

/// Whether the words of `what` that go by `words` are in the locales that a
/// contract binds to, and those of topics and articles in its topics.
fn within(scope: Scope, what: Translated, words: &'static str) -> Condition {
    let bound = |column: &'static str, table: &'static str, bound: &'static str| {
        let own = Query::select()
            .column(bound)
            .from(table)
            .and_where(Expr::col("api_key_id").eq(scope.key))
            .to_owned();
        Expr::col((words, column)).in_subquery(own)
    };
    let has_topic = matches!(what, Translated::Article | Translated::Topic);
    Condition::all()
        .add_option(
            scope
                .binds_locales
                .then(|| bound("locale", "partner_contract_locales", "locale")),
        )
        .add_option(
            (scope.binds_topics && has_topic)
                .then(|| bound("topic_id", "partner_contract_topics", "topic_id")),
        )
}

/// Whether `article` is the key of an article that is previewed.
fn has_article(shown: Previewed, article: Expr) -> Expr {
    match shown {
        Previewed::Article(id) => article.eq(id),
        Previewed::Issue(id) => article.in_subquery(
            Query::select()
                .column("id")
                .from("articles")
                .and_where(Expr::col("issue_id").eq(id))
                .to_owned(),
        ),
    }
}

/// Whether `issue` is the key of an issue that is previewed.
fn has_issue(shown: Previewed, issue: Expr) -> Expr {
    match shown {
        Previewed::Issue(id) => issue.eq(id),
        Previewed::Article(id) => issue.in_subquery(
            Query::select()
                .column("issue_id")
                .from("articles")
                .and_where(Expr::col("id").eq(id))
                .to_owned(),
        ),
    }
}

/// Spelled out, so that filters don't count them among their values.
fn is_one_of(
    column: (&'static str, &'static str),
    states: impl IntoIterator<Item = State>,
) -> Expr {
    let states = states.into_iter();
    let words = states.map(|state| Expr::cust(format!("'{}'", state.to_value())));
    Expr::col(column).is_in(words)
}
