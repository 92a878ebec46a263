//! Which issue is meant: by number, slug, week or day, or the latest.

use serde_json::{Value, json};
use support::TestApp;
use support::seed::issue;

/// The slug of the issue that `by` finds.
async fn found(app: &TestApp, by: &str) -> Value {
    let answer = app
        .query(&format!("{{ issue(by: {{{by}}}) {{ slug }} }}"))
        .await;
    answer.expect_data()["issue"]["slug"].clone()
}

#[tokio::test]
async fn an_issue_is_found_by_each_of_its_keys() {
    TestApp::on_each_engine(async |app| {
        app.seed([
            issue(422).dates("2021-02-01", "2021-02-07"),
            issue(423)
                .dates("2021-02-08", "2021-02-14")
                .slug("the-assembly"),
        ])
        .await;
        let answer = app
            .query("{ latestIssue { id number week startsOn endsOn } }")
            .await;
        let id = answer.at("/latestIssue/id").as_str().unwrap().to_owned();

        assert_eq!(answer.at("/latestIssue/week"), "2021-W06");
        for by in [
            format!("id: {id:?}"),
            "number: 423".to_owned(),
            r#"slug: "the-assembly""#.to_owned(),
            r#"week: "2021-W06""#.to_owned(),
            r#"on: "2021-02-08""#.to_owned(),
            r#"on: "2021-02-14""#.to_owned(),
        ] {
            assert_eq!(found(app, &by).await, "the-assembly", "{by}");
        }
        for by in [
            "number: 424",
            "number: -1",
            "number: 2147483647",
            r#"slug: "The-Assembly""#,
            r#"week: "2021-W07""#,
            r#"on: "2021-02-15""#,
            r#"on: "2021-01-31""#,
            r#"on: "0001-01-01""#,
            r#"on: "9999-12-31""#,
        ] {
            assert_eq!(found(app, by).await, Value::Null, "{by}");
        }
    })
    .await;
}

#[tokio::test]
async fn of_issues_that_overlap_the_one_that_started_last_holds_a_day() {
    TestApp::on_each_engine(async |app| {
        app.seed([
            issue(1).dates("2021-02-10", "2021-02-12"),
            issue(2).dates("2021-02-01", "2021-02-28"),
            issue(3).dates("2021-02-20", "2021-02-21"),
            issue(4).dates("2021-02-27", "2021-02-27").unpublished(),
        ])
        .await;

        for (day, slug) in [
            ("2021-02-09", "issue-2"),
            ("2021-02-10", "issue-1"),
            ("2021-02-12", "issue-1"),
            ("2021-02-13", "issue-2"),
            ("2021-02-20", "issue-3"),
            ("2021-02-27", "issue-2"),
        ] {
            assert_eq!(found(app, &format!("on: \"{day}\"")).await, slug, "{day}");
        }
    })
    .await;
}

#[tokio::test]
async fn no_issue_holds_a_day_in_a_gap() {
    TestApp::on_each_engine(async |app| {
        app.seed([
            issue(1).dates("2021-02-01", "2021-02-07"),
            issue(2).dates("2021-02-15", "2021-02-21"),
        ])
        .await;

        assert_eq!(found(app, r#"on: "2021-02-08""#).await, Value::Null);
        assert_eq!(found(app, r#"on: "2021-02-14""#).await, Value::Null);
        assert_eq!(found(app, r#"week: "2021-W06""#).await, Value::Null);
    })
    .await;
}

#[tokio::test]
async fn a_week_finds_the_issue_that_started_last_in_it() {
    TestApp::on_each_engine(async |app| {
        app.seed([
            issue(1).dates("2021-02-14", "2021-02-20"),
            issue(2).dates("2021-02-08", "2021-02-14"),
            issue(3).dates("2021-02-15", "2021-02-15"),
        ])
        .await;

        assert_eq!(found(app, r#"week: "2021-W06""#).await, "issue-1");
        assert_eq!(found(app, r#"week: "2021-W07""#).await, "issue-3");
    })
    .await;
}

#[tokio::test]
async fn years_of_53_weeks_have_a_week_53() {
    TestApp::on_each_engine(async |app| {
        app.seed([
            issue(1)
                .dates("2020-12-28", "2021-01-03")
                .slug("last-of-2020"),
            issue(2)
                .dates("2021-01-04", "2021-01-10")
                .slug("first-of-2021"),
            issue(3)
                .dates("2024-12-30", "2025-01-05")
                .slug("first-of-2025"),
        ])
        .await;

        let weeks = app
            .query("{ issues(orderBy: [{field: NUMBER}]) { nodes { week } } }")
            .await;

        assert_eq!(
            weeks.texts("/issues/nodes", "week"),
            ["2020-W53", "2021-W01", "2025-W01"]
        );
        assert_eq!(found(app, r#"week: "2020-W53""#).await, "last-of-2020");
        assert_eq!(found(app, r#"week: "2021-W01""#).await, "first-of-2021");
        assert_eq!(found(app, r#"week: "2025-W01""#).await, "first-of-2025");
    })
    .await;
}

#[tokio::test]
async fn the_latest_issue_is_the_one_that_started_last_whatever_its_number() {
    TestApp::on_each_engine(async |app| {
        app.seed([
            issue(9).dates("2021-02-01", "2021-02-07"),
            issue(3).dates("2021-02-08", "2021-02-14"),
            issue(10).dates("2021-02-22", "2021-02-28").only_in(["ru"]),
            issue(11).dates("2021-03-01", "2021-03-07").unpublished(),
        ])
        .await;

        let answer = app
            .query("{ en: latestIssue { number } ru: latestIssue(locales: [ru]) { number } }")
            .await;

        assert_eq!(
            *answer.expect_data(),
            json!({"en": {"number": 3}, "ru": {"number": 10}})
        );
    })
    .await;
}

#[tokio::test]
async fn next_and_previous_issue_go_by_the_first_day() {
    TestApp::on_each_engine(async |app| {
        app.seed([
            issue(1).dates("2021-02-08", "2021-02-14"),
            issue(2).dates("2021-02-01", "2021-02-07"),
            issue(3).dates("2021-02-08", "2021-02-20"),
            issue(4).dates("2021-02-09", "2021-02-14").unpublished(),
            issue(5).dates("2021-02-15", "2021-02-21").only_in(["be"]),
            issue(6).dates("2021-02-22", "2021-02-28"),
        ])
        .await;

        let answer = app
            .query(
                "{ issues(orderBy: [{field: STARTS_ON}]) { nodes { number next { number } previous { number }
                    be: next(locales: [be]) { number locale previous { number } } } } }",
            )
            .await;

        let row = |[number, next, previous, be, back]: [Option<i32>; 5]| {
            let other = |number: Option<i32>| number.map(|number| json!({"number": number}));
            let be = be.map(|be| json!({"number": be, "locale": "be", "previous": other(back)}));
            json!({"number": number, "next": other(next), "previous": other(previous), "be": be})
        };
        assert_eq!(
            *answer.at("/issues/nodes"),
            json!([
                row([Some(2), Some(1), None, Some(1), Some(2)]),
                row([Some(1), Some(3), Some(2), Some(3), Some(1)]),
                row([Some(3), Some(6), Some(1), Some(5), Some(3)]),
                row([Some(6), None, Some(3), None, None]),
            ])
        );
    })
    .await;
}
