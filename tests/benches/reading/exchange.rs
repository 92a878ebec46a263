//! Taking content in and giving it out.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::time::Duration;

use anyhow::ensure;
use masthead::database::{Database, Engine, Options};
use sea_orm::ConnectionTrait;
use support::TestApp;

use crate::corpus::Corpus;
use crate::process::{Took, run};
use crate::table::{Table, megabytes, say};

/// Import, export, import the export elsewhere and export again. The content
/// stays in the database of `app`.
///
/// # Errors
/// If a command fails, or the exports differ.
pub(crate) async fn measure(app: &TestApp, corpus: &Corpus, folder: &Path) -> anyhow::Result<()> {
    let mut steps = Steps {
        folder,
        corpus,
        table: Table::of(&["command", "seconds", "records/s", "peak memory, MB"]),
    };
    let first = folder.join("first.jsonl");
    let second = folder.join("second.jsonl");
    steps.import("import", corpus.file(), app.url()).await?;
    steps.export("export", &first, app.url()).await?;

    let elsewhere = TestApp::on(app.engine()).await;
    let again = async {
        let url = elsewhere.url();
        steps.import("import of the export", &first, url).await?;
        steps.export("export of that", &second, url).await
    }
    .await;
    elsewhere.end().await;
    again?;

    steps.table.say()?;
    ensure!(equal(&first, &second)?, "the two exports differ");
    say("\nThe two exports are byte-equal.")?;
    settle(app).await
}

/// Import the content alone.
///
/// # Errors
/// If that fails.
pub(crate) async fn take_in(app: &TestApp, corpus: &Corpus, folder: &Path) -> anyhow::Result<()> {
    let file = corpus.file().to_string_lossy();
    let arguments = ["import", &file, "--database-url", app.url()];
    let took = run(folder, &arguments).await?;
    say(format_args!(
        "\nImported {} records in {:.1} s, in {} MB at most.",
        corpus.records(),
        took.time.as_secs_f64(),
        megabytes(took.peak),
    ))?;
    settle(app).await
}

struct Steps<'a> {
    folder: &'a Path,
    corpus: &'a Corpus,
    table: Table,
}

impl Steps<'_> {
    async fn import(&mut self, name: &str, file: &Path, url: &str) -> anyhow::Result<()> {
        self.step(name, ["import", &file.to_string_lossy()], url)
            .await
    }

    async fn export(&mut self, name: &str, file: &Path, url: &str) -> anyhow::Result<()> {
        self.step(name, ["export", &file.to_string_lossy()], url)
            .await
    }

    async fn step(&mut self, name: &str, what: [&str; 2], url: &str) -> anyhow::Result<()> {
        let [command, file] = what;
        let arguments = [command, file, "--database-url", url];
        let Took { time, peak } = run(self.folder, &arguments).await?;
        let seconds = time.as_secs_f64();
        self.table.push(vec![
            name.to_owned(),
            format!("{seconds:.1}"),
            format!("{:.0}", f64::from(self.corpus.records()) / seconds),
            megabytes(peak),
        ]);
        Ok(())
    }
}

/// Let PostgreSQL do at once what it does in the background by and by.
async fn settle(app: &TestApp) -> anyhow::Result<()> {
    if app.engine() == Engine::Postgres {
        let mut options = Options::new(app.url());
        options.statement_timeout = Duration::from_secs(600);
        let database = Database::connect(&options).await?;
        database
            .writer()
            .execute_unprepared("VACUUM ANALYZE")
            .await?;
        database.close().await;
    }
    Ok(())
}

fn equal(one: &Path, other: &Path) -> anyhow::Result<bool> {
    let mut one = BufReader::with_capacity(1 << 20, File::open(one)?);
    let mut other = BufReader::with_capacity(1 << 20, File::open(other)?);
    loop {
        let (left, right) = (one.fill_buf()?, other.fill_buf()?);
        let common = left.len().min(right.len());
        if common == 0 {
            return Ok(left.is_empty() && right.is_empty());
        }
        if left[..common] != right[..common] {
            return Ok(false);
        }
        one.consume(common);
        other.consume(common);
    }
}
