//! One line → one record, or all that is wrong with it.

use masthead_entities::article::Trend;
use masthead_entities::article_translation::State;
use sea_orm::ActiveEnum;
use sea_orm::strum::IntoEnumIterator;

use super::fields::{Fields, Problem};
use super::json::Json;
use super::publication::publication;
use super::record::{
    Article, ArticleWords, Author, AuthorWords, Issue, IssueWords, Name, Record, Topic, TopicWords,
};
use super::value;

const KINDS: [&str; 5] = ["publication", "topic", "author", "issue", "article"];

/// What a line says.
#[derive(Debug)]
pub(super) struct Parsed {
    /// What it is about, if that can be told.
    pub(super) name: Option<Name>,
    /// The locales that a publication names, if they can be told.
    pub(super) locales: Option<Vec<String>>,
    /// The record; `None` if too much is wrong with it.
    pub(super) record: Option<Record>,
    pub(super) problems: Vec<Problem>,
}

impl Parsed {
    /// A line that has no record.
    pub(super) fn unreadable(what: impl Into<String>) -> Self {
        Self {
            name: None,
            locales: None,
            record: None,
            problems: vec![Problem::new("", what)],
        }
    }
}

/// Read one line.
pub(super) fn parse(line: &[u8]) -> Parsed {
    let text = match std::str::from_utf8(line) {
        Ok(text) => text,
        Err(error) => {
            let at = error.valid_up_to() + 1;
            return Parsed::unreadable(format!("is not UTF-8: byte {at} of the line is wrong"));
        }
    };
    match serde_json::from_str::<Json>(text.trim_end()) {
        Ok(Json::Object(entries)) => record(entries),
        Ok(other) => Parsed::unreadable(format!("must be an object, not {}", other.what())),
        Err(error) => Parsed::unreadable(format!("is not JSON: {}", reason(&error))),
    }
}

/// What the parser found, and where in the line.
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let what = text.split(" at line ").next().unwrap_or_default();
    format!("{what} at column {}", error.column())
}

fn record(entries: Vec<(String, Json)>) -> Parsed {
    let name = name(&entries);
    let mut fields = Fields::new(String::new(), entries);
    let kind = fields.required("kind", |json| {
        let kind = value::text(json, value::MAX_URL)?;
        if KINDS.contains(&kind.as_str()) {
            return Ok(kind);
        }
        Err(format!(
            "{kind:?} is no kind of record{}",
            value::nearest(&kind, &KINDS)
        ))
    });
    let Some(kind) = kind else {
        // Which fields are right depends on the kind.
        fields.forget();
        return Parsed {
            name,
            locales: None,
            record: None,
            problems: fields.finish(),
        };
    };
    let mut tags = None;
    let record = match kind.as_str() {
        "publication" => publication(&mut fields, &mut tags).map(Record::Publication),
        "topic" => topic(&mut fields).map(Record::Topic),
        "author" => author(&mut fields).map(Record::Author),
        "issue" => issue(&mut fields).map(Record::Issue),
        _ => article(&mut fields).map(Record::Article),
    };
    Parsed {
        name,
        locales: tags,
        record,
        problems: fields.finish(),
    }
}

/// What the record is about, however wrong the rest of it may be.
fn name(entries: &[(String, Json)]) -> Option<Name> {
    let field = |name: &str| {
        entries
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, json)| json)
    };
    let text = |name: &str| match field(name) {
        Some(Json::Text(text)) => Some(text.chars().take(value::MAX_SLUG).collect::<String>()),
        _ => None,
    };
    match text("kind")?.as_str() {
        "publication" => Some(Name::Publication),
        "topic" => text("slug").map(Name::Topic),
        "author" => text("slug").map(Name::Author),
        "issue" => value::number(field("number")?, 0).ok().map(Name::Issue),
        "article" => text("key").map(Name::Article),
        _ => None,
    }
}

fn topic(fields: &mut Fields) -> Option<Topic> {
    let slug = fields.required("slug", value::slug);
    let position = fields.required("position", |json| value::number(&json, 0));
    let translations = fields.translations(|words| {
        let name = words.required("name", |json| value::words(json, value::MAX_TITLE));
        let description = words.required("description", |json| value::text(json, value::MAX_LEAD));
        Some(TopicWords {
            name: name?,
            description: description?,
        })
    });
    Some(Topic {
        slug: slug?,
        position: position?,
        translations: translations?,
    })
}

fn author(fields: &mut Fields) -> Option<Author> {
    let slug = fields.required("slug", value::slug);
    let translations = fields.translations(|words| {
        let name = words.required("name", |json| value::words(json, value::MAX_TITLE));
        let bio = words.required("bio", |json| value::text(json, value::MAX_LEAD));
        Some(AuthorWords {
            name: name?,
            bio: bio?,
        })
    });
    Some(Author {
        slug: slug?,
        translations: translations?,
    })
}

fn issue(fields: &mut Fields) -> Option<Issue> {
    let number = fields.required("number", |json| value::number(&json, 0));
    let slug = fields.optional("slug", value::slug);
    let starts_on = fields.required("startsOn", value::date);
    let ends_on = fields.required("endsOn", value::date);
    if let (Some(starts_on), Some(ends_on)) = (starts_on, ends_on)
        && ends_on < starts_on
    {
        fields.note(
            "endsOn",
            format!("{ends_on} is before startsOn, {starts_on}"),
        );
    }
    let published_at = fields.optional("publishedAt", value::time);
    let translations = fields.translations(|words| {
        let title = words.optional("title", |json| value::words(json, value::MAX_TITLE));
        Some(IssueWords { title: title? })
    });
    Some(Issue {
        number: number?,
        slug: slug?,
        starts_on: starts_on?,
        ends_on: ends_on?,
        published_at: published_at?,
        translations: translations?,
    })
}

fn article(fields: &mut Fields) -> Option<Article> {
    let key = fields.required("key", |json| value::words(json, value::MAX_SLUG));
    let issue = fields.required("issue", |json| value::number(&json, 0));
    let position = fields.required("position", |json| value::number(&json, 1));
    let topic = fields.required("topic", value::slug);
    let authors = fields.required("authors", authors);
    let trend = fields.optional("trend", one_of::<Trend>);
    let original_locale = fields.required("originalLocale", value::locale);
    let translations = fields.translations(article_words);
    Some(Article {
        key: key?,
        issue: issue?,
        position: position?,
        topic: topic?,
        authors: authors?,
        trend: trend?,
        original_locale: original_locale?,
        translations: translations?,
    })
}

fn article_words(words: &mut Fields) -> Option<ArticleWords> {
    let slug = words.optional("slug", value::slug);
    let title = words.required("title", |json| value::words(json, value::MAX_TITLE));
    let lead = words.required("lead", |json| value::text(json, value::MAX_LEAD));
    let body = words.required("body", |json| value::text(json, value::MAX_BODY));
    let state = words.optional("state", one_of::<State>);
    let published_at = words.optional("publishedAt", value::time);
    let updated_at = words.optional("updatedAt", value::time);
    Some(ArticleWords {
        slug: slug?,
        title: title?,
        lead: lead?,
        body: body?,
        state: state?.unwrap_or(State::Published),
        published_at: published_at?,
        updated_at: updated_at?,
    })
}

fn authors(json: Json) -> Result<Vec<String>, String> {
    let Json::Array(elements) = json else {
        return Err(format!(
            "must be an array of authors' slugs, not {}",
            json.what()
        ));
    };
    let mut authors: Vec<String> = Vec::with_capacity(elements.len());
    for element in elements {
        let author = value::slug(element)?;
        if authors.contains(&author) {
            return Err(format!("has {author:?} twice; name each author once"));
        }
        authors.push(author);
    }
    Ok(authors)
}

fn one_of<E: ActiveEnum<Value = String> + IntoEnumIterator>(json: Json) -> Result<E, String> {
    let text = value::text(json, value::MAX_URL)?;
    E::try_from_value(&text).map_err(|_| {
        let known: Vec<String> = E::iter().map(|known| known.to_value()).collect();
        format!("{text:?} must be one of {}", known.join(", "))
    })
}
