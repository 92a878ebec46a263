//! Whatever is typed gets a plain answer or a coded error.

use serde_json::json;
use support::TestApp;
use support::seed::article;

use super::found;

#[tokio::test]
async fn a_query_without_a_word_to_find_is_an_empty_page() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("a").title("en", "Water")).await;

        for query in [
            "", " ", "\n\t", "-", "--", "\"", "\"\"", "\" \"", "-\"", "\"\"\"", "%", "_", "*", "(", ")", "()",
            "^", ":", "'", "''", "\\", "|", "&", "!", "…", "—", "?!", "-water", "-water -\"ice\"", "🙂", "👩\u{200d}🚀",
            "\u{200f}", "\u{202e}\u{202c}", "\u{301}", "\u{feff}", "\u{0}", "'; --",
        ] {
            assert!(found(app, query, &["en"]).await.is_empty(), "{query:?}");
        }
        let answer = app
            .query("{ search(query: \" \") { edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor } } }")
            .await;
        assert_eq!(*answer.at("/search/pageInfo/hasNextPage"), false);
        assert_eq!(answer.statements, 0);
    })
    .await;
}

#[tokio::test]
async fn signs_and_operators_are_passed_over() {
    TestApp::on_each_engine(async |app| {
        app.seed([
            article("a")
                .title("en", "Water & ice: near 100% or not")
                .lead("en", ""),
            article("b").title("en", "Stones").lead("en", ""),
        ])
        .await;

        for query in [
            "water*",
            "*water*",
            "water%",
            "(water)",
            "((water",
            "^water",
            "water:*A",
            "!water",
            "water & ice",
            "water | ice",
            "water <-> ice",
            "water + ice",
            "water' ice'",
            "water''",
            "\\water",
            "water\\",
            "'water",
            "\"water",
            "\"water\" \"",
            "water\"ice\"",
            "water \"ice",
            "100%",
            "water🙂",
            "🙂 water",
            "\u{200f}water\u{200f}",
            "\u{202b}water\u{202c}",
            "wa\u{200b}ter",
            "water\u{0}",
            "water\u{0}ice",
            "water~",
            "~water",
            "=water",
            "water =",
            "water ;",
            "NEAR(water ice)",
            "water NOT",
            "water OR",
            "water AND ice",
            "(water) NEAR ice",
        ] {
            assert_eq!(found(app, query, &["en"]).await, ["a"], "{query:?}");
        }
        // What is left of an operator is a word, which the text lacks.
        for query in [
            "wat_er",
            "title:water",
            "{lede}: stones",
            "water:D",
            "=eng water",
            "water XOR ice",
            "near:2 water",
        ] {
            assert!(found(app, query, &["en"]).await.is_empty(), "{query:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_query_that_is_too_long_is_a_coded_error() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("a").title("en", "Water")).await;
        let text = "query($query: String!) { search(query: $query) { totalCount nodes { key } } }";

        for (query, message) in [
            (
                "ы".repeat(501),
                "\"query\" is at most 500 characters long, not 501",
            ),
            (
                "w".repeat(10_000),
                "\"query\" is at most 500 characters long, not 10000",
            ),
            (
                "\"".repeat(10_000),
                "\"query\" is at most 500 characters long, not 10000",
            ),
            ("a ".repeat(33), "\"query\" is of at most 32 words, not 33"),
            (
                "-\"a b c\"".repeat(11),
                "\"query\" is of at most 32 words, not 33",
            ),
        ] {
            let answer = app.query_with(text, json!({"query": query})).await;
            assert_eq!(answer.code(), Some("INVALID_VALUE"));
            assert_eq!(answer.message(), Some(message));
        }
        for query in ["ы".repeat(500), "water ".repeat(32), "w".repeat(500)] {
            let answer = app.query_with(text, json!({"query": query})).await;
            let _ = answer.expect_data();
        }
    })
    .await;
}

#[tokio::test]
async fn words_beyond_all_bounds_are_indexed_as_far_as_both_engines_can() {
    TestApp::on_each_engine(async |app| {
        // 16,000 words hold a position, and 254 of each kind.
        let start = (0..15_990).map(|place| format!("w{place}"));
        let start: Vec<String> = start.collect();
        let long = format!(
            "{} edge one two three four five six seven eight far away",
            start.join(" ")
        );
        let same = format!("{}last echo", "echo ".repeat(300));
        let huge = (0..40_000).map(|place| format!("{}{place}", "ы".repeat(40)));
        let huge = huge.collect::<Vec<_>>().join(" ");
        app.seed([
            article("long")
                .title("en", "T")
                .lead("en", "L")
                .body("en", &long),
            article("same")
                .title("en", "T")
                .lead("en", "L")
                .body("en", &same),
            article("huge")
                .title("en", "T")
                .lead("en", "L")
                .body("en", &huge),
            article("word")
                .title("en", &"z".repeat(500))
                .body("en", "B"),
        ])
        .await;

        for (query, keys) in [
            ("\"w15989 edge\"", vec!["long"]),
            ("far ", vec!["long"]),
            ("far edge ", vec!["long"]),
            ("\"far away\"", vec![]),
            ("\"echo last\"", vec![]),
            ("\"echo echo\" last ", vec!["same"]),
            ("\"last echo\"", vec![]),
        ] {
            assert_eq!(found(app, query, &["en"]).await, keys, "{query}");
        }
        assert_eq!(found(app, &"z".repeat(100), &["en"]).await, ["word"]);
        let first = format!("{}0 ", "ы".repeat(40));
        assert_eq!(found(app, &first, &["en"]).await, ["huge"]);
    })
    .await;
}
