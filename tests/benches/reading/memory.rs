//! How soon a server answers after its start, and in how much memory.

use std::time::{Duration, Instant};

use anyhow::ensure;
use masthead::cache::BYTES;
use serde_json::json;

use crate::bars::Bar;
use crate::client::{Connection, post, post_with};
use crate::load::{UNLIKE, new_number};
use crate::questions::{Cursors, QUESTIONS, Question, Ready};
use crate::scene::Scene;
use crate::table::{Table, megabytes, milliseconds, say};
use crate::usage;
use crate::varied::unlike;

/// How often it is started.
const STARTS: usize = 5;

/// The codings in which each answer is asked for.
const CODINGS: [&str; 3] = ["identity", "br", "gzip"];

/// Start some times, then fill the cache.
///
/// # Errors
/// If an answer is not right, or a server does not start.
pub(crate) async fn measure(scene: &mut Scene<'_>) -> anyhow::Result<()> {
    let mut starts = Vec::new();
    for _ in 0..STARTS {
        starts.push(first_answer(scene).await?);
    }
    starts.sort_unstable();
    let start = starts[STARTS / 2];

    let masthead = scene.masthead().await?;
    let idle = usage::resident(masthead.process);
    let mut client = Connection::open(masthead.address).await?;
    let cursors = Cursors::read(&mut client, scene.corpus).await?;
    let ready: Vec<(&Question, Vec<Ready>)> = QUESTIONS
        .iter()
        .map(|question| (question, question.ready(scene.corpus, &cursors)))
        .collect();
    let answers = fill(&mut client, &ready).await?;
    let full = usage::resident(masthead.process);
    let peak = usage::peak(masthead.process);

    let mut table = Table::of(&["what", "figure"]);
    for (what, value) in [
        ("start to the first answer, ms", milliseconds(start)),
        (
            "the slowest of 5 starts, ms",
            milliseconds(starts[STARTS - 1]),
        ),
        ("resident when started, MB", megabytes(idle)),
        ("resident with a full cache, MB", megabytes(full)),
        ("most ever, MB", megabytes(peak)),
        ("answers that were asked for meanwhile", answers.to_string()),
    ] {
        table.push(vec![what.to_owned(), value]);
    }
    say("\nThe server by itself:\n")?;
    table.say()?;
    let in_megabytes = |bytes: Option<u64>| bytes.map(|bytes| bytes as f64 / 1e6);
    let bars = &mut scene.bars;
    let milliseconds = Some(start.as_secs_f64() * 1e3);
    bars.hold(
        "start to the first answer, ms",
        Bar::AtMost(300.0),
        "median of 5",
        milliseconds,
    );
    bars.hold(
        "memory when started, MB",
        Bar::AtMost(64.0),
        "",
        in_megabytes(idle),
    );
    bars.hold(
        "memory with a full cache, MB",
        Bar::AtMost(256.0),
        "",
        in_megabytes(full),
    );
    Ok(())
}

/// How long it takes from the command to an answer.
async fn first_answer(scene: &Scene<'_>) -> anyhow::Result<Duration> {
    let began = Instant::now();
    let masthead = scene.masthead().await?;
    let mut client = Connection::open(masthead.address).await?;
    let query = "{ latestIssue { number title articles(first: 100) { nodes { title } } } }";
    let request = post("/graphql", &json!({ "query": query }).to_string());
    client.send(&request).await?.data()?;
    Ok(began.elapsed())
}

/// Ask for different answers until there are twice as many bytes of them as
/// the cache takes, in each coding. Gives how many.
async fn fill(client: &mut Connection, ready: &[(&Question, Vec<Ready>)]) -> anyhow::Result<usize> {
    let mut answers = 0;
    let mut bytes = 0;
    for place in 0.. {
        for (question, ready) in ready {
            // One number for all codings of an answer.
            let number = format!("unlike-{:012}", new_number());
            let body = unlike(question, &ready[place % ready.len()]).replace(UNLIKE, &number);
            for coding in CODINGS {
                let header = format!("accept-encoding: {coding}\r\n");
                let reply = client.send(&post_with(&header, "/graphql", &body)).await?;
                ensure!(reply.status == 200, "status {}", reply.status);
                bytes += reply.body.len() as u64;
            }
            answers += 1;
        }
        if bytes > 2 * BYTES as u64 {
            break;
        }
    }
    Ok(answers)
}
