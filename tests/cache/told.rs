//! What caches in front are told of an answer.

use masthead::access::Role;
use masthead::app::App;
use masthead::cache::Told;
use support::seed::{article, issue};
use support::{Reply, TestApp};

const ARTICLE: &str = r#"{ article(by: {slug: "ice"}, locales: [en]) {
    title issue { number } topic { name } authors { name }
} }"#;

#[tokio::test]
async fn an_answer_has_the_tags_of_what_it_holds() {
    TestApp::on_each_engine_with(told, async |app| {
        seed(app).await;
        let client = app.client();

        for (query, tags) in [
            (ARTICLE, "publication article-1 issue-1 topic-1 author-1"),
            (
                r#"{ topic(by: {slug: "water"}, locales: [en]) { articles { nodes { slug } } } }"#,
                "publication article-1 topic-1 topic-1-articles",
            ),
            (
                r#"{ article(by: {slug: "gone"}, locales: [en]) { slug } }"#,
                "publication articles",
            ),
            (
                r#"{ article(by: {slug: "ice"}, locales: [ru, en]) { key } }"#,
                "publication article-1 slug-",
            ),
            (
                "{ issues(locales: [en], filter: {articles: {some: {position: {eq: 1}}}}) { totalCount } }",
                "publication articles issues",
            ),
            ("{ publication { timeZone } }", "publication"),
        ] {
            let reply = client.query(query).await;

            let (keys, list) = (reply.header("surrogate-key"), reply.header("cache-tag"));
            assert!(keys.starts_with(tags), "{query}: {keys}");
            assert_eq!(list, keys.replace(' ', ","));
            let kept = "max-age=86400, stale-while-revalidate=600, stale-if-error=86400";
            assert_eq!(reply.header("cdn-cache-control"), kept);
            assert_eq!(reply.header("surrogate-control"), "");
        }
    })
    .await;
}

#[tokio::test]
async fn what_came_out_long_ago_is_kept_for_longer_than_a_list_that_grows() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;
        let client = app.client();

        for (query, max_age) in [
            (ARTICLE, "max-age=3600"),
            (
                "{ issue(by: {number: 1}, locales: [en]) { articles { nodes { title } } } }",
                "max-age=3600",
            ),
            (
                "{ issue(by: {number: 2}, locales: [en]) { title } }",
                "max-age=60",
            ),
            (
                "{ issue(by: {number: 1}, locales: [en]) { title next { title } } }",
                "max-age=60",
            ),
            ("{ latestIssue(locales: [en]) { title } }", "max-age=60"),
            (
                r#"{ topic(by: {slug: "water"}, locales: [en]) { articles { nodes { slug } } } }"#,
                "max-age=60",
            ),
            ("{ topics(locales: [en]) { nodes { name } } }", "max-age=60"),
        ] {
            let reply = client.query(query).await;

            let kept = "stale-while-revalidate=600, stale-if-error=86400";
            let expected = format!("public, {max_age}, {kept}");
            assert_eq!(reply.header("cache-control"), expected, "{query}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_not_for_all_is_kept_by_no_cache() {
    TestApp::on_each_engine_with(told, async |app| {
        seed(app).await;
        let (client, key) = (app.client(), app.make_key("chief", Role::Admin, &[]).await);
        let bearer = format!("Bearer {key}");
        let drafts = "{ articles(states: [DRAFT], locales: [en]) { totalCount } }";

        let with_key = client.query_by(&bearer, ARTICLE).await;
        let of_drafts = client.query_by(&bearer, drafts).await;
        let refused = client.query(drafts).await;
        let wrong = client.query("{ nothing }").await;
        let volatile =
            "{ translations(locales: [en]) { nodes { ... on ArticleTranslation { freshness } } } }";
        let volatile = client.query(volatile).await;

        for reply in [&with_key, &of_drafts] {
            assert_eq!(reply.status, 200, "{}", reply.text());
            kept_by_none(reply, "private, no-store");
        }
        for reply in [&refused, &wrong, &volatile] {
            kept_by_none(reply, "no-store");
        }
        assert_eq!(volatile.status, 200, "{}", volatile.text());
    })
    .await;
}

fn kept_by_none(reply: &Reply, cache_control: &str) {
    assert_eq!(reply.header("cache-control"), cache_control);
    for name in ["surrogate-key", "cache-tag", "cdn-cache-control"] {
        assert_eq!(reply.header(name), "", "{name}");
    }
}

/// Some cache is told what changed.
fn told(app: &mut App) {
    app.policy.told = Told {
        by_standard: true,
        fastly: false,
    };
}

/// An old issue, and one of the week before the tests' present.
async fn seed(app: &TestApp) {
    let ice = article("ice").topic("water").by(["anna"]);
    app.seed(issue(1).with(ice)).await;
    app.seed(issue(2).dates("2021-03-01", "2021-03-07")).await;
}
