//! The app that keeps the week's issue, and asks by trusted documents alone.

use std::fs;

use masthead::access::Role;
use serde_json::json;

use super::sample;
use super::workshop::Workshop;
use crate::cli::ask::change;
use crate::cli::{Process, Said};

const MANIFEST: &str = "mobile/src/generated/persisted-documents.json";
const FIRST: &str = "Паводка ўжо тут, толькі яна пакуль снег";
const EDITED: &str = "Паводка прыйшла";

#[tokio::test]
async fn the_app_shows_what_is_new_and_while_the_server_is_gone_what_it_kept() {
    let Some(workshop) = Workshop::open() else {
        return;
    };
    workshop.npm("mobile", "build");
    let app = sample().await;
    let key = app.make_key("desk", Role::Publisher, &[]).await;
    let manifest = workshop.path(MANIFEST).display().to_string();
    let server = Process::serve(&[
        "--database-url",
        app.url(),
        "--documents-path",
        &manifest,
        "--documents-mode",
        "trusted",
    ]);
    let phone = Phone::of(&workshop, &server);

    let first = phone.shows(&[]);
    assert!(first.contains("(new)"), "{first}");
    assert!(first.contains(&format!("1 ↘ {FIRST}\n")), "{first}");
    assert!(
        first.contains("4 → Брикет подорожал, печь — нет [ru]\n"),
        "{first}"
    );
    let again = phone.shows(&[]);
    assert_eq!(again, first.replace("(new)", "(nothing new)"));

    // The texts come two at a time, and no sooner than they are read.
    assert_eq!(phone.keeps(), 1);
    assert!(phone.shows(&["2"]).contains("(new)"));
    assert_eq!(phone.keeps(), 2);
    assert!(phone.shows(&["3"]).contains("(new)"));
    assert_eq!(phone.keeps(), 3);

    let found =
        app.query(r#"{ article(by: {slug: "pavodka-uzho-tut"}, locales: [be]) { id version } }"#);
    let article = found.await.expect_data()["article"].clone();
    let edit = json!({
        "article": article["id"],
        "locale": "be",
        "expectedVersion": article["version"],
        "title": EDITED,
    });
    change(
        server.address,
        &key,
        "articleTranslationUpdate",
        &edit,
        "article { id }",
    );
    let edited = phone.shows(&[]);
    assert_eq!(edited, first.replace(FIRST, EDITED));

    drop(server);
    let offline = phone.shows(&[]);
    let told = "(offline, UNREACHABLE: as it was ";
    let (before, after) = offline.split_once(told).unwrap();
    let (_, after) = after.split_once(")\n").unwrap();
    assert_eq!(format!("{before}(new)\n{after}"), edited);
    assert!(phone.shows(&["3"]).contains(told));
    let unread = phone.says(&["5"]);
    assert!(unread.starts_with("UNREACHABLE: "), "{unread}");
    app.end().await;
}

/// A device with the app, and a server that it asks.
struct Phone<'a> {
    workshop: &'a Workshop,
    server: String,
}

impl<'a> Phone<'a> {
    fn of(workshop: &'a Workshop, server: &Process) -> Self {
        Self {
            workshop,
            server: format!("http://{}/graphql", server.address),
        }
    }

    fn run(&self, arguments: &[&str]) -> Said {
        let all = [&["--server", &self.server], arguments].concat();
        self.workshop.node("mobile", &all)
    }

    /// What the app shows.
    fn shows(&self, arguments: &[&str]) -> String {
        let said = self.run(arguments);
        assert_eq!(said.status, 0, "{}", said.err);
        said.out
    }

    /// What it says where it can show nothing.
    fn says(&self, arguments: &[&str]) -> String {
        let said = self.run(arguments);
        assert_eq!(said.status, 1, "{}", said.out);
        said.err
    }

    /// How many answers it keeps.
    fn keeps(&self) -> usize {
        fs::read_dir(self.workshop.path("mobile/.shelf"))
            .unwrap()
            .count()
    }
}
