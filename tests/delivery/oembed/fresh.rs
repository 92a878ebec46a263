//! Answers are kept, and never for longer than they are true.

use axum::http::Method;
use masthead::app::App;
use support::TestApp;
use support::seed::{article, issue};

use super::{ask, nothing, path, told};

const ICE: &str = "https://example.org/en/articles/ice";

fn told_by_tags(app: &mut App) {
    app.policy.told.by_standard = true;
}

#[tokio::test]
async fn an_answer_is_kept_until_something_is_published() {
    TestApp::on_each_engine_with(told_by_tags, async |app| {
        app.seed(article("ice").by(["anna"])).await;
        let client = app.client();
        let path = path(ICE, "");
        let first = client.get(&path, &[]).await;
        let again = client.get(&path, &[]).await;

        assert_eq!(first.header("cache-status"), "masthead; fwd=miss; stored");
        assert_eq!(again.header("cache-status"), "masthead; hit");
        assert_eq!(first.body, again.body);
        assert_eq!(again.header("access-control-allow-origin"), "*");
        assert_eq!(
            again.header("surrogate-key"),
            "publication article-1 issue-1 topic-1 author-1"
        );
        let etag = [("if-none-match", first.header("etag"))];
        assert_eq!(client.get(&path, &etag).await.status, 304);
        assert!(!first.header("last-modified").is_empty());
        let head = client.send(Method::HEAD, &path, &[], "").await;
        assert_eq!((head.status.as_u16(), head.body.len()), (200, 0));
        assert_eq!(head.header("etag"), first.header("etag"));

        app.seed(article("ice").title("en", "Thaw")).await;
        assert_eq!(told(app, ICE, "").await["title"], "Thaw");
        app.seed(article("ice").draft("en")).await;
        nothing(app, ICE).await;
    })
    .await;
}

#[tokio::test]
async fn each_thing_is_told_with_the_tags_of_all_that_it_holds() {
    TestApp::on_each_engine_with(told_by_tags, async |app| {
        app.seed(article("ice").by(["anna"])).await;
        for (url, tags) in [
            (
                "issues/issue-1",
                "publication article-1 issue-1 issue-1-articles",
            ),
            ("topics/general", "publication topic-1"),
            ("authors/anna", "publication author-1"),
        ] {
            let reply = ask(app, &format!("https://example.org/en/{url}"), "").await;

            assert_eq!(reply.header("surrogate-key"), tags, "{url}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_draft_is_as_what_never_was() {
    TestApp::on_each_engine(async |app| {
        app.seed([
            article("ice").draft("en"),
            article("wells").in_review("be").only_in(["be"]),
        ])
        .await;
        app.seed(issue(2).unpublished().with(article("thaw"))).await;
        for url in [
            "en/articles/ice",
            "be/articles/wells",
            "en/articles/thaw",
            "en/issues/issue-2",
            "en/articles/never",
        ] {
            nothing(app, &format!("https://example.org/{url}")).await;
        }
        told(app, "https://example.org/be/articles/ice", "").await;
    })
    .await;
}

#[tokio::test]
async fn before_the_first_content_nothing_is_there() {
    TestApp::on_each_engine(async |app| nothing(app, ICE).await).await;
}

#[tokio::test]
async fn an_answer_takes_a_statement_for_each_kind_of_thing() {
    TestApp::on_each_engine_without_memory(async |app| {
        let articles: Vec<_> = (0..20)
            .map(|n| article(&format!("a{n}")).by(["anna", "boris"]))
            .collect();
        app.seed(issue(1).with(articles)).await;
        let statements = async |url: &str| {
            told(app, "https://example.org/en/topics/general", "").await;
            let before = app.database().statements();
            told(app, &format!("https://example.org/en/{url}"), "").await;
            app.database().statements() - before
        };

        // When the log moved, the article, authors, topic, issue, corrections,
        // translations.
        assert_eq!(statements("articles/a0").await, 7);
        // When the log moved, the issue, its articles.
        assert_eq!(statements("issues/issue-1").await, 3);
    })
    .await;
}

#[tokio::test]
async fn its_cost_is_told_and_taken_like_that_of_a_query() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice")).await;
        let headers = [("masthead-cost", "1")];

        let reply = app.client().get(&path(ICE, ""), &headers).await;

        assert_eq!(reply.header("masthead-cost"), "200;limit=50000");
        assert_eq!(reply.header("cache-control"), "no-store");
    })
    .await;
}
