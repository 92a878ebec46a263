//! `masthead documents`, and the trusted documents of `masthead serve`.

use std::path::Path;

use anyhow::{Context, bail, ensure};
use async_graphql::ServerError;
use tokio::task::yield_now;

use super::arguments::Documents;
use super::terminal;
use crate::config::Config;
use crate::graphql::limits::Limits;
use crate::graphql::persisted::{Mode, Options, PersistedDocuments};
use crate::graphql::trusted::{Document, Trusted};
use crate::schema::Inspector;

pub(super) async fn run(config: Config, what: Documents) -> anyhow::Result<()> {
    let Documents::Check { path } = what;
    let path = path.or(config.documents.path);
    let path = path.context("name a manifest or a folder, or set documents.path")?;
    let set = load(&path)?;
    let inspector = Inspector::new(&config.limits);
    let mut wrong = 0;
    for document in set.documents() {
        let faults = inspector.faults(&document.text).await;
        wrong += usize::from(!faults.is_empty());
        for fault in &faults {
            terminal::say(line(document, fault))?;
        }
    }
    let count = set.documents().len();
    ensure!(wrong == 0, "{wrong} of {count} documents can't be answered");
    terminal::say(format_args!("documents that can be answered: {count}"))?;
    Ok(())
}

/// The documents that a server begins with.
///
/// # Errors
/// If there is no set where one is named, a file of it is broken, or a text in
/// it is no document within the limits. One that does not fit the schema keeps
/// no server from its start: old clients have what new ones no longer ask.
pub(super) fn open(options: &Options, limits: &Limits) -> anyhow::Result<PersistedDocuments> {
    let Some(path) = &options.path else {
        ensure!(
            options.mode == Mode::Open,
            "documents.mode is trusted, and documents.path names no documents"
        );
        return Ok(PersistedDocuments::default());
    };
    let set = load(path)?;
    let inspector = Inspector::new(limits);
    for document in set.documents() {
        if let Some(fault) = inspector.refusal(&document.text) {
            bail!("{}", line(document, &fault));
        }
    }
    Ok(PersistedDocuments::new(set, options.mode))
}

/// Tell the log which trusted documents can't be answered.
pub(super) async fn warn(documents: PersistedDocuments, limits: Limits) {
    let set = documents.trusted();
    if set.documents().is_empty() {
        return;
    }
    let inspector = Inspector::new(&limits);
    let mut wrong = 0;
    for document in set.documents() {
        let faults = inspector.faults(&document.text).await;
        wrong += usize::from(!faults.is_empty());
        if let Some(fault) = faults.first() {
            let (id, line) = (&document.id, line(document, fault));
            tracing::warn!(
                document.id = id,
                "a trusted document can't be answered: {line}"
            );
        }
        // Requests come first.
        yield_now().await;
    }
    let count = set.documents().len();
    tracing::info!(
        documents = count,
        wrong,
        "{count} documents are trusted; {wrong} of them can't be answered"
    );
}

fn load(path: &Path) -> anyhow::Result<Trusted> {
    Trusted::load(path).context("can't use the trusted documents")
}

/// A fault as people read it: the document, the place in it, what is wrong.
fn line(document: &Document, fault: &ServerError) -> String {
    let Document { id, place, .. } = document;
    let message = &fault.message;
    match fault.locations.first() {
        // A text that is not GraphQL is told with its place.
        Some(at) if !message.starts_with("line ") => {
            let (line, column) = (at.line, at.column);
            format!("{place} (\"{id}\"), line {line}, column {column}: {message}")
        }
        Some(_) => format!("{place} (\"{id}\"), {message}"),
        None => format!("{place} (\"{id}\"): {message}"),
    }
}
