//! Forms of words: made when words are written, and anew when the program
//! makes others.

use masthead::content::derived::{VERSION, is_current, rebuild, refresh};
use sea_orm::ConnectionTrait;
use support::TestApp;
use support::seed::article;

#[tokio::test]
async fn forms_of_an_older_program_are_made_anew_once() {
    TestApp::on_each_engine(async |app| {
        app.seed([article("ice"), article("wells").draft("en")])
            .await;
        set_version(app, VERSION - 1).await;

        let first = refresh(app.database()).await.unwrap();
        let second = refresh(app.database()).await.unwrap();

        assert_eq!(first.map(|rebuilt| rebuilt.translations), Some(6));
        assert_eq!(second, None);
    })
    .await;
}

#[tokio::test]
async fn a_rebuild_that_was_asked_for_makes_all_forms_whatever_their_version() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice")).await;
        set_version(app, VERSION).await;

        let rebuilt = rebuild(app.database(), |_| ()).await.unwrap();

        assert_eq!(rebuilt.translations, 3);
        assert!(is_current(app.database()).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn a_rebuild_makes_the_forms_that_an_import_made() {
    TestApp::on_each_engine(async |app| {
        app.seed([
            article("ice").title("en", "The ice road opens").body(
                "en",
                "## Late\n\nThree *weeks* late, by [the lake](article:wells).",
            ),
            article("wells").title("ru", "Колодцы и озёра"),
        ])
        .await;
        let made = answers(app).await;
        for table in ["article_texts", "article_key_terms", "article_search"] {
            run(app, &format!("DELETE FROM {table}")).await;
        }
        run(app, "UPDATE article_translations SET sort_title = ''").await;
        let lost = answers(app).await;

        rebuild(app.database(), |_| ()).await.unwrap();

        assert_ne!(lost, made);
        assert_eq!(answers(app).await, made);
    })
    .await;
}

/// What is answered out of forms.
async fn answers(app: &TestApp) -> serde_json::Value {
    let answer = app
        .query(
            "{
                articles(locales: [\"en\"], orderBy: {field: TITLE}) { nodes { key wordCount
                    body { html text blocks headings { anchor } } related { key } } }
                english: search(query: \"lakes\", locales: [\"en\"]) { nodes { key } }
                russian: search(query: \"озеро\", locales: [\"ru\"]) { nodes { key } }
            }",
        )
        .await;
    answer.expect_data().clone()
}

async fn set_version(app: &TestApp, version: i32) {
    run(
        app,
        &format!("UPDATE derived_forms SET version = {version}"),
    )
    .await;
}

async fn run(app: &TestApp, statement: &str) {
    app.database()
        .writer()
        .execute_unprepared(statement)
        .await
        .unwrap();
}
