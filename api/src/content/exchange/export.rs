//! All content, canonically, from one snapshot.

use std::collections::HashMap;
use std::io::{self, Write};
use std::thread;

use sea_orm::{DatabaseTransaction, DbErr};
use serde::Serialize;
use tokio::sync::{mpsc, oneshot};

use super::error::ExportError;
use super::record::{
    Article, ArticleWords, Author, AuthorWords, ByLocale, Issue, IssueWords, Record, Topic,
    TopicWords,
};
use super::report::ExportReport;
use super::store::articles::Stored;
use super::store::{self, articles, issues, names, publication};
use crate::content::writing::words::{self, Table, Words};
use crate::database::Database;

/// Things that are read at once.
const BATCH: u64 = 500;
/// Articles that are read at once: their bodies are long.
const ARTICLES: u64 = 40;
/// Bytes that are handed to the writer at once, about.
const CHUNK: usize = 256 * 1024;

/// Write all content to `output`.
pub(super) async fn run(
    database: &Database,
    output: impl Write + Send + 'static,
) -> Result<ExportReport, ExportError> {
    let tx = store::begin_export(database).await?;
    let (chunks, ended) = start_writing(output)?;
    let mut exporter = Exporter {
        tx: &tx,
        chunks,
        buffer: Vec::new(),
        report: ExportReport::default(),
        locales: Vec::new(),
    };
    let result = exporter.write_all().await;
    let Exporter { chunks, report, .. } = exporter;
    drop(chunks);
    let written = ended.await.map_err(|_| ExportError::Interrupted)?;
    written.map_err(ExportError::Write)?;
    result?;
    // Nothing was written; there is nothing to undo.
    drop(tx.rollback().await);
    Ok(report)
}

type Writing = (mpsc::Sender<Vec<u8>>, oneshot::Receiver<io::Result<()>>);

/// Write on a thread of its own, which may wait for whoever reads.
fn start_writing(mut output: impl Write + Send + 'static) -> Result<Writing, ExportError> {
    let (chunks, mut received) = mpsc::channel::<Vec<u8>>(2);
    let (end, ended) = oneshot::channel();
    let mut write = move || {
        while let Some(chunk) = received.blocking_recv() {
            output.write_all(&chunk)?;
        }
        output.flush()
    };
    thread::Builder::new()
        .name("export-writer".to_owned())
        // Nobody may be left to be told.
        .spawn(move || drop(end.send(write())))
        .map_err(ExportError::Write)?;
    Ok((chunks, ended))
}

struct Exporter<'a> {
    tx: &'a DatabaseTransaction,
    chunks: mpsc::Sender<Vec<u8>>,
    buffer: Vec<u8>,
    report: ExportReport,
    /// In the publication's order.
    locales: Vec<String>,
}

impl Exporter<'_> {
    async fn write_all(&mut self) -> Result<(), ExportError> {
        let publication = publication::find(self.tx).await?;
        let publication = publication.ok_or(ExportError::NoPublication)?;
        self.locales.clone_from(&publication.locales);
        self.write(&Record::Publication(publication)).await?;
        let topics = self.write_topics().await?;
        let authors = self.write_authors().await?;
        let numbers = self.write_issues().await?;
        self.write_articles(&topics, &authors, &numbers).await?;
        self.send().await
    }

    async fn write_topics(&mut self) -> Result<HashMap<i64, String>, ExportError> {
        let mut slugs = HashMap::new();
        let mut last = String::new();
        loop {
            let topics = names::topics_after(self.tx, &last, BATCH).await?;
            let ids: Vec<i64> = topics.iter().map(|topic| topic.id).collect();
            let mut words = self.words(&words::TOPICS, &ids).await?;
            for topic in &topics {
                let words = words.remove(&topic.id).unwrap_or_default();
                self.write(&Record::Topic(Topic {
                    slug: topic.slug.clone(),
                    position: topic.position,
                    translations: each(words, |words| TopicWords {
                        name: words.heading.unwrap_or_default(),
                        description: words.text.unwrap_or_default(),
                    }),
                }))
                .await?;
                self.report.topics += 1;
            }
            let Some(end) = topics.last() else {
                return Ok(slugs);
            };
            last.clone_from(&end.slug);
            slugs.extend(topics.into_iter().map(|topic| (topic.id, topic.slug)));
        }
    }

    async fn write_authors(&mut self) -> Result<HashMap<i64, String>, ExportError> {
        let mut slugs = HashMap::new();
        let mut last = String::new();
        loop {
            let authors = names::authors_after(self.tx, &last, BATCH).await?;
            let ids: Vec<i64> = authors.iter().map(|author| author.id).collect();
            let mut words = self.words(&words::AUTHORS, &ids).await?;
            for author in &authors {
                let words = words.remove(&author.id).unwrap_or_default();
                self.write(&Record::Author(Author {
                    slug: author.slug.clone(),
                    translations: each(words, |words| AuthorWords {
                        name: words.heading.unwrap_or_default(),
                        bio: words.text.unwrap_or_default(),
                    }),
                }))
                .await?;
                self.report.authors += 1;
            }
            let Some(end) = authors.last() else {
                return Ok(slugs);
            };
            last.clone_from(&end.slug);
            slugs.extend(authors.into_iter().map(|author| (author.id, author.slug)));
        }
    }

    async fn write_issues(&mut self) -> Result<HashMap<i64, i32>, ExportError> {
        let mut numbers = HashMap::new();
        let mut last = i32::MIN;
        loop {
            let issues = issues::after(self.tx, last, BATCH).await?;
            let ids: Vec<i64> = issues.iter().map(|issue| issue.id).collect();
            let mut words = self.words(&words::ISSUES, &ids).await?;
            let Some(end) = issues.last() else {
                return Ok(numbers);
            };
            last = end.number;
            for issue in issues {
                numbers.insert(issue.id, issue.number);
                let words = words.remove(&issue.id).unwrap_or_default();
                self.write(&Record::Issue(Issue {
                    number: issue.number,
                    slug: Some(issue.slug),
                    starts_on: issue.starts_on,
                    ends_on: issue.ends_on,
                    published_at: issue.published_at,
                    translations: each(words, |words| IssueWords {
                        title: words.heading,
                    }),
                }))
                .await?;
                self.report.issues += 1;
            }
        }
    }

    async fn write_articles(
        &mut self,
        topics: &HashMap<i64, String>,
        authors: &HashMap<i64, String>,
        issues: &HashMap<i64, i32>,
    ) -> Result<(), ExportError> {
        let mut last = String::new();
        loop {
            let stored = articles::after(self.tx, &last, ARTICLES).await?;
            let Some(end) = stored.last() else {
                return Ok(());
            };
            last.clone_from(&end.facts.key);
            for Stored {
                facts,
                authors: byline,
                translations,
            } in stored
            {
                let byline = byline
                    .iter()
                    .filter_map(|author| authors.get(author).cloned());
                let words = translations.into_iter().map(|words| {
                    let text = ArticleWords {
                        slug: Some(words.slug),
                        title: words.title,
                        lead: words.lead,
                        body: words.body,
                        state: words.state,
                        published_at: words.published_at,
                        updated_at: Some(words.updated_at),
                    };
                    (words.locale, text)
                });
                let mut translations: Vec<_> = words.collect();
                self.sort(&mut translations);
                self.write(&Record::Article(Article {
                    key: facts.key,
                    issue: issues.get(&facts.issue_id).copied().unwrap_or_default(),
                    position: facts.position,
                    topic: topics.get(&facts.topic_id).cloned().unwrap_or_default(),
                    authors: byline.collect(),
                    trend: facts.trend,
                    original_locale: facts.original_locale,
                    translations,
                }))
                .await?;
                self.report.articles += 1;
            }
        }
    }

    /// The words of things by id, in the order of the locales.
    async fn words(
        &self,
        table: &Table,
        ids: &[i64],
    ) -> Result<HashMap<i64, ByLocale<Words>>, DbErr> {
        let mut words: HashMap<i64, ByLocale<Words>> = HashMap::new();
        for row in words::of(self.tx, table, ids).await? {
            words
                .entry(row.owner)
                .or_default()
                .push((row.locale, row.words));
        }
        for words in words.values_mut() {
            self.sort(words);
        }
        Ok(words)
    }

    fn sort<T>(&self, values: &mut ByLocale<T>) {
        values.sort_by_key(|(tag, _)| self.locales.iter().position(|other| other == tag));
    }

    async fn write(&mut self, record: &Record) -> Result<(), ExportError> {
        let mut json = serde_json::Serializer::new(&mut self.buffer);
        record
            .serialize(&mut json)
            .map_err(|error| ExportError::Write(error.into()))?;
        self.buffer.push(b'\n');
        if self.buffer.len() >= CHUNK {
            self.send().await?;
        }
        Ok(())
    }

    /// Hand over what has been gathered. If the writer has given up, its own
    /// reason is the one to tell.
    async fn send(&mut self) -> Result<(), ExportError> {
        let chunk = std::mem::take(&mut self.buffer);
        self.report.bytes += chunk.len() as u64;
        let sent = self.chunks.send(chunk).await;
        sent.map_err(|_| ExportError::Interrupted)
    }
}

fn each<T>(words: ByLocale<Words>, convert: impl Fn(Words) -> T) -> ByLocale<T> {
    let converted = words
        .into_iter()
        .map(|(locale, words)| (locale, convert(words)));
    converted.collect()
}
