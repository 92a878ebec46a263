//! Addresses of feeds: `/feeds/{locales}/{what}.{kind}`.

use std::borrow::Cow;

use axum::http::StatusCode;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use url::form_urlencoded;

use super::kind::Kind;
use super::parameters::{content, page};
use super::refusal::{not_found, refused};
use crate::delivery::Document;
use crate::delivery::parameters::Parameters;
use crate::error::Code;
use crate::graphql::page::{DEFAULT_PAGE, Page, Way};

/// What every address of a feed begins with.
pub(super) const ROOT: &str = "/feeds/";

/// What a feed lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// All articles.
    Articles,
    /// Those on the topic that has this slug.
    Topic(String),
    /// Those by the author who has this slug.
    Author(String),
    /// Those in this issue.
    Issue(IssueName),
    /// Those that hold these words.
    Search(String),
}

/// What an address calls an issue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IssueName {
    /// `latest`: the one that started last.
    Latest,
    /// Digits are its number.
    Number(i32),
    /// All else is its slug.
    Slug(String),
}

/// How much of an article a feed has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Content {
    /// Its lead.
    Summary,
    /// Its whole text as well.
    Full,
}

/// An address of a feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    pub kind: Kind,
    /// The reader's locales, the preferred one first, as they were written.
    pub locales: Vec<String>,
    pub subject: Subject,
    pub content: Content,
    pub page: Page,
}

impl Address {
    /// The first page of a feed of summaries.
    #[must_use]
    pub const fn new(kind: Kind, locales: Vec<String>, subject: Subject) -> Self {
        Self {
            kind,
            locales,
            subject,
            content: Content::Summary,
            page: FIRST,
        }
    }

    /// The address that a path and a query string are. Parameters that it does
    /// not know are passed over: others add their own to addresses.
    ///
    /// # Errors
    /// The answer, where there can be no such feed.
    pub fn parse(path: &str, query: Option<&str>) -> Result<Self, Box<Document>> {
        let parts: Vec<&str> = path.strip_prefix(ROOT).unwrap_or(path).split('/').collect();
        let last = parts.last().copied().unwrap_or_default();
        let kind = last.rsplit_once('.').and_then(|(name, extension)| {
            let kind = Kind::ALL
                .into_iter()
                .find(|kind| kind.extension() == extension)?;
            Some((name, kind))
        });
        let Some((name, kind)) = kind else {
            let message = "the address of a feed ends in .rss, .atom or .json";
            return Err(Box::new(not_found(None, message)));
        };
        let parameters = Parameters::read(query);
        let subject = subject(&parts, name, &parameters).ok_or_else(|| {
            let message = "a feed is of articles, topics/SLUG, authors/SLUG, issues/SLUG, issues/NUMBER, issues/latest or search?q=WORDS";
            Box::new(not_found(Some(kind), message))
        })?;
        let wrong = |message: String| {
            Box::new(refused(
                Some(kind),
                StatusCode::BAD_REQUEST,
                Code::InvalidValue,
                &message,
            ))
        };
        Ok(Self {
            kind,
            locales: decoded(parts[0])
                .unwrap_or_default()
                .split(',')
                .map(str::to_owned)
                .collect(),
            subject,
            content: content(&parameters).map_err(wrong)?,
            page: page(&parameters).map_err(wrong)?,
        })
    }

    /// The same address on another page of the feed.
    #[must_use]
    pub fn on(&self, page: Page) -> Self {
        Self {
            page,
            ..self.clone()
        }
    }

    /// Its first page.
    #[must_use]
    pub fn first(&self) -> Self {
        self.on(Page {
            way: Way::Forward,
            size: self.page.size,
            cursor: None,
        })
    }

    /// The path and the query string: one way to write it, with no parameter
    /// that says what is so without.
    #[must_use]
    pub fn path(&self) -> String {
        let locales: Vec<String> = self.locales.iter().map(|tag| encoded(tag)).collect();
        let what = match &self.subject {
            Subject::Articles => "articles".to_owned(),
            Subject::Topic(slug) => format!("topics/{}", encoded(slug)),
            Subject::Author(slug) => format!("authors/{}", encoded(slug)),
            Subject::Issue(IssueName::Latest) => "issues/latest".to_owned(),
            Subject::Issue(IssueName::Number(number)) => format!("issues/{number}"),
            Subject::Issue(IssueName::Slug(slug)) => format!("issues/{}", encoded(slug)),
            Subject::Search(_) => "search".to_owned(),
        };
        let path = format!(
            "{ROOT}{}/{what}.{}",
            locales.join(","),
            self.kind.extension()
        );
        match self.query() {
            query if query.is_empty() => path,
            query => format!("{path}?{query}"),
        }
    }

    /// What it costs to make, in the units of a query's cost: about what the
    /// query would that asks for the same.
    #[must_use]
    pub fn cost(&self) -> usize {
        const ENTRY: usize = 25;
        100 + ENTRY * self.page.size as usize
    }

    fn query(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        if let Subject::Search(words) = &self.subject {
            query.append_pair("q", words);
        }
        if self.content == Content::Full {
            query.append_pair("content", "full");
        }
        if self.page.size != DEFAULT_PAGE {
            query.append_pair("limit", &self.page.size.to_string());
        }
        if let Some(cursor) = &self.page.cursor {
            let name = match self.page.way {
                Way::Forward => "after",
                Way::Backward => "before",
            };
            query.append_pair(name, cursor);
        }
        query.finish()
    }
}

const FIRST: Page = Page {
    way: Way::Forward,
    size: DEFAULT_PAGE,
    cursor: None,
};

/// What `name`, the end of a path without what tells the kind, is a feed of.
fn subject(parts: &[&str], name: &str, parameters: &Parameters<'_>) -> Option<Subject> {
    let name = decoded(name).filter(|name| !name.is_empty())?;
    match (parts, &*name) {
        ([_, _], "articles") => Some(Subject::Articles),
        ([_, _], "search") => {
            let words = parameters.get("q").unwrap_or_default();
            Some(Subject::Search(words.to_owned()))
        }
        ([_, "topics", _], slug) => Some(Subject::Topic(slug.to_owned())),
        ([_, "authors", _], slug) => Some(Subject::Author(slug.to_owned())),
        ([_, "issues", _], name) => Some(Subject::Issue(IssueName::of(name)?)),
        _ => None,
    }
}

impl IssueName {
    /// The issue that goes by `name`; `None`: no number is that large.
    fn of(name: &str) -> Option<Self> {
        match name {
            "latest" => Some(Self::Latest),
            digits if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
                digits.parse().ok().map(Self::Number)
            }
            slug => Some(Self::Slug(slug.to_owned())),
        }
    }
}

/// All but the unreserved characters of RFC 3986, section 2.3.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// `None` for what is no text, or what no database takes.
fn decoded(part: &str) -> Option<Cow<'_, str>> {
    let text = percent_decode_str(part).decode_utf8().ok()?;
    (!text.contains('\0')).then_some(text)
}

#[cfg(test)]
mod tests;
