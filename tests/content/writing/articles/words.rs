//! The words of articles are added, changed and removed.

use std::time::Duration;

use masthead::access::Role;
use masthead::content::value::MAX_BODY;
use serde_json::{Value, json};
use support::seed::article;
use support::{TestApp, key, translator};

use super::{ARTICLE, article_id, change, is_public, publish, which, with, words, wrong};

fn new_words(article: &Value, locale: &str, more: Value) -> Value {
    with(
        json!({"article": article, "locale": locale, "title": "Лёд"}),
        more,
    )
}

#[tokio::test]
async fn a_translator_adds_words_in_the_locales_of_the_key_alone() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice").only_in(["en"])).await;
        let id = article_id(app, "ice").await;
        let nobody = json!(masthead::graphql::id::encode("Article", 999).to_string());
        let name = "articleTranslationCreate";
        let translator = translator(&["be"]);

        let added = change(app, &translator, name, new_words(&id, "be", json!({}))).await;
        let mut refused = Vec::new();
        for article in [&id, &nobody] {
            let input = new_words(article, "ru", json!({}));
            let answer = app.mutate_as(&translator, name, input, ARTICLE).await;
            refused.push((
                answer.code().map(str::to_owned),
                answer.message().map(str::to_owned),
            ));
        }

        assert_eq!(added["locale"], "be");
        assert_eq!(added["state"], "DRAFT");
        assert_eq!(refused[0].0.as_deref(), Some("FORBIDDEN"));
        assert_eq!(refused[0], refused[1]);
    })
    .await;
}

#[tokio::test]
async fn words_that_can_not_be_added_are_told_apart() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice").only_in(["en"])).await;
        let id = article_id(app, "ice").await;
        let nobody = json!(masthead::graphql::id::encode("Article", 999).to_string());

        for (input, expected) in [
            (new_words(&id, "pl", json!({})), "UNKNOWN_LOCALE locale"),
            (new_words(&id, "en", json!({})), "TAKEN locale"),
            (new_words(&nobody, "be", json!({})), "NOT_FOUND article"),
            (new_words(&id, "be", json!({"title": ""})), "BLANK title"),
            (
                new_words(&id, "be", json!({"sourceVersion": 2})),
                "INVALID sourceVersion",
            ),
            (
                new_words(&id, "be", json!({"sourceVersion": 0})),
                "INVALID sourceVersion",
            ),
        ] {
            let answer = app
                .mutate_as(
                    &key(Role::Editor),
                    "articleTranslationCreate",
                    input,
                    ARTICLE,
                )
                .await;

            assert_eq!(wrong(&answer), [expected]);
        }
    })
    .await;
}

#[tokio::test]
async fn of_two_editors_at_once_one_is_told_of_the_other() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice").draft("en")).await;
        let id = article_id(app, "ice").await;
        let editor = key(Role::Editor);
        let name = "articleTranslationUpdate";
        let retitled = |title: &str| with(which(&id, "en", 1), json!({"title": title}));

        let (one, other) = tokio::join!(
            app.mutate_as(&editor, name, retitled("One"), ARTICLE),
            app.mutate_as(&editor, name, retitled("Other"), ARTICLE),
        );

        let (done, stale) = match wrong(&one).is_empty() {
            true => (one, other),
            false => (other, one),
        };
        assert_eq!(wrong(&done), [""; 0]);
        assert_eq!(wrong(&stale), ["STALE_VERSION expectedVersion"]);
        let payload = &stale.data[name];
        assert_eq!(payload["userErrors"][0]["expectedVersion"], 1);
        assert_eq!(payload["userErrors"][0]["currentVersion"], 2);
        assert_eq!(
            payload["article"]["title"],
            done.data[name]["article"]["title"]
        );
    })
    .await;
}

#[tokio::test]
async fn what_is_left_out_stays_and_what_is_the_same_is_not_written() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice").draft("en")).await;
        let id = article_id(app, "ice").await;
        let editor = key(Role::Editor);
        let name = "articleTranslationUpdate";

        let input = with(
            which(&id, "en", 1),
            json!({"lead": "Thin.", "body": "It *cracks*."}),
        );
        change(app, &editor, name, input).await;
        let again = with(which(&id, "en", 2), json!({"lead": "Thin."}));
        let again = change(app, &editor, name, again).await;

        assert_eq!(again["version"], 2);
        let words = words(app, &id, "en").await;
        assert_eq!(words["title"], "ice en");
        assert_eq!(words["lead"], "Thin.");
        assert_eq!(words["body"]["markdown"], "It *cracks*.");
    })
    .await;
}

#[tokio::test]
async fn a_published_text_is_changed_by_a_publisher_alone_and_that_shows_at_once() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice")).await;
        let id = article_id(app, "ice").await;
        let name = "articleTranslationUpdate";
        let input = with(
            which(&id, "be", 1),
            json!({"title": "Лёд", "body": "Танчэй за *ваду*."}),
        );

        for caller in [translator(&["be"]), key(Role::Editor)] {
            let refused = app.mutate_as(&caller, name, input.clone(), ARTICLE).await;

            assert_eq!(wrong(&refused), ["WRONG_STATE locale"]);
        }
        let done = change(app, &key(Role::Publisher), name, input).await;

        assert_eq!(
            (&done["state"], &done["version"]),
            (&json!("PUBLISHED"), &json!(2))
        );
        let read = r#"{ search(query: "вада", locales: [be]) { nodes { title body { text } } } }"#;
        let read = app.query(read).await;
        assert_eq!(
            read.at("/search/nodes"),
            &json!([{"title": "Лёд", "body": {"text": "Танчэй за ваду."}}])
        );
    })
    .await;
}

#[tokio::test]
async fn neither_the_original_nor_what_is_published_is_removed() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice").draft("en").draft("be")).await;
        let id = article_id(app, "ice").await;
        let name = "articleTranslationDelete";
        let editor = key(Role::Editor);

        let original = app
            .mutate_as(&editor, name, which(&id, "en", 1), ARTICLE)
            .await;
        let public = app
            .mutate_as(&editor, name, which(&id, "ru", 1), ARTICLE)
            .await;
        let stale = app
            .mutate_as(&editor, name, which(&id, "be", 2), ARTICLE)
            .await;
        let done = change(app, &translator(&["be"]), name, which(&id, "be", 1)).await;
        let gone = app
            .mutate_as(&editor, name, which(&id, "be", 1), ARTICLE)
            .await;

        assert_eq!(wrong(&original), ["WRONG_STATE locale"]);
        assert_eq!(wrong(&public), ["WRONG_STATE locale"]);
        assert_eq!(wrong(&stale), ["STALE_VERSION expectedVersion"]);
        assert_ne!(done["locale"], "be");
        assert_eq!(wrong(&gone), ["NOT_FOUND article"]);
        assert!(is_public(app, &id, "ru").await);
    })
    .await;
}

#[tokio::test]
async fn a_body_of_the_greatest_length_is_written_and_a_longer_one_refused() {
    let roomy = |app: &mut masthead::app::App| {
        app.limits.body_bytes = 16 * 1024 * 1024;
        app.limits.timeout = Duration::from_secs(60);
    };
    TestApp::on_each_engine_with(roomy, async |app| {
        app.seed(article("ice").draft("en")).await;
        let id = article_id(app, "ice").await;
        let name = "articleTranslationUpdate";
        let editor = key(Role::Editor);
        let body = |length: usize| {
            let body = "вада ".repeat(length / 5);
            with(which(&id, "en", 1), json!({ "body": body }))
        };

        let longer = app
            .mutate_as(&editor, name, body(MAX_BODY + 5), ARTICLE)
            .await;
        let longest = app.mutate_as(&editor, name, body(MAX_BODY), ARTICLE).await;

        assert_eq!(wrong(&longer), ["TOO_LONG body"]);
        assert_eq!(wrong(&longest), [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn a_request_that_is_larger_than_the_server_takes_is_refused() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice").draft("en")).await;
        let editor = app.make_key("editor", Role::Editor, &[]).await;

        let query = format!("mutation {{ a(x: \"{}\") }}", "x".repeat(10_000_000));
        let reply = app
            .client()
            .query_by(&format!("Bearer {editor}"), &query)
            .await;

        assert_eq!(reply.status, 413);
        assert_eq!(reply.code().as_deref(), Some("BODY_TOO_LARGE"));
    })
    .await;
}

#[tokio::test]
async fn an_article_that_was_written_is_found_by_readers_once_it_is_published() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice").only_in(["en"])).await;
        let id = article_id(app, "ice").await;
        let search = r#"{ search(query: "ледзяной", locales: [be]) { nodes { title } } }"#;

        let input = new_words(&id, "be", json!({"body": "Пра ледзяную гару."}));
        change(app, &translator(&["be"]), "articleTranslationCreate", input).await;
        let before = app.query(search).await;
        publish(app, &id, "be", 1).await;
        let after = app.query(search).await;

        assert_eq!(before.at("/search/nodes"), &json!([]));
        assert_eq!(after.at("/search/nodes"), &json!([{"title": "Лёд"}]));
    })
    .await;
}
