//! A publication in memory, and the facts that a reader may be told.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::draft::{ArticleDraft, IssueDraft, NamedDraft};
use super::sight::{NEVER, Sight};

/// The publication's locales, in its order.
pub const LOCALES: [&str; 3] = ["en", "be", "ru"];

/// Texts that differ in case or an accent alone, that hold what `LIKE` takes
/// for a wildcard, or whose place in the alphabet is not that of their code
/// points.
pub const TEXTS: [&str; 23] = [
    "Ice",
    "ICE",
    "ice",
    "Ice and wells",
    "100% sure",
    "100_ sure",
    "100x sure",
    "back\\slash",
    "Back\\\\Slash",
    "a \"quoted\" 'word'",
    "Ўсход",
    "ўсход",
    "улей",
    "ЁЛКА",
    "ель",
    "елка і снег",
    "ёлка і снег",
    "іней",
    "Йод",
    "Straße",
    "ĄŽUOLAS",
    "😀 smile",
    "%",
];

/// Few, so that many things share one.
pub const TIMES: [&str; 5] = [
    "2021-01-04T09:00:00Z",
    "2021-01-11T09:00:00Z",
    "2021-01-11T09:00:01.000001Z",
    "2021-01-18T09:00:00Z",
    "2021-02-01T00:00:00Z",
];

pub const DAYS: [&str; 6] = [
    "2019-12-30",
    "2020-12-31",
    "2021-01-01",
    "2021-01-08",
    "2021-01-11",
    "2022-01-03",
];

pub const TRENDS: [&str; 3] = ["IMPROVED", "UNCHANGED", "DETERIORATED"];

/// What a field holds. Days and times are texts, which sort alike.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    Absent,
    Number(i64),
    Text(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Article,
    Issue,
    Topic,
    Author,
    Translation,
}

pub type Fields = BTreeMap<&'static str, Value>;

/// Anything that a list may hold.
#[derive(Clone, Debug)]
pub struct Thing {
    pub kind: Kind,
    /// What tells it from the others of its kind: the key, or the slug.
    pub name: String,
    pub facts: Fields,
    /// Its words that are seen, by locale.
    pub words: BTreeMap<&'static str, Fields>,
    /// All of its words.
    pub written: BTreeMap<&'static str, Written>,
    /// What it hangs on.
    pub links: BTreeMap<&'static str, Vec<usize>>,
    /// Its record in the content format.
    record: Json,
}

/// Words, seen or not.
#[derive(Clone, Debug)]
pub struct Written {
    pub fields: Fields,
    pub state: &'static str,
    pub is_public: bool,
}

/// All there is, each kind in the order in which it came in.
#[derive(Clone, Debug, Default)]
pub struct World {
    pub things: Vec<Thing>,
    pub sight: Sight,
    issue_times: BTreeMap<usize, Option<&'static str>>,
    positions: BTreeMap<usize, i64>,
}

impl World {
    /// The locale that a reader is served a thing in: the first of theirs that
    /// it is published in.
    pub fn served(&self, thing: usize, reader: &[&'static str]) -> Option<&'static str> {
        let words = &self.things[thing].words;
        reader.iter().find(|tag| words.contains_key(*tag)).copied()
    }

    /// The things of a kind that exist for a reader.
    pub fn existing(&self, kind: Kind, reader: &[&'static str]) -> Vec<usize> {
        (0..self.things.len())
            .filter(|thing| self.things[*thing].kind == kind)
            .filter(|thing| self.served(*thing, reader).is_some())
            .collect()
    }

    /// The things that a thing is linked with, as far as they exist for a
    /// reader.
    pub fn linked(&self, thing: usize, link: &str, reader: &[&'static str]) -> Vec<usize> {
        let linked = if link == "articles" {
            let hangs = |article: &Thing| article.links.values().any(|on| on.contains(&thing));
            (0..self.things.len())
                .filter(|article| hangs(&self.things[*article]))
                .collect()
        } else {
            self.things[thing].links[link].clone()
        };
        linked
            .into_iter()
            .filter(|thing| self.served(*thing, reader).is_some())
            .collect()
    }

    /// A field of a thing as it is served in `locale`. What it hangs on is
    /// reached by `link.field`.
    pub fn field(&self, thing: usize, locale: &'static str, path: &str) -> Value {
        if let Some((link, fact)) = path.split_once('.') {
            let on = self.things[thing].links[link][0];
            return self.things[on].facts[fact].clone();
        }
        let Thing { words, facts, .. } = &self.things[thing];
        if path == "locale" {
            return Value::Text(locale.to_owned());
        }
        if path == "year" {
            return Value::Number(self.year(thing));
        }
        words[locale]
            .get(path)
            .or(facts.get(path))
            .cloned()
            .unwrap_or(Value::Absent)
    }

    /// The year that an article's issue begins in.
    pub fn year(&self, article: usize) -> i64 {
        let issue = self.things[article].links["issue"][0];
        let Value::Text(day) = &self.things[issue].facts["startsOn"] else {
            unreachable!("a day is a text")
        };
        day[..4].parse().unwrap()
    }

    /// The records of the things from `start` on, after the publication's.
    pub fn records(&self, start: usize) -> String {
        let publication = json!({
            "kind": "publication", "format": 1, "name": {"en": "Week in View"}, "description": {},
            "locales": LOCALES, "defaultLocale": "en", "timeZone": "Europe/Minsk",
            "url": "https://example.org",
        });
        let things = self.things[start..]
            .iter()
            .filter(|thing| thing.kind != Kind::Translation);
        let lines = std::iter::once(&publication).chain(things.map(|thing| &thing.record));
        lines.map(|record| format!("{record}\n")).collect()
    }

    /// Add articles.
    pub fn add(&mut self, articles: &[ArticleDraft]) {
        for article in articles {
            self.add_article(article);
        }
    }

    /// The words of all things that are seen, as things of their own.
    pub fn with_translations(mut self) -> Self {
        let words: Vec<Thing> = self.things.iter().flat_map(translations).collect();
        self.things.extend(words);
        self
    }

    /// Add a topic or an author.
    pub fn add_named(&mut self, kind: Kind, index: usize, draft: &NamedDraft) {
        let (tag, long) = match kind {
            Kind::Topic => ("topic", "description"),
            _ => ("author", "bio"),
        };
        let name = format!("{tag}-{index}");
        let mut facts = Fields::from([("slug", Value::Text(name.clone()))]);
        let mut record = json!({"kind": tag, "slug": name, "translations": {}});
        if kind == Kind::Topic {
            facts.insert("position", Value::Number(draft.position));
            record["position"] = draft.position.into();
        }
        let mut words = BTreeMap::new();
        for (locale, text) in each(&draft.names) {
            let fields = Fields::from([("name", text_value(text))]);
            words.insert(locale, Written::new(fields, "PUBLISHED", true));
            record["translations"][locale] = json!({"name": text, long: ""});
        }
        let links = BTreeMap::new();
        self.things.push(Thing {
            kind,
            name,
            facts,
            words: public(&words),
            written: words,
            links,
            record,
        });
    }

    /// Add an issue.
    pub fn add_issue(&mut self, index: usize, draft: &IssueDraft) {
        let name = format!("issue-{index}");
        let (starts_on, ends_on) = draft.days;
        let number = 1 + index as i64;
        let mut record = json!({
            "kind": "issue", "number": number, "slug": name, "startsOn": starts_on,
            "endsOn": ends_on, "translations": {},
        });
        let mut facts = Fields::from([
            ("number", Value::Number(number)),
            ("slug", Value::Text(name.clone())),
            ("startsOn", text_value(starts_on)),
            ("endsOn", text_value(ends_on)),
        ]);
        if let Some(time) = draft.published_at {
            record["publishedAt"] = time.into();
        }
        let published_at = draft.published_at.unwrap_or(NEVER);
        facts.insert("publishedAt", text_value(published_at));
        let state = match draft.published_at {
            Some(_) => "PUBLISHED",
            None => "DRAFT",
        };
        let mut words = BTreeMap::new();
        for (locale, title) in each(&draft.titles) {
            record["translations"][locale] =
                title.map_or(json!({}), |title| json!({"title": title}));
            let title = title.map_or(Value::Absent, text_value);
            let fields = Fields::from([("title", title)]);
            words.insert(
                locale,
                Written::new(fields, state, draft.published_at.is_some()),
            );
        }
        self.issue_times
            .insert(self.things.len(), draft.published_at);
        let links = BTreeMap::new();
        self.things.push(Thing {
            kind: Kind::Issue,
            name,
            facts,
            words: public(&words),
            written: words,
            links,
            record,
        });
    }

    fn add_article(&mut self, draft: &ArticleDraft) {
        let name = format!("article-{}", self.things.len());
        let issue = self.place(Kind::Issue, draft.issue);
        let topic = self.place(Kind::Topic, draft.topic);
        let authors: Vec<usize> = draft
            .authors
            .iter()
            .map(|author| self.place(Kind::Author, *author))
            .collect();
        let slug_of = |thing: usize| self.things[thing].name.clone();
        // Some issues are filled from the end.
        let count = self.positions.entry(issue).or_default();
        *count += 1;
        let position = if issue.is_multiple_of(2) {
            *count
        } else {
            100 - *count
        };
        let original = each(&draft.words).next().map(|(locale, _)| locale);
        let mut record = json!({
            "kind": "article", "key": name, "issue": draft.issue + 1, "position": position,
            "topic": slug_of(topic), "originalLocale": original, "translations": {},
            "authors": authors.iter().map(|author| slug_of(*author)).collect::<Vec<_>>(),
        });
        let mut facts = Fields::from([
            ("position", Value::Number(position)),
            ("originalLocale", original.map_or(Value::Absent, text_value)),
        ]);
        if let Some(trend) = draft.trend {
            record["trend"] = trend.into();
            facts.insert("trend", text_value(trend));
        }
        let issue_time = self.issue_times[&issue];
        let mut words = BTreeMap::new();
        for (locale, draft) in each(&draft.words) {
            let slug = format!("{name}-{locale}");
            record["translations"][locale] = json!({
                "slug": slug, "title": draft.title, "lead": "", "body": "",
                "state": draft.state, "updatedAt": draft.updated_at,
            });
            if let Some(time) = draft.published_at {
                record["translations"][locale]["publishedAt"] = time.into();
            }
            let public_at = issue_time
                .filter(|_| draft.state == "PUBLISHED")
                .map(|issue_time| draft.published_at.unwrap_or(issue_time));
            let fields = [
                ("slug", slug.as_str()),
                ("title", draft.title),
                ("publishedAt", public_at.unwrap_or(NEVER)),
                ("updatedAt", draft.updated_at),
            ];
            let fields = fields.map(|(field, text)| (field, text_value(text))).into();
            words.insert(
                locale,
                Written::new(fields, draft.state, public_at.is_some()),
            );
        }
        let links = [
            ("issue", vec![issue]),
            ("topic", vec![topic]),
            ("authors", authors),
        ]
        .into();
        self.things.push(Thing {
            kind: Kind::Article,
            name,
            facts,
            words: public(&words),
            written: words,
            links,
            record,
        });
    }

    /// The place of a thing among all, by that among those of its kind.
    pub fn place(&self, kind: Kind, index: usize) -> usize {
        let of_kind = (0..self.things.len()).filter(|thing| self.things[*thing].kind == kind);
        of_kind.clone().nth(index).unwrap()
    }
}

impl Written {
    const fn new(fields: Fields, state: &'static str, is_public: bool) -> Self {
        Self {
            fields,
            state,
            is_public,
        }
    }
}

fn public(words: &BTreeMap<&'static str, Written>) -> BTreeMap<&'static str, Fields> {
    let public = words.iter().filter(|(_, words)| words.is_public);
    public
        .map(|(locale, words)| (*locale, words.fields.clone()))
        .collect()
}

/// The words of a thing that are seen.
fn translations(thing: &Thing) -> Vec<Thing> {
    let kind = match thing.kind {
        Kind::Article => "ARTICLE",
        Kind::Issue => "ISSUE",
        Kind::Topic => "TOPIC",
        Kind::Author | Kind::Translation => "AUTHOR",
    };
    let each = thing.words.iter().map(|(locale, words)| Thing {
        kind: Kind::Translation,
        name: words
            .get("slug")
            .or(thing.facts.get("slug"))
            .map_or_else(String::new, |slug| {
                let Value::Text(slug) = slug else {
                    unreachable!("a slug is a text")
                };
                slug.clone()
            }),
        facts: Fields::from([
            ("type", text_value(kind)),
            ("state", text_value(thing.written[locale].state)),
            ("version", Value::Number(1)),
            (
                "slug",
                thing.facts.get("slug").cloned().unwrap_or(Value::Absent),
            ),
            // Words without a time of their own have that of the import.
            ("updatedAt", text_value(support::NOW)),
        ]),
        words: [(*locale, words.clone())].into(),
        written: BTreeMap::new(),
        links: BTreeMap::new(),
        record: Json::Null,
    });
    each.collect()
}

fn each<T>(words: &[Option<T>; 3]) -> impl Iterator<Item = (&'static str, &T)> {
    let words = LOCALES.iter().zip(words);
    words.filter_map(|(locale, words)| Some((*locale, words.as_ref()?)))
}

fn text_value(text: &str) -> Value {
    Value::Text(text.to_owned())
}
