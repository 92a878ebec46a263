//! Filters and orders that are too much.

use serde_json::{Value, json};
use support::TestApp;

use super::{refuse, seed};

#[tokio::test]
async fn a_list_in_a_filter_has_at_most_100_values() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;
        let text = "\"in\" is a list of at most 100, not 101";

        for (list, of_type, filter, value) in [
            ("articles", "ArticleFilter", "title", json!("a")),
            ("articles", "ArticleFilter", "slug", json!("a")),
            ("articles", "ArticleFilter", "position", json!(1)),
            ("articles", "ArticleFilter", "locale", json!("en")),
            ("articles", "ArticleFilter", "trend", json!("IMPROVED")),
            ("articles", "ArticleFilter", "id", json!("QXJ0aWNsZTox")),
            (
                "articles",
                "ArticleFilter",
                "publishedAt",
                json!("2021-01-01T00:00:00Z"),
            ),
            ("issues", "IssueFilter", "startsOn", json!("2021-01-01")),
            ("topics", "TopicFilter", "name", json!("a")),
            ("authors", "AuthorFilter", "name", json!("a")),
            (
                "translations",
                "TranslationFilter",
                "state",
                json!("PUBLISHED"),
            ),
            (
                "translations",
                "TranslationFilter",
                "type",
                json!("ARTICLE"),
            ),
            (
                "translations",
                "TranslationFilter",
                "parent",
                json!("QXJ0aWNsZTox"),
            ),
        ] {
            let query = format!("{{ {list}(filter: $v) {{ totalCount }} }}");
            let most = json!({filter: {"in": vec![value.clone(); 100]}});
            let more = json!({filter: {"in": vec![value; 101]}});
            refuse(app, &[(&query, of_type, more, "INVALID_VALUE", text)]).await;
            let answer = app
                .query_with(&format!("query($v: {of_type}) {query}"), json!({"v": most}))
                .await;
            assert_eq!(answer.code(), None, "{filter}");
        }
        refuse(
            app,
            &[
                (
                    "{ articles(filter: {availableIn: $v}) { totalCount } }",
                    "[Locale!]",
                    json!(vec!["en"; 101]),
                    "INVALID_VALUE",
                    "\"availableIn\" is a list of at most 100, not 101",
                ),
                (
                    "{ nodes(ids: $v) { id } }",
                    "[ID!]!",
                    json!(vec!["QXJ0aWNsZTox"; 101]),
                    "INVALID_VALUE",
                    "\"ids\" is a list of at most 100, not 101",
                ),
            ],
        )
        .await;
    })
    .await;
}

#[tokio::test]
async fn a_filter_holds_at_most_100_conditions_wherever_they_are() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;

        for (filter, found) in [
            (json!({"and": vec![json!({}); 100]}), 101),
            (json!({"or": vec![json!({}); 2000]}), 2001),
            (json!({"not": {"and": vec![json!({}); 99]}}), 101),
            (json!({"topic": {"or": vec![json!({}); 99]}}), 101),
            (
                json!({"authors": {"some": {"articles": {"none": {"or": vec![json!({}); 98]}}}}}),
                101,
            ),
            (
                json!({"issue": {"articles": {"every": {"or": vec![json!({}); 98]}}}}),
                101,
            ),
        ] {
            let text = format!("a filter holds at most 100 conditions, not {found}");
            let articles = "{ articles(filter: $v) { totalCount } }";
            let below = "{ latestIssue { articles(filter: $v) { nodes { key } } } }";
            for query in [articles, below] {
                refuse(
                    app,
                    &[(
                        query,
                        "ArticleFilter",
                        filter.clone(),
                        "FILTER_TOO_LARGE",
                        &text,
                    )],
                )
                .await;
            }
        }
        let most = json!({"and": vec![json!({"title": {"contains": "e"}}); 99]});
        let query = "query($v: ArticleFilter) { articles(filter: $v) { totalCount } }";
        let answer = app.query_with(query, json!({"v": most})).await;
        assert_eq!(*answer.at("/articles/totalCount"), 2);
    })
    .await;
}

#[tokio::test]
async fn a_filter_asks_for_other_things_at_most_10_times() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;

        for (list, of_type, filter, found) in [
            ("articles", "ArticleFilter", json!({"or": vec![json!({"topic": {}}); 11]}), 11),
            ("articles", "ArticleFilter", json!({"and": vec![json!({"availableIn": ["en"], "issue": {}}); 6]}), 12),
            ("topics", "TopicFilter", json!({"and": vec![json!({"articles": {"some": {}, "every": {}, "none": {"topic": {}}}}); 3]}), 12),
            ("authors", "AuthorFilter", json!({"or": vec![json!({"availableIn": []}); 11]}), 11),
            ("issues", "IssueFilter", json!({"not": {"or": vec![json!({"articles": {"some": {}}}); 11]}}), 11),
        ] {
            let text = format!("a filter holds at most 10 conditions on other things, not {found}");
            let query = format!("{{ {list}(filter: $v) {{ totalCount }} }}");
            refuse(app, &[(&query, of_type, filter, "FILTER_TOO_LARGE", &text)]).await;
        }
    })
    .await;
}

/// A filter nested `levels` deep.
fn nested(levels: usize, wrap: fn(Value) -> Value) -> Value {
    (1..levels).fold(json!({}), |filter, _| wrap(filter))
}

#[tokio::test]
async fn a_filter_nests_its_conditions_at_most_10_deep() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;
        let query = "{ articles(filter: $v, locales: [be, ru, en]) { totalCount } }";

        let wraps: [fn(Value) -> Value; 3] = [
            |filter| json!({"not": filter}),
            |filter| json!({"or": [{}, filter]}),
            |filter| json!({"not": {"or": [{}, filter]}}),
        ];
        for wrap in &wraps[..2] {
            let text = "a filter nests its conditions at most 10 deep, not 11";
            let filter = nested(11, *wrap);
            refuse(
                app,
                &[(query, "ArticleFilter", filter, "FILTER_TOO_LARGE", text)],
            )
            .await;
        }
        let text = "a filter nests its conditions at most 10 deep, not 21";
        let filter = nested(11, wraps[2]);
        refuse(
            app,
            &[(query, "ArticleFilter", filter, "FILTER_TOO_LARGE", text)],
        )
        .await;
    })
    .await;
}

#[tokio::test]
async fn the_deepest_filter_is_answered() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;
        let query = "query($v: ArticleFilter) { articles(filter: $v, locales: [be, ru, en]) { totalCount } }";
        let wraps: [fn(Value) -> Value; 4] = [
            |filter| json!({"topic": {"articles": {"some": filter}}}),
            |filter| json!({"issue": {"articles": {"every": filter}}}),
            |filter| json!({"authors": {"every": {"articles": {"none": filter}}}}),
            |filter| json!({"not": {"or": [{}, filter]}}),
        ];
        for (place, wrap) in wraps.into_iter().enumerate() {
            let answer = app.query_with(query, json!({"v": nested(5, wrap)})).await;

            assert!(answer.errors.is_empty(), "{place}: {:?}", answer.errors);
        }
    })
    .await;
}

#[tokio::test]
async fn the_widest_filter_is_answered() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;
        let query = "query($v: ArticleFilter) { articles(filter: $v, locales: [be, ru, en]) { totalCount } }";
        let title = json!({"title": {"contains": "ice"}, "publishedAt": {"gt": "2001-01-01T00:00:00Z"}});

        for (filter, count) in [
            (json!({"or": vec![title.clone(); 99]}), 1),
            (json!({"and": vec![json!({"not": title}); 49]}), 1),
                        (json!({"and": vec![json!({"topic": {"name": {"contains": "general"}}}); 10]}), 2),
            (json!({"or": vec![json!({"authors": {"some": {"name": {"eq": "ANNA BE"}}}}); 10]}), 1),
            (json!({"and": vec![json!({"authors": {"every": {"name": {"eq": "ANNA BE"}}}}); 10]}), 2),
            (json!({"and": vec![json!({"availableIn": ["en", "be", "ru", "be"]}); 10]}), 2),
            (json!({"and": vec![json!({"availableIn": ["en", "fr"]}); 10]}), 0),
            (json!({"availableIn": []}), 2),
        ] {
            let answer = app.query_with(query, json!({"v": filter})).await;

            assert_eq!(*answer.at("/articles/totalCount"), count);
        }
    })
    .await;
}

#[tokio::test]
async fn variables_are_nested_at_most_64_deep() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;
        let query = "query($v: ArticleFilter) { articles(filter: $v) { totalCount } }";

        for levels in [65, 120] {
            let filter = nested(levels, |filter| json!({"not": filter}));
            let answer = app.query_with(query, json!({"v": filter})).await;

            assert_eq!(answer.code(), Some("QUERY_TOO_DEEP"), "{levels}");
            assert_eq!(
                answer.message(),
                Some("variables are nested at most 64 deep")
            );
        }
        let filter = nested(64, |filter| json!({"not": filter}));
        let answer = app.query_with(query, json!({"v": filter})).await;
        assert_eq!(answer.code(), Some("FILTER_TOO_LARGE"));
    })
    .await;
}

#[tokio::test]
async fn an_order_has_at_most_7_keys() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;
        let text = "\"orderBy\" is a list of at most 7, not 8";

        for (list, key) in [
            ("articles", "Article"),
            ("issues", "Issue"),
            ("topics", "Topic"),
            ("authors", "Author"),
            ("translations", "Translation"),
        ] {
            let field = match key {
                "Article" | "Issue" => "TITLE",
                _ => "SLUG",
            };
            let query = format!("{{ {list}(orderBy: $v) {{ nodes {{ __typename }} }} }}");
            let of_type = format!("[{key}Order!]");
            let keys = |count| json!(vec![json!({"field": field}); count]);
            refuse(app, &[(&query, &of_type, keys(8), "INVALID_VALUE", text)]).await;
            let query = format!("query($v: {of_type}) {query}");
            let answer = app.query_with(&query, json!({"v": keys(7)})).await;
            assert_eq!(answer.code(), None, "{list}");
        }
    })
    .await;
}
