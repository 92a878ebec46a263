//! What happened to a topic: now, for how long, over time, and in an issue.

use serde_json::json;
use support::TestApp;
use support::seed::{Content, Trend, article, issue, topic};

/// A topic in five weeks: it improved twice, got worse, had no article, made
/// no assessment, and got worse.
fn weeks() -> Content {
    let water = |key: &str| article(key).topic("water");
    [
        issue(1).with(water("a").trend(Trend::Improved)),
        issue(2).with([
            water("b").position(2).trend(Trend::Improved),
            water("not-b").position(3).trend(Trend::Unchanged),
            water("silent").position(1),
        ]),
        issue(3).with(water("c").trend(Trend::Deteriorated)),
        issue(4).with(article("other").topic("roads").trend(Trend::Unchanged)),
        issue(5).with([water("d"), water("e")]),
        issue(6).with(water("f").trend(Trend::Deteriorated)),
    ]
    .into()
}

#[tokio::test]
async fn a_series_has_a_point_for_each_issue_and_gaps_where_nothing_is_said() {
    TestApp::on_each_engine(async |app| {
        app.seed(weeks()).await;

        let answer = app
            .query(
                r#"{ topic(by: {slug: "water"}) { trendSeries { issue { number } article { key } trend }
                     some: trendSeries(from: "2020-01-13", to: "2020-02-03") { issue { number } } } }"#,
            )
            .await;

        assert_eq!(
            *answer.at("/topic/trendSeries"),
            json!([
                {"issue": {"number": 1}, "article": {"key": "a"}, "trend": "IMPROVED"},
                {"issue": {"number": 2}, "article": {"key": "b"}, "trend": "IMPROVED"},
                {"issue": {"number": 3}, "article": {"key": "c"}, "trend": "DETERIORATED"},
                {"issue": {"number": 5}, "article": {"key": "d"}, "trend": null},
                {"issue": {"number": 6}, "article": {"key": "f"}, "trend": "DETERIORATED"},
            ])
        );
        let some = [2, 3, 5].map(|number| json!({"issue": {"number": number}}));
        assert_eq!(*answer.at("/topic/some"), json!(some), "from and to are inclusive");
    })
    .await;
}

#[tokio::test]
async fn a_streak_ends_at_another_trend_and_at_a_gap() {
    TestApp::on_each_engine(async |app| {
        let now = async || {
            let answer = app
                .query(r#"{ topic(by: {slug: "water"}) { trend trendStreak } }"#)
                .await;
            assert_eq!(answer.statements, 2, "the topic, and both at once");
            (
                answer.at("/topic/trend").clone(),
                answer.at("/topic/trendStreak").clone(),
            )
        };
        app.seed(weeks()).await;
        assert_eq!(
            now().await,
            (json!("DETERIORATED"), json!(1)),
            "a gap before"
        );

        app.seed(issue(5).with(article("d").topic("water").trend(Trend::Deteriorated)))
            .await;
        assert_eq!(
            now().await,
            (json!("DETERIORATED"), json!(3)),
            "an issue without it is passed over"
        );

        app.seed(issue(6).unpublished()).await;
        assert_eq!(now().await, (json!("DETERIORATED"), json!(2)));

        app.seed(issue(7).with(article("g").topic("water"))).await;
        assert_eq!(now().await, (json!(null), json!(0)), "nothing is said last");

        app.seed(issue(8).with(article("h").topic("roads").trend(Trend::Improved)))
            .await;
        assert_eq!(now().await, (json!(null), json!(0)));
    })
    .await;
}

#[tokio::test]
async fn a_topic_without_articles_has_no_trend() {
    TestApp::on_each_engine(async |app| {
        app.seed([topic("water"), topic("roads")]).await;

        let answer = app
            .query("{ topics { nodes { trend trendStreak trendSeries { trend } } } }")
            .await;

        let none = json!({"trend": null, "trendStreak": 0, "trendSeries": []});
        assert_eq!(*answer.at("/topics/nodes"), json!([none, none]));
    })
    .await;
}

#[tokio::test]
async fn an_issue_tells_the_trend_of_each_topic_and_what_it_was_before() {
    TestApp::on_each_engine(async |app| {
        app.seed([topic("roads"), topic("water"), topic("trade")]).await;
        app.seed(weeks()).await;
        app.seed(issue(6).with([
            article("g").topic("trade").trend(Trend::Improved),
            article("h").topic("roads"),
        ]))
        .await;

        let answer = app
            .query(
                "{ latestIssue { trends { topic { slug } article { key } trend
                     previous { issue { number } article { key } trend } }
                   previous { previous { trends { topic { slug } previous { trend } } } } } }",
            )
            .await;

        assert_eq!(
            *answer.at("/latestIssue/trends"),
            json!([
                {"topic": {"slug": "roads"}, "article": {"key": "h"}, "trend": null, "previous": null},
                {"topic": {"slug": "water"}, "article": {"key": "f"}, "trend": "DETERIORATED",
                 "previous": {"issue": {"number": 5}, "article": {"key": "d"}, "trend": null}},
                {"topic": {"slug": "trade"}, "article": {"key": "g"}, "trend": "IMPROVED", "previous": null},
            ])
        );
        assert_eq!(
            *answer.at("/latestIssue/previous/previous/trends"),
            json!([{"topic": {"slug": "roads"}, "previous": null}])
        );
    })
    .await;
}

#[tokio::test]
async fn trends_are_those_of_what_exists_for_the_reader() {
    TestApp::on_each_engine(async |app| {
        let water = |key: &str| article(key).topic("water");
        app.seed([
            issue(1).with(water("a").trend(Trend::Improved)),
            issue(2).with([
                water("b").trend(Trend::Deteriorated).draft("en"),
                water("c").trend(Trend::Unchanged),
            ]),
            issue(3).only_in(["be"]).with(water("d").trend(Trend::Improved)),
        ])
        .await;

        for (locales, newest, keys) in [
            ("[en]", "UNCHANGED", &["a", "c"][..]),
            ("[be]", "IMPROVED", &["a", "b", "d"]),
            ("[ru]", "DETERIORATED", &["a", "b"]),
        ] {
            let answer = app
                .query(&format!(
                    r#"{{ topic(by: {{slug: "water"}}, locales: {locales}) {{ trend trendSeries {{ key: article {{ key }} }} }} }}"#
                ))
                .await;
            assert_eq!(*answer.at("/topic/trend"), newest, "{locales}");
            let keys: Vec<_> = keys.iter().map(|key| json!({"key": {"key": key}})).collect();
            assert_eq!(*answer.at("/topic/trendSeries"), json!(keys), "{locales}");
        }
        let other = app
            .query(r#"{ topic(by: {slug: "water"}) { be: trend(locales: [be]) trendStreak(locales: [be]) } }"#)
            .await;
        assert_eq!(*other.at("/topic"), json!({"be": "IMPROVED", "trendStreak": 1}));
    })
    .await;
}

#[tokio::test]
async fn trends_take_a_statement_for_each_kind_of_edge() {
    TestApp::on_each_engine(async |app| {
        app.seed(weeks()).await;

        for (query, statements) in [
            (r#"{ topic(by: {slug: "water"}) { trendSeries { trend } } }"#, 2),
            (r#"{ topic(by: {slug: "water"}) { trendSeries { trend issue { slug } article { title } } } }"#, 3),
            ("{ topics(first: 8) { nodes { trend trendStreak trendSeries { issue { slug } article { title } } } } }", 4),
            ("{ latestIssue { trends { trend topic { slug } article { key } } } }", 3),
            (
                "{ issues { nodes { trends { trend topic { slug } previous { trend issue { slug } article { key } } } } } }",
                5,
            ),
        ] {
            let answer = app.query(query).await;
            assert_eq!(answer.errors, [json!(null); 0], "{query}");
            assert!(answer.statements <= statements, "{}: {query}", answer.statements);
        }
    })
    .await;
}

#[tokio::test]
async fn a_series_is_bounded() {
    TestApp::on_each_engine(async |app| {
        let water = |number: u32| {
            article(&format!("w{number}"))
                .topic("water")
                .only_in(["en"])
        };
        let weeks: Vec<_> = (1..=1001)
            .map(|number| issue(number).with(water(number)))
            .collect();
        app.seed(weeks).await;

        let all = app
            .query(r#"{ topic(by: {slug: "water"}) { slug trendSeries { trend } } }"#)
            .await;
        let most = app
            .query(
                r#"{ topic(by: {slug: "water"}) { trendSeries(from: "2020-01-07") { trend } } }"#,
            )
            .await;

        assert_eq!(all.code(), Some("INVALID_VALUE"));
        assert_eq!(
            all.message(),
            Some("a series has at most 1000 points: narrow it by \"from\" and \"to\"")
        );
        assert_eq!(
            most.at("/topic/trendSeries").as_array().unwrap().len(),
            1000
        );
    })
    .await;
}

#[tokio::test]
async fn days_in_the_wrong_order_are_refused() {
    TestApp::on_each_engine(async |app| {
        app.seed(weeks()).await;

        let wrong = app
            .query(r#"{ topic(by: {slug: "water"}) { trendSeries(from: "2020-02-02", to: "2020-02-01") { trend } } }"#)
            .await;
        let one_day = app
            .query(r#"{ topic(by: {slug: "water"}) { trendSeries(from: "2020-01-20", to: "2020-01-20") { trend } } }"#)
            .await;

        assert_eq!(wrong.code(), Some("INVALID_VALUE"));
        assert_eq!(
            wrong.message(),
            Some("\"from\" is a day not after \"to\": 2020-02-02 is after 2020-02-01")
        );
        assert_eq!(*one_day.at("/topic/trendSeries"), json!([{"trend": "DETERIORATED"}]));
    })
    .await;
}

#[tokio::test]
async fn a_series_weighs_as_much_as_it_may_have_points() {
    TestApp::on_each_engine(async |app| {
        app.seed(weeks()).await;
        let query = |days: &str| {
            format!("{{ topics(first: 100) {{ nodes {{ trendSeries{days} {{ trend issue {{ slug }} }} }} }} }}")
        };

        let open = app.query(&query("")).await;
        let half_a_year = app.query(&query(r#"(from: "2020-01-01", to: "2020-06-01")"#)).await;

        assert_eq!(open.code(), Some("QUERY_TOO_COMPLEX"));
        assert_eq!(half_a_year.code(), None);
    })
    .await;
}
