//! Articles are made.

use masthead::access::Role;
use serde_json::{Value, json};
use support::seed::{article, author, issue, topic};
use support::{TestApp, key};

use super::{ARTICLE, change, id_of, is_public, with, wrong};

/// An issue, a topic and two authors to make articles of; and the input of one.
async fn desk(app: &TestApp) -> Value {
    app.seed(issue(7)).await;
    app.seed(topic("water")).await;
    app.seed([author("anna"), author("boris")]).await;
    json!({
        "issue": id_of(app, "issue(by: {number: 7}").await,
        "topic": slug_id(app, "topic", "water").await,
        "authors": [slug_id(app, "author", "boris").await, slug_id(app, "author", "anna").await],
        "originalLocale": "be",
        "translations": [
            {"locale": "en", "title": "Ice on the river"},
            {"locale": "be", "title": "Лёд на рацэ", "lead": "Зіма.", "body": "*Лёд*."},
        ],
    })
}

async fn slug_id(app: &TestApp, kind: &str, slug: &str) -> Value {
    let query = format!("{{ {kind}(by: {{slug: \"{slug}\"}}) {{ id }} }}");
    app.query(&query).await.at(&format!("/{kind}/id")).clone()
}

#[tokio::test]
async fn an_article_is_made_of_drafts_that_readers_do_not_see() {
    TestApp::on_each_engine(async |app| {
        let input = desk(app).await;

        let made = change(app, &key(Role::Editor), "articleCreate", input).await;

        assert_eq!(
            made,
            json!({
                "id": made["id"], "key": "7-1", "slug": "liod-na-ratse", "title": "Лёд на рацэ",
                "state": "DRAFT", "version": 1, "factsVersion": 1, "locale": "be", "position": 1,
                "trend": null, "originalLocale": "be", "topic": {"slug": "water"},
                "authors": [{"slug": "boris"}, {"slug": "anna"}], "issue": {"number": 7},
            })
        );
        for locale in ["en", "be"] {
            assert!(!is_public(app, &made["id"], locale).await, "{locale}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_article_comes_after_all_others_of_its_issue_under_a_key_that_is_free() {
    TestApp::on_each_engine(async |app| {
        let input = desk(app).await;
        app.seed([
            article("7-5").in_issue(7).position(1),
            article("b").in_issue(7).position(4),
        ])
        .await;

        let made = change(app, &key(Role::Editor), "articleCreate", input).await;

        assert_eq!(made["position"], 5);
        assert_eq!(made["key"], "7-6");
    })
    .await;
}

#[tokio::test]
async fn a_creation_with_an_idempotency_key_makes_one_article() {
    TestApp::on_each_engine(async |app| {
        let input = with(desk(app).await, json!({"idempotencyKey": "ice"}));
        let editor = key(Role::Editor);

        let first = change(app, &editor, "articleCreate", input.clone()).await;
        let again = change(app, &editor, "articleCreate", input).await;

        assert_eq!(first, again);
    })
    .await;
}

#[tokio::test]
async fn an_article_without_authors_is_made_as_an_import_makes_it() {
    TestApp::on_each_engine(async |app| {
        let input = with(desk(app).await, json!({"authors": []}));

        let made = change(app, &key(Role::Editor), "articleCreate", input).await;

        assert_eq!(made["authors"], json!([]));
    })
    .await;
}

#[tokio::test]
async fn everything_that_is_wrong_with_a_creation_is_told_at_once() {
    TestApp::on_each_engine(async |app| {
        let input = desk(app).await;
        app.seed(article("dam").in_issue(7).position(3)).await;
        let anna = &input["authors"][1];
        let unknown = |kind: &str| masthead::graphql::id::encode(kind, 999).to_string();
        let bad = json!({
            "key": "dam",
            "position": 3,
            "topic": unknown("Topic"),
            "authors": [anna, unknown("Author"), anna],
            "originalLocale": "ru",
            "translations": [
                {"locale": "en", "title": " ", "slug": "dam"},
                {"locale": "en", "title": "x".repeat(501)},
                {"locale": "pl", "title": "Lód", "lead": "x".repeat(10_001)},
            ],
        });

        let answer = app
            .mutate_as(
                &key(Role::Editor),
                "articleCreate",
                with(input, bad),
                ARTICLE,
            )
            .await;

        assert_eq!(
            wrong(&answer),
            [
                "DUPLICATE translations.1.locale",
                "UNKNOWN_LOCALE translations.2.locale",
                "NOT_FOUND originalLocale",
                "BLANK translations.0.title",
                "TAKEN translations.0.slug",
                "TOO_LONG translations.1.title",
                "TOO_LONG translations.2.lead",
                "NOT_FOUND topic",
                "NOT_FOUND authors.1",
                "DUPLICATE authors.2",
                "TAKEN position",
                "TAKEN key",
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn an_article_of_no_issue_or_of_no_locale_is_refused() {
    TestApp::on_each_engine(async |app| {
        let input = desk(app).await;
        let nowhere = masthead::graphql::id::encode("Issue", 999).to_string();

        for (bad, expected) in [
            (json!({"issue": nowhere}), "NOT_FOUND issue"),
            (
                json!({"originalLocale": "pl"}),
                "UNKNOWN_LOCALE originalLocale",
            ),
            (json!({"position": 0}), "INVALID position"),
            (json!({"key": "x".repeat(201)}), "TOO_LONG key"),
            (json!({"translations": []}), "INVALID translations"),
        ] {
            let input = with(input.clone(), bad);
            let answer = app
                .mutate_as(&key(Role::Editor), "articleCreate", input, ARTICLE)
                .await;

            assert!(wrong(&answer).contains(&expected.to_owned()), "{expected}");
        }
    })
    .await;
}
