//! PostgreSQL goes away under a server that runs, and comes back.

use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::SocketAddr;
use std::thread;
use std::time::{Duration, Instant};

use masthead::database::Engine;
use serde_json::json;
use support::TestApp;
use support::seed::{article, issue};
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream, UnixStream};
use tokio::runtime::Builder;
use tokio::sync::watch;
use tokio::task::JoinSet;
use url::Url;

use super::Process;

/// The longest that a server may take to notice, either way.
const PATIENCE: Duration = Duration::from_secs(20);

/// Stands between a server and its database, and can be cut.
struct Line {
    address: SocketAddr,
    state: watch::Sender<State>,
}

/// What a line does with what comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Pass it on.
    Whole,
    /// End it.
    Cut,
    /// Take it in, and say nothing.
    Silent,
}

impl Line {
    /// A line to the database of `url`, on a thread of its own: who asks a
    /// server here does so by blocking.
    fn to(url: Url) -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap();
        let (state, watched) = watch::channel(State::Whole);
        thread::spawn(move || {
            let runtime = Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(stand_between(listener, &url, watched));
        });
        Self { address, state }
    }

    fn becomes(&self, state: State) {
        self.state.send_replace(state);
    }
}

/// Until the line is dropped.
async fn stand_between(
    listener: std::net::TcpListener,
    url: &Url,
    mut state: watch::Receiver<State>,
) {
    let listener = TcpListener::from_std(listener).unwrap();
    let mut open = JoinSet::new();
    loop {
        tokio::select! {
            changed = state.changed() => {
                if changed.is_err() {
                    return;
                }
                // Whatever was open is dropped on both sides.
                open.shutdown().await;
            }
            accepted = listener.accept() => {
                let (client, _) = accepted.unwrap();
                let now = *state.borrow();
                match now {
                    State::Whole => drop(open.spawn(pass_on(client, url.clone()))),
                    State::Silent => drop(open.spawn(hold(client))),
                    State::Cut => drop(client),
                }
            }
        }
    }
}

/// Until the line is something else.
async fn hold(client: TcpStream) {
    std::future::pending::<()>().await;
    drop(client);
}

/// Until either side is gone.
async fn pass_on(mut client: TcpStream, url: Url) {
    let parameters: HashMap<_, _> = url.query_pairs().collect();
    let port = parameters
        .get("port")
        .map_or_else(|| url.port().unwrap_or(5432), |port| port.parse().unwrap());
    let done = match parameters.get("host") {
        Some(folder) => {
            let mut server = UnixStream::connect(format!("{folder}/.s.PGSQL.{port}"))
                .await
                .unwrap();
            copy_bidirectional(&mut client, &mut server).await
        }
        None => {
            let host = url.host_str().unwrap();
            let mut server = TcpStream::connect((host, port)).await.unwrap();
            copy_bidirectional(&mut client, &mut server).await
        }
    };
    // It ends in whatever way.
    drop(done);
}

/// The head and the body of an answer, and how long it took.
fn ask(server: SocketAddr, query: &str) -> (String, Duration) {
    let body = json!({ "query": query }).to_string();
    let request = format!(
        "POST /graphql HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let asked = Instant::now();
    let mut stream = std::net::TcpStream::connect(server).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    (answer.to_ascii_lowercase(), asked.elapsed())
}

/// Ask for what was not asked before until it is answered with `status`.
fn comes_to(server: SocketAddr, status: &str) -> String {
    let began = Instant::now();
    for number in 0.. {
        let (answer, _) = ask(
            server,
            &format!("{{ a{number}: latestIssue {{ number }} }}"),
        );
        if answer.starts_with(&format!("http/1.1 {status}")) {
            return answer;
        }
        assert!(began.elapsed() < PATIENCE, "{answer}");
    }
    unreachable!("it is asked for ever")
}

/// Ask for what was not asked before until that is refused at once, and not for
/// a connection that has just broken.
fn noticed(server: SocketAddr) {
    let began = Instant::now();
    let mut at_once = 0;
    for number in 0.. {
        let query = format!("{{ c{number}: latestIssue {{ number }} }}");
        let (_, took) = ask(server, &query);
        at_once = match took < Duration::from_secs(1) {
            true => at_once + 1,
            false => 0,
        };
        if at_once == 20 {
            return;
        }
        assert!(began.elapsed() < PATIENCE, "{took:?}");
    }
}

#[tokio::test]
async fn a_database_that_goes_and_comes_back_needs_no_restart() {
    TestApp::on_each_engine(async |app| {
        if app.engine() != Engine::Postgres {
            return;
        }
        app.seed(issue(1).with([article("one")])).await;
        let direct = Url::parse(app.url()).unwrap();
        let line = Line::to(direct.clone());
        let user = direct.query_pairs().find(|(name, _)| name == "user");
        let user = user.map_or(direct.username().to_owned(), |(_, user)| user.into_owned());
        let password = direct.password().unwrap_or_default();
        let (address, name) = (line.address, direct.path());
        let url = format!("postgres://{user}:{password}@{address}{name}");
        let server = Process::serve(&["--database-url", &url, "--database-busy-timeout", "2s"]);
        let known = "{ articles { nodes { slug } } }";
        let (before, _) = ask(server.address, known);
        assert!(before.starts_with("http/1.1 200"), "{before}");

        line.becomes(State::Cut);
        let refused = comes_to(server.address, "503");
        assert!(refused.contains("retry-after: "), "{refused}");
        assert!(
            refused.contains("\"code\":\"database_unavailable\""),
            "{refused}"
        );
        line.becomes(State::Silent);
        noticed(server.address);
        for number in 0..20 {
            let (new, took) = ask(
                server.address,
                &format!("{{ b{number}: latestIssue {{ number }} }}"),
            );
            assert!(new.starts_with("http/1.1 503"), "{new}");
            assert!(took < Duration::from_secs(1), "{took:?}");
            let (kept, took) = ask(server.address, known);
            assert!(kept.starts_with("http/1.1 200"), "{kept}");
            assert!(kept.contains("cache-status: masthead; hit"), "{kept}");
            assert!(took < Duration::from_secs(1), "{took:?}");
        }

        line.becomes(State::Whole);
        comes_to(server.address, "200");
        let (after, _) = ask(server.address, known);
        assert!(after.starts_with("http/1.1 200"), "{after}");
    })
    .await;
}
