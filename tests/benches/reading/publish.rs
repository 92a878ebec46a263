//! Publishing while readers ask as much as the server can answer: how much
//! that takes from them, how soon it is over, and that nobody is shown what
//! was there before.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use masthead::access::Role;
use tokio::time::{MissedTickBehavior, interval};

use crate::bars::Bar;
use crate::burst;
use crate::client::{Connection, post};
use crate::corpus::{ARTICLES_PER_ISSUE, Corpus};
use crate::load::{Exchange, Load};
use crate::process::Server;
use crate::questions::{Cursors, QUESTIONS};
use crate::scene::Scene;
use crate::table::{Table, say};
use crate::varied::TURNS;
use crate::writer::{Kind, Writer};

/// How many articles are corrected.
const ARTICLES: usize = 40;

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
    burst::measure(scene, &masthead, &key, &hot, &mut table).await?;
    table.say()
}

/// Questions that the cache answers.
pub(crate) struct Hot {
    /// All eight.
    all: Arc<Vec<Exchange>>,
    /// Those that name no topic and no author.
    pub(crate) unnamed: Arc<Vec<Exchange>>,
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
    pub(crate) fn articles(&self) -> impl Iterator<Item = (Kind, String)> {
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
    writer.connect_anew().await?;
    let mut seconds = interval(Duration::from_secs(1));
    seconds.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        seconds.tick().await;
        writer.correct().await?;
    }
}
