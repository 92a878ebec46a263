//! The archive: all issues, by year and month.

use serde_json::{Value, json};
use support::TestApp;
use support::seed::issue;

#[tokio::test]
async fn issues_stand_under_the_month_that_they_begin_in() {
    TestApp::on_each_engine(async |app| {
        app.seed([
            issue(1).dates("2020-12-28", "2021-01-03"),
            issue(2).dates("2021-01-04", "2021-01-10"),
            issue(3).dates("2021-01-25", "2021-01-31"),
            issue(4).dates("2021-03-01", "2021-03-07"),
            issue(5).dates("2021-03-08", "2021-03-14").unpublished(),
        ])
        .await;

        let answer = app
            .query("{ archive { years { year count months { month count issues { number } } } } }")
            .await;

        assert_eq!(answer.statements, 1);
        assert_eq!(
            *answer.at("/archive/years"),
            json!([
                {"year": 2021, "count": 3, "months": [
                    {"month": 3, "count": 1, "issues": [{"number": 4}]},
                    {"month": 1, "count": 2, "issues": [{"number": 3}, {"number": 2}]},
                ]},
                {"year": 2020, "count": 1, "months": [
                    {"month": 12, "count": 1, "issues": [{"number": 1}]},
                ]},
            ])
        );
    })
    .await;
}

#[tokio::test]
async fn an_archive_without_its_issues_takes_one_statement_and_says_the_same() {
    TestApp::on_each_engine(async |app| {
        app.seed([issue(1), issue(2).only_in(["be"]), issue(3), issue(9)]).await;

        for (locales, counts) in [("[en]", [2, 1]), ("[be]", [3, 1]), ("[be, en, ru]", [3, 1])] {
            for issues in ["", "issues { slug }"] {
                let query = format!(
                    "{{ archive(locales: {locales}) {{ years {{ year count months {{ month count {issues} }} }} }} }}"
                );
                let answer = app.query(&query).await;

                assert_eq!(answer.statements, 1, "{query}");
                let months = answer.at("/archive/years/0/months").as_array().unwrap();
                let found: Vec<&Value> = months.iter().map(|month| &month["count"]).collect();
                assert_eq!(found, [&json!(counts[1]), &json!(counts[0])], "{query}");
                assert_eq!(*answer.at("/archive/years/0/count"), counts[0] + counts[1], "{query}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn the_archive_of_nothing_has_no_years() {
    TestApp::on_each_engine(async |app| {
        let query = "{ archive { years { year months { issues { slug } } } } }";
        assert_eq!(*app.query(query).await.at("/archive/years"), json!([]));

        app.seed(issue(1).unpublished()).await;
        assert_eq!(*app.query(query).await.at("/archive/years"), json!([]));
    })
    .await;
}

#[tokio::test]
async fn edges_below_the_archive_are_batched() {
    TestApp::on_each_engine(async |app| {
        app.seed((1..=12).map(issue).collect::<Vec<_>>()).await;

        let answer = app
            .query("{ archive { years { months { issues { slug translations { locale } articles { totalCount } } } } } }")
            .await;

        assert_eq!(answer.errors, [Value::Null; 0]);
        assert_eq!(answer.statements, 3, "the issues, their words, their articles' counts");
    })
    .await;
}
