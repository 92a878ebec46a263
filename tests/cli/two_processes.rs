//! Two servers on one PostgreSQL: what one writes, the other shows.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use masthead::access::Role;
use masthead::database::Engine;
use serde_json::{Value, json};
use support::TestApp;
use support::seed::publication;

use super::Process;
use super::ask::{ask, change};

/// The longest that one may lag behind the other.
const LAG: Duration = Duration::from_secs(1);

#[tokio::test]
async fn each_of_two_servers_shows_what_the_other_wrote_within_a_second() {
    TestApp::on_each_engine(async |app| {
        if app.engine() != Engine::Postgres {
            return;
        }
        app.seed(publication()).await;
        let key = app.make_key("chief", Role::Admin, &[]).await;
        let servers = [(); 2].map(|()| Process::serve(&["--database-url", app.url()]));
        let (one, other) = (servers[0].address, servers[1].address);

        for (number, (writer, reader)) in [(one, other), (other, one)].into_iter().enumerate() {
            let name = ["Water", "Roads"][number];
            let input = json!({"translations": [{"locale": "en", "name": name}]});
            change(writer, &key, "topicCreate", &input, "topic { id }");
            let query = format!(
                "{{ topic(by: {{slug: \"{}\"}}) {{ name }} }}",
                name.to_lowercase()
            );
            shows(reader, &query, |data| data["topic"]["name"] == name);
        }
        for (number, (writer, reader)) in [(one, other), (other, one)].into_iter().enumerate() {
            let tag = ["lt", "pl"][number];
            let locales = "{ publication { version locales { tag } } }";
            let version =
                &ask(writer, None, locales, &json!({})).unwrap()["data"]["publication"]["version"];
            let input = json!({"expectedVersion": version, "tag": tag});
            change(
                writer,
                &key,
                "publicationLocaleAdd",
                &input,
                "publication { version }",
            );
            shows(reader, locales, |data| {
                data["publication"]["locales"][3 + number]["tag"] == tag
            });
            // Also where a locale that the publication lacks is an error.
            let topics = format!("{{ topics(locales: [{tag}]) {{ totalCount }} }}");
            shows(reader, &topics, |data| data["topics"]["totalCount"] == 0);
        }
    })
    .await;
}

/// Ask until the answer is as it should be: no question is in vain that is
/// asked when the lag is over.
fn shows(server: SocketAddr, query: &str, is_right: impl Fn(&Value) -> bool) {
    let written = Instant::now();
    loop {
        let asked = written.elapsed();
        let answer = ask(server, None, query, &json!({})).unwrap();
        if is_right(&answer["data"]) {
            return;
        }
        assert!(asked < LAG, "after {asked:?}: {answer}");
    }
}
