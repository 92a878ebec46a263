//! Answering what no cache holds, beside a server that gives the same answers
//! without work, and one that asks the database for them by hand-written SQL.

use std::sync::Arc;

use anyhow::ensure;
use async_graphql::Request;
use bytes::Bytes;
use masthead::graphql::context::Asker;
use serde_json::{Value, json};

use crate::bars::Bar;
use crate::client::{Connection, post};
use crate::fixed::{self, Fixed};
use crate::load::{Exchange, Load, UNLIKE};
use crate::meter::Used;
use crate::plain;
use crate::process::Server;
use crate::questions::{Cursors, Plain, QUESTIONS, Question, Ready};
use crate::scene::Scene;
use crate::search::terms;
use crate::table::{Table, figure, milliseconds, ratio, say};

/// The servers take turns, so that what else the machine does meets all.
pub(crate) const TURNS: u32 = 3;

/// Of so many requests the statements are counted: where an answer is empty
/// there are fewer.
const COUNTED: usize = 10;

/// Ask all questions at each number of connections.
///
/// # Errors
/// If an answer is not right, or a server does not start.
pub(crate) async fn measure(scene: &mut Scene<'_>) -> anyhow::Result<()> {
    let masthead = scene.masthead().await?;
    let by_sql = plain::start(&scene.place, scene.app.url()).await?;
    let mut client = Connection::open(masthead.address).await?;
    let cursors = Cursors::read(&mut client, scene.corpus).await?;
    let mut prepared = Vec::new();
    for (place, question) in QUESTIONS.iter().enumerate() {
        // One that was idle for long may be closed.
        let mut client = Connection::open(masthead.address).await?;
        let mut asked = Prepared::of(question, scene, &mut client, &cursors).await?;
        asked.ask_plainly(place, scene, &by_sql).await?;
        prepared.push(asked);
    }
    let answers: Vec<Fixed> = prepared.iter().flat_map(Prepared::fixed).collect();
    let fixed = fixed::start(&scene.place, &answers).await?;

    say("\nVaried questions, each asked as nobody asked before:\n")?;
    let mut table = Table::of(&HEADS);
    let mut first = 0;
    for asked in &prepared {
        let same = asked.of_fixed(first);
        first += same.len();
        for connections in &scene.options.connections {
            let mut three = Three::default();
            for _ in 0..TURNS {
                let time = scene.options.seconds / TURNS;
                for (server, exchanges, used, time) in [
                    (&masthead, &asked.exchanges, &mut three.masthead, time),
                    (&by_sql, &asked.plain, &mut three.by_sql, time),
                    (&fixed, &same, &mut three.fixed, time / 2),
                ] {
                    let load = Load::run(server.address, exchanges, *connections, time);
                    used.add(scene.meter.watch(server.process, load).await?);
                }
            }
            three.hold(asked, *connections, scene);
            table.push(three.row(asked, *connections));
        }
        asked.check_is_missed(&masthead).await?;
    }
    table.say()
}

/// A question's requests, with their answers.
pub(crate) struct Prepared {
    pub(crate) name: &'static str,
    pub(crate) exchanges: Arc<Vec<Exchange>>,
    ready: Vec<Ready>,
    bodies: Vec<String>,
    /// The same by hand-written SQL.
    plain: Arc<Vec<Exchange>>,
    statements: u64,
}

impl Prepared {
    /// Ask each once, for its answer.
    ///
    /// # Errors
    /// If an answer has errors.
    pub(crate) async fn of(
        question: &Question,
        scene: &Scene<'_>,
        client: &mut Connection,
        cursors: &Cursors,
    ) -> anyhow::Result<Self> {
        let ready = question.ready(scene.corpus, cursors);
        let bodies: Vec<String> = ready.iter().map(|one| unlike(question, one)).collect();
        let mut exchanges = Vec::new();
        for body in &bodies {
            let request = post("/graphql", body);
            let reply = client.send(&request).await?;
            reply.data()?;
            let answer = Bytes::copy_from_slice(reply.body);
            exchanges.push(Exchange::new(request, 200, answer));
        }
        let mut statements = 0;
        for one in ready.iter().take(COUNTED) {
            let alone: Request = serde_json::from_str(&one.body)?;
            let answer = scene.app.ask(alone, Asker::default()).await;
            statements = statements.max(answer.statements);
        }
        Ok(Self {
            name: question.name,
            exchanges: Arc::new(exchanges),
            ready,
            bodies,
            plain: Arc::default(),
            statements,
        })
    }

    /// Ask the same by hand-written SQL.
    ///
    /// # Errors
    /// If an answer holds other facts.
    async fn ask_plainly(
        &mut self,
        place: usize,
        scene: &Scene<'_>,
        by_sql: &Server,
    ) -> anyhow::Result<()> {
        let mut client = Connection::open(by_sql.address).await?;
        let mut exchanges = Vec::new();
        for (one, ours) in self.ready.iter().zip(self.exchanges.iter()) {
            let values = match &one.plain {
                Plain::Bound(values) => json!(values),
                Plain::Words(words) => json!(terms(scene.app.engine(), words)),
            };
            let request = post(&format!("/{place}"), &values.to_string());
            let reply = client.send(&request).await?;
            let data = reply.data()?;
            let ours: Value = serde_json::from_slice(&ours.answer)?;
            ensure!(
                plain::agree(&ours["data"], &data),
                "by hand-written SQL {values} is {data}, not {}",
                ours["data"]
            );
            let answer = Bytes::copy_from_slice(reply.body);
            exchanges.push(Exchange::new(request, 200, answer));
        }
        self.plain = Arc::new(exchanges);
        Ok(())
    }

    /// See that these questions are not answered from the response cache.
    async fn check_is_missed(&self, masthead: &Server) -> anyhow::Result<()> {
        let mut client = Connection::open(masthead.address).await?;
        let mut request = Vec::new();
        self.exchanges[0].write(&mut request);
        let reply = client.send(&request).await?;
        let status = reply.header("cache-status");
        ensure!(status.contains("fwd=miss"), "{}: {status}", self.name);
        Ok(())
    }

    fn fixed(&self) -> impl Iterator<Item = Fixed> {
        self.exchanges.iter().map(|exchange| Fixed {
            body: exchange.answer.clone(),
            ..Fixed::default()
        })
    }

    /// The same requests for the fixed server, which has the first of the
    /// answers under this number.
    fn of_fixed(&self, first: usize) -> Arc<Vec<Exchange>> {
        let requests = self.bodies.iter().zip(first..);
        let requests = requests.map(|(body, number)| post(&format!("/{number}"), body));
        let exchanges = requests.zip(self.exchanges.iter());
        let exchanges =
            exchanges.map(|(request, ours)| Exchange::new(request, 200, ours.answer.clone()));
        Arc::new(exchanges.collect())
    }

    fn kilobytes(&self) -> f64 {
        let answers = self.exchanges.iter().map(|exchange| exchange.answer.len());
        answers.sum::<usize>() as f64 / self.exchanges.len() as f64 / 1e3
    }
}

/// The body of a request that has a variable for which nobody asks: it makes
/// another question for the cache, and the same for the database.
pub(crate) fn unlike(question: &Question, ready: &Ready) -> String {
    let mut variables = ready.variables.clone();
    variables["unlike"] = json!(UNLIKE);
    json!({ "query": question.text, "variables": variables }).to_string()
}

const HEADS: [&str; 16] = [
    "question",
    "connections",
    "requests/s",
    "p50, ms",
    "p99, ms",
    "CPU, µs",
    "PostgreSQL, µs",
    "statements",
    "answer, kB",
    "SQL: requests/s",
    "SQL: CPU, µs",
    "SQL: PostgreSQL, µs",
    "CPU, times SQL",
    "fixed: CPU, µs",
    "CPU, times fixed",
    "others, cores",
];

/// What one question took of all servers.
#[derive(Default)]
struct Three {
    masthead: Used,
    by_sql: Used,
    fixed: Used,
}

impl Three {
    fn hold(&self, asked: &Prepared, connections: usize, scene: &mut Scene<'_>) {
        if connections == scene.judged() {
            let both = self.masthead.both();
            scene.varied.extend(both.map(|both| (asked.name, both)));
            scene.bars.hold(
                "varied: CPU of server and PostgreSQL, times hand-written SQL",
                Bar::AtMost(1.4),
                asked.name,
                ratio(both, self.by_sql.both()),
            );
        }
    }

    fn row(mut self, asked: &Prepared, connections: usize) -> Vec<String> {
        let whole = |value: Option<f64>| figure(value.map(|value| format!("{value:.0}")));
        let tenths = |value: Option<f64>| figure(value.map(|value| format!("{value:.1}")));
        let hundredths = |value: Option<f64>| figure(value.map(|value| format!("{value:.2}")));
        vec![
            asked.name.to_owned(),
            connections.to_string(),
            format!("{:.0}", self.masthead.load.per_second()),
            milliseconds(self.masthead.load.within(50)),
            milliseconds(self.masthead.load.within(99)),
            whole(self.masthead.server()),
            whole(self.masthead.postgres()),
            asked.statements.to_string(),
            format!("{:.1}", asked.kilobytes()),
            format!("{:.0}", self.by_sql.load.per_second()),
            whole(self.by_sql.server()),
            whole(self.by_sql.postgres()),
            hundredths(ratio(self.masthead.both(), self.by_sql.both())),
            tenths(self.fixed.server()),
            tenths(ratio(self.masthead.both(), self.fixed.server())),
            tenths(self.masthead.others()),
        ]
    }
}
