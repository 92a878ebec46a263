//! Words go from draft to review and back.

use masthead::access::Role;
use serde_json::{Value, json};
use support::seed::article;
use support::{NOW, TestApp, key, translator};

use super::{ALL, ARTICLE, article_id, change, which, with, wrong};

/// What translators and editors see of the words of an article in English.
async fn progress(app: &TestApp, article: &Value) -> Value {
    let query = format!(
        "{{ article(by: {{id: {article}}}, {ALL}, locales: [en]) {{ translations {{
            locale state version isApproved approvedAt approvedBy updatedBy }} }} }}"
    );
    let answer = app.query_as(&translator(&["be"]), &query).await;
    let translations = answer.at("/article/translations").as_array().unwrap();
    let english = translations.iter().find(|words| words["locale"] == "en");
    english.unwrap().clone()
}

#[tokio::test]
async fn an_approval_says_who_gave_it_and_when_until_the_text_changes() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice").draft("en")).await;
        let id = article_id(app, "ice").await;
        let (writer, editor) = (translator(&["en"]), key(Role::Editor));
        let step = |name: &str, version| (format!("articleTranslation{name}"), version);

        for (caller, (name, version)) in
            [(&writer, step("Submit", 1)), (&editor, step("Approve", 2))]
        {
            change(app, caller, &name, which(&id, "en", version)).await;
        }
        let approved = progress(app, &id).await;
        let input = with(which(&id, "en", 3), json!({"title": "Thin ice"}));
        change(app, &writer, "articleTranslationUpdate", input).await;
        let changed = progress(app, &id).await;

        assert_eq!(
            approved,
            json!({"locale": "en", "state": "IN_REVIEW", "version": 3, "isApproved": true,
                "approvedAt": NOW, "approvedBy": "editor", "updatedBy": "editor"})
        );
        assert_eq!(
            changed,
            json!({"locale": "en", "state": "IN_REVIEW", "version": 4, "isApproved": false,
                "approvedAt": null, "approvedBy": null, "updatedBy": "translator"})
        );
    })
    .await;
}

#[tokio::test]
async fn what_is_sent_back_is_a_draft_that_nobody_approved() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice").draft("en")).await;
        let id = article_id(app, "ice").await;
        let editor = key(Role::Editor);
        change(
            app,
            &editor,
            "articleTranslationSubmit",
            which(&id, "en", 1),
        )
        .await;
        change(
            app,
            &editor,
            "articleTranslationApprove",
            which(&id, "en", 2),
        )
        .await;

        let input = with(which(&id, "en", 3), json!({"note": "Who says so?"}));
        change(app, &editor, "articleTranslationSendBack", input).await;

        let words = progress(app, &id).await;
        assert_eq!(words["state"], "DRAFT");
        assert_eq!(words["isApproved"], false);
    })
    .await;
}

#[tokio::test]
async fn a_note_that_is_too_long_is_refused() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice").in_review("en")).await;
        let id = article_id(app, "ice").await;

        let input = with(which(&id, "en", 1), json!({"note": "x".repeat(1_001)}));
        let answer = app
            .mutate_as(
                &key(Role::Editor),
                "articleTranslationSendBack",
                input,
                ARTICLE,
            )
            .await;

        assert_eq!(wrong(&answer), ["TOO_LONG note"]);
    })
    .await;
}

#[tokio::test]
async fn readers_are_not_told_who_worked_on_a_text() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice")).await;
        let query = "{ article(by: {slug: \"ice\"}) { translations {
            sourceVersion isApproved approvedAt approvedBy updatedBy } } }";

        let readers = app.query(query).await;
        let partners = app.query_as(&key(Role::Partner), query).await;
        let translators = app.query_as(&translator(&["be"]), query).await;

        let nothing = json!({"sourceVersion": null, "isApproved": null, "approvedAt": null,
            "approvedBy": null, "updatedBy": null});
        for answer in [&readers, &partners] {
            assert_eq!(
                answer.at("/article/translations"),
                &json!(vec![nothing.clone(); 3])
            );
        }
        let words = translators.at("/article/translations/1");
        assert_eq!(words["updatedBy"], "command line");
        assert_eq!(words["sourceVersion"], 1);
        assert_eq!(translators.statements, readers.statements + 1);
    })
    .await;
}
