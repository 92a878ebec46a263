//! A feed is what readers see now, and whoever has it need not fetch it again.

use masthead::access::Role;
use serde_json::json as value;
use support::seed::article;
use support::{Reply, TestApp, key};

use super::{each, get, json};

const PATH: &str = "/feeds/en/articles.atom";

#[tokio::test]
async fn what_was_made_once_is_given_until_something_is_published() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice")).await;
        let client = app.client();
        let get = async |path: &str| client.get(path, &[]).await;
        let status = |reply: &Reply| reply.header("cache-status").to_owned();

        assert_eq!(status(&get(PATH).await), "masthead; fwd=miss; stored");
        let statements = app.database().statements();
        let hit = get(PATH).await;
        assert_eq!(status(&hit), "masthead; hit");
        assert_eq!(app.database().statements(), statements);
        // The same feed under an address that is written in another way.
        let other = get("/feeds/en/articles.atom?utm_source=x&limit=20").await;
        assert_eq!(status(&other), "masthead; hit");
        assert_eq!(other.body, hit.body);

        app.seed(article("wells")).await;
        assert_eq!(status(&get(PATH).await), "masthead; fwd=miss; stored");
        assert_eq!(each(&json(app, "en/articles.json").await, "title").len(), 2);
    })
    .await;
}

#[tokio::test]
async fn an_edit_shows_at_once_and_an_unpublication_removes() {
    TestApp::on_each_engine(async |app| {
        app.seed([article("ice"), article("wells")]).await;
        let before = json(app, "en/articles.json").await;
        assert_eq!(each(&before, "title"), ["wells en", "ice en"]);

        app.clock().advance(chrono::Duration::seconds(60));
        app.seed(article("ice").title("en", "Thin ice")).await;
        let edited = json(app, "en/articles.json").await;
        assert_eq!(each(&edited, "title"), ["wells en", "Thin ice"]);
        assert_eq!(each(&edited, "id"), each(&before, "id"));

        app.seed(article("wells").draft("en")).await;
        let withdrawn = json(app, "en/articles.json").await;
        assert_eq!(each(&withdrawn, "title"), ["Thin ice"]);
    })
    .await;
}

#[tokio::test]
async fn a_correction_is_an_update_and_stands_after_the_text() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice")).await;
        let before = json(app, "en/articles.json?content=full").await;
        app.clock().advance(chrono::Duration::seconds(3600));
        let id = app.query("{ articles { nodes { id } } }").await;
        let input = value!({
            "article": id.at("/articles/nodes/0/id"), "locale": "en", "expectedVersion": 1,
            "text": "The river is the Sula & <no> other.",
        });
        app.mutate_as(&key(Role::Publisher), "correctionCreate", input, "correction { id }")
            .await;

        let after = json(app, "en/articles.json?content=full").await;

        let (before, after) = (&before["items"][0], &after["items"][0]);
        assert_eq!(before["id"], after["id"]);
        assert_eq!(before["date_published"], after["date_published"]);
        assert_eq!(after["date_modified"], "2021-03-10T13:00:00+00:00");
        let html = after["content_html"].as_str().unwrap();
        assert!(
            html.ends_with(
                "<hr>\n<p><strong>2021-03-10</strong> The river is the Sula &amp; &lt;no&gt; other.</p>\n"
            ),
            "{html}"
        );
    })
    .await;
}

#[tokio::test]
async fn who_has_a_feed_is_told_so() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice").body("en", &"Ice. ".repeat(1_000)))
            .await;
        let client = app.client();
        for coding in ["identity", "br", "gzip", "zstd"] {
            let path = "/feeds/en/articles.rss?content=full";
            let coded = ("accept-encoding", coding);
            let first = client.get(path, &[coded]).await;
            let etag = first.header("etag").to_owned();
            let modified = first.header("last-modified").to_owned();
            assert_eq!(modified, "Wed, 10 Mar 2021 12:00:00 GMT");
            assert!(etag.starts_with('"'), "{etag}");

            for (condition, status) in [
                (("if-none-match", &*etag), 304),
                (("if-none-match", "\"other\""), 200),
                (("if-modified-since", &*modified), 304),
                (("if-modified-since", "Wed, 10 Mar 2021 12:00:01 GMT"), 304),
                (("if-modified-since", "Wed, 10 Mar 2021 11:59:59 GMT"), 200),
                (("if-modified-since", "yesterday"), 200),
            ] {
                let reply = client.get(path, &[coded, condition]).await;

                assert_eq!(reply.status, status, "{coding} {condition:?}");
                assert_eq!(reply.body.is_empty(), status == 304);
                assert_eq!(reply.header("etag"), etag);
            }
            // The validator goes before the time (RFC 9110, section 13.1.3).
            let both = [
                coded,
                ("if-none-match", "\"other\""),
                ("if-modified-since", &*modified),
            ];
            assert_eq!(client.get(path, &both).await.status, 200);
        }
        let head = client.send(axum::http::Method::HEAD, PATH, &[], "").await;
        assert_eq!((head.status.as_u16(), head.body.len()), (200, 0));
    })
    .await;
}

#[tokio::test]
async fn after_an_unpublication_nobody_is_told_to_have_the_feed() {
    TestApp::on_each_engine(async |app| {
        app.seed([article("ice"), article("wells")]).await;
        let first = get(app, "en/articles.atom").await;
        let (etag, modified) = (first.header("etag"), first.header("last-modified"));

        app.clock().advance(chrono::Duration::seconds(1));
        app.seed(article("wells").draft("en")).await;

        for condition in [("if-none-match", etag), ("if-modified-since", modified)] {
            let reply = app.client().get(PATH, &[condition]).await;
            assert_eq!(reply.status, 200, "{condition:?}");
            assert!(!reply.text().contains("wells"));
        }
    })
    .await;
}

#[tokio::test]
async fn an_answer_to_a_key_is_for_nobody_else_and_a_wrong_key_is_refused() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice")).await;
        let secret = app.make_key("partner", Role::Reader, &[]).await;
        let client = app.client();
        let by = async |bearer: &str| client.get(PATH, &[("authorization", bearer)]).await;

        let reply = by(&format!("Bearer {secret}")).await;
        assert_eq!(reply.status, 200);
        assert_eq!(reply.header("cache-control"), "private, no-store");
        let refused = by("Bearer nonsense").await;
        assert_eq!(refused.status, 401);
        assert_eq!(refused.code().as_deref(), Some("INVALID_KEY"));
    })
    .await;
}
