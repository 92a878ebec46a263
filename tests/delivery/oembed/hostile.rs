//! Requests that can't be answered say why, and cost little.

use support::TestApp;
use support::seed::article;

use super::{nothing, path, told};

#[tokio::test]
async fn an_address_that_is_none_of_the_website_leads_nowhere() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice")).await;
        for url in [
            "https://example.org@evil.example/en/articles/ice",
            "https://user@example.org/en/articles/ice",
            "https://:secret@example.org/en/articles/ice",
            "https://example.org.evil.example/en/articles/ice",
            "https://evil.example/https://example.org/en/articles/ice",
            "https://evil.example\\@example.org/en/articles/ice",
            "https://example.org:8443/en/articles/ice",
            "http://example.org:443/en/articles/ice",
            "https://www.example.org/en/articles/ice",
            "//example.org/en/articles/ice",
            "/en/articles/ice",
            "en/articles/ice",
            "javascript://example.org/en/articles/ice",
            "file:///en/articles/ice",
            "data:text/html,https://example.org/en/articles/ice",
            "https://example.org",
            "https://example.org/",
            "https://example.org/en",
            "https://example.org/en/articles",
            "https://example.org/en/articles/",
            "https://example.org/fr/articles/ice",
            "https://example.org/EN/articles/ice",
            "https://example.org/en/articles/ice/ice",
            "https://example.org/en/articles//ice",
            "https://example.org//en/articles/ice",
            "https://example.org/en/articles/ice/..",
            "https://example.org/en/articles/%2e%2e/ice",
            "https://example.org/en/articles/..%2Farticles%2Fice",
            "https://example.org/en/articles/ice%00",
            "https://example.org/en/articles/%FF%FE",
            "https://example.org/en/articles/ice%20",
            "https://example.org/en/issues/99999999999999999999",
            "https://example.org/en/articles/' OR 1=1 --",
            "https://[::1]/en/articles/ice",
            "https://example.org:99999/en/articles/ice",
            "https://",
            "\u{0}",
            " ",
        ] {
            nothing(app, url).await;
        }
        for url in [
            "https://example.org/en/articles/ice/",
            "https://example.org/en/articles/ice?utm_source=mail&x=%FF#top",
            "http://example.org:80/en/articles/ice",
            "HTTPS://EXAMPLE.ORG/en/topics/../articles/./ice",
            "https://example.org/%65n/articles/%69ce",
        ] {
            told(app, url, "").await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_huge_address_leads_nowhere() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice")).await;
        let long = format!("https://example.org/en/articles/{}", "a".repeat(60_000));

        let reply = app.client().get(&path(&long, ""), &[]).await;

        assert_eq!(reply.status, 404);
        assert!(reply.body.len() < 400, "{}", reply.text());
    })
    .await;
}

#[tokio::test]
async fn a_request_that_is_wrong_says_what_is_wrong_with_it() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice")).await;
        let ice = path("https://example.org/en/articles/ice", "");
        for (path, status, code, told) in [
            ("/oembed".to_owned(), 400, "INVALID_VALUE", "\"url\""),
            ("/oembed?url=".to_owned(), 400, "INVALID_VALUE", "\"url\""),
            (
                format!("{ice}&format=yaml"),
                501,
                "INVALID_VALUE",
                "json or xml, not \"yaml\"",
            ),
            (
                format!("{ice}&format="),
                501,
                "INVALID_VALUE",
                "json or xml",
            ),
            (
                format!("{ice}&maxwidth=0"),
                400,
                "INVALID_VALUE",
                "\"maxwidth\"",
            ),
            (
                format!("{ice}&maxwidth=-5"),
                400,
                "INVALID_VALUE",
                "not \"-5\"",
            ),
            (
                format!("{ice}&maxheight=tall"),
                400,
                "INVALID_VALUE",
                "\"maxheight\"",
            ),
            (
                format!("{ice}&maxheight=99999999999"),
                400,
                "INVALID_VALUE",
                "\"maxheight\"",
            ),
            (
                format!("{ice}&maxwidth=1.5"),
                400,
                "INVALID_VALUE",
                "\"maxwidth\"",
            ),
            (
                format!("{ice}&locales=en,fr"),
                400,
                "UNKNOWN_LOCALE",
                "\"fr\"",
            ),
            (
                format!("{ice}&locales="),
                400,
                "UNKNOWN_LOCALE",
                "it has en, be, ru",
            ),
        ] {
            let reply = app.client().get(&path, &[]).await;

            assert_eq!(reply.status, status, "{path}: {}", reply.text());
            assert_eq!(reply.code().as_deref(), Some(code), "{path}");
            assert_eq!(
                reply.header("content-type"),
                "application/json; charset=utf-8"
            );
            assert_eq!(reply.header("access-control-allow-origin"), "*", "{path}");
            let message = reply.json()["errors"][0]["message"].to_string();
            let message = message.replace("\\\"", "\"");
            assert!(message.contains(told), "{path}: {message}");
        }
        let posted = app.client().post("/oembed", &[], "").await;
        assert_eq!(
            (posted.status.as_u16(), posted.header("allow")),
            (405, "GET, HEAD")
        );
    })
    .await;
}
