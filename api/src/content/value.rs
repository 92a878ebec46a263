//! The forms of single values of content, wherever they come from: an import or
//! a mutation. Each check says what is wrong and what would be right.

use std::fmt;

use chrono_tz::Tz;
use url::Url;

/// Characters in a slug and in a key, at most.
pub const MAX_SLUG: usize = 200;
/// Characters in a name and in a title, at most.
pub const MAX_TITLE: usize = 500;
/// Characters in a lead, a description and a bio, at most.
pub const MAX_LEAD: usize = 10_000;
/// Characters in a body, at most.
pub const MAX_BODY: usize = 2_000_000;
/// Characters in a URL and in a path template, at most.
pub const MAX_URL: usize = 2_000;

/// What is wrong with a value. Its text follows the name of the field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// It has nothing to read in it.
    Blank,
    /// It has more characters than are kept.
    TooLong { count: usize, max: usize },
    /// It is not of its form.
    Form(String),
}

impl fmt::Display for Wrong {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Blank => formatter.write_str("can't be blank"),
            Self::TooLong { count, max } => {
                write!(formatter, "has {count} characters; at most {max} are kept")
            }
            Self::Form(what) => formatter.write_str(what),
        }
    }
}

/// A text without null bytes, of at most `max` characters.
///
/// # Errors
/// If it is not.
pub fn text(text: &str, max: usize) -> Result<(), Wrong> {
    if text.contains('\0') {
        return Err(Wrong::Form("can't hold a null byte (\\u0000)".to_owned()));
    }
    if text.len() > max && text.chars().count() > max {
        let count = text.chars().count();
        return Err(Wrong::TooLong { count, max });
    }
    Ok(())
}

/// A text with something to read in it.
///
/// # Errors
/// If it is none.
pub fn words(text: &str, max: usize) -> Result<(), Wrong> {
    self::text(text, max)?;
    if text.trim().is_empty() {
        return Err(Wrong::Blank);
    }
    Ok(())
}

/// One segment of a path: letters of any script, digits and punctuation.
///
/// # Errors
/// If it is none.
pub fn slug(slug: &str) -> Result<(), Wrong> {
    text(slug, MAX_SLUG)?;
    let unfit = |character: char| {
        character.is_whitespace() || character.is_control() || "/?#".contains(character)
    };
    if let Some(character) = slug.chars().find(|character| unfit(*character)) {
        return Err(Wrong::Form(format!(
            "{slug:?} can't hold {character:?}: a slug has no white space, control characters, \
             \"/\", \"?\" or \"#\""
        )));
    }
    if slug.is_empty() || slug == "." || slug == ".." {
        let what = format!("{slug:?} is not a slug, such as \"2021-w06\"");
        return Err(Wrong::Form(what));
    }
    Ok(())
}

/// The name of an IANA time zone, in its own spelling.
///
/// # Errors
/// If it is none.
pub fn time_zone(text: &str) -> Result<String, Wrong> {
    text.parse::<Tz>()
        .map(|zone| zone.name().to_owned())
        .map_err(|_| {
            Wrong::Form(format!(
                "{text:?} is not an IANA time zone, such as \"Europe/Minsk\""
            ))
        })
}

/// The base of a website, without a trailing slash.
///
/// # Errors
/// If it is none.
pub fn url(text: &str) -> Result<String, Wrong> {
    self::text(text, MAX_URL)?;
    let wanted = |why: &str| {
        Wrong::Form(format!(
            "{text:?} {why}; write the base as \"https://example.org\""
        ))
    };
    let url = Url::parse(text).map_err(|_| wanted("is not an absolute http or https URL"))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(wanted("is not an absolute http or https URL"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(wanted("can't name a user"));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(wanted("can't have a query or a fragment"));
    }
    Ok(text.trim_end_matches('/').to_owned())
}

/// A path template with no placeholders but the `known` ones.
///
/// # Errors
/// If it is none.
pub fn template(text: &str, known: &[&str]) -> Result<(), Wrong> {
    self::text(text, MAX_URL)?;
    if !text.starts_with('/') {
        return Err(Wrong::Form(format!("{text:?} must begin with \"/\"")));
    }
    if text
        .chars()
        .any(|character| character.is_whitespace() || character.is_control())
    {
        return Err(Wrong::Form(format!("{text:?} can't hold white space")));
    }
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let inner = rest[at..]
            .strip_prefix('{')
            .and_then(|rest| rest.split_once('}'));
        let Some((placeholder, after)) = inner.filter(|(name, _)| !name.contains('{')) else {
            let what = format!("{text:?} has a brace without its partner");
            return Err(Wrong::Form(what));
        };
        if !known.contains(&placeholder) {
            let known: Vec<_> = known.iter().map(|name| format!("{{{name}}}")).collect();
            return Err(Wrong::Form(format!(
                "{text:?} has the placeholder \"{{{placeholder}}}\"; known here are {}",
                known.join(" ")
            )));
        }
        rest = after;
    }
    Ok(())
}
