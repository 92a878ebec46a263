//! Who reads what words were, page by page, in how many statements.

use masthead::access::{Caller, Role};
use serde_json::{Value, json};
use support::seed::{article, issue};
use support::{TestApp, key, translator};

use super::{article_id, ask, change, is_done, retitle, revisions, which};

/// An article whose words in English are at version 5.
async fn seed(app: &TestApp) -> Value {
    app.seed(article("ice").draft("en")).await;
    let id = article_id(app, "ice").await;
    for (version, title) in (1..).zip(["One", "Two", "Three", "Four"]) {
        retitle(app, &id, ("en", version), title).await;
    }
    id
}

#[tokio::test]
async fn readers_are_shown_nothing_of_what_words_were() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice")).await;
        let id = article_id(app, "ice").await;
        retitle(app, &id, ("en", 1), "Thin ice").await;

        for field in ["revisions { totalCount nodes { title } }", "diff(from: 1, to: 2) { title { text } }"] {
            let query = format!(
                "{{ article(by: {{slug: \"ice\"}}, locales: [en]) {{ slug translations {{ locale {field} }} }} }}"
            );
            for (caller, code) in [
                (Caller::Anonymous, "UNAUTHENTICATED"),
                (key(Role::Reader), "FORBIDDEN"),
                (key(Role::Partner), "FORBIDDEN"),
            ] {
                let answer = app.query_as(&caller, &query).await;

                assert_eq!(answer.code(), Some(code), "{field}");
                let words = &answer.data["article"]["translations"][0];
                assert_eq!(words["locale"], "en", "{field}");
                assert_eq!(words.as_object().unwrap().values().filter(|value| value.is_null()).count(), 1);
            }
            let allowed = app.query_as(&translator(&["be"]), &query).await;
            assert_eq!(allowed.code(), None, "{field}");
        }
    })
    .await;
}

#[tokio::test]
async fn revisions_are_paged_both_ways() {
    TestApp::on_each_engine(async |app| {
        let id = seed(app).await;
        let caller = key(Role::Translator);
        let page = async |arguments: &str| {
            let what = format!(
                "revisions({arguments}) {{ totalCount nodes {{ version }}
                    pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }} }}"
            );
            let answer = ask(app, &caller, &id, "en", &what).await;
            answer.at("/translations/nodes/0/revisions").clone()
        };
        let versions = |page: &Value| {
            let nodes = page["nodes"].as_array().unwrap().iter();
            nodes
                .map(|node| node["version"].as_i64().unwrap())
                .collect::<Vec<_>>()
        };

        let newest = page("first: 2").await;
        let rest = page(&format!(
            "first: 3, after: {}",
            newest["pageInfo"]["endCursor"]
        ))
        .await;
        let oldest = page("last: 2").await;
        let between = page(&format!(
            "last: 2, before: {}",
            oldest["pageInfo"]["startCursor"]
        ))
        .await;

        assert_eq!(versions(&newest), [5, 4]);
        assert_eq!(versions(&rest), [3, 2, 1]);
        assert_eq!(versions(&oldest), [2, 1]);
        assert_eq!(versions(&between), [4, 3]);
        assert_eq!(newest["totalCount"], 5);
        assert_eq!(newest["pageInfo"]["hasNextPage"], true);
        assert_eq!(rest["pageInfo"]["hasNextPage"], false);
        assert_eq!(between["pageInfo"]["hasPreviousPage"], true);
    })
    .await;
}

#[tokio::test]
async fn a_page_or_a_cursor_that_is_none_is_a_coded_error() {
    TestApp::on_each_engine(async |app| {
        let id = seed(app).await;
        let caller = key(Role::Translator);

        for (arguments, code) in [
            ("first: 101", "INVALID_PAGE"),
            ("first: 1, last: 1", "INVALID_PAGE"),
            ("after: \"no\"", "INVALID_CURSOR"),
        ] {
            for what in ["totalCount", "nodes { version }"] {
                let what = format!("revisions({arguments}) {{ {what} }}");
                let answer = ask(app, &caller, &id, "en", &what).await;
                assert_eq!(answer.code(), Some(code), "{what}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn two_versions_are_compared_in_words() {
    TestApp::on_each_engine(async |app| {
        app.seed(
            article("ice")
                .draft("en")
                .title("en", "Ice")
                .body("en", "Thin ice holds.\n\nNo."),
        )
        .await;
        let id = article_id(app, "ice").await;
        let editor = key(Role::Editor);
        let words = json!({"title": "The ice", "body": "Thick ice holds.\n\nNo."});
        is_done(
            &change(
                app,
                &editor,
                "articleTranslationUpdate",
                which(&id, "en", 1, words),
            )
            .await,
        );
        is_done(
            &change(
                app,
                &editor,
                "articleTranslationSubmit",
                which(&id, "en", 2, json!({})),
            )
            .await,
        );
        let what = "diff(from: 1, to: 3) { from { version } to { version title } slug { op text }
            state { op text } title { op text } lead { op text } body { op text } }
            none: diff(from: 1, to: 4) { title { text } }
            same: diff(from: 2, to: 2) { body { op } }";

        let answer = ask(app, &key(Role::Translator), &id, "en", what).await;

        let words = answer.at("/translations/nodes/0");
        let pieces = |name: &str| {
            let pieces = words["diff"][name].as_array().unwrap().iter();
            let pieces = pieces.map(|piece| {
                format!(
                    "{} {}",
                    piece["op"].as_str().unwrap(),
                    piece["text"].as_str().unwrap()
                )
            });
            pieces.collect::<Vec<_>>()
        };
        assert_eq!(words["diff"]["from"], json!({"version": 1}));
        assert_eq!(
            words["diff"]["to"],
            json!({"version": 3, "title": "The ice"})
        );
        assert_eq!(pieces("slug"), ["EQUAL ice"]);
        assert_eq!(pieces("state"), ["DELETE DRAFT", "INSERT IN_REVIEW"]);
        assert_eq!(pieces("title"), ["DELETE Ice", "INSERT The ice"]);
        assert_eq!(pieces("lead"), ["EQUAL The lead of ice in en"]);
        assert_eq!(
            pieces("body"),
            ["DELETE Thin", "INSERT Thick", "EQUAL  ice holds.\n\nNo."]
        );
        assert_eq!(words["none"], Value::Null);
        assert_eq!(words["same"], json!({"body": [{"op": "EQUAL"}]}));
    })
    .await;
}

#[tokio::test]
async fn revisions_of_a_hundred_translations_take_as_many_statements_as_those_of_one() {
    TestApp::on_each_engine(async |app| {
        let articles = |title: &str| -> Vec<_> {
            let articles = (1..=50).map(|number| {
                let key = format!("a{number}");
                article(&key).only_in(["en", "be"]).title("en", title).title("be", title)
            });
            articles.collect()
        };
        app.seed(issue(1).with(articles("One"))).await;
        app.seed(issue(1).with(articles("Two"))).await;
        app.seed(issue(1).with(articles("Three"))).await;
        let caller = key(Role::Translator);
        let ask = async |first: i32, what: &str| {
            let query = format!(
                "{{ translations(first: {first}, locales: [en, be], filter: {{type: {{eq: ARTICLE}}}}) {{
                    nodes {{ ... on ArticleTranslation {{ {what} }} }} }} }}"
            );
            app.query_as(&caller, &query).await
        };

        for (what, statements) in [
            ("revisions(first: 3) { totalCount nodes { title lead body { markdown } } }", 6),
            ("revisions(first: 3) { nodes { summary { changed } } }", 6),
            ("diff(from: 1, to: 2) { title { op } lead { op } body { op } }", 5),
        ] {
            let one = ask(1, what).await;
            let hundred = ask(100, what).await;

            let nodes = hundred.at("/translations/nodes").as_array().unwrap();
            assert_eq!(nodes.len(), 100, "{what}");
            assert_eq!(hundred.statements, one.statements, "{what}");
            assert_eq!(one.statements, statements, "{what}");
        }
    })
    .await;
}

#[tokio::test]
async fn bodies_of_revisions_are_read_only_where_they_are_asked_for() {
    TestApp::on_each_engine(async |app| {
        let id = seed(app).await;

        let all = revisions(app, &id, "en", "version writtenBy").await;
        let caller = key(Role::Translator);
        let narrow = ask(app, &caller, &id, "en", "revisions { nodes { version } }").await;
        let titles = ask(app, &caller, &id, "en", "revisions { nodes { title } }").await;

        assert_eq!(all.len(), 5);
        assert_eq!(narrow.statements, 2, "the words, then their revisions");
        assert_eq!(titles.statements, 3, "and then the titles");
    })
    .await;
}
