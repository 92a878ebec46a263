//! Words get the text back that they had.

use masthead::access::{Caller, Role};
use serde_json::{Value, json};
use support::seed::article;
use support::{TestApp, key, translator};

use super::{article_id, ask, change, is_done, retitle, revisions, rows, which};

async fn restore(
    app: &TestApp,
    caller: &Caller,
    article: &Value,
    (locale, expected, version): (&str, i64, i64),
) -> Vec<String> {
    let input = which(article, locale, expected, json!({"version": version}));
    change(app, caller, "articleTranslationRestore", input).await
}

#[tokio::test]
async fn a_restored_text_is_a_new_version_and_the_slug_and_the_state_stay() {
    TestApp::on_each_engine(async |app| {
        let words = article("ice")
            .draft("en")
            .title("en", "Ice")
            .lead("en", "Cold")
            .body("en", "Thin.");
        app.seed(words).await;
        let id = article_id(app, "ice").await;
        let editor = key(Role::Editor);
        let all = json!({"title": "Snow", "lead": "", "body": "Deep.", "slug": "snow"});
        is_done(
            &change(
                app,
                &editor,
                "articleTranslationUpdate",
                which(&id, "en", 1, all),
            )
            .await,
        );
        is_done(
            &change(
                app,
                &editor,
                "articleTranslationSubmit",
                which(&id, "en", 2, json!({})),
            )
            .await,
        );

        is_done(&restore(app, &editor, &id, ("en", 3, 1)).await);

        let what = "version slug state title lead body { markdown }";
        let present = revisions(app, &id, "en", what).await.remove(0);
        assert_eq!(
            present,
            json!({"version": 4, "slug": "snow", "state": "IN_REVIEW", "title": "Ice",
                "lead": "Cold", "body": {"markdown": "Thin."}})
        );
    })
    .await;
}

#[tokio::test]
async fn a_text_is_restored_from_a_version_that_shares_it() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice").draft("en").title("en", "Ice"))
            .await;
        let id = article_id(app, "ice").await;
        let editor = key(Role::Editor);
        for (version, step) in (1..).zip(["Submit", "SendBack"]) {
            let input = which(&id, "en", version, json!({}));
            is_done(&change(app, &editor, &format!("articleTranslation{step}"), input).await);
        }
        retitle(app, &id, ("en", 3), "Snow").await;

        is_done(&restore(app, &editor, &id, ("en", 4, 2)).await);

        let present = revisions(app, &id, "en", "version title").await.remove(0);
        assert_eq!(present, json!({"version": 5, "title": "Ice"}));
    })
    .await;
}

#[tokio::test]
async fn restoring_what_is_in_force_changes_nothing() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice").draft("en").title("en", "Ice"))
            .await;
        let id = article_id(app, "ice").await;
        retitle(app, &id, ("en", 1), "Snow").await;
        retitle(app, &id, ("en", 2), "Ice").await;
        let before = rows(app).await;

        for version in [1, 3] {
            is_done(&restore(app, &key(Role::Editor), &id, ("en", 3, version)).await);
        }

        let present = revisions(app, &id, "en", "version").await.remove(0);
        assert_eq!(present, json!({"version": 3}));
        assert_eq!(rows(app).await, before);
    })
    .await;
}

#[tokio::test]
async fn what_can_not_be_restored_is_told_apart() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice").draft("be")).await;
        let id = article_id(app, "ice").await;
        retitle(app, &id, ("be", 1), "Снег").await;
        retitle(app, &id, ("en", 1), "Snow").await;
        let nobody = json!(masthead::graphql::id::encode("Article", 999).to_string());
        let editor = key(Role::Editor);

        for (article, place, expected) in [
            (&id, ("be", 2, 7), "NOT_FOUND version"),
            (&id, ("be", 2, 0), "NOT_FOUND version"),
            (&id, ("be", 2, -1), "NOT_FOUND version"),
            (&id, ("be", 1, 1), "STALE_VERSION expectedVersion"),
            (&id, ("pl", 1, 1), "NOT_FOUND article"),
            (&nobody, ("be", 1, 1), "NOT_FOUND article"),
            (&id, ("en", 2, 1), "WRONG_STATE locale"),
        ] {
            assert_eq!(restore(app, &editor, article, place).await, [expected]);
        }

        is_done(&restore(app, &key(Role::Publisher), &id, ("en", 2, 1)).await);
        is_done(&restore(app, &translator(&["be"]), &id, ("be", 2, 1)).await);
    })
    .await;
}

#[tokio::test]
async fn an_old_text_of_the_original_makes_its_translations_outdated_again() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice")).await;
        let id = article_id(app, "ice").await;
        retitle(app, &id, ("en", 1), "Snow").await;
        retitle(app, &id, ("be", 1), "Снег").await;
        let freshness = async || {
            let answer = ask(app, &key(Role::Editor), &id, "be", "freshness").await;
            answer.at("/translations/nodes/0/freshness").clone()
        };
        let before = freshness().await;

        is_done(&restore(app, &key(Role::Publisher), &id, ("en", 2, 1)).await);

        assert_eq!(before, "CURRENT");
        assert_eq!(freshness().await, "OUTDATED");
    })
    .await;
}

#[tokio::test]
async fn an_old_text_counts_as_made_from_the_original_as_it_was_then() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice")).await;
        let id = article_id(app, "ice").await;
        retitle(app, &id, ("en", 1), "Snow").await;
        retitle(app, &id, ("be", 1), "Снег").await;

        is_done(&restore(app, &key(Role::Publisher), &id, ("be", 2, 1)).await);

        let answer = ask(
            app,
            &key(Role::Editor),
            &id,
            "be",
            "freshness sourceVersion",
        )
        .await;
        assert_eq!(
            *answer.at("/translations/nodes/0"),
            json!({"freshness": "OUTDATED", "sourceVersion": 1})
        );
    })
    .await;
}

#[tokio::test]
async fn a_restored_text_is_to_be_approved_again() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice").draft("be")).await;
        let id = article_id(app, "ice").await;
        retitle(app, &id, ("be", 1), "Снег").await;
        let editor = key(Role::Editor);
        for (version, step) in (2..).zip(["Submit", "Approve"]) {
            let input = which(&id, "be", version, json!({}));
            is_done(&change(app, &editor, &format!("articleTranslation{step}"), input).await);
        }

        is_done(&restore(app, &translator(&["be"]), &id, ("be", 4, 1)).await);

        let answer = ask(app, &editor, &id, "be", "state isApproved").await;
        assert_eq!(
            *answer.at("/translations/nodes/0"),
            json!({"state": "IN_REVIEW", "isApproved": false})
        );
    })
    .await;
}
