//! The one rule of language.
//!
//! **A thing exists for a reader if it is published in at least one of the
//! reader's locales; it is served in the first such.** Every lookup, list,
//! filter, order, count and edge asks the conditions of [`Locales`]; the rule is
//! stated nowhere else.
//!
//! For those who see drafts, [`Sight`] says what counts as published.

mod header;
mod sight;

use std::fmt;
use std::sync::Arc;

use sea_orm::sea_query::{CaseStatement, Condition, Expr, ExprTrait, Query};

use crate::cache::tag::Kind;
use crate::error::Error;
use crate::graphql::scalar::Locale;
use header::{look_up, ranges};

pub use sight::{Sight, States, since};

/// A reader's locales, the preferred one first, without repetition. The list
/// is all there is: whoever asks for `[be, ru]` never sees English. With them
/// goes how far what is served may have come.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Locales(Arc<[String]>, Sight);

/// What cursors are told apart by: it stays as it is.
impl fmt::Debug for Locales {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut locales = formatter.debug_tuple("Locales");
        locales.field(&self.0);
        if self.1 != Sight::Public {
            locales.field(&self.1);
        }
        locales.finish()
    }
}

/// What has words in several locales, each kind in a table of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Translated {
    Article,
    Issue,
    Topic,
    Author,
}

impl Translated {
    /// The table of the things, and the name it goes by in every statement.
    /// Who reads for a reader asks [`Sight::things`].
    #[must_use]
    pub const fn things(self) -> (&'static str, &'static str) {
        match self {
            Self::Article => ("articles", "a"),
            Self::Issue => ("issues", "i"),
            Self::Topic => ("topics", "t"),
            Self::Author => ("authors", "u"),
        }
    }

    /// The table of their words, and the name it goes by in every statement.
    /// Who reads for a reader asks [`Sight::words`].
    #[must_use]
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Article => ("article_translations", "at"),
            Self::Issue => ("issue_translations", "it"),
            Self::Topic => ("topic_translations", "tt"),
            Self::Author => ("author_translations", "ut"),
        }
    }

    /// Its type in the schema.
    #[must_use]
    pub const fn type_name(self) -> &'static str {
        match self {
            Self::Article => "Article",
            Self::Issue => "Issue",
            Self::Topic => "Topic",
            Self::Author => "Author",
        }
    }

    /// What messages call it.
    #[must_use]
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Issue => "issue",
            Self::Topic => "topic",
            Self::Author => "author",
        }
    }

    /// The column of the words that holds the thing's key.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Article => "article_id",
            Self::Issue => "issue_id",
            Self::Topic => "topic_id",
            Self::Author => "author_id",
        }
    }

    /// The kind of tags that tell of it.
    #[must_use]
    pub const fn kind(self) -> Kind {
        match self {
            Self::Article => Kind::Article,
            Self::Issue => Kind::Issue,
            Self::Topic => Kind::Topic,
            Self::Author => Kind::Author,
        }
    }
}

impl Locales {
    /// What a reader is served of `what`: the words, in a select that has both
    /// of its tables under their names, that are published in the first
    /// possible of the reader's locales.
    #[must_use]
    pub fn served(&self, what: Translated) -> Condition {
        let (table, words) = self.1.words(what);
        match &*self.0 {
            [] => Condition::all().add(Expr::cust("1 = 0")),
            [only] => self
                .1
                .sees(what, words)
                .add(Expr::col((words, "locale")).eq(only.as_str())),
            _ => {
                let preferred = "preferred";
                let earlier = Query::select()
                    .expr(Expr::cust("1"))
                    .from_as(table, preferred)
                    .and_where(Expr::col((preferred, what.key())).equals((words, what.key())))
                    .cond_where(self.1.sees(what, preferred))
                    .and_where(self.rank(preferred).lt(self.rank(words)))
                    .to_owned();
                self.1
                    .sees(what, words)
                    .add(self.rank(words).is_not_null())
                    .add(Expr::exists(earlier).not())
            }
        }
    }

    /// Any words of `what` that the reader may see, in whichever of the
    /// reader's locales: what a lookup by a slug goes by. A thing exists for
    /// the reader if it has such words; it may have several.
    #[must_use]
    pub fn any(&self, what: Translated) -> Condition {
        let (_, words) = what.words();
        self.1
            .sees(what, words)
            .add(Expr::col((words, "locale")).is_in(self.0.iter().map(String::as_str)))
    }

    /// How far what is served may have come.
    #[must_use]
    pub const fn sight(&self) -> Sight {
        self.1
    }

    /// The same locales, and what is seen by `sight`.
    #[must_use]
    pub fn by(self, sight: Sight) -> Self {
        Self(self.0, sight)
    }

    /// The place of a locale among the reader's, from 0; `NULL` outside.
    #[must_use]
    pub fn rank(&self, alias: &'static str) -> Expr {
        // Before the first content a reader has none, and no CASE is empty.
        if self.0.is_empty() {
            return Expr::cust("NULL");
        }
        let mut case = CaseStatement::new();
        for (place, locale) in self.0.iter().enumerate() {
            let place = i32::try_from(place).unwrap_or(i32::MAX);
            case = case.case(
                Expr::col((alias, "locale")).eq(locale.as_str()),
                Expr::cust(place.to_string()),
            );
        }
        case.into()
    }

    /// Whether the reader has one locale, in which a thing has its words once.
    #[must_use]
    pub fn is_single(&self) -> bool {
        self.0.len() == 1
    }

    /// The locale that the reader prefers; `None` before the publication has
    /// any.
    #[must_use]
    pub fn first(&self) -> Option<&str> {
        self.0.first().map(String::as_str)
    }

    /// The reader's locales in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Whether something served in `locale` is not in the preferred one.
    #[must_use]
    pub fn is_fallback(&self, locale: &str) -> bool {
        self.first() != Some(locale)
    }

    /// The locales that `asked` names, out of those that are `known`, and what
    /// is public.
    ///
    /// # Errors
    /// If it names none, or one that is not known.
    pub fn of_argument(asked: &[Locale], known: &[String]) -> Result<Self, Error> {
        if asked.is_empty() {
            return Err(Error::InvalidValue {
                argument: "locales",
                what: "a list of at least one locale; leave it out for the reader's own".to_owned(),
            });
        }
        let mut locales: Vec<String> = Vec::with_capacity(asked.len().min(known.len()));
        for Locale(tag) in asked {
            // Before the first content has come in there is nothing to know.
            if !known.contains(tag) && !known.is_empty() {
                return Err(Error::UnknownLocale {
                    asked: tag.clone(),
                    known: known.join(", "),
                });
            }
            if known.contains(tag) && !locales.contains(tag) {
                locales.push(tag.clone());
            }
        }
        Ok(Self(locales.into(), Sight::Public))
    }

    /// The locales that an address on this server names, in any case, and what is
    /// public.
    ///
    /// # Errors
    /// The same.
    pub fn of_address(asked: &[String], known: &[String]) -> Result<Self, Error> {
        let tag = |asked: &String| {
            let found = known.iter().find(|tag| tag.eq_ignore_ascii_case(asked));
            Locale(found.unwrap_or(asked).clone())
        };
        let asked: Vec<Locale> = asked.iter().map(tag).collect();
        Self::of_argument(&asked, known)
    }

    /// The locales of whoever wrote something: `first`, then these, then all
    /// others of the publication, so that what was written is served in some.
    #[must_use]
    pub fn and_all_others(&self, first: Option<&str>, known: &[String]) -> Self {
        let mut locales: Vec<String> = Vec::with_capacity(known.len());
        let preferred = first.into_iter().chain(self.iter());
        for tag in preferred.chain(known.iter().map(String::as_str)) {
            if !locales.iter().any(|locale| locale == tag) {
                locales.push(tag.to_owned());
            }
        }
        Self(locales.into(), self.1)
    }

    /// The locales that an `Accept-Language` header prefers, out of those that
    /// are `known`, each of its ranges looked up (RFC 4647, section 3.4); else
    /// `default` alone. And what is public.
    #[must_use]
    pub fn of_header(header: Option<&str>, known: &[String], default: &str) -> Self {
        let mut locales: Vec<String> = Vec::new();
        for range in header.map(ranges).unwrap_or_default() {
            if let Some(tag) = look_up(range, known)
                && !locales.contains(tag)
            {
                locales.push(tag.clone());
            }
        }
        if locales.is_empty() && known.iter().any(|tag| tag == default) {
            locales.push(default.to_owned());
        }
        Self(locales.into(), Sight::Public)
    }
}
