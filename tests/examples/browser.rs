//! What the examples' pages show in a real Chromium.
//!
//! Playwright and axe are in the folder that `MASTHEAD_TEST_BROWSER` names, as
//! they are for the embed.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Map, Value, json};
use support::tools;

use super::workshop::Workshop;
use super::{folder, sample, typed};
use crate::cli::{Process, run};

/// A port that nothing listens on.
const NOBODY: &str = "http://127.0.0.1:9";

const ENGLISH: [&str; 4] = [
    "The flood is already here, only it is still snow",
    "The barrier comes down, and the ferry is in pieces",
    "Zhurauki keeps its school and loses its sign",
    "Spring is called in from the landing stage",
];
const MIXED: [&str; 5] = [
    "Паводка ўжо тут, толькі яна пакуль снег",
    "Шлагбаум апусціўся, а паром разабраны",
    "Жураўкі захавалі школу і страцілі шыльду",
    "Брикет подорожал, печь — нет",
    "Вясну гукаюць з прыстані",
];

#[tokio::test]
async fn the_plain_page_shows_issues_and_articles_in_both_editions() {
    let Some(tools) = browser() else {
        return;
    };
    let app = sample().await;
    let server = Process::serve(&["--database-url", app.url()]);
    let found = app.query(r#"{ article(by: {slug: "half-full-guest-houses"}) { id } }"#);
    let id = found.await.expect_data()["article"]["id"].clone();
    let id = id.as_str().unwrap();
    let page = |query: &str| {
        json!({
            "folder": folder().join("website/plain"),
            "masthead": format!("http://{}", server.address),
            "path": format!("/?{query}"),
            "ready": ["main h1", "#archive h2"],
        })
    };
    let mut gone = page("");
    gone["masthead"] = json!(NOBODY);
    gone["ready"] = json!(["main button"]);

    let seen = look(
        &tools,
        [
            ("english", page("edition=en")),
            ("mixed", page("edition=be-ru")),
            ("phone", on_a_phone(page("edition=be-ru"))),
            ("dark", in_the_dark(page("edition=en"))),
            ("untitled", page("edition=en&issue=425")),
            ("article", page(&format!("edition=be-ru&article={id}"))),
            ("missing", page("edition=en&issue=9")),
            ("gone", gone),
        ],
    );

    for (name, page) in &seen {
        assert_eq!(page["violations"], json!([]), "{name}");
        assert_eq!(page["scrolls"], json!(false), "{name} is too wide");
        if name != "gone" {
            assert_eq!(page["console"], json!([]), "{name}");
        }
    }
    let english = &seen["english"];
    assert_eq!(english["lang"], "en");
    assert_eq!(
        english["title"],
        "Before the water rises – Week on the Talva"
    );
    assert_eq!(
        english["titles"],
        titles("Before the water rises", &ENGLISH)
    );
    assert_eq!(english["languages"], json!(["en", "en", "en", "en"]));
    for name in ["mixed", "phone"] {
        let mixed = &seen[name];
        assert_eq!(mixed["lang"], "be");
        assert_eq!(mixed["titles"], titles("Пакуль вада не паднялася", &MIXED));
        assert_eq!(mixed["languages"], json!(["be", "be", "be", "ru", "be"]));
    }
    let text = |name: &str| seen[name]["text"].as_str().unwrap();
    assert!(
        text("mixed").contains("Без изменений"),
        "a trend is in its article's language"
    );
    assert_eq!(seen["untitled"]["titles"][0], "February 22 – 28, 2021");
    assert_eq!(seen["article"]["languages"], json!(["be"]));
    assert!(text("missing").contains("not in the edition"));
    assert!(text("gone").contains("UNREACHABLE"));
    assert_ne!(english["background"], seen["dark"]["background"]);
    app.end().await;
}

#[tokio::test]
async fn the_partners_page_shows_articles_under_its_strict_policy() {
    let Some(tools) = browser() else {
        return;
    };
    let app = sample().await;
    let server = Process::serve(&["--database-url", app.url()]);
    let shown = ["masthead-issue [part~=item]", "masthead-feed [part~=item]"];
    let page = |masthead: &str, ready: &[&str]| {
        json!({
            "folder": folder().join("partner"),
            "masthead": masthead,
            "path": "/",
            "ready": ready,
        })
    };
    let address = format!("http://{}", server.address);
    let mut scriptless = page(&address, &["main noscript"]);
    scriptless["window"] = json!({ "javaScriptEnabled": false });

    let seen = look(
        &tools,
        [
            ("light", page(&address, &shown)),
            ("phone", on_a_phone(page(&address, &shown))),
            ("dark", in_the_dark(page(&address, &shown))),
            ("scriptless", scriptless),
        ],
    );

    for name in ["light", "phone", "dark"] {
        let page = &seen[name];
        assert_eq!(page["console"], json!([]), "{name}");
        assert_eq!(page["violations"], json!([]), "{name}");
        assert_eq!(page["scrolls"], json!(false), "{name} is too wide");
        let titles = page["titles"].as_array().unwrap();
        assert_eq!(titles[0], "The week in the Lakeland", "{name}");
        assert_eq!(titles[1], "Пакуль вада не паднялася", "{name}");
        assert_eq!(titles[2..7], MIXED, "{name}");
        assert_eq!(titles[7], ENGLISH[0], "{name}");
        assert_eq!(titles.len(), 10, "{name}");
    }
    assert_ne!(seen["light"]["background"], seen["dark"]["background"]);
    let text = seen["scriptless"]["text"].as_str().unwrap();
    for told in ["Тыдзень на Талве", "Read them as a feed."] {
        assert!(text.contains(told), "{text}");
    }
    app.end().await;
}

#[tokio::test]
async fn the_written_pages_read_as_well_as_the_plain_one() {
    let Some((tools, workshop)) = browser().zip(Workshop::open()) else {
        return;
    };
    let app = sample().await;
    let server = Process::serve(&["--database-url", app.url()]);
    let site = typed::write(&workshop, &server);
    let page = |path: &str| {
        json!({
            "folder": site,
            "masthead": NOBODY,
            "path": path,
            "ready": ["main h1"],
        })
    };

    let seen = look(
        &tools,
        [
            ("front", page("/")),
            ("mixed", page("/be/issues/2021-w09")),
            ("phone", on_a_phone(page("/be/issues/2021-w09"))),
            ("dark", in_the_dark(page("/"))),
            ("article", page("/be/water/pavodka-uzho-tut")),
        ],
    );

    for (name, page) in &seen {
        assert_eq!(page["console"], json!([]), "{name}");
        assert_eq!(page["violations"], json!([]), "{name}");
        assert_eq!(page["scrolls"], json!(false), "{name} is too wide");
    }
    assert_eq!(
        seen["front"]["titles"],
        titles("Before the water rises", &ENGLISH)
    );
    assert_eq!(
        seen["mixed"]["titles"],
        titles("Пакуль вада не паднялася", &MIXED)
    );
    assert_eq!(seen["article"]["titles"][0], MIXED[0]);
    assert_ne!(seen["front"]["background"], seen["dark"]["background"]);
    app.end().await;
}

/// The headings of an issue and its articles.
fn titles(issue: &str, articles: &[&str]) -> Value {
    json!([&[issue], articles].concat())
}

fn on_a_phone(mut page: Value) -> Value {
    page["window"] = json!({ "viewport": { "width": 400, "height": 800 } });
    page
}

fn in_the_dark(mut page: Value) -> Value {
    page["window"] = json!({ "colorScheme": "dark" });
    page
}

/// What a browser shows of pages, by their names.
fn look<const N: usize>(tools: &Path, pages: [(&str, Value); N]) -> Map<String, Value> {
    let pages = pages.map(|(name, page)| (name.to_owned(), page));
    let pages = Value::Object(pages.into_iter().collect());
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/browser.mjs");
    let mut node = Command::new("node");
    let said = run(node.arg(script).arg(tools).arg(pages.to_string()));
    assert_eq!(said.status, 0, "{}", said.err);
    serde_json::from_str(&said.out).unwrap()
}

fn browser() -> Option<PathBuf> {
    let what = "what a browser shows of the examples";
    tools("BROWSER", "node_modules/playwright-core", what)
}
