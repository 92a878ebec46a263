//! How many instructions an answer takes, held to what it took before: fails
//! if that has grown by more than a tenth. Nothing else on the machine makes a
//! difference to it.
//!
//! The instructions are counted by Valgrind's callgrind. To accept new counts:
//! `UPDATE_INSTRUCTIONS=1 cargo bench -p masthead-tests --bench instructions`.

mod baseline;
mod counted;
mod requests;

use std::io::{self, Write};
use std::process::ExitCode;

use masthead::content::demo;
use masthead::database::Engine;
use support::TestApp;

use baseline::Baseline;
use requests::Case;

/// The same as the server's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments[..] {
        [requests::ANSWER, url, case, count] => answer(url, case, count),
        _ if !arguments.contains(&"--bench") => say("this is measured by `cargo bench` alone"),
        _ if !counted::is_possible() => without_valgrind(),
        _ => on_runtime(measure()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            drop(writeln!(io::stderr(), "error: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

/// Count each case, and hold it to its baseline.
async fn measure() -> anyhow::Result<()> {
    let app = TestApp::on(Engine::Sqlite).await;
    let counts = async {
        demo::load(app.database(), app.clock()).await?;
        let mut counts = Vec::new();
        for case in Case::ALL {
            counts.push((case.name(), counted::of(case, app.url())?));
        }
        anyhow::Ok(counts)
    }
    .await;
    app.end().await;
    let counts = counts?;
    if std::env::var_os("UPDATE_INSTRUCTIONS").is_some_and(|value| value == "1") {
        return Baseline::write(&counts);
    }
    Baseline::read()?.hold(&counts)
}

/// What callgrind counts: answers.
fn answer(url: &str, case: &str, count: &str) -> anyhow::Result<()> {
    on_runtime(requests::answer(url, Case::named(case)?, count.parse()?))
}

/// A run that requires Valgrind is not green without.
fn without_valgrind() -> anyhow::Result<()> {
    let required = std::env::var_os("MASTHEAD_TEST_REQUIRE_VALGRIND");
    anyhow::ensure!(
        required.is_none_or(|value| value != "1"),
        "Valgrind is required, and is not installed"
    );
    say("instructions are not counted: Valgrind is not installed")
}

/// One thread, as far as the count of instructions depends on that.
fn on_runtime(task: impl Future<Output = anyhow::Result<()>>) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(task)
}

fn say(line: impl std::fmt::Display) -> anyhow::Result<()> {
    Ok(writeln!(io::stdout(), "{line}")?)
}
