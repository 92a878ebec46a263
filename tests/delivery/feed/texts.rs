//! Whatever a text holds, a feed holds it, and no address in it needs a page
//! around it.

use support::TestApp;
use support::seed::article;

use super::{atom, json, rss};

const ODD: &str = "AT&T ]]> <b>&amp;</b> \"it's\" 🧊 \u{202e}مرحبا\u{202c} l\u{8}ed\u{1b}";

/// The same without what no XML can hold.
const SHOWN: &str = "AT&T ]]> <b>&amp;</b> \"it's\" 🧊 \u{202e}مرحبا\u{202c} led";

#[tokio::test]
async fn odd_texts_survive_in_every_kind() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice").title("en", ODD).lead("en", ODD))
            .await;

        let json = &json(app, "en/articles.json").await["items"][0];
        assert_eq!(json["title"], SHOWN);
        assert_eq!(json["summary"], SHOWN);
        let atom = atom(app, "en/articles.atom").await;
        let entry = &atom.entries()[0];
        assert_eq!(entry.title().value, SHOWN);
        assert_eq!(entry.summary().unwrap().value, SHOWN);
        let rss = rss(app, "en/articles.rss").await;
        let item = &rss.items()[0];
        assert_eq!(item.title(), Some(SHOWN));
        // A description is HTML.
        let html = SHOWN
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;");
        assert_eq!(item.description(), Some(&*html));
    })
    .await;
}

#[tokio::test]
async fn the_whole_text_is_sanitized_html_whose_addresses_lead_there_from_anywhere() {
    TestApp::on_each_engine(async |app| {
        let body = "A <script>alert(1)</script> [wells](article:wells), [near](/near?a=1&b=2), \
                    [far](https://far.example/x), a note[^1] and\n\n![ice](../ice.png) ]]>\n\n[^1]: Note.";
        app.seed([article("wells"), article("ice").body("en", body)]).await;

        let json = json(app, "en/articles.json?content=full").await;
        let html = json["items"][0]["content_html"].as_str().unwrap();

        assert!(!html.contains("script"), "{html}");
        for address in [
            "href=\"https://example.org/en/articles/wells\"",
            "href=\"https://example.org/near?a=1&amp;b=2\"",
            "href=\"https://far.example/x\"",
            "src=\"https://example.org/en/ice.png\"",
            "href=\"https://example.org/en/articles/ice#fn-",
        ] {
            assert!(html.contains(address), "{address}: {html}");
        }
        let rss = rss(app, "en/articles.rss?content=full").await;
        // The library that reads it here trims it.
        assert_eq!(rss.items()[0].content(), Some(html.trim_end()));
        let atom = atom(app, "en/articles.atom?content=full").await;
        assert_eq!(atom.entries()[0].content().unwrap().value(), Some(html));
        assert_eq!(atom.entries()[0].content().unwrap().content_type(), Some("html"));
    })
    .await;
}

#[tokio::test]
async fn without_a_lead_the_summary_is_how_the_text_begins() {
    TestApp::on_each_engine(async |app| {
        app.seed(
            article("ice")
                .lead("en", "")
                .body("en", "The *ice* road opens."),
        )
        .await;

        let json = json(app, "en/articles.json").await;

        assert_eq!(json["items"][0]["summary"], "The ice road opens.");
    })
    .await;
}

#[tokio::test]
async fn a_feed_names_the_style_sheet_that_this_server_has() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice")).await;
        for kind in ["rss", "atom"] {
            let feed = super::get(app, &format!("en/articles.{kind}")).await;
            let mut lines = feed.text().lines();

            assert_eq!(lines.next(), Some(r#"<?xml version="1.0" encoding="utf-8"?>"#));
            let style = r#"<?xml-stylesheet type="text/css" href="http://localhost:8000/feeds/style.css"?>"#;
            assert_eq!(lines.next(), Some(style));
        }
        // A browser shows the same bytes under the type of all XML.
        let browser = [("accept", "text/html,application/xml;q=0.9,*/*;q=0.8")];
        let page = app.client().get("/feeds/en/articles.rss", &browser).await;
        assert_eq!(page.header("content-type"), "application/xml; charset=utf-8");
        assert!(page.header("vary").starts_with("accept, "));
        let feed = super::get(app, "en/articles.rss").await;
        assert_eq!(feed.header("content-type"), "application/rss+xml; charset=utf-8");
        assert_eq!(feed.body, page.body);
        let style = app.client().get("/feeds/style.css", &[]).await;
        assert_eq!(style.header("content-type"), "text/css; charset=utf-8");
        let text = style.text();
        assert!(!text.contains("@import"));
        let rules = text.lines().filter(|line| !line.starts_with("@namespace"));
        assert!(!rules.collect::<String>().contains("url("));
    })
    .await;
}
