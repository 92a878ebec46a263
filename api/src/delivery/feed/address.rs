//! Addresses of feeds: `/feeds/{locales}/{what}.{kind}`.

use std::borrow::Cow;

use async_graphql::Enum;
use axum::http::StatusCode;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use url::form_urlencoded;

use super::refusal::{not_found, refused};
use crate::delivery::Document;
use crate::error::{Code, shown};
use crate::graphql::page::{DEFAULT_PAGE, MAX_PAGE, Page, Way};

/// What every address of a feed begins with.
pub(super) const ROOT: &str = "/feeds/";

/// In which format a feed is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(name = "FeedKind")]
pub enum Kind {
    /// RSS 2.0.
    Rss,
    /// Atom (RFC 4287).
    Atom,
    /// JSON Feed 1.1.
    JsonFeed,
}

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

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::Rss, Self::Atom, Self::JsonFeed];

    /// What an address of this kind ends in.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Rss => "rss",
            Self::Atom => "atom",
            Self::JsonFeed => "json",
        }
    }

    /// The type that it is sent as.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Rss => "application/rss+xml; charset=utf-8",
            Self::Atom => "application/atom+xml; charset=utf-8",
            Self::JsonFeed => "application/feed+json; charset=utf-8",
        }
    }

    /// The same without parameters, as links tell it.
    #[must_use]
    pub const fn bare_media_type(self) -> &'static str {
        match self {
            Self::Rss => "application/rss+xml",
            Self::Atom => "application/atom+xml",
            Self::JsonFeed => "application/feed+json",
        }
    }
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
            content: parameters.content().map_err(wrong)?,
            page: parameters.page().map_err(wrong)?,
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

/// The parameters of a query string, the first of each name.
struct Parameters<'a>(Vec<(Cow<'a, str>, Cow<'a, str>)>);

impl<'a> Parameters<'a> {
    fn read(query: Option<&'a str>) -> Self {
        Self(form_urlencoded::parse(query.unwrap_or_default().as_bytes()).collect())
    }

    fn get(&self, name: &str) -> Option<&str> {
        let mut found = self.0.iter().filter(|(known, _)| known == name);
        found.next().map(|(_, value)| &**value)
    }

    fn content(&self) -> Result<Content, String> {
        match self.get("content") {
            None | Some("summary") => Ok(Content::Summary),
            Some("full") => Ok(Content::Full),
            Some(other) => Err(format!(
                "\"content\" is summary or full, not \"{}\"",
                shown(other)
            )),
        }
    }

    fn page(&self) -> Result<Page, String> {
        let size = match self.get("limit") {
            None => DEFAULT_PAGE,
            Some(asked) => asked
                .parse()
                .ok()
                .filter(|size| (1..=MAX_PAGE).contains(size))
                .ok_or_else(|| {
                    format!(
                        "\"limit\" is a number from 1 to {MAX_PAGE}, not \"{}\"",
                        shown(asked)
                    )
                })?,
        };
        let (way, cursor) = match (self.get("after"), self.get("before")) {
            (Some(_), Some(_)) => {
                return Err("\"after\" and \"before\" don't go together".to_owned());
            }
            (None, Some(before)) => (Way::Backward, Some(before)),
            (after, None) => (Way::Forward, after),
        };
        let cursor = cursor.map(str::to_owned);
        Ok(Page { way, size, cursor })
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
mod tests {
    use super::{Address, Content, Kind, Subject};

    #[test]
    fn an_address_is_written_in_one_way_and_read_back() {
        for (sent, path) in [
            ("/feeds/be,ru/articles.atom", "/feeds/be,ru/articles.atom"),
            (
                "/feeds/en/topics/v%C3%A1da.rss?utm_source=x&limit=20&content=summary",
                "/feeds/en/topics/v%C3%A1da.rss",
            ),
            (
                "/feeds/en/authors/a.b.json?content=full&limit=5",
                "/feeds/en/authors/a.b.json?content=full&limit=5",
            ),
            ("/feeds/en/issues/007.json", "/feeds/en/issues/7.json"),
            ("/feeds/en/issues/latest.rss", "/feeds/en/issues/latest.rss"),
            (
                "/feeds/en/issues/before-the-water.rss?after=W1%20",
                "/feeds/en/issues/before-the-water.rss?after=W1+",
            ),
            (
                "/feeds/en/search.rss?q=%D0%BB%D1%91d%20x&before=W1",
                "/feeds/en/search.rss?q=%D0%BB%D1%91d+x&before=W1",
            ),
            ("/feeds/en/topics/a%2Fb.rss", "/feeds/en/topics/a%2Fb.rss"),
        ] {
            let read = parse(sent).unwrap();

            assert_eq!(read.path(), path);
            assert_eq!(parse(path).unwrap(), read, "{path}");
        }
        let read = parse("/feeds/be,ru/topics/water.json?content=full").unwrap();
        assert_eq!(read.kind, Kind::JsonFeed);
        assert_eq!(read.locales, ["be", "ru"]);
        assert_eq!(read.subject, Subject::Topic("water".to_owned()));
        assert_eq!(read.content, Content::Full);
    }

    #[test]
    fn what_is_no_feed_is_refused_in_the_type_that_was_asked_for() {
        for (sent, status, media_type) in [
            ("/feeds/en/articles", 404, "application/json; charset=utf-8"),
            (
                "/feeds/en/articles.xml",
                404,
                "application/json; charset=utf-8",
            ),
            ("/feeds/en/things.rss", 404, Kind::Rss.media_type()),
            ("/feeds/en/topics/.atom", 404, Kind::Atom.media_type()),
            ("/feeds/en/topics/%FF.atom", 404, Kind::Atom.media_type()),
            ("/feeds/en/topics/a%00.atom", 404, Kind::Atom.media_type()),
            (
                "/feeds/en/topics/a/b.json",
                404,
                Kind::JsonFeed.media_type(),
            ),
            (
                "/feeds/en/issues/99999999999.json",
                404,
                Kind::JsonFeed.media_type(),
            ),
            (
                "/feeds/en/articles.rss?limit=0",
                400,
                Kind::Rss.media_type(),
            ),
            (
                "/feeds/en/articles.rss?limit=101",
                400,
                Kind::Rss.media_type(),
            ),
            (
                "/feeds/en/articles.rss?content=all",
                400,
                Kind::Rss.media_type(),
            ),
            (
                "/feeds/en/articles.rss?after=a&before=b",
                400,
                Kind::Rss.media_type(),
            ),
        ] {
            let refused = parse(sent).unwrap_err();

            assert_eq!(refused.status, status, "{sent}");
            assert_eq!(refused.media_type, media_type, "{sent}");
        }
    }

    fn parse(address: &str) -> Result<Address, Box<crate::delivery::Document>> {
        let (path, query) = match address.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (address, None),
        };
        Address::parse(path, query)
    }
}
