//! Many writes, one after the other, under the full load of readers: each is
//! looked for through the cache once it is acknowledged.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::bail;
use tokio::time::sleep;

use crate::bars::Bar;
use crate::checker::{Checker, disturb};
use crate::corpus::TOPICS;
use crate::load::{ANSWERED, Load};
use crate::process::Server;
use crate::publish::Hot;
use crate::scene::Scene;
use crate::table::Table;
use crate::writer::{Kind, Writer};

/// How many authors are renamed.
const AUTHORS: u32 = 20;

/// How many connections disturb those who check.
const DISTURBING: usize = 4;

/// Over how long a rate is taken to see when it is back.
const GLANCE: Duration = Duration::from_millis(50);

/// The longest that is waited for a rate to be back; if it is not by then,
/// this counts as the time.
const PATIENCE: Duration = Duration::from_secs(10);

/// Longer than anything here takes.
const ENDLESS: Duration = Duration::from_secs(24 * 3600);

/// Write as fast as it goes, with a look after each at what readers are shown.
///
/// # Errors
/// If that is stale.
pub(crate) async fn measure(
    scene: &mut Scene<'_>,
    masthead: &Server,
    key: &str,
    hot: &Hot,
    table: &mut Table,
) -> anyhow::Result<()> {
    let topics = (1..=TOPICS).map(|topic| (Kind::Topic, format!("topic-{topic}")));
    let authors = (1..=AUTHORS).map(|author| (Kind::Author, format!("author-{author}")));
    let things = hot.articles().chain(topics).chain(authors);
    let mut writer = Writer::of(masthead.address, key, things).await?;
    let mut checker = Checker::open(masthead.address).await?;
    let connections = scene.judged();
    let load = Load::run(masthead.address, &hot.unnamed, connections, ENDLESS);
    let seen = tokio::select! {
        load = load => {
            load?;
            bail!("the load ended before the writes")
        }
        seen = write_and_check(masthead, scene.options.writes, &mut writer, &mut checker) => seen?,
    };
    let back = seen.back.as_secs_f64() * 1e3;
    let rows = [
        ("writes, each checked", writer.written().to_string()),
        (
            "reads of the checker, none of them stale",
            checker.checked.reads.to_string(),
        ),
        (
            "of these out of the cache",
            checker.checked.hits.to_string(),
        ),
        (
            "writes/s under load",
            format!("{:.0}", seen.writes_per_second),
        ),
        ("requests/s before", format!("{:.0}", seen.before)),
        ("requests/s meanwhile", format!("{:.0}", seen.meanwhile)),
        ("requests/s after", format!("{:.0}", seen.after)),
        (
            "ms until 0.9 of those before are back",
            format!("{back:.0}"),
        ),
    ];
    for (what, figure) in rows {
        table.push(vec![what.to_owned(), figure]);
    }
    let what = "after a burst of writes: ms until requests/s are back";
    scene
        .bars
        .hold(what, Bar::AtMost(1000.0), "0.9 of those before", Some(back));
    Ok(())
}

/// What happened to the rate of a load.
struct Seen {
    before: f64,
    meanwhile: f64,
    back: Duration,
    after: f64,
    writes_per_second: f64,
}

async fn write_and_check(
    masthead: &Server,
    writes: u32,
    writer: &mut Writer,
    checker: &mut Checker,
) -> anyhow::Result<Seen> {
    // Connections are opened, and what is hot is in the cache.
    sleep(Duration::from_millis(500)).await;
    let before = rate(Duration::from_secs(1)).await;

    let end = Arc::new(AtomicBool::new(false));
    let mut disturbing = disturb(masthead.address, DISTURBING, writer, &end).await?;
    let began = Instant::now();
    let answered = ANSWERED.load(Ordering::Relaxed);
    for _ in 0..writes {
        let written = writer.correct().await?;
        checker.check(&written, writer).await?;
    }
    let took = began.elapsed().as_secs_f64();
    let meanwhile = (ANSWERED.load(Ordering::Relaxed) - answered) as f64 / took;
    end.store(true, Ordering::Relaxed);

    let ended = Instant::now();
    let mut most = 0.0_f64;
    while most < 0.9 * before && ended.elapsed() < PATIENCE {
        most = most.max(rate(GLANCE).await);
    }
    let back = ended.elapsed();
    let after = rate(Duration::from_secs(1)).await;
    while let Some(disturbed) = disturbing.join_next().await {
        disturbed??;
    }
    Ok(Seen {
        before,
        meanwhile,
        back,
        after,
        writes_per_second: f64::from(writes) / took,
    })
}

/// Answers a second, from now on for some time.
async fn rate(time: Duration) -> f64 {
    let (began, answered) = (Instant::now(), ANSWERED.load(Ordering::Relaxed));
    sleep(time).await;
    let answered = ANSWERED.load(Ordering::Relaxed) - answered;
    answered as f64 / began.elapsed().as_secs_f64()
}
