//! What each write tells.

use masthead::change_log::Position;
use support::TestApp;
use support::seed::{article, issue};

use super::told;

#[tokio::test]
async fn what_is_published_is_told_in_the_order_in_which_it_refers() {
    TestApp::on_each_engine(async |app| {
        app.seed(
            article("ice")
                .by(["anna"])
                .only_in(["en", "be"])
                .draft("be"),
        )
        .await;

        assert_eq!(
            told(app, Position::START).await,
            [
                "PUBLISHED PUBLICATION",
                "PUBLISHED TOPIC general be",
                "PUBLISHED TOPIC general en",
                "PUBLISHED TOPIC general ru",
                "PUBLISHED AUTHOR anna be",
                "PUBLISHED AUTHOR anna en",
                "PUBLISHED AUTHOR anna ru",
                "PUBLISHED ISSUE 1 be",
                "PUBLISHED ISSUE 1 en",
                "PUBLISHED ISSUE 1 ru",
                "PUBLISHED ARTICLE ice en",
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn an_issue_takes_its_articles_along() {
    TestApp::on_each_engine(async |app| {
        app.seed(
            issue(1)
                .only_in(["en"])
                .with(article("ice").only_in(["en"])),
        )
        .await;
        let before = super::position(app).await;

        app.seed(issue(1).only_in(["en"]).unpublished()).await;

        assert_eq!(
            told(app, before).await,
            ["UNPUBLISHED ISSUE 1 en", "UNPUBLISHED ARTICLE ice en"]
        );
    })
    .await;
}

#[tokio::test]
async fn an_import_that_changes_nothing_tells_nothing() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice")).await;
        let before = super::position(app).await;

        app.seed(article("ice")).await;

        assert_eq!(told(app, before).await, [""; 0]);
    })
    .await;
}
