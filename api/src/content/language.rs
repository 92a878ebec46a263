//! The one rule of language.
//!
//! **A thing exists for a reader if it is published in at least one of the
//! reader's locales; it is served in the first such.** Every lookup, list,
//! filter, order, count and edge asks the conditions of [`Locales`]; the rule is
//! stated nowhere else.

use std::sync::Arc;

use sea_orm::sea_query::{CaseStatement, Condition, Expr, ExprTrait, Query};

use crate::error::Error;
use crate::graphql::scalar::Locale;

/// A reader's locales, the preferred one first, without repetition. The list
/// is all there is: whoever asks for `[be, ru]` never sees English.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Locales(Arc<[String]>);

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

    /// Whether the words that go by `alias` are published.
    fn is_public(self, alias: &'static str) -> Condition {
        let mut all = Condition::all();
        match self {
            Self::Article => all = all.add(Expr::col((alias, "public_at")).is_not_null()),
            Self::Issue => {
                let (_, issues) = self.things();
                all = all.add(Expr::col((issues, "published_at")).is_not_null());
            }
            // The words of topics and authors have no drafts.
            Self::Topic | Self::Author => {}
        }
        all
    }
}

impl Locales {
    /// What a reader is served of `what`: the words, in a select that has both
    /// of its tables under their names, that are published in the first
    /// possible of the reader's locales.
    #[must_use]
    pub fn served(&self, what: Translated) -> Condition {
        let (table, words) = what.words();
        match &*self.0 {
            [] => Condition::all().add(Expr::cust("1 = 0")),
            [only] => what
                .is_public(words)
                .add(Expr::col((words, "locale")).eq(only.as_str())),
            _ => {
                let preferred = "preferred";
                let earlier = Query::select()
                    .expr(Expr::cust("1"))
                    .from_as(table, preferred)
                    .and_where(Expr::col((preferred, what.key())).equals((words, what.key())))
                    .cond_where(what.is_public(preferred))
                    .and_where(self.rank(preferred).lt(self.rank(words)))
                    .to_owned();
                what.is_public(words)
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
        what.is_public(words)
            .add(Expr::col((words, "locale")).is_in(self.0.iter().map(String::as_str)))
    }

    /// Words of `what` in any locale at all that are published: the language
    /// switcher.
    #[must_use]
    pub fn published(what: Translated) -> Condition {
        what.is_public(what.words().1)
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

    /// The locales that `asked` names, out of those that are `known`.
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
        Ok(Self(locales.into()))
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
        Self(locales.into())
    }

    /// The locales that an `Accept-Language` header prefers, out of those that
    /// are `known`, each of its ranges looked up (RFC 4647, section 3.4); else
    /// `default` alone.
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
        Self(locales.into())
    }
}

/// The longest `Accept-Language` that is read; browsers stay far below.
const MAX_RANGES: usize = 32;

/// The ranges of an `Accept-Language` header, the preferred one first (RFC
/// 9110, section 12.5.4). What is malformed is passed over, as is `*`.
fn ranges(header: &str) -> Vec<&str> {
    let mut ranges: Vec<(&str, f32)> = header
        .split(',')
        .take(MAX_RANGES)
        .filter_map(|item| {
            let mut parts = item.split(';').map(str::trim);
            let range = parts
                .next()
                .filter(|range| !range.is_empty() && *range != "*")?;
            let quality = match parts.next() {
                None => 1.0,
                Some(parameter) => {
                    let (name, value) = parameter.split_once('=')?;
                    let quality = name.eq_ignore_ascii_case("q").then_some(value)?;
                    quality.parse().ok()?
                }
            };
            (quality > 0.0 && quality <= 1.0).then_some((range, quality))
        })
        .collect();
    // Stable: equals stay as they came.
    ranges.sort_by(|one, other| other.1.total_cmp(&one.1));
    ranges.into_iter().map(|(range, _)| range).collect()
}

/// Look a range up: cut its last subtag until it is one of `known`.
fn look_up<'a>(range: &str, known: &'a [String]) -> Option<&'a String> {
    let mut range = range;
    loop {
        if let Some(found) = known.iter().find(|tag| tag.eq_ignore_ascii_case(range)) {
            return Some(found);
        }
        let (shorter, _) = range.rsplit_once('-')?;
        // A single letter introduces what follows it, and goes with it.
        range = match shorter.rsplit_once('-') {
            Some((before, single)) if single.len() == 1 => before,
            _ => shorter,
        };
    }
}
