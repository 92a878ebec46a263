//! Publishing while readers ask as much as the server can answer: how much
//! that takes from them, how soon it is over, and that nobody is shown what
//! was there before.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::ensure;
use bytes::Bytes;
use masthead::access::Role;
use tokio::time::{MissedTickBehavior, interval, sleep};

use crate::bars::Bar;
use crate::checker::{Checker, disturb};
use crate::client::{Connection, post};
use crate::corpus::{ARTICLES_PER_ISSUE, Corpus, TOPICS};
use crate::load::{ANSWERED, Exchange, Load};
use crate::process::Server;
use crate::questions::{Cursors, QUESTIONS};
use crate::scene::Scene;
use crate::table::{Table, say};
use crate::varied::TURNS;
use crate::writer::{Kind, Writer};

/// How many articles are corrected, and how many authors are renamed.
const ARTICLES: usize = 40;
const AUTHORS: u32 = 20;

/// How many connections disturb those who check.
const DISTURBING: usize = 4;

/// Over how long a rate is taken to see when it is back.
const GLANCE: Duration = Duration::from_millis(50);

/// The longest that is waited for a rate to be back.
const PATIENCE: Duration = Duration::from_secs(10);

/// Longer than anything here takes.
const ENDLESS: Duration = Duration::from_secs(24 * 3600);

/// Write once a second, then as fast as it goes.
///
/// # Errors
/// If an answer is not right, or stale.
pub(crate) async fn measure(scene: &mut Scene<'_>) -> anyhow::Result<()> {
    let masthead = scene.masthead().await?;
    let key = scene.app.make_key("measured", Role::Admin, &[]).await;
    let hot = Hot::read(&masthead, scene.corpus).await?;
    say("\nWriting under the full load of readers:\n")?;
    let mut table = Table::of(&["what", "figure"]);
    steady(scene, &masthead, &key, &hot, &mut table).await?;
    burst(scene, &masthead, &key, &hot, &mut table).await?;
    table.say()
}

/// Questions that the cache answers.
struct Hot {
    /// All eight.
    all: Arc<Vec<Exchange>>,
    /// Those that name no topic and no author.
    unnamed: Arc<Vec<Exchange>>,
    /// Articles that none of them shows.
    unseen: Vec<String>,
}

impl Hot {
    async fn read(masthead: &Server, corpus: &Corpus) -> anyhow::Result<Self> {
        let mut client = Connection::open(masthead.address).await?;
        let cursors = Cursors::read(&mut client, corpus).await?;
        let mut all = Vec::new();
        let mut unnamed = Vec::new();
        let mut shown = String::new();
        for question in &QUESTIONS {
            let ready = question.ready(corpus, &cursors);
            let request = post("/graphql", &ready[0].body);
            let reply = client.send(&request).await?;
            reply.data()?;
            shown.push_str(&String::from_utf8_lossy(reply.body));
            let answer = Bytes::copy_from_slice(reply.body);
            let exchange = Exchange::new(request, 200, answer);
            if !question.text.contains("name") {
                unnamed.push(exchange.clone());
            }
            all.push(exchange);
        }
        let slugs = (1..=corpus.articles()).map(|key| format!("article-{key}-en"));
        let unseen = slugs.filter(|slug| !shown.contains(&format!("\"{slug}\"")));
        Ok(Self {
            all: Arc::new(all),
            unnamed: Arc::new(unnamed),
            unseen: unseen.collect(),
        })
    }

    /// Articles of some issues, which none of the questions shows.
    fn articles(&self) -> impl Iterator<Item = (Kind, String)> {
        // Some of each issue, so that one issue shows several.
        let step = (self.unseen.len() / ARTICLES).max(1);
        let few = ARTICLES_PER_ISSUE as usize / 2;
        let spread = self
            .unseen
            .chunks(step * few)
            .flat_map(move |chunk| chunk.iter().take(few));
        spread
            .take(ARTICLES)
            .map(|slug| (Kind::Article, slug.clone()))
    }
}

/// With and without one write a second, in turn.
async fn steady(
    scene: &mut Scene<'_>,
    masthead: &Server,
    key: &str,
    hot: &Hot,
    table: &mut Table,
) -> anyhow::Result<()> {
    let connections = scene.judged();
    let time = scene.options.seconds.max(Duration::from_secs(2));
    let mut writer = Writer::of(masthead.address, key, hot.articles()).await?;
    let [mut without, mut with] = [Load::default(), Load::default()];
    for _ in 0..TURNS {
        without.add(Load::run(masthead.address, &hot.all, connections, time).await?);
        let load = Load::run(masthead.address, &hot.all, connections, time);
        with.add(tokio::select! {
            load = load => load?,
            fault = write_each_second(&mut writer) => return fault,
        });
    }
    let share = with.per_second() / without.per_second();
    let rows = [
        (
            "requests/s, hot, without writes",
            format!("{:.0}", without.per_second()),
        ),
        (
            "requests/s, hot, with a write each second",
            format!("{:.0}", with.per_second()),
        ),
        ("the one of the other", format!("{share:.2}")),
    ];
    for (what, figure) in rows {
        table.push(vec![what.to_owned(), figure]);
    }
    let what = "one write a second: requests/s, of those without";
    scene
        .bars
        .hold(what, Bar::AtLeast(0.8), "all, hot", Some(share));
    Ok(())
}

/// Ends with a fault alone.
async fn write_each_second(writer: &mut Writer) -> anyhow::Result<()> {
    let mut seconds = interval(Duration::from_secs(1));
    seconds.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        seconds.tick().await;
        writer.correct().await?;
    }
}

/// Write as fast as it goes, with a look after each at what readers are shown.
async fn burst(
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
            anyhow::bail!("the load ended before the writes")
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
    while rate(GLANCE).await < 0.9 * before {
        ensure!(ended.elapsed() < PATIENCE, "requests/s don't come back");
    }
    let back = ended.elapsed();
    while let Some(disturbed) = disturbing.join_next().await {
        disturbed??;
    }
    Ok(Seen {
        before,
        meanwhile,
        back,
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
