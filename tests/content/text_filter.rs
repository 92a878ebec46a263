//! How titles and names are looked for.

use serde_json::json;
use support::TestApp;
use support::seed::{article, author};

/// The keys of the articles whose title passes a test.
async fn found(app: &TestApp, test: &str, text: &str) -> Vec<String> {
    let query = "query($title: TextFilter) { articles(filter: {title: $title}) { nodes { key } } }";
    let answer = app.query_with(query, json!({"title": {test: text}})).await;
    let mut keys: Vec<String> = answer
        .texts("/articles/nodes", "key")
        .into_iter()
        .map(str::to_owned)
        .collect();
    keys.sort();
    keys
}

#[tokio::test]
async fn wildcards_of_sql_mean_themselves() {
    TestApp::on_each_engine(async |app| {
        app.seed([
            article("percent").title("en", "100% sure"),
            article("underscore").title("en", "100_ sure"),
            article("letter").title("en", "100x sure"),
            article("backslash").title("en", "100\\ sure"),
        ])
        .await;

        for (text, key) in [
            ("100%", "percent"),
            ("100_", "underscore"),
            ("100x", "letter"),
            ("100\\", "backslash"),
        ] {
            assert_eq!(found(app, "startsWith", text).await, [key], "{text}");
            assert_eq!(found(app, "contains", &text[2..]).await, [key], "{text}");
        }
        for text in ["%", "_", "\\"] {
            assert_eq!(found(app, "contains", text).await.len(), 1, "{text}");
            assert_eq!(found(app, "eq", text).await.len(), 0, "{text}");
        }
        assert_eq!(found(app, "contains", "").await.len(), 4);
    })
    .await;
}

#[tokio::test]
async fn case_makes_no_difference_in_any_script() {
    TestApp::on_each_engine(async |app| {
        app.seed([
            article("a").title("en", "Ўсход і ЁЛКА"),
            article("b").title("en", "ĄŽUOLAS"),
            article("c").title("en", "ICE"),
        ])
        .await;

        for (test, text, key) in [
            ("eq", "ўсход І ёлка", "a"),
            ("startsWith", "ўСХ", "a"),
            ("contains", "ёлк", "a"),
            ("eq", "ąžuolas", "b"),
            ("contains", "UO", "b"),
            ("eq", "ice", "c"),
        ] {
            assert_eq!(found(app, test, text).await, [key], "{test} {text}");
        }
        assert!(found(app, "eq", "усход і елка").await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn names_are_looked_for_like_titles() {
    TestApp::on_each_engine(async |app| {
        app.seed([
            author("anna").name("en", "Anna Navumik"),
            author("boris").name("en", "Boris 50%"),
        ])
        .await;

        let answer = app
            .query(
                r#"{ one: authors(filter: {name: {contains: "NAVU"}}) { nodes { slug } }
                     two: authors(filter: {name: {in: ["boris 50%", "nobody"]}}) { nodes { slug } }
                     none: authors(filter: {name: {contains: "0_"}}) { nodes { slug } } }"#,
            )
            .await;

        assert_eq!(answer.texts("/one/nodes", "slug"), ["anna"]);
        assert_eq!(answer.texts("/two/nodes", "slug"), ["boris"]);
        assert_eq!(*answer.at("/none/nodes"), json!([]));
    })
    .await;
}
