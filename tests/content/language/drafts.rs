//! What those see who may see drafts.

use masthead::access::Role;
use serde_json::{Value, json};
use support::seed::{article, issue};
use support::{TestApp, key};

/// Two issues, of which one has not come out, with words in every state.
async fn seed(app: &TestApp) {
    let old = article("old").draft("be").title("be", "written anew");
    let new = [
        article("new").in_review("be").draft("en"),
        article("ready").published_at("2021-03-01T09:00:00Z"),
    ];
    app.seed([issue(1).with(old), issue(2).unpublished().with(new)])
        .await;
}

#[tokio::test]
async fn a_draft_in_a_preferred_locale_is_served_before_the_published_fallback() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;

        let answer = app
            .query_as(
                &key(Role::Translator),
                r#"{ article(by: {slug: "old"}, locales: [be, ru], states: [DRAFT, PUBLISHED]) {
                    title locale state isFallback publishedAt
                    fallback: issue(locales: [ru]) { number articles { nodes { title publishedAt } } }
                    translations { locale state publishedAt } } }"#,
            )
            .await;

        let at = "2021-01-04T06:00:00Z";
        let published = answer.at("/article/translations/0/publishedAt").clone();
        assert!(published.is_string(), "{published}, such as {at}");
        assert_eq!(
            *answer.at("/article"),
            json!({
                "title": "written anew", "locale": "be", "state": "DRAFT", "isFallback": false,
                "publishedAt": null,
                "fallback": {"number": 1, "articles": {"nodes": [
                    {"title": "old ru", "publishedAt": published}]}},
                "translations": [
                    {"locale": "en", "state": "PUBLISHED", "publishedAt": published},
                    {"locale": "be", "state": "DRAFT", "publishedAt": null},
                    {"locale": "ru", "state": "PUBLISHED", "publishedAt": published},
                ],
            })
        );
    })
    .await;
}

#[tokio::test]
async fn an_issue_that_has_not_come_out_is_a_draft_with_what_is_in_these_states() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;
        let of = async |states: &str| {
            let query = format!(
                "{{ issues(locales: [en, be], states: [{states}]) {{ totalCount nodes {{
                     number state publishedAt articles {{ totalCount nodes {{ key state publishedAt }} }} }} }} }}"
            );
            let answer = app.query_as(&key(Role::Translator), &query).await;
            answer.at("/issues").clone()
        };

        let drafts = of("DRAFT").await;
        let all = of("DRAFT, IN_REVIEW, PUBLISHED").await;
        let published = of("PUBLISHED").await;

        let unseen = |key: &str, state: &str| json!({"key": key, "state": state, "publishedAt": null});
        assert_eq!(
            drafts,
            json!({"totalCount": 1, "nodes": [{
                "number": 2, "state": "DRAFT", "publishedAt": null,
                "articles": {"totalCount": 1, "nodes": [unseen("new", "DRAFT")]},
            }]})
        );
        assert_eq!(
            all["nodes"][0]["articles"]["nodes"],
            json!([unseen("new", "DRAFT"), unseen("ready", "PUBLISHED")])
        );
        assert_eq!(published["totalCount"], 1);
        assert_eq!(published["nodes"][0]["state"], "PUBLISHED");
    })
    .await;
}

#[tokio::test]
async fn published_words_of_an_issue_that_has_not_come_out_are_seen_as_published() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;

        let answer = app
            .query_as(
                &key(Role::Translator),
                "{ articles(states: [PUBLISHED]) { totalCount nodes { key publishedAt issue { number } } } }",
            )
            .await;

        assert_eq!(answer.texts("/articles/nodes", "key"), ["ready", "old"]);
        assert_eq!(*answer.at("/articles/nodes/0/publishedAt"), Value::Null);
        assert_eq!(*answer.at("/articles/nodes/0/issue"), Value::Null);
    })
    .await;
}

#[tokio::test]
async fn an_empty_list_of_states_is_refused() {
    TestApp::on_each_engine(async |app| {
        let answer = app
            .query_as(&key(Role::Admin), "{ articles(states: []) { totalCount } }")
            .await;

        assert_eq!(answer.code(), Some("INVALID_VALUE"));
        assert_eq!(
            answer.message(),
            Some(r#""states" is a list of at least one state; leave it out for what readers see"#)
        );
    })
    .await;
}

#[tokio::test]
async fn a_cursor_of_drafts_is_none_of_what_readers_see() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;
        let drafts =
            "{ articles(first: 1, states: [DRAFT, PUBLISHED]) { pageInfo { endCursor } } }";
        let answer = app.query_as(&key(Role::Translator), drafts).await;
        let cursor = answer.at("/articles/pageInfo/endCursor");

        let query = format!("{{ articles(after: {cursor}) {{ totalCount }} }}");
        let refused = app.query(&query).await;

        assert_eq!(refused.code(), Some("INVALID_CURSOR"));
    })
    .await;
}

#[tokio::test]
async fn drafts_take_no_more_statements_than_what_is_published() {
    TestApp::on_each_engine_without_memory(async |app| {
        seed(app).await;
        for query in [
            "{ issues(STATES) { nodes { trends { trend topic { name } } } } }",
            "{ issues(STATES) { nodes { articles { totalCount nodes { title topic { name } authors { name } } } } } }",
            "{ articles(STATES) { nodes { next { slug } related { slug } translations { locale } } } }",
            "{ articles(STATES) { totalCount nodes { slug body { html } } } }",
            "{ articles(STATES) { facets { topics { topic { name } count } years { count } } } }",
        ] {
            let drafts = "first: 20, states: [DRAFT, IN_REVIEW, PUBLISHED]";
            let drafts = query.replace("STATES", drafts);
            let public = query.replace("STATES", "first: 20");

            let drafts = app.query_as(&key(Role::Translator), &drafts).await;
            let public = app.query(&public).await;

            assert_eq!(drafts.errors, [Value::Null; 0], "{query}");
            assert_eq!(drafts.statements, public.statements, "{query}");
        }
    })
    .await;
}
