//! Answering, beside a server that gives the same answers without work.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use async_graphql::Request;
use bytes::Bytes;
use masthead::database::Engine;
use masthead::graphql::context::Asker;
use sea_orm::ConnectionTrait;
use support::TestApp;

use crate::client::{Connection, answered, request};
use crate::corpus::Corpus;
use crate::fixed;
use crate::load::{Exchange, Load};
use crate::meter::{Meter, Used};
use crate::options::Options;
use crate::process::Server;
use crate::questions::{Cursors, QUESTIONS, Question};
use crate::table::{Table, figure, megabytes, milliseconds, say};
use crate::usage;

/// The two servers take turns, so that what else the machine does meets both.
const TURNS: u32 = 3;

/// Of so many requests the statements are counted: where an answer is empty
/// there are fewer.
const COUNTED: usize = 10;

pub(crate) const LEGEND: &str = "
Each question is asked with 200 sets of values in turn, over kept connections; every answer is \
compared with one that was seen to be without errors. *Fixed* is an axum server that reads the same \
request and gives the same bytes; the two take turns. *CPU* is a request's share of what the server \
has computed, and PostgreSQL where it runs here; *CPU, times fixed* is both together against the \
fixed server. *Statements* are the most that one request took. *Others* is how many cores worked for \
anything else meanwhile, the kernel's interrupts included: the more, the less the times tell, while \
CPU and ratios stay of use. One thread asks: at many connections the fixed server's requests/s may be \
the client's limit.";

/// Ask all questions at each number of connections.
///
/// # Errors
/// If an answer is not right, or a server does not start.
pub(crate) async fn measure(
    app: &TestApp,
    options: &Options,
    corpus: &Corpus,
    folder: &Path,
) -> anyhow::Result<()> {
    let masthead = Server::masthead(folder, app.url()).await?;
    let idle = usage::resident(masthead.process);
    let mut client = Connection::open(masthead.address).await?;
    let cursors = Cursors::read(&mut client, corpus).await?;
    let mut asked = Vec::new();
    for question in &QUESTIONS {
        asked.push(Prepared::of(question, app, &mut client, corpus, &cursors).await?);
    }
    let answers: Vec<Bytes> = asked.iter().flat_map(Prepared::answers).collect();
    let fixed = fixed::start(folder, &answers).await?;

    describe(app).await?;
    let meter = Meter::of(&masthead, &fixed, app);
    let mut table = Table::of(&HEADS);
    let mut first = 0;
    for prepared in &asked {
        let same = prepared.of_fixed(first);
        first += same.len();
        for connections in &options.connections {
            let mut pair = Pair::default();
            for _ in 0..TURNS {
                let time = options.seconds / TURNS;
                let load = Load::run(masthead.address, &prepared.exchanges, *connections, time);
                pair.masthead.add(meter.watch(load).await?);
                let load = Load::run(fixed.address, &same, *connections, time / 2);
                pair.fixed.add(meter.watch(load).await?);
            }
            table.push(pair.row(prepared, *connections));
        }
    }
    table.say()?;
    say(format_args!(
        "\nThe server's resident memory: {} MB when it had started, {} MB after all this.",
        megabytes(idle),
        megabytes(usage::resident(masthead.process)),
    ))
}

/// Which PostgreSQL answers, and with what that matters here.
async fn describe(app: &TestApp) -> anyhow::Result<()> {
    if app.engine() != Engine::Postgres {
        return say("");
    }
    let sql = "SELECT format('PostgreSQL %s, shared_buffers %s, fsync %s',
        current_setting('server_version'), current_setting('shared_buffers'), current_setting('fsync')) AS about";
    let reader = app.database().reader();
    let statement = sea_orm::Statement::from_string(app.engine().backend(), sql);
    let row = reader.query_one_raw(statement).await?;
    let about: Option<String> = row.map(|row| row.try_get("", "about")).transpose()?;
    say(format_args!("\n{}.\n", about.unwrap_or_default()))
}

/// A question's requests, with their answers.
struct Prepared {
    name: &'static str,
    exchanges: Arc<Vec<Exchange>>,
    bodies: Vec<String>,
    statements: u64,
}

impl Prepared {
    async fn of(
        question: &Question,
        app: &TestApp,
        client: &mut Connection,
        corpus: &Corpus,
        cursors: &Cursors,
    ) -> anyhow::Result<Self> {
        let bodies = question.bodies(corpus, cursors);
        let mut exchanges = Vec::new();
        for body in &bodies {
            let request = request("/graphql", body);
            let answer = Bytes::copy_from_slice(client.send(&request).await?);
            answered(&answer)?;
            exchanges.push(Exchange { request, answer });
        }
        let mut statements = 0;
        for body in bodies.iter().take(COUNTED) {
            let alone: Request = serde_json::from_str(body)?;
            statements = statements.max(app.ask(alone, Asker::default()).await.statements);
        }
        Ok(Self {
            name: question.name,
            exchanges: Arc::new(exchanges),
            statements,
            bodies,
        })
    }

    fn answers(&self) -> impl Iterator<Item = Bytes> {
        self.exchanges
            .iter()
            .map(|exchange| exchange.answer.clone())
    }

    /// The same requests for the fixed server, which has the first of the
    /// answers under this number.
    fn of_fixed(&self, first: usize) -> Arc<Vec<Exchange>> {
        let requests = self.bodies.iter().zip(first..);
        let requests = requests.map(|(body, number)| request(&format!("/{number}"), body));
        let exchanges = requests.zip(self.answers());
        let exchanges = exchanges.map(|(request, answer)| Exchange { request, answer });
        Arc::new(exchanges.collect())
    }

    fn kilobytes(&self) -> f64 {
        let bytes: usize = self.answers().map(|answer| answer.len()).sum();
        bytes as f64 / self.exchanges.len() as f64 / 1e3
    }
}

const HEADS: [&str; 14] = [
    "question",
    "connections",
    "requests/s",
    "p50, ms",
    "p99, ms",
    "CPU, µs",
    "PostgreSQL, µs",
    "statements",
    "answer, kB",
    "fixed: requests/s",
    "fixed: CPU, µs",
    "requests/s, of fixed",
    "CPU, times fixed",
    "others, cores",
];

/// What one question took of both servers.
#[derive(Default)]
struct Pair {
    masthead: Used,
    fixed: Used,
}

impl Pair {
    fn row(mut self, prepared: &Prepared, connections: usize) -> Vec<String> {
        let per_request = |time: Option<Duration>, load: &Load| {
            time.map(|time| time.as_secs_f64() * 1e6 / load.times.len().max(1) as f64)
        };
        let server = per_request(self.masthead.masthead, &self.masthead.load);
        let postgres = per_request(self.masthead.postgres, &self.masthead.load);
        let fixed = per_request(self.fixed.fixed, &self.fixed.load);
        let times = server
            .zip(fixed)
            .map(|(server, fixed)| (server + postgres.unwrap_or_default()) / fixed);
        let (answered, given) = (
            self.masthead.load.per_second(),
            self.fixed.load.per_second(),
        );
        let whole = |value: Option<f64>| figure(value.map(|value| format!("{value:.0}")));
        vec![
            prepared.name.to_owned(),
            connections.to_string(),
            format!("{answered:.0}"),
            milliseconds(self.masthead.load.within(50)),
            milliseconds(self.masthead.load.within(99)),
            whole(server),
            whole(postgres),
            prepared.statements.to_string(),
            format!("{:.1}", prepared.kilobytes()),
            format!("{given:.0}"),
            figure(fixed.map(|fixed| format!("{fixed:.1}"))),
            format!("{:.1} %", 100.0 * answered / given),
            figure(times.map(|times| format!("{times:.1}"))),
            figure(self.masthead.others().map(|cores| format!("{cores:.1}"))),
        ]
    }
}
