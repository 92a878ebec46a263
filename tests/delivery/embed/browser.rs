//! What the embed shows in a real Chromium, on pages of partners and on its own.
//!
//! Playwright and axe are in the folder that `MASTHEAD_TEST_BROWSER` names, as
//! `.ci/run` puts them there. Without it the test says so and ends, which
//! `MASTHEAD_TEST_REQUIRE_BROWSER=1` makes a failure.

use std::path::Path;
use std::process::Command;

use async_graphql::MaybeUndefined;
use masthead::administration::api_key::{TermsChange, TopicName};
use masthead::database::Engine;
use serde_json::{Value, json};
use support::seed::{Trend, article, issue, publication};
use support::{TestApp, tools};

use crate::cli::Process;

/// What breaks pages that put texts into markup, or that take one direction for
/// the only one.
const TITLES: [&str; 3] = [
    "</h3><script>fail()</script> & ]]> 🧊",
    "Wells",
    "الجليد على البحيرة",
];

#[tokio::test]
async fn partners_pages_show_what_the_publication_has() {
    let playwright = "node_modules/playwright-core";
    let Some(tools) = tools("BROWSER", playwright, "what a browser shows") else {
        return;
    };
    let app = TestApp::on(Engine::Sqlite).await;
    let week = issue(7).with([
        article("ice")
            .only_in(["en"])
            .topic("water")
            .title("en", TITLES[0]),
        article("wells")
            .only_in(["en"])
            .topic("roads")
            .title("en", TITLES[1])
            .trend(Trend::Improved),
        article("jalid").only_in(["ar"]).title("ar", TITLES[2]),
    ]);
    app.seed(publication().locales(["en", "ar"]).with(week))
        .await;
    let keys = [
        app.make_partner("of a topic", of_topic("water")).await,
        app.make_partner("of others", of_origin("https://other.example"))
            .await,
    ];
    let server = Process::serve(&["--database-url", app.url()]);

    let seen = look(&tools, &format!("http://{}", server.address), &keys);

    for page in ["plain", "strict", "phone", "dark", "hostile", "builder"] {
        let seen = &seen[page];
        assert_eq!(seen["console"], json!([]), "{page}");
        assert_eq!(seen["violations"], json!([]), "{page}");
        assert_eq!(seen["titles"][0], json!([TITLES[1], TITLES[0]]), "{page}");
        assert_eq!(
            seen["scrolls"],
            json!(false),
            "{page} is wider than its window"
        );
    }
    let plain = &seen["plain"];
    assert_eq!(
        plain["titles"][1],
        json!([TITLES[2], TITLES[1], TITLES[0]]),
        "ar, en"
    );
    assert_eq!(plain["directions"][1], json!(["rtl", "ltr", "ltr"]));
    assert_eq!(plain["titles"][2], json!([TITLES[0]]), "of one topic");
    assert_eq!(
        plain["titles"][3],
        json!([TITLES[0], TITLES[1]]),
        "the issue, in its order"
    );
    assert_eq!(plain["requests"], json!(4), "one for each element");
    assert_eq!(
        seen["hostile"]["requests"],
        json!(1),
        "two equal elements share one"
    );
    assert_ne!(plain["colour"], seen["dark"]["colour"]);
    assert_eq!(plain["colour"], seen["hostile"]["colour"]);
    assert_eq!(seen["scriptless"]["text"], json!("The publication"));
    assert_eq!(seen["wrong"]["text"], json!("The publication"));
    assert_eq!(seen["wrong"]["error"], json!("UNKNOWN_LOCALE"));
    let keyed = &seen["keyed"];
    assert_eq!(keyed["console"], json!([]), "keyed");
    assert_eq!(
        keyed["titles"],
        json!([[TITLES[0]], [TITLES[1], TITLES[0]]]),
        "what the key is for, and what everyone may read"
    );
    assert_eq!(seen["elsewhere"]["error"], json!("ORIGIN_NOT_ALLOWED"));
    let made = &seen["made"];
    assert_eq!(
        (&made["console"], &made["violations"]),
        (&json!([]), &json!([]))
    );
    assert_eq!(
        made["titles"],
        json!([[TITLES[1], TITLES[0]], [TITLES[0], TITLES[1]]])
    );
    let name = "Week in View en";
    let links = format!("{name} · {name} (RSS)");
    assert_eq!(made["scriptless"], json!([links, links]));
    let kind = "application/rss+xml; charset=utf-8";
    assert_eq!(
        made["feeds"],
        json!([
            ["/feeds/en/articles.rss", 200, kind],
            ["/feeds/en/issues/7.rss", 200, kind]
        ])
    );
    assert_eq!(
        seen["focus"],
        json!(["link", "link", "source-link", "link"])
    );
    app.end().await;
}

fn of_topic(slug: &str) -> TermsChange {
    TermsChange {
        topics: MaybeUndefined::Value(vec![TopicName::Slug(slug.to_owned())]),
        ..TermsChange::default()
    }
}

fn of_origin(origin: &str) -> TermsChange {
    TermsChange {
        origins: MaybeUndefined::Value(vec![origin.to_owned()]),
        ..TermsChange::default()
    }
}

/// What a browser shows of pages with the embed of the server at `address`, of
/// partners that have these keys.
fn look(tools: &Path, address: &str, keys: &[String; 2]) -> Value {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("delivery/embed/browser.mjs");
    let mut node = Command::new("node");
    let output = node
        .arg(script)
        .arg(tools)
        .arg(address)
        .args(keys)
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}");
    serde_json::from_slice(&output.stdout).unwrap()
}
