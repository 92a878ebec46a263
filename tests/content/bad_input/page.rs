//! Pages that can't be, and cursors of other lists.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use support::TestApp;

use super::{refuse, refuse_documents, seed};

/// The cursor of the first item of a list.
async fn cursor(app: &TestApp, list: &str) -> String {
    let query = format!("{{ list: {list} {{ pageInfo {{ startCursor }} }} }}");
    let answer = app.query(&query).await;
    answer
        .at("/list/pageInfo/startCursor")
        .as_str()
        .unwrap()
        .to_owned()
}

#[tokio::test]
async fn pages_out_of_bounds_are_refused() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;

        for list in ["articles", "issues", "topics", "authors", "translations"] {
            for (argument, asked, text) in [
                (
                    "first",
                    101,
                    "a page holds at most 100: \"first\" can't be 101",
                ),
                (
                    "first",
                    i32::MAX,
                    "a page holds at most 100: \"first\" can't be 2147483647",
                ),
                ("first", -1, "\"first\" can't be negative, as -1 is"),
                (
                    "last",
                    101,
                    "a page holds at most 100: \"last\" can't be 101",
                ),
                (
                    "last",
                    i32::MIN,
                    "\"last\" can't be negative, as -2147483648 is",
                ),
            ] {
                for query in [
                    format!("{{ {list}({argument}: $v) {{ nodes {{ __typename }} }} }}"),
                    format!("{{ {list}({argument}: $v) {{ totalCount }} }}"),
                ] {
                    refuse(app, &[(&query, "Int", json!(asked), "INVALID_PAGE", text)]).await;
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn lists_below_others_have_the_same_bounds() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;

        let text = "a page holds at most 100: \"first\" can't be 101";
        for query in [
            "{ latestIssue { articles(first: $v) { nodes { key } } } }",
            "{ topics { nodes { articles(first: $v) { nodes { key } } } } }",
            "{ author(by: {slug: \"anna\"}) { articles(first: $v) { totalCount } } }",
        ] {
            refuse(app, &[(query, "Int", json!(101), "INVALID_PAGE", text)]).await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_page_runs_one_way() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;
        let cursor = cursor(app, "articles").await;

        for (one, other) in [("first", "last"), ("first", "before"), ("after", "last"), ("after", "before")] {
            let value = |argument| match argument {
                "first" | "last" => "1".to_owned(),
                _ => format!("{cursor:?}"),
            };
            let query = format!(
                "{{ articles({other}: {}, {one}: {}) {{ nodes {{ key }} }} }}",
                value(other),
                value(one)
            );
            let text = format!(
                "\"{one}\" and \"{other}\" don't go together: page forward by \"first\" and \"after\", \
                 or backward by \"last\" and \"before\""
            );
            refuse_documents(app, &[(&query, "INVALID_PAGE", &text)]).await;
        }
    })
    .await;
}

#[tokio::test]
async fn garbage_is_no_cursor() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;
        let cursor = cursor(app, "articles").await;
        let of = parts(&cursor)[0].clone();
        let forged = |value: Value| URL_SAFE_NO_PAD.encode(value.to_string());

        for garbage in [
            String::new(),
            "x y".to_owned(),
            format!("{cursor}="),
            cursor[1..].to_owned(),
            URL_SAFE_NO_PAD.encode("\u{1F600}"),
            URL_SAFE_NO_PAD.encode("[".repeat(60)),
            forged(json!([])),
            forged(json!({})),
            forged(json!(["articles", 1, 1])),
            forged(json!([of])),
            forged(json!([of, 1])),
            forged(json!([of, 1, 1, 1])),
            forged(json!([of, "2021-01-01", 1])),
            forged(json!([of, null, 1])),
            forged(json!([of, 1.5, 1])),
            forged(json!([of, 1, "1"])),
            forged(json!([of, u64::MAX, 1])),
            forged(json!([of, i64::MAX, 1])),
            forged(json!([of, i64::MIN / 2, 1])),
            forged(json!([of, -300_000_000_000_000_000_i64, 1])),
            forged(json!([of, 8_000_000_000_000_000_000_i64, 1])),
        ] {
            let shown = match garbage.chars().count() {
                0..=100 => garbage.clone(),
                _ => format!("{}…", &garbage[..100]),
            };
            let text = format!("\"{shown}\" is not a cursor of this API");
            let page = "{ nodes { key } } }";
            let [after, before] =
                ["after", "before"].map(|way| format!("{{ articles({way}: $v) {page}"));
            refuse(
                app,
                &[
                    (&after, "String", json!(garbage), "INVALID_CURSOR", &text),
                    (&before, "String", json!(garbage), "INVALID_CURSOR", &text),
                ],
            )
            .await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_day_that_no_calendar_has_is_no_cursor() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;
        let of = parts(&cursor(app, "issues").await)[0].clone();

        for day in [
            "-262143-01-01",
            "+262142-12-31",
            "0000-01-01",
            "2021-02-30",
            "a\0b",
        ] {
            let forged = URL_SAFE_NO_PAD.encode(json!([of, day, 1]).to_string());
            let query = "{ issues(after: $v) { nodes { slug } } }";
            let text = format!("\"{forged}\" is not a cursor of this API");
            refuse(
                app,
                &[(query, "String", json!(forged), "INVALID_CURSOR", &text)],
            )
            .await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_cursor_of_another_list_or_order_is_refused() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;
        let topics = cursor(app, "topics").await;
        let by_title = cursor(app, "articles(orderBy: [{field: TITLE}])").await;
        let ascending = cursor(app, "articles(orderBy: [{field: PUBLISHED_AT}])").await;
        let two = cursor(
            app,
            "articles(orderBy: [{field: TITLE}, {field: POSITION}])",
        )
        .await;
        let articles = cursor(app, "articles").await;

        for (list, cursors) in [
            ("articles", vec![&topics, &by_title, &ascending, &two]),
            ("articles(orderBy: [{field: TITLE}])", vec![&articles, &two]),
            ("authors", vec![&topics, &articles]),
            ("translations", vec![&topics, &articles]),
        ] {
            for cursor in cursors {
                let arguments = match list.strip_suffix(')') {
                    Some(list) => format!("{list}, after: $v)"),
                    None => format!("{list}(after: $v)"),
                };
                let query = format!("{{ {arguments} {{ nodes {{ __typename }} }} }}");
                let text = format!(
                    "the cursor \"{cursor}\" is of another list, another order or other locales"
                );
                refuse(
                    app,
                    &[(&query, "String", json!(cursor), "INVALID_CURSOR", &text)],
                )
                .await;
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_cursor_holds_for_another_filter_and_not_for_other_locales() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;
        let first = cursor(app, "articles").await;

        let filtered = format!(
            "{{ articles(after: {first:?}, filter: {{title: {{contains: \"ce\"}}}},
                orderBy: [{{field: PUBLISHED_AT, direction: DESC}}]) {{ nodes {{ key }} }} }}"
        );
        let answer = app.query(&filtered).await;
        assert_eq!(answer.texts("/articles/nodes", "key"), ["ice"]);

        let in_russian =
            format!("{{ articles(after: {first:?}, locales: [ru]) {{ totalCount }} }}");
        let answer = app.query(&in_russian).await;
        assert_eq!(answer.code(), Some("INVALID_CURSOR"));
    })
    .await;
}

/// What a cursor is made of.
fn parts(cursor: &str) -> Value {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(cursor).unwrap()).unwrap()
}
