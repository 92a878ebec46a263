//! Addresses of the website, read backwards: what the templates of the
//! publication's `paths` say that an address names.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;
use url::Url;

use super::address::Place;
use super::settings::Settings;
use crate::content::language::Translated;
use crate::content::value::MAX_SLUG;
use crate::graphql::scalar::Week;

/// An address of the website: what follows its base, decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebAddress {
    path: String,
    /// With its `?`; empty without; `None`: it can't be decoded.
    query: Option<String>,
    /// With its `#`, likewise.
    fragment: Option<String>,
}

/// What an address names, as far as the template has a place for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    pub locale: Option<String>,
    pub slug: Option<String>,
    pub topic: Option<String>,
    pub issue: Option<String>,
    pub number: Option<String>,
    pub week: Option<String>,
}

/// Readings of one address by one template, at most.
const MOST_READINGS: usize = 16;

/// Steps that are taken to find them, at most: a template can have places side
/// by side, between which an address can be cut anywhere.
const MOST_STEPS: usize = 20_000;

impl WebAddress {
    /// The address that `url` is, of the website of this publication: with or
    /// without TLS. `None`: it is of another, or can't be one that
    /// [`Reader::url`](super::Reader::url) makes.
    #[must_use]
    pub fn of(url: &str, settings: &Settings) -> Option<Self> {
        let (url, base) = (Url::parse(url).ok()?, Url::parse(&settings.url).ok()?);
        let is_web = matches!(url.scheme(), "http" | "https");
        let names_nobody = url.username().is_empty() && url.password().is_none();
        let is_same = url.host() == base.host() && url.port() == base.port();
        if !is_web || !names_nobody || !is_same {
            return None;
        }
        let below = decoded(base.path())?;
        let path = decoded(url.path())?;
        let path = path.strip_prefix(below.trim_end_matches('/'))?;
        if !path.is_empty() && !path.starts_with('/') {
            return None;
        }
        let after = |mark: char, part: Option<&str>| match part {
            None => Some(String::new()),
            Some(part) => Some(format!("{mark}{}", decoded(part)?)),
        };
        Some(Self {
            path: path.strip_suffix('/').unwrap_or(path).to_owned(),
            query: after('?', url.query()),
            fragment: after('#', url.fragment()),
        })
    }

    /// What it may be of: the thing of each kind whose template it fits, with
    /// what it names; more than once where it can be read in several ways.
    #[must_use]
    pub fn readings(&self, settings: &Settings) -> Vec<(Translated, Named)> {
        let mut readings = Vec::new();
        for what in [
            Translated::Article,
            Translated::Issue,
            Translated::Topic,
            Translated::Author,
        ] {
            let template = settings.paths.template(what);
            let Some(text) = self.as_in(template) else {
                continue;
            };
            let mut search = Search::new(&settings.locales);
            search.walk(&tokens(template), &text, &Named::default());
            readings.extend(search.found.into_iter().map(|named| (what, named)));
        }
        readings
    }

    /// Whether it is `url`, which [`Reader::url`](super::Reader::url) made of a
    /// thing of this kind.
    #[must_use]
    pub fn is(&self, url: &str, what: Translated, settings: &Settings) -> bool {
        let template = settings.paths.template(what);
        let other = Self::of(url, settings).and_then(|other| other.as_in(template));
        other.is_some() && self.as_in(template) == other
    }

    /// As much of it as a template is about: what stands behind `?` or `#` is
    /// others', unless the template has it too.
    fn as_in(&self, template: &str) -> Option<String> {
        let mut text = self.path.clone();
        for (mark, part) in [('?', &self.query), ('#', &self.fragment)] {
            if template.contains(mark) {
                text.push_str(part.as_ref()?);
            }
        }
        Some(text)
    }
}

impl Named {
    /// Whether it has a slug of the thing or of its issue: others can't have it.
    #[must_use]
    pub const fn has_slug(&self) -> bool {
        self.slug.is_some() || self.topic.is_some() || self.issue.is_some()
    }

    /// Whether its number and its week, if it has them, are those of `place`.
    #[must_use]
    pub fn is_of(&self, place: &Place) -> bool {
        let is = |named: &Option<String>, own: String| named.as_ref().is_none_or(|it| *it == own);
        is(&self.number, place.number.to_string())
            && is(&self.week, Week::of(place.starts_on).to_string())
    }
}

/// Decoded, as far as that keeps its parts apart: no part of an address that is
/// made here has a `/`, `?` or `#`.
fn decoded(text: &str) -> Option<Cow<'_, str>> {
    let lower = text.to_ascii_lowercase();
    if ["%2f", "%3f", "%23", "%00"]
        .iter()
        .any(|part| lower.contains(part))
    {
        return None;
    }
    percent_decode_str(text).decode_utf8().ok()
}

/// A part of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Text(String),
    /// The name of a placeholder.
    Place(String),
}

/// The parts of a template, without a slash at the end of its path.
fn tokens(template: &str) -> Vec<Token> {
    let end = template.find(['?', '#']).unwrap_or(template.len());
    let (path, rest) = template.split_at(end);
    let path = path.strip_suffix('/').unwrap_or(path);
    let mut tokens = Vec::new();
    for part in format!("{path}{rest}").split_inclusive('}') {
        let (text, place) = part.split_once('{').unwrap_or((part, ""));
        if !text.is_empty() {
            let text = decoded(text).unwrap_or(Cow::Borrowed(text));
            tokens.push(Token::Text(text.into_owned()));
        }
        if let Some(name) = place.strip_suffix('}') {
            tokens.push(Token::Place(name.to_owned()));
        }
    }
    tokens
}

/// All ways to read an address by a template.
struct Search<'a> {
    locales: &'a [String],
    steps: usize,
    found: Vec<Named>,
}

impl<'a> Search<'a> {
    const fn new(locales: &'a [String]) -> Self {
        Self {
            locales,
            steps: MOST_STEPS,
            found: Vec::new(),
        }
    }

    fn walk(&mut self, tokens: &[Token], rest: &str, named: &Named) {
        if self.steps == 0 || self.found.len() == MOST_READINGS {
            return;
        }
        self.steps -= 1;
        match tokens.split_first() {
            None if rest.is_empty() => self.found.push(named.clone()),
            None => {}
            Some((Token::Text(text), tokens)) => {
                if let Some(rest) = rest.strip_prefix(text.as_str()) {
                    self.walk(tokens, rest, named);
                }
            }
            Some((Token::Place(name), tokens)) => {
                for end in ends(rest) {
                    let (value, rest) = rest.split_at(end);
                    if let Some(named) = self.with(named, name, value) {
                        self.walk(tokens, rest, &named);
                    }
                }
            }
        }
    }

    /// `named` with a value in this place as well; `None`: no such value can
    /// stand there.
    fn with(&self, named: &Named, name: &str, value: &str) -> Option<Named> {
        let mut named = named.clone();
        let (place, fits) = match name {
            "locale" => (
                &mut named.locale,
                self.locales.iter().any(|tag| tag == value),
            ),
            "number" => (&mut named.number, is_number(value)),
            "week" => (&mut named.week, Week::parse_text(value).is_some()),
            "topic" => (&mut named.topic, true),
            "issue" => (&mut named.issue, true),
            _ => (&mut named.slug, true),
        };
        // A name that stands in several places is the same in all.
        let is_same = place.as_deref().is_none_or(|known| known == value);
        *place = Some(value.to_owned());
        (fits && is_same).then_some(named)
    }
}

/// Where a value may end that `text` begins with.
fn ends(text: &str) -> impl Iterator<Item = usize> {
    let unfit = |character: char| {
        character.is_whitespace() || character.is_control() || "/?#".contains(character)
    };
    let most = text.find(unfit).unwrap_or(text.len());
    let characters = text[..most].char_indices().take(MAX_SLUG);
    characters.map(|(place, character)| place + character.len_utf8())
}

fn is_number(text: &str) -> bool {
    text.parse::<i32>()
        .is_ok_and(|number| number.to_string() == text)
}

#[cfg(test)]
mod tests;
