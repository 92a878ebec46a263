//! The publication that is measured: the same bytes in every run, in English,
//! Belarusian and Russian.

mod words;

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use chrono::{Days, NaiveDate};
use serde_json::{Map, Value, json};

use crate::random::Random;
pub(crate) use words::ENGLISH_WORDS;
use words::Vocabulary;

pub(crate) const ARTICLES_PER_ISSUE: u32 = 8;
pub(crate) const TOPICS: u32 = 12;
pub(crate) const AUTHORS: u32 = 200;
pub(crate) const TRENDS: [&str; 3] = ["IMPROVED", "UNCHANGED", "DETERIORATED"];

/// Characters of a body, unless told. In Cyrillic they take nearly twice as many
/// bytes.
pub(crate) const BODY: usize = 2500;

/// A publication in a file of the content format.
#[derive(Debug)]
pub(crate) struct Corpus {
    file: PathBuf,
    issues: u32,
    bytes: u64,
}

impl Corpus {
    /// Write a publication of so many issues into `folder`, with bodies of so
    /// many characters.
    ///
    /// # Errors
    /// If the file can't be written.
    pub(crate) fn write(folder: &Path, issues: u32, body: usize) -> anyhow::Result<Self> {
        let file = folder.join(format!("publication-{issues}.jsonl"));
        let output = File::create(&file).context("the publication can't be written")?;
        let mut writer = Writer {
            output: BufWriter::new(output),
            random: Random::of("publication"),
            body,
            vocabularies: ["en", "be", "ru"].map(|locale| (locale, Vocabulary::of(locale))),
        };
        writer.publication()?;
        for topic in 1..=TOPICS {
            writer.topic(topic)?;
        }
        for author in 1..=AUTHORS {
            writer.author(author)?;
        }
        for number in 1..=issues {
            writer.issue(number)?;
        }
        for number in 1..=issues {
            for position in 1..=ARTICLES_PER_ISSUE {
                writer.article(number, position)?;
            }
        }
        writer.output.flush()?;
        let bytes = file.metadata()?.len();
        Ok(Self {
            file,
            issues,
            bytes,
        })
    }

    pub(crate) fn file(&self) -> &Path {
        &self.file
    }

    pub(crate) const fn bytes(&self) -> u64 {
        self.bytes
    }

    pub(crate) const fn issues(&self) -> u32 {
        self.issues
    }

    pub(crate) const fn articles(&self) -> u32 {
        self.issues * ARTICLES_PER_ISSUE
    }

    pub(crate) const fn records(&self) -> u32 {
        1 + TOPICS + AUTHORS + self.issues + self.articles()
    }
}

/// When an issue is published.
pub(crate) fn published_at(number: u32) -> String {
    format!("{}T06:00:00Z", day(number, 7))
}

/// A day of the week that an issue is about, or after it.
fn day(number: u32, after: u32) -> NaiveDate {
    let days = Days::new(u64::from(7 * (number - 1) + after));
    NaiveDate::from_ymd_opt(2006, 1, 2)
        .and_then(|first| first.checked_add_days(days))
        .unwrap_or_default()
}

struct Writer {
    output: BufWriter<File>,
    random: Random,
    body: usize,
    vocabularies: [(&'static str, Vocabulary); 3],
}

impl Writer {
    fn publication(&mut self) -> anyhow::Result<()> {
        self.record(&json!({
            "kind": "publication",
            "format": 1,
            "name": { "en": "Measured Weekly", "be": "Вымераны тыднёвік", "ru": "Измеренный еженедельник" },
            "description": {},
            "locales": ["en", "be", "ru"],
            "defaultLocale": "en",
            "timeZone": "Europe/Minsk",
            "url": "https://example.org",
        }))
    }

    fn topic(&mut self, topic: u32) -> anyhow::Result<()> {
        let translations = self.translations(|random, words, _| {
            json!({ "name": words.title(random, 2), "description": words.text(random, 120) })
        });
        self.record(&json!({
            "kind": "topic",
            "slug": format!("topic-{topic}"),
            "position": topic,
            "translations": translations,
        }))
    }

    fn author(&mut self, author: u32) -> anyhow::Result<()> {
        let translations = self.translations(|random, words, _| {
            json!({ "name": words.title(random, 2), "bio": words.text(random, 160) })
        });
        self.record(&json!({
            "kind": "author",
            "slug": format!("author-{author}"),
            "translations": translations,
        }))
    }

    fn issue(&mut self, number: u32) -> anyhow::Result<()> {
        let translations =
            self.translations(|random, words, _| json!({ "title": words.title(random, 3) }));
        self.record(&json!({
            "kind": "issue",
            "number": number,
            "slug": format!("issue-{number}"),
            "startsOn": day(number, 0),
            "endsOn": day(number, 6),
            "publishedAt": published_at(number),
            "translations": translations,
        }))
    }

    fn article(&mut self, number: u32, position: u32) -> anyhow::Result<()> {
        let key = (number - 1) * ARTICLES_PER_ISSUE + position;
        let body = self.body;
        let translations = self.translations(|random, words, locale| {
            let length = random.between(6, 12);
            json!({
                "slug": format!("article-{key}-{locale}"),
                "title": words.title(random, length),
                "lead": words.text(random, 200),
                "body": words.text(random, body),
            })
        });
        // One in four has two authors, each of whom is another.
        let first = self.random.below(AUTHORS);
        let second = (first + self.random.between(1, AUTHORS - 1)) % AUTHORS;
        let authors: Vec<String> = [first, second]
            .iter()
            .take(if self.random.below(4) == 0 { 2 } else { 1 })
            .map(|author| format!("author-{}", author + 1))
            .collect();
        let topic = self.random.between(1, TOPICS);
        let trend = *self.random.one(&TRENDS);
        self.record(&json!({
            "kind": "article",
            "key": key.to_string(),
            "issue": number,
            "position": position,
            "topic": format!("topic-{topic}"),
            "authors": authors,
            "trend": trend,
            "originalLocale": "en",
            "translations": translations,
        }))
    }

    fn translations(
        &mut self,
        mut words: impl FnMut(&mut Random, &Vocabulary, &str) -> Value,
    ) -> Value {
        let Self {
            random,
            vocabularies,
            ..
        } = self;
        let translations: Map<String, Value> = vocabularies
            .iter()
            .map(|(locale, vocabulary)| {
                let said = words(random, vocabulary, locale);
                ((*locale).to_owned(), said)
            })
            .collect();
        Value::Object(translations)
    }

    fn record(&mut self, record: &Value) -> anyhow::Result<()> {
        serde_json::to_writer(&mut self.output, record)?;
        Ok(self.output.write_all(b"\n")?)
    }
}
