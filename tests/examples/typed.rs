//! The website that is written beforehand by a typed client.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use super::page::Page;
use super::workshop::Workshop;
use super::{file, sample};
use crate::cli::{Process, run};

#[test]
fn the_types_of_the_examples_are_those_of_the_schema_and_fit() {
    let Some(workshop) = Workshop::open() else {
        return;
    };
    for (example, made) in [
        ("website/typed", &["src/generated.ts"][..]),
        (
            "mobile",
            &[
                "src/generated/graphql.ts",
                "src/generated/gql.ts",
                "src/generated/persisted-documents.json",
            ],
        ),
    ] {
        workshop.npm(example, "check");

        workshop.npm(example, "codegen");

        for path in made {
            let path = format!("{example}/{path}");
            let anew = fs::read_to_string(workshop.path(&path)).unwrap();
            let hint = format!("{path} is not current: npm run codegen in examples/{example}");
            assert!(anew == file(&path), "{hint}");
        }
    }
}

#[tokio::test]
async fn the_site_has_a_page_for_each_thing_of_each_edition_that_leads_to_the_others() {
    let Some(workshop) = Workshop::open() else {
        return;
    };
    let app = sample().await;
    let server = Process::serve(&["--database-url", app.url()]);

    let site = write(&workshop, &server);

    let mut pages = BTreeMap::new();
    read(&site, "", &mut pages);
    assert_eq!(pages.len(), 12, "two issues, nine articles, the front page");
    for (path, page) in &pages {
        page.only("h1");
        let facts: Value = serde_json::from_str(&page.only("script").text).unwrap();
        assert_eq!(facts["@context"], "https://schema.org", "{path}");
        let linked = page.all("a").filter_map(|link| link.attribute("href"));
        for href in linked.filter(|href| href.starts_with('/')) {
            assert!(pages.contains_key(href), "{path} links to {href}");
        }
        for (_, alternate) in alternates(page) {
            assert!(pages.contains_key(&alternate), "{path}: {alternate}");
        }
    }
    let english = &pages["/en/issues/2021-w09"];
    assert_eq!(english.only("html").attribute("lang"), Some("en"));
    assert_eq!(english.only("h1").text, "Before the water rises");
    assert_eq!(
        alternates(english),
        [
            ("en", "/en/issues/2021-w09"),
            ("be", "/be/issues/2021-w09"),
            ("x-default", "/en/issues/2021-w09"),
        ]
        .map(|(language, path)| (language.to_owned(), path.to_owned()))
    );
    let served = |page: &Page| -> Vec<String> {
        let articles = page.all("article");
        articles
            .filter_map(|article| article.attribute("lang").map(str::to_owned))
            .collect()
    };
    assert_eq!(served(english), ["en"; 4]);
    let mixed = &pages["/be/issues/2021-w09"];
    assert_eq!(served(mixed), ["be", "be", "be", "ru", "be"]);
    let russian = &pages["/ru/economy/briket-podorozhal-pech-net"];
    assert_eq!(russian.only("html").attribute("lang"), Some("be"));
    assert_eq!(russian.only("h1").text, "Брикет подорожал, печь — нет");
    app.end().await;
}

/// Write the site of what a server has; where it is.
pub(super) fn write(workshop: &Workshop, server: &Process) -> PathBuf {
    workshop.npm("website/typed", "build");
    let mut node = Command::new("node");
    let said = run(node
        .arg("build/main.js")
        .current_dir(workshop.path("website/typed"))
        .env("MASTHEAD", format!("http://{}/graphql", server.address)));
    assert_eq!(said.status, 0, "{}", said.err);
    workshop.path("website/typed/dist")
}

/// The pages below a folder, by their paths.
fn read(folder: &Path, path: &str, pages: &mut BTreeMap<String, Page>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        if entry.path().is_dir() {
            read(&entry.path(), &format!("{path}/{name}"), pages);
        } else if name == "index.html" {
            let page = Page::read(&fs::read_to_string(entry.path()).unwrap());
            let path = if path.is_empty() { "/" } else { path };
            pages.insert(path.to_owned(), page);
        }
    }
}

/// In which languages a page says that there is another, and at which paths.
fn alternates(page: &Page) -> Vec<(String, String)> {
    page.all("link")
        .filter_map(|link| {
            let language = link.attribute("hreflang")?;
            let path = link
                .attribute("href")?
                .strip_prefix("https://example.org")?;
            Some((language.to_owned(), path.to_owned()))
        })
        .collect()
}

#[test]
fn the_client_waits_as_it_is_told_and_tells_faults_by_their_codes() {
    let Some(workshop) = Workshop::open() else {
        return;
    };
    workshop.npm("website/typed", "build");

    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/client.mjs");
    let mut node = Command::new("node");
    let said = run(node
        .arg(script)
        .arg(workshop.path("website/typed/build"))
        .current_dir(workshop.path("")));

    assert_eq!(said.status, 0, "{}", said.err);
    let seen: Value = serde_json::from_str(&said.out).unwrap();
    let answer = json!({ "data": { "latestIssue": null }, "asked": 2 });
    assert_eq!(
        seen,
        json!({
            "busy, then answered": answer,
            "not changed": { "data": { "latestIssue": null }, "asked": 1 },
            "an error beside data": { "code": "UNKNOWN_LOCALE", "asked": 1 },
            "busy for an hour": { "code": "RATE_LIMITED", "asked": 1 },
            "unavailable throughout": { "code": "DATABASE_UNAVAILABLE", "asked": 3 },
            "a proxy's page": { "code": "UNREACHABLE", "asked": 1 },
            "JSON of something else": { "code": "UNREACHABLE", "asked": 1 },
            "gone": { "code": "UNREACHABLE", "asked": 0 },
        })
    );
}
