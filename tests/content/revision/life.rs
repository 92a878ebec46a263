//! A translation from its first word to its last.

use chrono::Duration;
use masthead::access::Role;
use serde_json::{Value, json};
use support::seed::article;
use support::{TestApp, key, translator};

use super::{article_id, change, is_done, retitle, revisions, rows, which};

/// A version as a line: `3 IN_REVIEW by editor at 09:02, Ice: Thin.`
fn line(revision: &Value) -> String {
    let text = |name: &str| revision[name].as_str().unwrap();
    format!(
        "{} {} by {} at {}, {}: {}",
        revision["version"],
        text("state"),
        text("writtenBy"),
        &text("writtenAt")[11..16],
        text("title"),
        revision["body"]["markdown"].as_str().unwrap()
    )
}

#[tokio::test]
async fn every_version_of_a_translation_is_there_with_who_wrote_it_and_when() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice").only_in(["en"])).await;
        let id = article_id(app, "ice").await;
        let writer = translator(&["be"]);
        let create =
            json!({"article": id, "locale": "be", "title": "Лёд", "slug": "lod", "body": "Тонкі."});
        let steps = [
            (&writer, "Create", create),
            (
                &writer,
                "Update",
                which(&id, "be", 1, json!({"body": "Тонкі лёд."})),
            ),
            (&writer, "Submit", which(&id, "be", 2, json!({}))),
            (
                &key(Role::Editor),
                "Approve",
                which(&id, "be", 3, json!({})),
            ),
            (
                &key(Role::Publisher),
                "Publish",
                which(&id, "be", 4, json!({})),
            ),
            (
                &key(Role::Publisher),
                "Update",
                which(&id, "be", 5, json!({"title": "Лёд крэпне"})),
            ),
            (
                &key(Role::Publisher),
                "Unpublish",
                which(&id, "be", 6, json!({})),
            ),
            (
                &writer,
                "Restore",
                which(&id, "be", 7, json!({"version": 1})),
            ),
        ];

        for (caller, step, input) in steps {
            is_done(&change(app, caller, &format!("articleTranslation{step}"), input).await);
            app.clock().advance(Duration::minutes(1));
        }

        let what = "version state slug title writtenAt writtenBy body { markdown }";
        let all = revisions(app, &id, "be", what).await;
        let lines: Vec<String> = all.iter().map(line).collect();
        assert_eq!(
            lines,
            [
                "8 DRAFT by translator at 12:07, Лёд: Тонкі.",
                "7 DRAFT by publisher at 12:06, Лёд крэпне: Тонкі лёд.",
                "6 PUBLISHED by publisher at 12:05, Лёд крэпне: Тонкі лёд.",
                "5 PUBLISHED by publisher at 12:04, Лёд: Тонкі лёд.",
                "4 IN_REVIEW by editor at 12:03, Лёд: Тонкі лёд.",
                "3 IN_REVIEW by translator at 12:02, Лёд: Тонкі лёд.",
                "2 DRAFT by translator at 12:01, Лёд: Тонкі лёд.",
                "1 DRAFT by translator at 12:00, Лёд: Тонкі.",
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn a_summary_says_what_changed_against_the_version_before() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice").draft("en").title("en", "Ice").body("en", "Thin ice holds."))
            .await;
        let id = article_id(app, "ice").await;
        let publisher = key(Role::Publisher);
        let body = json!({"body": "Thin ice, they say, holds", "title": "The ice"});
        let slug = json!({"slug": "floes"});
        for (step, input) in [
            ("Update", which(&id, "en", 1, body)),
            ("Update", which(&id, "en", 2, slug)),
            ("Submit", which(&id, "en", 3, json!({}))),
            ("Approve", which(&id, "en", 4, json!({}))),
        ] {
            is_done(&change(app, &publisher, &format!("articleTranslation{step}"), input).await);
        }

        let what = "summary { changed wordsAdded wordsRemoved }";
        let all = revisions(app, &id, "en", what).await;

        let summary = |changed: Value, added: i32, removed: i32| {
            json!({"summary": {"changed": changed, "wordsAdded": added, "wordsRemoved": removed}})
        };
        assert_eq!(
            all,
            [
                summary(json!([]), 0, 0),
                summary(json!(["STATE"]), 0, 0),
                summary(json!(["SLUG"]), 0, 0),
                summary(json!(["TITLE", "BODY"]), 4, 1),
                json!({"summary": null}),
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn a_text_that_several_versions_share_is_kept_once() {
    TestApp::on_each_engine(async |app| {
        use masthead_entities::revision::Entity;
        use sea_orm::EntityTrait as _;
        app.seed(article("ice").draft("en")).await;
        let id = article_id(app, "ice").await;
        let publisher = key(Role::Publisher);

        for (version, step) in (1..).zip(["Submit", "SendBack", "Submit"]) {
            let input = which(&id, "en", version, json!({}));
            is_done(&change(app, &publisher, &format!("articleTranslation{step}"), input).await);
        }
        retitle(app, &id, ("en", 4), "Thin ice").await;

        let kept = Entity::find().all(app.database().reader()).await.unwrap();
        let kept: Vec<_> = kept
            .iter()
            .map(|row| {
                (
                    row.version,
                    row.text_version,
                    row.title.as_deref(),
                    row.body.is_some(),
                )
            })
            .collect();
        assert_eq!(
            kept,
            [
                (1, 1, Some("ice en"), true),
                (2, 1, None, false),
                (3, 1, None, false),
                (4, 1, None, false)
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn what_words_were_goes_with_them() {
    TestApp::on_each_engine(async |app| {
        app.seed([article("ice").draft("be"), article("dam")]).await;
        let (ice, dam) = (article_id(app, "ice").await, article_id(app, "dam").await);
        retitle(app, &ice, ("be", 1), "Лёд").await;
        retitle(app, &ice, ("en", 1), "Thin ice").await;
        retitle(app, &dam, ("en", 1), "The dam").await;
        let editor = key(Role::Editor);

        let input = which(&ice, "be", 2, json!({}));
        is_done(&change(app, &editor, "articleTranslationDelete", input).await);
        let without_words = rows(app).await;
        for (article, version) in [(&ice, 2), (&dam, 2)] {
            for locale in ["en", "be", "ru"] {
                let version = if locale == "en" { version } else { 1 };
                let input = which(article, locale, version, json!({}));
                change(
                    app,
                    &key(Role::Publisher),
                    "articleTranslationUnpublish",
                    input,
                )
                .await;
            }
        }
        let input = json!({"id": ice, "expectedVersion": 1});
        is_done(&change(app, &editor, "articleDelete", input).await);

        assert_eq!(without_words, 2);
        // Of the dam's: `en` was written twice since, the others once.
        assert_eq!(rows(app).await, 4);
    })
    .await;
}
