//! The days of an issue in words.

use serde_json::json;
use support::TestApp;
use support::seed::{Content, issue, publication};

#[tokio::test]
async fn the_days_of_an_issue_are_told_in_the_locale_that_is_served() {
    TestApp::on_each_engine(async |app| {
        let week = issue(1)
            .dates("2021-02-08", "2021-02-14")
            .only_in(["en", "be"]);
        app.seed(Content::from(publication().locales(["en", "be", "lt"])).with(week))
            .await;

        let answer = app
            .query(
                "{ english: issue(by: {number: 1}) { dateRange }
                   belarusian: issue(by: {number: 1}, locales: [lt, be]) { locale dateRange
                     short: dateRange(style: SHORT) lithuanian: dateRange(locale: \"lt\") } }",
            )
            .await;

        assert_eq!(
            *answer.expect_data(),
            json!({
                "english": {"dateRange": "February 8 – 14, 2021"},
                "belarusian": {
                    "locale": "be", "dateRange": "8–14 лютага 2021 г.",
                    "short": "8.02.2021 – 14.02.2021",
                    "lithuanian": "2021 m. vasario 8–14 d.",
                },
            })
        );
        assert_eq!(answer.statements, 2, "an issue each");
    })
    .await;
}

#[tokio::test]
async fn the_days_of_many_issues_take_no_statement_of_their_own() {
    TestApp::on_each_engine(async |app| {
        app.seed([issue(1), issue(2), issue(3)]).await;

        let answer = app
            .query("{ issues(locales: [ru]) { nodes { number dateRange(style: MEDIUM) } } }")
            .await;

        let ranges = [
            "20–26 янв. 2020 г.",
            "13–19 янв. 2020 г.",
            "6–12 янв. 2020 г.",
        ];
        assert_eq!(answer.texts("/issues/nodes", "dateRange"), ranges);
        assert_eq!(answer.statements, 1);
    })
    .await;
}

#[tokio::test]
async fn days_in_a_locale_that_the_publication_lacks_are_refused() {
    TestApp::on_each_engine(async |app| {
        app.seed(issue(1)).await;

        let answer = app
            .query("{ latestIssue { dateRange(locale: \"fr\") } }")
            .await;

        assert_eq!(answer.code(), Some("UNKNOWN_LOCALE"));
    })
    .await;
}
