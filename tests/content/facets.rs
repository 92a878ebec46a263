//! What the articles of a list have in common, with counts.

use serde_json::{Value, json};
use support::TestApp;
use support::seed::{Content, Trend, article, author, issue, topic};

/// Four articles of two years, on two topics, by two authors.
fn content() -> Content {
    Content::from([
        topic("water").position(2),
        topic("roads").position(1).only_in(["en", "be"]),
    ])
    .with([
        author("boris").name("en", "Aleh"),
        author("anna").only_in(["en"]),
    ])
    .with([
        issue(1).dates("2019-12-30", "2020-01-05").with([
            article("a")
                .topic("water")
                .by(["anna", "boris"])
                .trend(Trend::Improved),
            article("b")
                .topic("roads")
                .by(["boris"])
                .trend(Trend::Deteriorated),
        ]),
        issue(2).dates("2020-01-06", "2020-01-12").with([
            article("c").topic("water").by(["anna"]).only_in(["en"]),
            article("d")
                .topic("roads")
                .trend(Trend::Improved)
                .only_in(["ru"]),
        ]),
    ])
}

/// The facets of the articles that `arguments` ask for.
async fn facets(app: &TestApp, arguments: &str) -> Value {
    let answer = app
        .query(&format!(
            "{{ articles({arguments}) {{ facets {{ topics {{ topic {{ slug }} count }}
                 authors {{ author {{ slug }} count }} trends {{ trend count }}
                 years {{ year count }} locales {{ locale count }} }} }} }}"
        ))
        .await;
    let short = |list: &Value, field: &str| -> Vec<Value> {
        let short = |facet: &Value| {
            let value = &facet[field];
            json!([value.get("slug").unwrap_or(value), facet["count"]])
        };
        list.as_array().unwrap().iter().map(short).collect()
    };
    let facets = answer.at("/articles/facets");
    json!({
        "topics": short(&facets["topics"], "topic"),
        "authors": short(&facets["authors"], "author"),
        "trends": short(&facets["trends"], "trend"),
        "years": short(&facets["years"], "year"),
        "locales": short(&facets["locales"], "locale"),
    })
}

#[tokio::test]
async fn a_list_tells_what_its_articles_have_in_common() {
    TestApp::on_each_engine(async |app| {
        app.seed(content()).await;

        assert_eq!(
            facets(app, "locales: [en, ru], first: 1").await,
            json!({
                "topics": [["roads", 2], ["water", 2]],
                "authors": [["boris", 2], ["anna", 2]],
                "trends": [["IMPROVED", 2], ["DETERIORATED", 1], [null, 1]],
                "years": [[2020, 2], [2019, 2]],
                "locales": [["en", 3], ["ru", 1]],
            })
        );
        assert_eq!(
            facets(app, "locales: [ru]").await,
            json!({
                "topics": [["water", 1]],
                "authors": [["boris", 2]],
                "trends": [["IMPROVED", 2], ["DETERIORATED", 1]],
                "years": [[2019, 2], [2020, 1]],
                "locales": [["ru", 3]],
            }),
            "topics and authors without words are left out"
        );
    })
    .await;
}

#[tokio::test]
async fn each_facet_ignores_its_own_filter_and_obeys_the_others() {
    TestApp::on_each_engine(async |app| {
        app.seed(content()).await;

        let chosen = facets(
            app,
            r#"locales: [en], filter: {topic: {slug: {eq: "water"}}, year: {eq: 2019}}"#,
        )
        .await;
        let in_and = facets(
            app,
            r#"locales: [en], filter: {and: [{topic: {slug: {eq: "water"}}}, {and: [{year: {eq: 2019}}]}]}"#,
        )
        .await;

        assert_eq!(
            chosen,
            json!({
                "topics": [["roads", 1], ["water", 1]],
                "authors": [["boris", 1], ["anna", 1]],
                "trends": [["IMPROVED", 1]],
                "years": [[2020, 1], [2019, 1]],
                "locales": [["en", 1]],
            })
        );
        assert_eq!(chosen, in_and);
    })
    .await;
}

#[tokio::test]
async fn a_facet_obeys_its_own_field_in_or_and_not() {
    TestApp::on_each_engine(async |app| {
        app.seed(content()).await;

        for filter in [
            r#"{or: [{topic: {slug: {eq: "water"}}}]}"#,
            r#"{not: {topic: {slug: {eq: "roads"}}}}"#,
        ] {
            let facets = facets(app, &format!("locales: [en], filter: {filter}")).await;
            assert_eq!(facets["topics"], json!([["water", 2]]), "{filter}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_facet_of_nothing_is_empty() {
    TestApp::on_each_engine(async |app| {
        let empty = json!({"topics": [], "authors": [], "trends": [], "years": [], "locales": []});
        assert_eq!(facets(app, "first: 1").await, empty);

        app.seed(content()).await;
        let none = facets(app, "locales: [en], filter: {position: {gt: 9}}").await;
        assert_eq!(none, empty);
    })
    .await;
}

#[tokio::test]
async fn all_facets_of_all_lists_take_one_statement() {
    TestApp::on_each_engine(async |app| {
        app.seed(content()).await;
        let all = "facets { topics { count topic { name } } authors { count author { name } }
            trends { count } years { count } few: years(first: 1) { count } locales { count } }";

        for (query, statements) in [
            (format!("{{ articles {{ {all} }} }}"), 3),
            (
                "{ articles { facets { years { year } trends { trend } } } }".to_owned(),
                1,
            ),
            ("{ articles { facets { __typename } } }".to_owned(), 0),
            (
                format!("{{ topics {{ nodes {{ articles {{ {all} }} }} }} }}"),
                4,
            ),
            (
                format!("{{ issues {{ nodes {{ articles {{ {all} }} }} }} }}"),
                4,
            ),
            (
                format!("{{ authors {{ nodes {{ articles {{ {all} }} }} }} }}"),
                4,
            ),
        ] {
            let answer = app.query(&query).await;
            assert_eq!(answer.errors, [Value::Null; 0], "{query}");
            assert_eq!(answer.statements, statements, "{query}");
        }
    })
    .await;
}

#[tokio::test]
async fn how_many_values_a_facet_tells_is_bounded() {
    TestApp::on_each_engine(async |app| {
        app.seed(content()).await;

        for facet in ["topics", "authors", "years"] {
            for first in [0, -1, 101] {
                let query = format!(
                    "{{ articles {{ facets {{ {facet}(first: {first}) {{ count }} }} }} }}"
                );
                let answer = app.query(&query).await;

                let text = format!("\"first\" is a number from 1 to 100, not {first}");
                assert_eq!(answer.code(), Some("INVALID_VALUE"), "{query}");
                assert_eq!(answer.message(), Some(text.as_str()), "{query}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn years_are_filtered_at_their_edges() {
    TestApp::on_each_engine(async |app| {
        app.seed([
            issue(1).dates("0001-01-01", "0001-01-07").with(article("first-year")),
            issue(2).dates("2020-12-31", "2021-01-06").with(article("last-day")),
            issue(3).dates("2021-01-01", "2021-01-07").with(article("first-day")),
            issue(4).dates("9999-12-31", "9999-12-31").published_at("2021-01-01T00:00:00Z").with(article("last-year")),
        ])
        .await;

        let (all, none): (&[&str], &[&str]) = (&["first-year", "last-day", "first-day", "last-year"], &[]);
        for (year, expected) in [
            ("eq: 2020", &["last-day"][..]),
            ("eq: 2021", &["first-day"]),
            ("gt: 2020", &["first-day", "last-year"]),
            ("gte: 2020, lt: 2021", &["last-day"]),
            ("lte: 2020", &["first-year", "last-day"]),
            ("in: [1, 9999]", &["first-year", "last-year"]),
            ("in: []", none),
            ("eq: 1", &["first-year"]),
            ("eq: 9999", &["last-year"]),
            ("eq: 0", none),
            ("eq: -5", none),
            ("eq: 10000", none),
            ("gt: 9999", none),
            ("lt: 1", none),
            ("gte: -2147483648, lte: 2147483647", all),
            ("gt: 2147483647", none),
            ("lt: -2147483648", none),
        ] {
            let query = format!(
                "{{ articles(filter: {{year: {{{year}}}}}, orderBy: [{{field: ISSUE_NUMBER}}]) {{ nodes {{ key }} }} }}"
            );
            assert_eq!(app.query(&query).await.texts("/articles/nodes", "key"), expected, "{query}");
        }
    })
    .await;
}
