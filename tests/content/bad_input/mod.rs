//! What is refused, with which code and in which words: written into the
//! document and through variables alike.

mod document;
mod filter;
mod id;
mod limit;
mod page;
mod text;
mod value;

use serde_json::{Value, json};
use support::seed::article;
use support::{Answer, TestApp};

/// A value that is refused: where it stands (`$v`), its type, the value, and
/// the code and the text that a client gets.
type Case<'a> = (&'a str, &'a str, Value, &'a str, &'a str);

/// See that each value is refused, and that all is well afterwards.
async fn refuse(app: &TestApp, cases: &[Case<'_>]) {
    for (query, of_type, value, code, text) in cases {
        let written = query.replace("$v", &literal(value));
        let with_variable = format!("query($v: {of_type}) {query}");

        let written = app.query(&written).await;
        let given = app.query_with(&with_variable, json!({"v": value})).await;

        for (way, answer) in [("written", written), ("given", given)] {
            check(&answer, code, text, &format!("{way}: {query} with {value}"));
        }
    }
    lives(app).await;
}

/// See that each document is refused, and that all is well afterwards.
async fn refuse_documents(app: &TestApp, cases: &[(&str, &str, &str)]) {
    for (document, code, text) in cases {
        let answer = app.query(document).await;

        let start: String = document.chars().take(200).collect();
        check(&answer, code, text, &start);
    }
    lives(app).await;
}

/// Two articles, so that there is something to ask for.
async fn seed(app: &TestApp) {
    app.seed([article("ice").by(["anna"]), article("wells")])
        .await;
}

#[track_caller]
fn check(answer: &Answer, code: &str, text: &str, what: &str) {
    assert_eq!(answer.message(), Some(text), "{what}");
    assert_eq!(answer.code(), Some(code), "{what}");
    for error in &answer.errors {
        assert!(error["extensions"]["code"].is_string(), "{what}: {error}");
        let text = error["message"].as_str().unwrap().to_lowercase();
        for leak in [
            "select ",
            "sqlite",
            "postgres",
            "sqlx",
            "folded_",
            "public_at",
            "/src/",
        ] {
            assert!(!text.contains(leak), "{what}: {text}");
        }
    }
}

async fn lives(app: &TestApp) {
    let answer = app.query("{ articles { totalCount } }").await;
    assert_eq!(*answer.at("/articles/totalCount"), 2);
}

/// A value as a document writes it. Capitals are names of an enum.
fn literal(value: &Value) -> String {
    match value {
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(literal).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(fields) => {
            let fields = fields.iter();
            let fields: Vec<String> = fields
                .map(|(name, value)| format!("{name}: {}", literal(value)))
                .collect();
            format!("{{{}}}", fields.join(", "))
        }
        Value::String(name) if is_enum(name) => name.clone(),
        other => other.to_string(),
    }
}

fn is_enum(text: &str) -> bool {
    text.len() > 3
        && text
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte == b'_')
}
