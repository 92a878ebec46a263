//! Answering the same again and again, beside a server that gives the same
//! bytes without work: each kind of request beside its own kind.

use std::collections::HashMap;
use std::sync::Arc;

use anyhow::ensure;
use bytes::Bytes;

use crate::bars::Bar;
use crate::client::{Connection, get, post};
use crate::fixed::{self, Fixed};
use crate::load::{Exchange, Load};
use crate::meter::Used;
use crate::persisted::Persisted;
use crate::questions::{Cursors, QUESTIONS};
use crate::scene::Scene;
use crate::table::{Table, figure, milliseconds, ratio, say};
use crate::varied::TURNS;

/// How a question is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Post,
    Get,
    /// Whoever asks has the answer already.
    NotModified,
    /// Whoever asks understands brotli.
    Brotli,
    /// A feed, which is no answer of GraphQL's.
    Feed,
}

/// Feeds that are asked for, by their addresses.
const FEEDS: [(&str, &str, &str); 2] = [
    ("feed of summaries", "/feeds/en/articles.atom", "limit=20"),
    (
        "feed of whole texts",
        "/feeds/en/articles.rss",
        "content=full",
    ),
];

impl Kind {
    /// How each question is asked.
    const ALL: [Self; 4] = [Self::Post, Self::Get, Self::NotModified, Self::Brotli];

    const fn name(self) -> &'static str {
        match self {
            Self::Post => "POST",
            Self::Get => "GET",
            Self::NotModified => "304",
            Self::Brotli => "GET, br",
            Self::Feed => "GET of a feed",
        }
    }

    /// The share of the fixed server's requests/s that is wanted.
    const fn wanted(self) -> f64 {
        match self {
            Self::Post | Self::Get | Self::Brotli => 0.85,
            Self::NotModified => 0.95,
            Self::Feed => 0.80,
        }
    }
}

/// Ask each question in each way at each number of connections.
///
/// # Errors
/// If an answer is not right, or none of the cache.
pub(crate) async fn measure(scene: &mut Scene<'_>) -> anyhow::Result<()> {
    let masthead = scene.masthead().await?;
    let mut client = Connection::open(masthead.address).await?;
    let cursors = Cursors::read(&mut client, scene.corpus).await?;
    let mut asked = Vec::new();
    for question in &QUESTIONS {
        let ready = question.ready(scene.corpus, &cursors);
        let first = &ready[0];
        let persisted = Persisted::register(&mut client, question.text, &first.variables).await?;
        for kind in Kind::ALL {
            let text = match kind {
                Kind::Post => first.body.clone(),
                _ => persisted.query(&first.variables),
            };
            let hot = Hot::of(kind, question.name, ("/graphql", text), &mut client);
            asked.push(hot.await?);
        }
    }
    for (name, path, query) in FEEDS {
        let hot = Hot::of(Kind::Feed, name, (path, query.to_owned()), &mut client);
        asked.push(hot.await?);
    }
    let answers: Vec<Fixed> = asked.iter().map(|hot| hot.fixed.clone()).collect();
    let fixed = fixed::start(&scene.place, &answers).await?;

    say(
        "\nThe same question again and again; a GET names it by the hash of a persisted document:\n",
    )?;
    let mut table = Table::of(&HEADS);
    // Requests/s of the fixed server with whole answers, by connections.
    let mut whole = HashMap::new();
    for (number, hot) in asked.iter().enumerate() {
        let ours = Arc::new(vec![hot.exchange(hot.path)]);
        let theirs = Arc::new(vec![hot.exchange(&format!("/{number}"))]);
        for connections in &scene.options.connections {
            let mut pair = Pair::default();
            for _ in 0..TURNS {
                let time = scene.options.seconds / (2 * TURNS);
                for (server, exchanges, used) in [
                    (&masthead, &ours, &mut pair.masthead),
                    (&fixed, &theirs, &mut pair.fixed),
                ] {
                    let load = Load::run(server.address, exchanges, *connections, time);
                    used.add(scene.meter.watch(server.process, load).await?);
                }
            }
            pair.hold(hot, *connections, scene);
            match hot.kind {
                Kind::Get => drop(whole.insert(connections, pair.fixed.load.per_second())),
                Kind::NotModified if *connections == scene.judged() => {
                    let ours = pair.masthead.load.per_second();
                    let of_whole = whole.get(connections).map(|fixed| ours / fixed);
                    let what = "hot, 304: requests/s, of fixed with the whole answer";
                    let wanted = Bar::AtLeast(hot.kind.wanted());
                    scene.bars.hold(what, wanted, hot.name, of_whole);
                }
                _ => {}
            }
            table.push(pair.row(hot, *connections));
        }
    }
    table.say()
}

/// A question in one of the ways to ask it, with its answer.
struct Hot {
    kind: Kind,
    name: &'static str,
    path: &'static str,
    /// The body of a POST, else what is behind the path.
    asked: String,
    headers: String,
    status: u16,
    fixed: Fixed,
}

impl Hot {
    async fn of(
        kind: Kind,
        name: &'static str,
        (path, asked): (&'static str, String),
        client: &mut Connection,
    ) -> anyhow::Result<Self> {
        let mut hot = Self {
            kind,
            name,
            path,
            asked,
            headers: match kind {
                Kind::Brotli => "accept-encoding: br\r\n".to_owned(),
                _ => String::new(),
            },
            status: 200,
            fixed: Fixed::default(),
        };
        if kind == Kind::NotModified {
            client.send(&hot.request(path)).await?;
            let reply = client.send(&hot.request(path)).await?;
            let etag = reply.header("etag").to_owned();
            ensure!(!etag.is_empty(), "{name} has no validator");
            hot.headers = format!("if-none-match: {etag}\r\n");
            hot.fixed.etag = etag;
            hot.status = 304;
        }
        // The first fills the cache, the second is what all others are.
        client.send(&hot.request(path)).await?;
        let reply = client.send(&hot.request(path)).await?;
        ensure!(
            reply.status == hot.status,
            "{name}: status {}",
            reply.status
        );
        let status = reply.header("cache-status");
        ensure!(status.contains("hit"), "{name}: {status}");
        let coding = reply.header("content-encoding").to_owned();
        // A short answer is left as it is.
        ensure!(
            coding.is_empty() || kind == Kind::Brotli,
            "{name} has the coding {coding:?}"
        );
        hot.fixed.coding = coding;
        hot.fixed.body = Bytes::copy_from_slice(reply.body);
        Ok(hot)
    }

    /// The request to a path.
    fn request(&self, path: &str) -> Bytes {
        match self.kind {
            Kind::Post => post(path, &self.asked),
            _ => get(&self.headers, &format!("{path}?{}", self.asked)),
        }
    }

    fn exchange(&self, path: &str) -> Exchange {
        Exchange::new(self.request(path), self.status, self.fixed.body.clone())
    }
}

const HEADS: [&str; 14] = [
    "question",
    "asked by",
    "connections",
    "answer, kB",
    "requests/s",
    "fixed: requests/s",
    "of fixed",
    "CPU, µs",
    "fixed: CPU, µs",
    "of fixed, by CPU",
    "p99, ms",
    "fixed: p99, ms",
    "client, cores",
    "others, cores",
];

/// What one way to ask took of both servers.
#[derive(Default)]
struct Pair {
    masthead: Used,
    fixed: Used,
}

impl Pair {
    /// The share of the fixed server's requests/s.
    fn of_fixed(&self) -> f64 {
        self.masthead.load.per_second() / self.fixed.load.per_second()
    }

    /// The same, if the server's CPU were all that limits both.
    fn of_fixed_by_cpu(&self) -> Option<f64> {
        ratio(self.fixed.server(), self.masthead.server())
    }

    fn hold(&mut self, hot: &Hot, connections: usize, scene: &mut Scene<'_>) {
        if connections != scene.judged() {
            return;
        }
        let (name, wanted) = (hot.kind.name(), Bar::AtLeast(hot.kind.wanted()));
        let bars = &mut scene.bars;
        let of_fixed = Some(self.of_fixed());
        let what = format!("hot, {name}: requests/s, of fixed");
        bars.hold(&what, wanted, hot.name, of_fixed);
        let what = format!("hot, {name}: the same by CPU");
        bars.hold(&what, wanted, hot.name, self.of_fixed_by_cpu());
        let [ours, theirs] = [&mut self.masthead, &mut self.fixed]
            .map(|used| Some(used.load.within(99).as_secs_f64()));
        let what = format!("hot, {name}: p99, times fixed");
        bars.hold(&what, Bar::AtMost(2.0), hot.name, ratio(ours, theirs));
    }

    fn row(mut self, hot: &Hot, connections: usize) -> Vec<String> {
        let tenths = |value: Option<f64>| figure(value.map(|value| format!("{value:.1}")));
        let hundredths = |value: Option<f64>| figure(value.map(|value| format!("{value:.2}")));
        vec![
            hot.name.to_owned(),
            hot.kind.name().to_owned(),
            connections.to_string(),
            format!("{:.1}", hot.fixed.body.len() as f64 / 1e3),
            format!("{:.0}", self.masthead.load.per_second()),
            format!("{:.0}", self.fixed.load.per_second()),
            format!("{:.2}", self.of_fixed()),
            tenths(self.masthead.server()),
            tenths(self.fixed.server()),
            hundredths(self.of_fixed_by_cpu()),
            milliseconds(self.masthead.load.within(99)),
            milliseconds(self.fixed.load.within(99)),
            tenths(self.masthead.client()),
            tenths(self.masthead.others()),
        ]
    }
}
