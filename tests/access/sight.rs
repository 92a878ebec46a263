//! Nothing tells whoever may not see drafts that there are any: a publication
//! answers as it would without them, whatever is asked and however.

use std::collections::BTreeSet;

use masthead::access::{Caller, Operation, Role};
use serde_json::{Value, json};
use support::seed::{Content, Trend, article, issue};
use support::{TestApp, key};

/// Root fields, each asked for what drafts could show in. `ARTICLE`, `ISSUE`,
/// `WORDS` and `TITLE` are ids of an article, an issue, and words of both, that
/// nobody may see.
const QUESTIONS: [&str; 23] = [
    "{ viewer { contract { topics(locales: [be, en]) { articles { totalCount } } } } }",
    "{ publication { locales { tag } } }",
    r#"{ issue(by: {id: "ISSUE"}) { number } }"#,
    r#"{ issue(by: {id: "ISSUE"}, locales: [be, ru, en]) { number } }"#,
    "{ issue(by: {number: 2}) { number } }",
    r#"{ issue(by: {slug: "issue-2"}) { number } other: issue(by: {slug: "former-2"}) { number } }"#,
    r#"{ issue(by: {week: "2021-W02"}) { number } }"#,
    r#"{ issue(by: {on: "2021-01-12"}) { number } }"#,
    "{ latestIssue(locales: [be, ru]) { number next { number } previous { number }
         articles { totalCount nodes { key title } facets { locales { locale count } } }
         trends { trend topic { slug } previous { trend } } translations { locale } jsonLd } }",
    "{ issues { totalCount nodes { number state articles { totalCount } } }
       some: issues(filter: {articles: {some: {trend: {eq: IMPROVED}}}}) { totalCount }
       be: issues(filter: {availableIn: [be]}, orderBy: [{field: PUBLISHED_AT, direction: DESC}]) { totalCount nodes { number } } }",
    "{ archive { years { year count months { month count issues { number } } } } }",
    r#"{ article(by: {id: "ARTICLE"}) { title } }"#,
    r#"{ article(by: {slug: "secret"}, locales: [en, be, ru]) { title } old: article(by: {slug: "old"}, locales: [be, ru]) { title
         next { key } previous { key } related { key } all: next(scope: ALL) { key } topic: next(scope: TOPIC) { key }
         author: next(scope: AUTHOR) { key } translations { locale state title } url body { html } jsonLd } }"#,
    "{ articles(locales: [be, ru, en]) { totalCount nodes { key title state } facets {
         topics { topic { slug } count } authors { author { slug } count } trends { trend count }
         years { year count } locales { locale count } } } }",
    r#"{ articles(filter: {or: [{title: {contains: "secret"}}, {slug: {startsWith: "secret"}}, {trend: {eq: IMPROVED}}]}) { totalCount }
         be: articles(filter: {availableIn: [be]}) { totalCount }
         topic: articles(filter: {topic: {articles: {every: {trend: {isNull: true}}}}}) { totalCount } }"#,
    r#"{ topic(by: {slug: "water"}) { trend trendStreak trendSeries { trend issue { number } }
         articles { totalCount nodes { key } } } }"#,
    "{ topics { totalCount nodes { slug trend articles { totalCount } } }
       some: topics(filter: {articles: {some: {trend: {eq: IMPROVED}}}}) { totalCount } }",
    r#"{ author(by: {slug: "anna"}) { articles { totalCount nodes { key } } } }"#,
    "{ authors { totalCount nodes { slug articles { totalCount } } }
       none: authors(filter: {articles: {none: {trend: {eq: IMPROVED}}}}) { totalCount nodes { slug } } }",
    r#"{ translations(locales: [en, be, ru], first: 100) { totalCount nodes { locale slug title state } }
         drafts: translations(locales: [en, be, ru], filter: {state: {in: [DRAFT, IN_REVIEW]}}) { totalCount }
         of: translations(filter: {parent: {in: ["ARTICLE", "ISSUE"]}}) { totalCount } }"#,
    r#"{ search(query: "secret", locales: [en, be, ru]) { totalCount nodes { key } facets { topics { count } } } }"#,
    r#"{ a: node(id: "ARTICLE") { id } i: node(id: "ISSUE") { id } w: node(id: "WORDS") { id } t: node(id: "TITLE") { id } }"#,
    r#"{ nodes(ids: ["ARTICLE", "ISSUE", "WORDS", "TITLE"], locales: [en, be, ru]) { id } }"#,
];

/// What everybody may see.
fn public() -> Content {
    let old = [
        article("old")
            .topic("water")
            .by(["anna"])
            .trend(Trend::Unchanged)
            .only_in(["en", "ru"]),
        article("other").topic("roads").by(["boris"]),
    ];
    issue(1).slug("issue-1").with(old)
}

/// The same, and what nobody may see, in every place that something may be in.
fn with_drafts() -> Content {
    let secret = |key: &str| {
        let article = article(key)
            .topic("water")
            .by(["anna"])
            .trend(Trend::Improved);
        article
            .title("en", "secret")
            .title("be", "secret")
            .title("ru", "secret")
    };
    let old = [
        article("old")
            .topic("water")
            .by(["anna"])
            .trend(Trend::Unchanged)
            .draft("be")
            .title("be", "secret"),
        article("other").topic("roads").by(["boris"]),
        secret("draft").draft("en").draft("be").in_review("ru"),
    ];
    let new = [secret("secret"), secret("more").draft("be")];
    let mut all: Content = issue(1).slug("issue-1").with(old);
    all.add(
        issue(2)
            .slug("issue-2")
            .dates("2021-01-11", "2021-01-17")
            .unpublished()
            .with(new),
    );
    all
}

/// The questions, about things that are there once drafts are.
async fn questions(app: &TestApp) -> Vec<String> {
    let query = r#"{
        article(by: {slug: "secret"}, states: [PUBLISHED]) { id translations { id } }
        issue(by: {number: 2}, states: [DRAFT]) { id translations { id } }
    }"#;
    let answer = app.query_as(&key(Role::Translator), query).await;
    let ids = [
        ("ARTICLE", "/article/id"),
        ("ISSUE", "/issue/id"),
        ("WORDS", "/article/translations/0/id"),
        ("TITLE", "/issue/translations/0/id"),
    ];
    let ids = ids.map(|(name, place)| (name, answer.at(place).as_str().unwrap()));
    let filled = QUESTIONS.iter().map(|question| {
        let question = (*question).to_owned();
        ids.iter()
            .fold(question, |question, (name, id)| question.replace(name, id))
    });
    filled.collect()
}

/// The root fields, each with its arguments.
async fn root_fields(app: &TestApp) -> Vec<(String, BTreeSet<String>)> {
    let query = "{ __schema { queryType { fields { name args { name } } } } }";
    let answer = app.query(query).await;
    let text = |value: &Value| value["name"].as_str().unwrap().to_owned();
    let fields = answer.at("/__schema/queryType/fields").as_array().unwrap();
    fields
        .iter()
        .map(|field| {
            (
                text(field),
                field["args"].as_array().unwrap().iter().map(text).collect(),
            )
        })
        .collect()
}

fn those_who_see_no_drafts() -> [Caller; 3] {
    [Caller::Anonymous, key(Role::Reader), key(Role::Partner)]
}

#[tokio::test]
async fn a_publication_with_drafts_answers_readers_as_one_without() {
    TestApp::on_each_engine(async |app| {
        let questions = questions_of_the_same(app).await;
        let ask = async || {
            let mut answers = Vec::new();
            for caller in &those_who_see_no_drafts() {
                for question in &questions {
                    let answer = app.query_as(caller, question).await;
                    answers.push((question, answer.data, answer.errors));
                }
            }
            answers
        };
        app.seed(public()).await;

        let without = ask().await;
        app.seed(with_drafts()).await;
        let with = ask().await;

        for (with, without) in with.iter().zip(&without) {
            assert_eq!(with, without);
            assert!(!with.1.to_string().contains("secret"), "{with:?}");
        }
    })
    .await;
}

/// The questions, as another app that was seeded alike has its ids.
async fn questions_of_the_same(app: &TestApp) -> Vec<String> {
    let other = TestApp::on(app.engine()).await;
    other.seed(public()).await;
    other.seed(with_drafts()).await;
    let questions = questions(&other).await;
    other.end().await;
    questions
}

#[tokio::test]
async fn every_root_field_is_asked_or_needs_a_key() {
    TestApp::on_each_engine(async |app| {
        for (field, _) in root_fields(app).await {
            let asked = QUESTIONS.iter().any(|question| {
                question.contains(&format!("{field}(")) || question.contains(&format!("{field} {{"))
            });
            let needs_a_key = Operation::ALL
                .iter()
                .any(|operation| operation.as_str() == field);

            assert!(asked || needs_a_key, "{field}");
        }
    })
    .await;
}

#[tokio::test]
async fn states_are_refused_to_whoever_may_not_see_drafts_whether_or_not_there_are_any() {
    TestApp::on_each_engine(async |app| {
        let arguments = |field: &str| match field {
            "issue" => r#"by: {number: 2}, "#,
            "article" | "topic" | "author" => r#"by: {slug: "secret"}, "#,
            "nodes" => "ids: [], ",
            _ => "",
        };
        let fields = root_fields(app).await;
        let fields = fields
            .into_iter()
            .filter(|(_, arguments)| arguments.contains("states"));
        let fields: Vec<String> = fields.map(|(field, _)| field).collect();
        let ask = async || {
            let mut codes = Vec::new();
            for caller in &those_who_see_no_drafts() {
                for field in &fields {
                    for states in ["[DRAFT]", "[PUBLISHED]", "[]"] {
                        let arguments = arguments(field);
                        let query =
                            format!("{{ {field}({arguments}states: {states}) {{ __typename }} }}");
                        let answer = app.query_as(caller, &query).await;
                        let code = answer.code().unwrap_or_default().to_owned();
                        codes.push((
                            query,
                            code,
                            answer.message().map(str::to_owned),
                            answer.data,
                        ));
                    }
                }
            }
            codes
        };

        let before = ask().await;
        app.seed(with_drafts()).await;
        let after = ask().await;

        assert_eq!(
            fields,
            [
                "issue",
                "latestIssue",
                "issues",
                "article",
                "articles",
                "topic",
                "topics",
                "author",
                "authors",
                "translations",
                "nodes"
            ]
        );
        assert_eq!(before, after);
        let (anonymous, keys) = before.split_at(3 * fields.len());
        assert!(
            anonymous
                .iter()
                .all(|(_, code, ..)| code == "UNAUTHENTICATED"),
            "{anonymous:?}"
        );
        assert!(
            keys.iter().all(|(_, code, ..)| code == "FORBIDDEN"),
            "{keys:?}"
        );
    })
    .await;
}

#[tokio::test]
async fn whoever_may_see_drafts_still_has_to_ask_for_them() {
    TestApp::on_each_engine(async |app| {
        app.seed(with_drafts()).await;
        for question in questions(app).await {
            let anonymous = app.query(&question).await;
            let admin = app.query_as(&key(Role::Admin), &question).await;

            assert_eq!(admin.data, anonymous.data, "{question}");
        }
        let asked = "{ articles(states: [DRAFT]) { totalCount } }";
        let asked = app.query_as(&key(Role::Translator), asked).await;
        assert_eq!(*asked.at("/articles/totalCount"), json!(1));
    })
    .await;
}
