//! The writing half of an import: compare with what is stored, write what
//! differs.

mod articles;
mod diff;
mod ending;
mod former;
mod issues;
mod links;
mod names;
mod parking;
mod references;
mod slugs;
mod wanted;
mod words;

use std::collections::{HashMap, HashSet};
use std::io::Read;
use std::thread;

use chrono::{DateTime, Utc};
use sea_orm::{DatabaseTransaction, DbErr};
use tokio::sync::{mpsc, oneshot};

use super::error::ImportError;
use super::fault::Faults;
use super::fields::Problem;
use super::parse::Parsed;
use super::read::{self, Batch, ReadError};
use super::record::{Article, Author, Issue, Name, Publication, Record, Topic};
use super::report::{Counts, ImportReport};
use super::store;
use super::{Advance, ImportOptions};
use crate::audit::{Actor, Deed};
use crate::clock::Clock;
use crate::content::schedule;
use crate::content::store::analyze;
use crate::content::visibility::Touched;
use crate::content::writing::{Patience, Writing};

use crate::database::Database;
use former::Lost;
use issues::ParkedIssue;
use links::Links;
use parking::{ParkedPosition, ParkedSlug};
use references::{Known, Missing};

/// Read `input` and apply it.
pub(super) async fn run(
    database: &Database,
    clock: &Clock,
    input: impl Read + Send + 'static,
    options: ImportOptions,
) -> Result<ImportReport, ImportError> {
    let actor = Actor::command_line();
    let mut writing = Writing::begin(database, actor, clock.now(), Patience::Short).await?;
    match apply(writing.tx(), writing.now(), input, &options).await {
        Ok((report, touched)) => {
            writing.touch_all(touched);
            if !report.changed_nothing() {
                writing.note(Deed {
                    operation: "import",
                    note: Some(report.changes()),
                    ..Deed::default()
                });
            }
            writing.commit().await?;
            if !report.changed_nothing() {
                analyze(database).await;
            }
            Ok(report)
        }
        Err(error) => {
            writing.abandon().await;
            Err(error)
        }
    }
}

async fn apply(
    tx: &DatabaseTransaction,
    now: DateTime<Utc>,
    input: impl Read + Send + 'static,
    options: &ImportOptions,
) -> Result<(ImportReport, Touched), ImportError> {
    let mut importer = Importer::start(tx, now, options.prune).await?;
    let (mut batches, ended) = start_reading(input)?;
    let mut records = 0;
    while let Some(Batch { lines, bytes }) = batches.recv().await {
        records += lines.len() as u64;
        importer.take(lines).await?;
        if let Some(progress) = &options.progress {
            progress.tell(Advance { records, bytes });
        }
    }
    match ended.await {
        Ok(Ok(())) if records == 0 => Err(ImportError::Empty),
        Ok(Ok(())) => importer.finish().await,
        Ok(Err(ReadError { line, source })) => Err(ImportError::Read { line, source }),
        Err(_) => Err(ImportError::Interrupted),
    }
}

type Reading = (
    mpsc::Receiver<Batch>,
    oneshot::Receiver<Result<(), ReadError>>,
);

/// Read on a thread of its own: one that waits for input which never comes
/// does not keep the process from ending.
fn start_reading(input: impl Read + Send + 'static) -> Result<Reading, ImportError> {
    let (sender, batches) = mpsc::channel(1);
    let (end, ended) = oneshot::channel();
    thread::Builder::new()
        .name("import-reader".to_owned())
        // Nobody may be left to be told.
        .spawn(move || drop(end.send(read::read(input, &sender))))
        .map_err(|source| ImportError::Read { line: 0, source })?;
    Ok((batches, ended))
}

/// An import under way.
struct Importer<'a> {
    tx: &'a DatabaseTransaction,
    now: DateTime<Utc>,
    prune: bool,
    faults: Faults,
    report: ImportReport,
    touched: Touched,
    /// The line of the publication, and the locales that it no longer has.
    removed_locales: Option<(u64, Vec<String>)>,
    topics: Known<String>,
    authors: Known<String>,
    issues: Known<i32>,
    /// When each published issue was, by id.
    published: HashMap<i64, DateTime<Utc>>,
    missing: Vec<Missing>,
    links: Links,
    /// Articles that the input names, by id.
    named_articles: HashSet<i64>,
    /// Keys of articles that the input names wrongly.
    bad_articles: HashSet<String>,
    parked_issues: HashMap<i64, ParkedIssue>,
    parked_positions: HashMap<i64, ParkedPosition>,
    parked_slugs: HashMap<i64, ParkedSlug>,
    lost_slugs: Vec<Lost>,
    /// Translations of articles whose slugs were made, each as a hash.
    made_slugs: HashSet<u128>,
    /// Numbers of the issues whose slugs were made.
    made_issue_slugs: HashSet<i32>,
    /// The last of the positions that nobody can have.
    last_parked: i32,
}

/// The records of a batch by kind, each with its line.
#[derive(Default)]
struct Records {
    topics: Vec<(u64, Topic)>,
    authors: Vec<(u64, Author)>,
    issues: Vec<(u64, Issue)>,
    articles: Vec<(u64, Article)>,
}

impl<'a> Importer<'a> {
    async fn start(
        tx: &'a DatabaseTransaction,
        now: DateTime<Utc>,
        prune: bool,
    ) -> Result<Self, DbErr> {
        let issues = store::issues::all(tx).await?;
        let published = issues
            .iter()
            .filter_map(|(_, id, published_at)| Some((*id, (*published_at)?)))
            .collect();
        Ok(Self {
            tx,
            now,
            prune,
            faults: Faults::default(),
            report: ImportReport::default(),
            touched: Touched::default(),
            removed_locales: None,
            topics: Known::stored(store::names::topics(tx).await?),
            authors: Known::stored(store::names::authors(tx).await?),
            issues: Known::stored(issues.into_iter().map(|(number, id, _)| (number, id))),
            published,
            missing: Vec::new(),
            links: Links::default(),
            named_articles: HashSet::new(),
            bad_articles: HashSet::new(),
            parked_issues: HashMap::new(),
            parked_positions: HashMap::new(),
            parked_slugs: HashMap::new(),
            lost_slugs: Vec::new(),
            made_slugs: HashSet::new(),
            made_issue_slugs: HashSet::new(),
            last_parked: 0,
        })
    }

    /// Deal with lines that follow each other. A line with a fault is noted
    /// and left out; all others are applied, so that whatever else is wrong
    /// shows too. The end of the import decides whether any of it stays.
    async fn take(&mut self, lines: Vec<(u64, Parsed)>) -> Result<(), DbErr> {
        let mut records = Records::default();
        for (line, parsed) in lines {
            let Some(record) = parsed.record else {
                self.take_bad(line, parsed);
                continue;
            };
            match record {
                Record::Publication(publication) => self.publication(line, publication).await?,
                Record::Topic(topic) => records.topics.push((line, topic)),
                Record::Author(author) => records.authors.push((line, author)),
                Record::Issue(issue) => records.issues.push((line, issue)),
                Record::Article(article) => records.articles.push((line, article)),
            }
        }
        // In the order in which they may refer to each other.
        self.apply_topics(records.topics).await?;
        self.apply_authors(records.authors).await?;
        self.apply_issues(records.issues).await?;
        self.apply_articles(records.articles).await
    }

    /// Note a line that can't be applied. What it names may be referred to.
    fn take_bad(&mut self, line: u64, parsed: Parsed) {
        for problem in parsed.problems {
            self.faults.add(line, parsed.name.as_ref(), problem);
        }
        match parsed.name {
            Some(Name::Topic(slug)) => self.topics.name_bad(slug, line),
            Some(Name::Author(slug)) => self.authors.name_bad(slug, line),
            Some(Name::Issue(number)) => self.issues.name_bad(number, line),
            Some(Name::Article(key)) => drop(self.bad_articles.insert(key)),
            Some(Name::Publication) | None => {}
        }
    }

    async fn publication(&mut self, line: u64, mut publication: Publication) -> Result<(), DbErr> {
        publication.sort_texts();
        let stored = store::publication::find(self.tx).await?;
        if stored.as_ref() == Some(&publication) {
            self.report.publication.unchanged += 1;
            return Ok(());
        }
        store::publication::write(self.tx, &publication).await?;
        self.touched.publication();
        match stored {
            None => self.report.publication.created += 1,
            Some(stored) => {
                self.report.publication.updated += 1;
                if stored.time_zone != publication.time_zone {
                    schedule::refresh(self.tx).await?;
                }
                let removed = stored.locales.into_iter();
                let removed = removed.filter(|tag| !publication.locales.contains(tag));
                self.removed_locales = Some((line, removed.collect()));
            }
        }
        Ok(())
    }

    fn fault(&mut self, line: u64, name: &Name, field: &str, what: impl Into<String>) {
        self.faults.add(line, Some(name), Problem::new(field, what));
    }
}

/// Count a record that was there before.
fn count(counts: &mut Counts, changed: bool) {
    if changed {
        counts.updated += 1;
    } else {
        counts.unchanged += 1;
    }
}
