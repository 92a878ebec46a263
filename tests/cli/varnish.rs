//! Varnish, as `examples/varnish` has it, in front of two servers on one
//! PostgreSQL: a publication is seen through it at once, and nothing else is
//! forgotten.
//!
//! Where Varnish is not installed, the test says so and ends, which
//! `MASTHEAD_TEST_REQUIRE_VARNISH=1` makes a failure.

use std::fs::{File, read_to_string, write};
use std::io::{Read, Result, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::yield_now;
use std::time::{Duration, Instant};

use masthead::access::Role;
use masthead::database::Engine;
use masthead::graphql::id::encode;
use serde_json::{Value, json};
use support::seed::{article, issue};
use support::{TestApp, bound, cluster};
use tempfile::TempDir;

use super::Process;
use super::ask::change;

/// The longest that Varnish may lag behind a publication.
const LAG: Duration = Duration::from_secs(1);

/// How long it is waited for what comes in its own time.
const PATIENCE: Duration = Duration::from_secs(30);

#[tokio::test]
async fn a_publication_is_seen_through_varnish_within_a_second_and_nothing_else_is_forgotten() {
    let Some(varnishd) = varnishd() else {
        return;
    };
    if !cluster::engines().contains(&Engine::Postgres) {
        return;
    }
    let app = TestApp::on(Engine::Postgres).await;
    app.seed(
        issue(1).with([
            article("ice").topic("water").title("en", "Ice"),
            article("thaw")
                .topic("water")
                .title("en", "Thaw")
                .draft("en"),
            article("gravel").topic("roads").title("en", "Gravel"),
        ]),
    )
    .await;
    app.seed(issue(2).with(article("tar").topic("roads"))).await;
    let key = app.make_key("chief", Role::Admin, &[]).await;
    // Varnish listens there too; nobody else is given the port until then.
    let reserved = bound(([127, 0, 0, 1], 0).into());
    let port = reserved.local_addr().unwrap().port();
    let purged = format!("http://127.0.0.1:{port}");
    let options = ["--database-url", app.url(), "--purge-varnish", &purged];
    let servers = [(); 2].map(|()| Process::serve(&options));
    let varnish = Varnish::start(
        &varnishd,
        port,
        servers.each_ref().map(|server| server.address),
    );
    let changed = [
        r#"{ topic(by: {slug: "water"}, locales: [en]) { articles { nodes { title } } } }"#,
        "{ issue(by: {number: 1}, locales: [en]) { articles { nodes { title } } } }",
        "{ articles(locales: [en]) { nodes { title } } }",
        r#"{ article(by: {slug: "thaw"}, locales: [en]) { title } }"#,
    ];
    let unchanged = [
        r#"{ topic(by: {slug: "roads"}, locales: [en]) { articles { nodes { title } } } }"#,
        "{ issue(by: {number: 2}, locales: [en]) { articles { nodes { title } } } }",
        r#"{ article(by: {slug: "ice"}, locales: [en]) { title issue { number } topic { name } } }"#,
        "{ latestIssue(locales: [en]) { number title } }",
        "{ topics(locales: [en]) { nodes { name } } }",
        "{ publication { timeZone } }",
    ];
    for query in changed.iter().chain(&unchanged) {
        let first = varnish.ask(query);
        let again = varnish.ask(query);
        assert_eq!((&*first.cache, &*again.cache), ("miss", "hit"), "{query}");
        assert_eq!(first.body, again.body);
        assert!(!again.body.to_string().contains("Thaw"), "{query}");
    }

    let before = varnish.bans();
    // Nothing of the first two steps is seen by readers.
    for (version, step) in [(1, "Submit"), (2, "Approve"), (3, "Publish")] {
        let input = json!({
            "article": encode("Article", 2), "locale": "en", "expectedVersion": version,
        });
        let name = format!("articleTranslation{step}");
        change(servers[0].address, &key, &name, &input, "article { id }");
    }

    let published = Instant::now();
    for query in changed {
        let answer = varnish.shows(query, published, "Thaw");
        assert_eq!(answer.cache, "miss", "{query}");
    }
    for query in unchanged {
        assert_eq!(varnish.ask(query).cache, "hit", "{query}");
    }
    // Each of the two tells, and each tells again: what is fresh is fetched anew,
    // and what has nothing to do with it stays.
    varnish.is_told(before + 4);
    for query in unchanged {
        assert_eq!(varnish.ask(query).cache, "hit", "{query}");
    }
    for query in changed {
        varnish.shows(query, Instant::now(), "Thaw");
        assert_eq!(varnish.ask(query).cache, "hit", "{query}");
    }
    drop((varnish, servers));
    app.end().await;
}

/// An answer as it came through Varnish.
struct Answer {
    /// `hit` or `miss`.
    cache: String,
    body: Value,
}

/// A Varnish that runs.
struct Varnish {
    child: Child,
    address: SocketAddr,
    folder: TempDir,
}

impl Varnish {
    /// Start one on this port, by the example, and wait until both servers are
    /// well.
    fn start(program: &Path, port: u16, servers: [SocketAddr; 2]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("masthead.vcl");
        write(&file, configured(servers)).unwrap();
        let address = SocketAddr::from(([127, 0, 0, 1], port));
        let child = Command::new(program)
            .args(["-F", "-j", "none", "-s", "malloc,16m", "-a"])
            .arg(address.to_string())
            .arg("-n")
            .arg(folder.path().join("varnish"))
            .arg("-f")
            .arg(&file)
            .stdin(Stdio::null())
            .stdout(File::create(folder.path().join("out")).unwrap())
            .stderr(File::create(folder.path().join("log")).unwrap())
            .spawn()
            .unwrap();
        let varnish = Self {
            child,
            address,
            folder,
        };
        let begun = Instant::now();
        while !varnish
            .get("/livez")
            .is_ok_and(|answer| answer.contains(" 200 "))
        {
            let log = read_to_string(varnish.folder.path().join("log")).unwrap();
            assert!(begun.elapsed() < PATIENCE, "{log}");
            yield_now();
        }
        varnish
    }

    fn ask(&self, query: &str) -> Answer {
        let query: String = url::form_urlencoded::byte_serialize(query.as_bytes()).collect();
        let answer = self.get(&format!("/graphql?query={query}")).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let header = |name: &str| {
            let lines = head.lines().filter_map(|line| line.split_once(": "));
            let mut named = lines.filter(|(other, _)| other.eq_ignore_ascii_case(name));
            named.next().map(|(_, value)| value.to_owned())
        };
        for name in ["surrogate-key", "cache-tag", "cdn-cache-control", "age"] {
            assert_eq!(header(name), None, "it is not for clients");
        }
        let cache_control = header("cache-control").unwrap();
        assert!(cache_control.starts_with("public, max-age="), "{answer}");
        Answer {
            cache: header("x-cache").unwrap(),
            body: serde_json::from_str(body).unwrap(),
        }
    }

    /// Ask until the answer has this text in it: no question is in vain that is
    /// asked when the lag is over.
    fn shows(&self, query: &str, published: Instant, text: &str) -> Answer {
        loop {
            let asked = published.elapsed();
            let answer = self.ask(query);
            if answer.body.to_string().contains(text) {
                return answer;
            }
            assert!(asked < LAG, "after {asked:?}: {query}: {}", answer.body);
        }
    }

    /// How many bans have come in.
    fn bans(&self) -> u64 {
        let name = self.folder.path().join("varnish");
        let mut command = Command::new("varnishstat");
        command
            .args(["-1", "-f", "MAIN.bans_added", "-n"])
            .arg(name);
        let shown = String::from_utf8(command.output().unwrap().stdout).unwrap();
        let count = shown.split_whitespace().nth(1);
        count.unwrap().parse().unwrap()
    }

    /// Wait until as many bans have come in.
    fn is_told(&self, count: u64) {
        let begun = Instant::now();
        while self.bans() < count {
            assert!(begun.elapsed() < PATIENCE);
            yield_now();
        }
    }

    fn get(&self, path: &str) -> Result<String> {
        let request = format!(
            "GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\
             accept: application/json\r\n\r\n"
        );
        let mut stream = TcpStream::connect(self.address)?;
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        stream.write_all(request.as_bytes())?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    }
}

impl Drop for Varnish {
    fn drop(&mut self) {
        // Its own child ends with it.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// The example, with these servers in it.
fn configured([one, other]: [SocketAddr; 2]) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/varnish/default.vcl");
    let example = read_to_string(file).unwrap();
    for line in [
        "# backend other {",
        "# masthead_processes.add_backend(other);",
        "\"8000\"",
        "\"8001\"",
    ] {
        assert_eq!(example.matches(line).count(), 1, "{line}");
    }
    example
        .replace("# backend other {", "backend other {")
        .replace("# masthead_processes.", "masthead_processes.")
        .replace("\"8000\"", &format!("\"{}\"", one.port()))
        .replace("\"8001\"", &format!("\"{}\"", other.port()))
}

/// Where Varnish is; `None`: it is not installed.
fn varnishd() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path).chain(["/usr/sbin".into()]);
    let found = folders
        .map(|folder| folder.join("varnishd"))
        .find(|file| file.exists());
    let required = std::env::var_os("MASTHEAD_TEST_REQUIRE_VARNISH");
    if found.is_none() {
        let is_required = required.is_some_and(|value| !value.is_empty() && value != "0");
        assert!(!is_required, "Varnish is not installed");
        let text = "this run leaves Varnish out: it is not installed";
        drop(writeln!(std::io::stderr(), "\n{text}\n"));
    }
    found
}
