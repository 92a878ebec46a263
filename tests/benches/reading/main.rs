//! How fast Masthead reads, takes in and gives out content, and in how much
//! memory: on each engine, beside an answer of the same bytes that needs no
//! work, and one by hand-written SQL. See "Measuring" in the README.

mod bars;
mod burst;
mod checker;
mod client;
mod corpus;
mod exchange;
mod fixed;
mod hot;
mod load;
mod memory;
mod meter;
mod options;
mod persisted;
mod pin;
mod plain;
mod process;
mod publish;
mod questions;
mod random;
mod scale;
mod scene;
mod search;
mod table;
mod usage;
mod varied;
mod writer;

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use masthead::database::Engine;
use support::cluster;
use tokio::signal::unix::{SignalKind, signal};

use bars::{Bar, Bars};
use corpus::Corpus;
use options::{Asked, Options, Part};
use pin::Cores;
use process::Place;
use scene::Scene;
use table::say;

/// The same as the server's, for the answers that need no work.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let done = match Options::parse(std::env::args().skip(1)) {
        Ok(Asked::Measure(options)) => measure(&options),
        Ok(Asked::AnswerFixed(folder)) => fixed::serve(&folder),
        Ok(Asked::AnswerPlainly(url)) => plain::serve(&url),
        Ok(Asked::Nothing) => say("this is measured by `cargo bench` alone"),
        Ok(Asked::Help) => say(options::HELP),
        Err(refusal) => Err(refusal),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            drop(writeln!(io::stderr(), "error: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

/// Measure, or end when told to; either way nothing stays behind.
fn measure(options: &Options) -> anyhow::Result<()> {
    // One thread asks, and leaves the other cores to those who answer.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let mut interrupt = signal(SignalKind::interrupt())?;
        let mut terminate = signal(SignalKind::terminate())?;
        let done = tokio::select! {
            done = all(options) => done,
            _ = interrupt.recv() => Err(anyhow::anyhow!("interrupted")),
            _ = terminate.recv() => Err(anyhow::anyhow!("told to end")),
        };
        cluster::end().await;
        done
    })
}

async fn all(options: &Options) -> anyhow::Result<()> {
    if let Some(url) = &options.database_url {
        cluster::use_server(url.clone());
    }
    let folder = tempfile::tempdir().context("a temporary folder can't be made")?;
    let corpus = written(folder.path(), options.issues, options.body)?;
    let large = options.scale.map(|scale| {
        let issues = options.issues * scale;
        written(folder.path(), issues, options.body)
    });
    let large = large.transpose()?;
    let place = Place {
        folder: folder.path().to_owned(),
        cores: Cores::divided(),
    };
    let mut varied = Vec::new();
    for engine in cluster::engines() {
        if options.is_on(engine) {
            say(format_args!("\n## {}", cluster::name(engine)))?;
            match &large {
                None => varied.push(on(engine, options, &corpus, &place).await?),
                Some(large) => compare(engine, options, [&corpus, large], &place).await?,
            }
        }
    }
    if let [on_sqlite, on_postgres] = &varied[..] {
        let mut bars = Bars::default();
        for ((name, sqlite), (_, postgres)) in on_sqlite.iter().zip(on_postgres) {
            let what = "varied: CPU on SQLite, times that on PostgreSQL";
            bars.hold(what, Bar::AtMost(1.0), name, Some(sqlite / postgres));
        }
        bars.say()?;
    }
    say(LEGEND)
}

const LEGEND: &str = "
Questions are asked over kept connections, each time with the next of 200 sets of values where they \
vary; every answer is compared with one that was seen to be without errors. *Fixed* is an axum server \
that reads the same request and gives the same bytes; *SQL* is one that asks the database for the \
same facts, as JSON, by one hand-written statement on a pool of the same options. They take turns. \
*CPU* is a request's share of what the server has computed, *PostgreSQL* of what that has where it \
runs here; a ratio of CPU is of both together. *Statements* are the most that one request took. \
*Client* is how many cores whoever asks has used: near 1 it is the client that limits requests/s, \
and CPU tells more. *Others* is how many cores worked for anything else meanwhile, the kernel's \
interrupts included: the more, the less the times tell.";

/// A publication, in a file.
fn written(folder: &Path, issues: u32, body: usize) -> anyhow::Result<Corpus> {
    let corpus = Corpus::write(folder, issues, body)?;
    say(format_args!(
        "# A publication of {} issues, {} articles in 3 locales: {} records, {:.1} MB\n\n\
         Measured on {} cores{}.",
        corpus.issues(),
        corpus.articles(),
        corpus.records(),
        corpus.bytes() as f64 / 1e6,
        std::thread::available_parallelism()?,
        if cfg!(debug_assertions) {
            ", WITHOUT optimization: these figures mean nothing"
        } else {
            ""
        }
    ))?;
    Ok(corpus)
}

/// Measure on one engine; gives what varied questions took.
async fn on(
    engine: Engine,
    options: &Options,
    corpus: &Corpus,
    place: &Place,
) -> anyhow::Result<Vec<(&'static str, f64)>> {
    let app = support::TestApp::on(engine).await;
    let measured = async {
        if options.measures(Part::Exchange) {
            exchange::measure(&app, corpus, &place.folder).await?;
        } else {
            exchange::take_in(&app, corpus, &place.folder).await?;
        }
        let mut scene = Scene::of(&app, options, corpus, place.clone());
        scene.describe().await?;
        parts(&mut scene).await?;
        scene.bars.say()?;
        Ok(scene.varied)
    }
    .await;
    if let Some(cores) = &place.cores {
        cores.take_all();
    }
    app.end().await;
    measured
}

/// All parts that are to be measured of what is imported. What writes comes
/// last.
async fn parts(scene: &mut Scene<'_>) -> anyhow::Result<()> {
    if scene.options.measures(Part::Memory) {
        memory::measure(scene).await?;
    }
    if scene.options.measures(Part::Hot) {
        hot::measure(scene).await?;
    }
    if scene.options.measures(Part::Varied) {
        varied::measure(scene).await?;
    }
    if scene.options.measures(Part::Search) {
        search::measure(scene).await?;
    }
    if scene.options.measures(Part::Publish) {
        publish::measure(scene).await?;
    }
    Ok(())
}

/// A publication beside a larger one.
async fn compare(
    engine: Engine,
    options: &Options,
    [small, large]: [&Corpus; 2],
    place: &Place,
) -> anyhow::Result<()> {
    let apps = [
        support::TestApp::on(engine).await,
        support::TestApp::on(engine).await,
    ];
    let measured = async {
        let mut scenes = Vec::new();
        for (app, corpus) in apps.iter().zip([small, large]) {
            exchange::take_in(app, corpus, &place.folder).await?;
            scenes.push(Scene::of(app, options, corpus, place.clone()));
        }
        for scene in &scenes {
            scene.describe().await?;
        }
        let scale = large.issues() / small.issues();
        let bars = scale::measure(&scenes[0], &scenes[1], scale).await?;
        bars.say()
    }
    .await;
    if let Some(cores) = &place.cores {
        cores.take_all();
    }
    for app in apps {
        app.end().await;
    }
    measured
}
