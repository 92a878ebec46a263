//! Only what the reader is served is found, and only as it stands now.

use masthead::content::exchange::{self, ImportOptions};
use serde_json::json;
use support::TestApp;
use support::seed::{Content, article, issue, publication};

use super::{found, found_set};

#[tokio::test]
async fn drafts_and_articles_of_unpublished_issues_are_never_found() {
    TestApp::on_each_engine(async |app| {
        app.seed([
            Content::from(article("draft").title("en", "Water").draft("en")),
            article("review")
                .title("en", "Water")
                .in_review("en")
                .into(),
            issue(2)
                .unpublished()
                .with(article("hidden").title("en", "Water")),
            article("shown").title("en", "Water").into(),
        ])
        .await;

        assert_eq!(found(app, "water", &["en"]).await, ["shown"]);
    })
    .await;
}

#[tokio::test]
async fn only_the_words_that_are_served_are_looked_at() {
    TestApp::on_each_engine(async |app| {
        app.seed([
            article("both").title("be", "Стол").title("ru", "Река"),
            article("russian")
                .only_in(["ru"])
                .title("ru", "Вода и река"),
            article("drafted")
                .title("be", "Рака")
                .draft("be")
                .title("ru", "Река"),
            article("english").only_in(["en"]).title("en", "Water"),
        ])
        .await;

        // Of `both` the reader sees Belarusian words only.
        let edition = ["be", "ru"];
        assert_eq!(
            found_set(app, "река ", &edition).await,
            ["drafted", "russian"]
        );
        assert_eq!(found_set(app, "вода ", &edition).await, ["russian"]);
        assert_eq!(found_set(app, "стале ", &edition).await, ["both"]);
        assert_eq!(
            found_set(app, "река ", &["ru"]).await,
            ["both", "drafted", "russian"]
        );
        assert!(found(app, "water ", &edition).await.is_empty());
        assert_eq!(found(app, "water ", &["ru", "en"]).await, ["english"]);
    })
    .await;
}

#[tokio::test]
async fn what_was_changed_or_removed_is_found_as_it_is_now() {
    TestApp::on_each_engine(async |app| {
        let first = publication().with([
            article("kept").title("en", "Water"),
            article("gone").title("en", "Water"),
        ]);
        app.seed(first).await;
        assert_eq!(found_set(app, "water", &["en"]).await, ["gone", "kept"]);

        app.seed(article("kept").title("en", "Stones")).await;
        let left = Content::from(publication()).with([article("kept").title("en", "Stones")]);
        let options = ImportOptions {
            prune: true,
            ..ImportOptions::default()
        };
        let input = std::io::Cursor::new(left.to_string().into_bytes());
        exchange::import(app.database(), app.clock(), input, options)
            .await
            .unwrap();

        assert!(found(app, "water", &["en"]).await.is_empty());
        assert_eq!(found(app, "stone", &["en"]).await, ["kept"]);
    })
    .await;
}

#[tokio::test]
async fn a_filter_keeps_some_of_what_is_found() {
    TestApp::on_each_engine(async |app| {
        app.seed([
            article("a").topic("rain").title("en", "Water"),
            article("b").topic("roads").title("en", "Water"),
            article("c").topic("roads").title("en", "Stones"),
        ])
        .await;

        let query = "query($query: String!) { search(query: $query, filter: {topic: {slug: {eq: \"roads\"}}}) {
            totalCount nodes { key }
            facets { topics { topic { slug } count } locales { count } } } }";
        let answer = app.query_with(query, json!({"query": "water"})).await;

        assert_eq!(answer.texts("/search/nodes", "key"), ["b"]);
        assert_eq!(*answer.at("/search/totalCount"), 1);
        // The facet ignores the filter's topic, not the query.
        let topics = answer.at("/search/facets/topics");
        let topics = topics.as_array().unwrap().iter();
        let mut topics: Vec<_> = topics
            .map(|facet| (facet["topic"]["slug"].as_str().unwrap(), &facet["count"]))
            .collect();
        topics.sort_by_key(|(slug, _)| *slug);
        assert_eq!(topics, [("rain", &json!(1)), ("roads", &json!(1))]);
        assert_eq!(*answer.at("/search/facets/locales/0/count"), 1);

        let nothing = app.query_with(query, json!({"query": "-water"})).await;
        assert_eq!(*nothing.at("/search/totalCount"), 0);
        assert_eq!(*nothing.at("/search/facets/topics"), json!([]));
    })
    .await;
}
