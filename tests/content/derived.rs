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

async fn set_version(app: &TestApp, version: i32) {
    let update = format!("UPDATE derived_forms SET version = {version}");
    app.database()
        .writer()
        .execute_unprepared(&update)
        .await
        .unwrap();
}
