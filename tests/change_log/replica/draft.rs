//! Any writes, one after another.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::sample::{Index, select, subsequence};
use serde_json::{Map, Value, json};

use super::correction::{Correcting, correcting};
use super::mutation::{Mutation, mutation};

pub const LOCALES: [&str; 3] = ["en", "be", "ru"];

const TEXTS: [&str; 3] = ["Ice", "Лёд", "Wells and *water*"];
const TIMES: [&str; 3] = [
    "2021-01-11T09:00:00Z",
    "2021-01-11T09:00:01.000001Z",
    "2021-02-01T00:00:00Z",
];

/// A write, and how many entries are read after it, each time.
#[derive(Clone, Debug)]
pub struct Round {
    pub write: Write,
    pub reads: Vec<u64>,
}

/// Anything that changes what is stored.
#[derive(Clone, Debug)]
pub enum Write {
    Import {
        records: String,
        prune: bool,
    },
    AddLocale(&'static str),
    RemoveLocale(&'static str),
    MakeDefault(&'static str),
    Mutation(Mutation),
    Correct(Correcting),
    /// Time passes, and the log is compacted.
    Compact,
}

pub fn rounds() -> impl Strategy<Value = Vec<Round>> {
    let round = (write(), vec(1_u64..12, 0..4)).prop_map(|(write, reads)| Round { write, reads });
    // Without a publication nothing else can be written.
    let first = records().prop_map(|records| Round {
        write: Write::Import {
            records,
            prune: false,
        },
        reads: Vec::new(),
    });
    (first, vec(round, 1..12)).prop_map(|(first, mut rounds)| {
        rounds.insert(0, first);
        rounds
    })
}

fn write() -> impl Strategy<Value = Write> {
    let locale = || select(vec!["en", "be", "ru", "ar"]);
    prop_oneof![
        6 => (records(), any::<bool>())
            .prop_map(|(records, prune)| Write::Import { records, prune }),
        1 => locale().prop_map(Write::AddLocale),
        1 => locale().prop_map(Write::RemoveLocale),
        1 => locale().prop_map(Write::MakeDefault),
        6 => mutation().prop_map(Write::Mutation),
        4 => correcting().prop_map(Write::Correct),
        1 => Just(Write::Compact),
    ]
}

/// Some of a few things, so that writes meet each other: at each, the same
/// topic may be there or not, the same article renamed, moved or withdrawn.
fn records() -> impl Strategy<Value = String> {
    let named = |count| {
        vec(
            option::weighted(0.8, (0..3_i64, words(text().boxed()))),
            count,
        )
    };
    let issues = vec(
        (
            option::weighted(0.8, select(&TIMES[..])),
            any::<bool>(),
            titles(),
        ),
        2,
    );
    let articles = vec(option::weighted(0.7, article()), 5);
    (
        publication(),
        named(3),
        named(3),
        issues,
        articles,
        any::<bool>(),
    )
        .prop_map(
            |(publication, topics, authors, issues, articles, swapped)| {
                let topics: Vec<Value> = numbered(topics)
                    .map(|(number, (position, names))| topic(number, position, &names))
                    .collect();
                let authors: Vec<Value> = numbered(authors)
                    .map(|(number, (_, names))| author(number, &names))
                    .collect();
                let issues: Vec<Value> = (0..).zip(issues).map(issue).collect();
                let articles: Vec<Value> = numbered(articles)
                    .filter_map(|(number, draft)| draft.record(number, swapped, &topics, &authors))
                    .collect();
                let all = [vec![publication], topics, authors, issues, articles].concat();
                all.iter().map(|record| format!("{record}\n")).collect()
            },
        )
}

/// Those that there are, each with its place.
fn numbered<T>(things: Vec<Option<T>>) -> impl Iterator<Item = (i64, T)> {
    let things = (0..).zip(things);
    things.filter_map(|(number, thing)| Some((number, thing?)))
}

fn publication() -> impl Strategy<Value = Value> {
    (
        Just(LOCALES.to_vec()).prop_shuffle(),
        select(&LOCALES[..]),
        text(),
    )
        .prop_map(|(locales, default, name)| {
            json!({
                "kind": "publication", "format": 1, "name": {"en": name}, "description": {},
                "locales": locales, "defaultLocale": default, "timeZone": "Europe/Minsk",
                "url": "https://example.org",
            })
        })
}

fn text() -> impl Strategy<Value = &'static str> {
    select(&TEXTS[..])
}

/// Words in some of the locales, one at least.
fn words<T: Clone + std::fmt::Debug + 'static>(
    each: proptest::strategy::BoxedStrategy<T>,
) -> impl Strategy<Value = Vec<(&'static str, T)>> {
    let locales = subsequence(LOCALES.to_vec(), 1..=3);
    (locales, vec(each, 3)).prop_map(|(locales, words)| locales.into_iter().zip(words).collect())
}

fn titles() -> impl Strategy<Value = Vec<(&'static str, Option<&'static str>)>> {
    words(option::of(text()).boxed())
}

fn topic(number: i64, position: i64, names: &[(&'static str, &'static str)]) -> Value {
    let words = |name: &str| json!({"name": name, "description": ""});
    json!({
        "kind": "topic", "slug": format!("topic-{number}"), "position": position,
        "translations": by_locale(names, |name| words(name)),
    })
}

fn author(number: i64, names: &[(&'static str, &'static str)]) -> Value {
    let words = |name: &str| json!({"name": name, "bio": ""});
    json!({
        "kind": "author", "slug": format!("author-{number}"),
        "translations": by_locale(names, |name| words(name)),
    })
}

type IssueDraft = (
    Option<&'static str>,
    bool,
    Vec<(&'static str, Option<&'static str>)>,
);

fn issue((number, (published_at, is_renamed, titles)): (i64, IssueDraft)) -> Value {
    let mut record = json!({
        "kind": "issue", "number": number + 1,
        "slug": format!("issue-{number}{}", if is_renamed { "-new" } else { "" }),
        "startsOn": "2021-02-08", "endsOn": "2021-02-14",
        "translations": by_locale(&titles, |title| match title {
            Some(title) => json!({"title": title}),
            None => json!({}),
        }),
    });
    if let Some(time) = published_at {
        record["publishedAt"] = time.into();
    }
    record
}

#[derive(Clone, Debug)]
struct ArticleDraft {
    issue: i64,
    topic: Index,
    authors: Vec<Index>,
    trend: Option<&'static str>,
    words: Vec<(&'static str, WordsDraft)>,
}

#[derive(Clone, Debug)]
struct WordsDraft {
    title: &'static str,
    body: &'static str,
    state: &'static str,
    published_at: Option<&'static str>,
    is_renamed: bool,
}

fn article() -> impl Strategy<Value = ArticleDraft> {
    let words_of_one = (
        text(),
        text(),
        select(vec!["PUBLISHED", "PUBLISHED", "DRAFT", "IN_REVIEW"]),
        option::weighted(0.2, select(&TIMES[..])),
        any::<bool>(),
    )
        .prop_map(
            |(title, body, state, published_at, is_renamed)| WordsDraft {
                title,
                body,
                state,
                published_at,
                is_renamed,
            },
        );
    (
        1..=2_i64,
        any::<Index>(),
        vec(any::<Index>(), 0..3),
        option::of(select(vec!["IMPROVED", "UNCHANGED", "DETERIORATED"])),
        words(words_of_one.boxed()),
    )
        .prop_map(|(issue, topic, authors, trend, words)| ArticleDraft {
            issue,
            topic,
            authors,
            trend,
            words,
        })
}

impl ArticleDraft {
    /// `None` where there is no topic that it could be on.
    fn record(
        self,
        number: i64,
        swapped: bool,
        topics: &[Value],
        authors: &[Value],
    ) -> Option<Value> {
        if topics.is_empty() {
            return None;
        }
        // Two articles may change places and slugs.
        let place = if swapped && number < 2 {
            1 - number
        } else {
            number
        };
        let mut byline: Vec<&Value> = Vec::new();
        for author in &self.authors {
            let author = authors.get(author.index(authors.len().max(1)));
            let slug = author.map(|author| &author["slug"]);
            byline.extend(slug.filter(|slug| !byline.contains(slug)));
        }
        let words = |words: &WordsDraft| {
            let mut record = json!({
                "slug": format!("slug-{place}{}", if words.is_renamed { "-new" } else { "" }),
                "title": words.title, "lead": "", "body": words.body, "state": words.state,
            });
            if let Some(time) = words.published_at {
                record["publishedAt"] = time.into();
            }
            record
        };
        let mut record = json!({
            "kind": "article", "key": format!("article-{number}"), "issue": self.issue,
            "position": place + 1, "topic": self.topic.get(topics)["slug"], "authors": byline,
            "originalLocale": self.words[0].0, "translations": by_locale(&self.words, words),
        });
        if let Some(trend) = self.trend {
            record["trend"] = trend.into();
        }
        Some(record)
    }
}

fn by_locale<T>(words: &[(&'static str, T)], record: impl Fn(&T) -> Value) -> Value {
    let words = words
        .iter()
        .map(|(locale, words)| ((*locale).to_owned(), record(words)));
    Value::Object(words.collect::<Map<_, _>>())
}
