//! The next article and the previous one, in the issue and in lists by time.

use serde_json::{Value, json};
use support::TestApp;
use support::seed::{article, author, issue, topic};

/// The key, the next key and the previous one of each article, in a scope.
async fn steps(app: &TestApp, scope: &str, locales: &str) -> Vec<[Value; 3]> {
    let answer = app
        .query(&format!(
            "{{ articles(locales: {locales}, orderBy: [{{field: ISSUE_NUMBER}}, {{field: POSITION}}]) {{
                nodes {{ key next{scope} {{ key }} previous{scope} {{ key }} }} }} }}"
        ))
        .await;
    let nodes = answer.at("/articles/nodes").as_array().unwrap();
    let step = |node: &Value| {
        let others = ["next", "previous"].map(|step| node[step]["key"].clone());
        let [next, previous] = others;
        [node["key"].clone(), next, previous]
    };
    nodes.iter().map(step).collect()
}

#[tokio::test]
async fn in_an_issue_articles_follow_by_position() {
    TestApp::on_each_engine(async |app| {
        app.seed([
            issue(1).with([
                article("c")
                    .position(30)
                    .published_at("2020-01-01T00:00:00Z"),
                article("a")
                    .position(1)
                    .published_at("2020-01-09T00:00:00Z"),
                article("b").position(7),
            ]),
            issue(2).with([article("d").position(2)]),
        ])
        .await;

        let expected = json!([
            ["a", "b", null],
            ["b", "c", "a"],
            ["c", null, "b"],
            ["d", null, null],
        ]);
        assert_eq!(json!(steps(app, "", "[en]").await), expected);
        assert_eq!(json!(steps(app, "(scope: ISSUE)", "[en]").await), expected);
    })
    .await;
}

#[tokio::test]
async fn in_a_topic_articles_follow_by_time_then_by_their_coming_in() {
    TestApp::on_each_engine(async |app| {
        app.seed([
            topic("water").with([
                issue(1).with([
                    article("a"),
                    article("b"),
                    article("c").published_at("2021-01-01T00:00:00Z"),
                ]),
                issue(2).with([
                    article("d"),
                    article("e").published_at("2019-01-01T00:00:00Z"),
                ]),
            ]),
            topic("roads").with(issue(1).with(article("f"))),
        ])
        .await;

        assert_eq!(
            json!(steps(app, "(scope: TOPIC)", "[en]").await),
            json!([
                ["a", "b", "e"],
                ["b", "d", "a"],
                ["c", null, "d"],
                ["f", null, null],
                ["d", "c", "b"],
                ["e", "a", null],
            ])
        );
    })
    .await;
}

#[tokio::test]
async fn neighbours_that_do_not_exist_for_the_reader_are_passed_over() {
    TestApp::on_each_engine(async |app| {
        app.seed(topic("water").with([
            issue(1).with([
                article("a"),
                article("b").only_in(["en"]),
                article("c").draft("be").draft("ru"),
                article("d").only_in(["ru"]),
            ]),
            issue(2).unpublished().with(article("e")),
            issue(3).with(article("f")),
        ]))
        .await;

        for scope in ["", "(scope: TOPIC)"] {
            let be = steps(app, scope, "[be, ru]").await;
            let last = if scope.is_empty() {
                Value::Null
            } else {
                "f".into()
            };
            assert_eq!(
                json!(be[..2]),
                json!([["a", "d", null], ["d", last, "a"]]),
                "{scope}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn in_a_topic_the_time_is_that_of_the_words_that_are_served() {
    TestApp::on_each_engine(async |app| {
        app.seed([
            article("a")
                .published_in_at("en", "2021-01-01T00:00:00Z")
                .published_in_at("be", "2021-01-03T00:00:00Z"),
            article("b").published_at("2021-01-02T00:00:00Z"),
        ])
        .await;

        let en = steps(app, "(scope: TOPIC)", "[en]").await;
        let be = steps(app, "(scope: TOPIC)", "[be]").await;

        assert_eq!(json!(en), json!([["a", "b", null], ["b", null, "a"]]));
        assert_eq!(json!(be), json!([["a", null, "b"], ["b", "a", null]]));
    })
    .await;
}

#[tokio::test]
async fn a_step_with_locales_of_its_own_goes_on_as_that_reader() {
    TestApp::on_each_engine(async |app| {
        app.seed([article("a"), article("b").only_in(["be"]), article("c")]).await;

        let answer = app
            .query(
                r#"{ article(by: {slug: "a"}) { next { key }
                     be: next(locales: [be]) { key locale next { key locale previous { key } } } } }"#,
            )
            .await;

        assert_eq!(
            *answer.at("/article"),
            json!({"next": {"key": "c"}, "be": {"key": "b", "locale": "be", "next":
                {"key": "c", "locale": "be", "previous": {"key": "b"}}}})
        );
    })
    .await;
}

#[tokio::test]
async fn among_all_articles_they_follow_by_time() {
    TestApp::on_each_engine(async |app| {
        app.seed([
            issue(2).with([article("c").topic("roads"), article("d")]),
            issue(1).with([article("a"), article("b").topic("roads")]),
            issue(3).with(article("e").published_at("2019-01-01T00:00:00Z")),
        ])
        .await;

        assert_eq!(
            json!(steps(app, "(scope: ALL)", "[en]").await),
            json!([
                ["a", "b", "e"],
                ["b", "c", "a"],
                ["c", "d", "b"],
                ["d", null, "c"],
                ["e", "a", null],
            ])
        );
    })
    .await;
}

#[tokio::test]
async fn with_an_author_articles_of_the_first_in_the_byline_follow_by_time() {
    TestApp::on_each_engine(async |app| {
        app.seed([
            author("anna"),
            author("boris"),
            author("vera").only_in(["be"]),
        ])
        .await;
        app.seed([
            issue(1).with([
                article("a").by(["anna", "boris"]),
                article("b").by(["boris"]),
                article("c").by(["vera", "anna"]),
                article("nobody").by([]),
            ]),
            issue(2).with([
                article("d").by(["boris", "anna"]),
                article("e")
                    .by(["anna"])
                    .published_at("2019-01-01T00:00:00Z"),
                article("f").by(["vera"]),
            ]),
        ])
        .await;

        assert_eq!(
            json!(steps(app, "(scope: AUTHOR)", "[en]").await),
            json!([
                ["a", "c", "e"],
                ["b", "d", "a"],
                ["c", "d", "a"],
                ["nobody", null, null],
                ["d", null, "b"],
                ["e", "a", null],
                ["f", null, null],
            ]),
            "who has no words in the reader's locales is not in the byline"
        );
        let be = steps(app, "(scope: AUTHOR)", "[be]").await;
        assert_eq!(json!(be[2]), json!(["c", "f", null]));
    })
    .await;
}

#[tokio::test]
async fn all_scopes_take_one_statement_a_step_for_any_number_of_articles() {
    TestApp::on_each_engine(async |app| {
        let week = |number: u32| {
            issue(number).with(["a", "b", "c"].map(|name| article(&format!("{number}-{name}")).by(["anna"])))
        };
        app.seed((1..=10).map(week).collect::<Vec<_>>()).await;

        for scope in ["ISSUE", "TOPIC", "AUTHOR", "ALL"] {
            let query = format!(
                "{{ articles(first: 30) {{ nodes {{ next(scope: {scope}) {{ key }} previous(scope: {scope}) {{ key }} }} }} }}"
            );
            assert_eq!(app.query(&query).await.statements, 3, "{scope}");
        }
    })
    .await;
}
