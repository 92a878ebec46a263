//! What is shown of a hit.

use serde_json::{Value, json};
use support::TestApp;
use support::seed::article;

const QUERY: &str = "query($query: String!, $locales: [Locale!], $first: Int = 3) {
    search(query: $query, locales: $locales) { edges { highlights {
        title { html parts { text isHit } } lead { html } body(first: $first) { html parts { text isHit } } } } } }";

async fn highlights(app: &TestApp, query: &str, locale: &str) -> Value {
    let variables = json!({"query": query, "locales": [locale]});
    let answer = app.query_with(QUERY, variables).await;
    answer.at("/search/edges/0/highlights").clone()
}

#[tokio::test]
async fn hits_are_marked_as_they_are_written() {
    TestApp::on_each_engine(async |app| {
        app.seed([
            article("a")
                .title("en", "The Cafés & <b>rivers</b> of \"Lake\" isn't")
                .lead("en", "No hit")
                .body("en", "All *rivers* rise.\n\nThe river Café."),
            article("b").title("be", "Дзве ракі́").lead("be", "Рацэ — нада").body("be", "Ні слова"),
        ])
        .await;

        let marked = highlights(app, "river cafe", "en").await;
        assert_eq!(
            marked["title"]["html"],
            "The <mark>Cafés</mark> &amp; &lt;b&gt;<mark>rivers</mark>&lt;/b&gt; of &quot;Lake&quot; isn&#39;t"
        );
        assert_eq!(
            marked["title"]["parts"][1],
            json!({"text": "Cafés", "isHit": true})
        );
        assert_eq!(marked["lead"], Value::Null);
        assert_eq!(
            marked["body"][0]["html"],
            "All <mark>rivers</mark> rise. The <mark>river</mark> <mark>Café</mark>."
        );

        let marked = highlights(app, "рака ", "be").await;
        assert_eq!(marked["title"]["html"], "Дзве <mark>ракі́</mark>");
        assert_eq!(marked["lead"]["html"], "<mark>Рацэ</mark> — нада");
        assert_eq!(marked["body"], json!([]));
    })
    .await;
}

#[tokio::test]
async fn a_phrase_is_marked_as_one_and_a_beginning_by_its_whole_word() {
    TestApp::on_each_engine(async |app| {
        app.seed([article("a")
            .title("en", "Nuclear sanctions, nuclear talks")
            .lead("en", "Negotiations")
            .body("en", "")])
            .await;

        let marked = highlights(app, "\"nuclear sanction\" neg", "en").await;
        assert_eq!(
            marked["title"]["html"],
            "<mark>Nuclear sanctions</mark>, nuclear talks"
        );
        assert_eq!(marked["lead"]["html"], "<mark>Negotiations</mark>");
    })
    .await;
}

#[tokio::test]
async fn a_long_body_is_shown_by_its_best_places_in_its_order() {
    TestApp::on_each_engine(async |app| {
        let rest = "stone ".repeat(50);
        let body =
            format!("{rest}water. {rest}ice {rest}water and ice, {rest}ice {rest}water {rest}");
        app.seed([article("a")
            .title("en", "T")
            .lead("en", "")
            .body("en", &body)])
            .await;

        for (first, hits) in [
            (0, vec![]),
            (1, vec![2]),
            (2, vec![1, 2]),
            (10, vec![1, 1, 2, 1, 1]),
        ] {
            let variables = json!({"query": "water ice ", "first": first});
            let answer = app.query_with(QUERY, variables).await;
            let fragments = answer.at("/search/edges/0/highlights/body");
            let fragments = fragments.as_array().unwrap();
            let counted: Vec<usize> = fragments
                .iter()
                .map(|fragment| fragment["html"].as_str().unwrap().matches("<mark>").count())
                .collect();
            assert_eq!(counted, hits, "{first}");
            for fragment in fragments {
                let html = fragment["html"].as_str().unwrap();
                assert!(html.split_whitespace().count() <= 30, "{html}");
                assert!(html.starts_with('…') && html.ends_with('…'), "{html}");
                let parts = fragment["parts"].as_array().unwrap().iter();
                let text: String = parts.map(|part| part["text"].as_str().unwrap()).collect();
                assert_eq!(text, html.replace("<mark>", "").replace("</mark>", ""));
            }
        }
    })
    .await;
}

#[tokio::test]
async fn no_more_than_ten_places_can_be_asked_for() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("a").title("en", "Water")).await;

        for first in [-1, 11] {
            let variables = json!({"query": "water", "first": first});
            let answer = app.query_with(QUERY, variables).await;
            assert_eq!(answer.code(), Some("INVALID_VALUE"), "{first}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_phrase_at_the_end_of_a_fragment_is_shown_whole_in_the_next_one() {
    TestApp::on_each_engine(async |app| {
        let body = format!("Rain{} snow storm came.", " and".repeat(28));
        app.seed(article("a").body("en", &body)).await;

        let marked = highlights(app, "rain \"snow storm\" ", "en").await;

        let fragments = marked["body"].as_array().unwrap();
        let html = fragments
            .iter()
            .map(|fragment| fragment["html"].as_str().unwrap());
        let html: Vec<&str> = html.collect();
        assert_eq!(html.len(), 2, "{html:?}");
        assert!(html[0].starts_with("<mark>Rain</mark> and"), "{html:?}");
        assert!(
            html[1].contains("<mark>snow storm</mark> came."),
            "{html:?}"
        );
    })
    .await;
}
