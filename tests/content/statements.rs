//! How many SQL statements an answer takes: no more than the query has kinds
//! of edges, whatever the rows; and what was not asked for is not read.

use sea_orm::ConnectionTrait;
use serde_json::Value;
use support::TestApp;
use support::seed::{Content, Trend, article, issue};

/// Issues of `articles` articles each, on three topics, by two of four
/// authors.
fn weeks(issues: u32, articles: usize) -> Content {
    let topics = ["water", "roads", "trade"];
    let authors = ["anna", "boris", "vera", "gleb"];
    let one = |number: u32, place: usize| {
        let writers = [authors[place % 4], authors[(place + 1) % 4]];
        article(&format!("{number}-{place}"))
            .topic(topics[place % 3])
            .by(writers)
            .trend(Trend::Unchanged)
    };
    let week = |number| {
        let articles: Vec<_> = (0..articles).map(|place| one(number, place)).collect();
        issue(number).with(articles)
    };
    (1..=issues).map(week).collect::<Vec<_>>().into()
}

/// A query, and how many statements it may take.
type Case = (&'static str, u64);

/// What websites and apps ask most. Each `CURSOR` is one of the query before.
const COMMON: [Case; 7] = [
    // The weekly issue, with its articles in order.
    (
        "{ latestIssue { number slug startsOn endsOn articles(first: 100) { nodes {
            trend title lead slug topic { slug name } authors { slug name } } } } }",
        4,
    ),
    // A topic's page.
    (
        r#"{ topic(by: {slug: "water"}) { articles(first: 20) { totalCount pageInfo { hasNextPage }
            nodes { slug title lead trend publishedAt issue { number slug } authors { slug name } } } } }"#,
        5,
    ),
    // An article's page, with its other languages.
    (
        r#"{ article(by: {slug: "1-1"}) { slug title lead body { markdown } trend topic { name }
            issue { number } authors { name bio } translations { locale slug title } } }"#,
        5,
    ),
    // Twenty articles from the middle of the list.
    (
        r#"{ articles(first: 20, after: "CURSOR") { pageInfo { endCursor hasNextPage }
            nodes { slug title publishedAt } } }"#,
        1,
    ),
    // The newest by someone, with a trend, in some years.
    (
        r#"{ articles(first: 20, filter: {authors: {some: {slug: {eq: "anna"}}}, trend: {eq: UNCHANGED},
            publishedAt: {gte: "2012-01-01T00:00:00Z", lt: "2022-01-01T00:00:00Z"}}) {
            nodes { slug title publishedAt topic { slug } } } }"#,
        2,
    ),
    // A feed with whole texts.
    (
        "{ articles(first: 30) { nodes { slug title lead body { markdown } publishedAt
            authors { name } topic { name } } } }",
        3,
    ),
    // The front page: all topics, each with its newest articles.
    (
        "{ topics(first: 100) { nodes { slug name articles(first: 3) { nodes { slug title publishedAt } } } } }",
        2,
    ),
];

/// Queries that go deep. None may take more than six.
const DEEP: [Case; 13] = [
    (
        "{ issues(first: 10) { nodes { articles(first: 5) { nodes { authors { articles(first: 2) { nodes {
            topic { name } } } } } } } } }",
        5,
    ),
    (
        "{ articles(first: 50) { nodes { next { next { next { slug } } } previous { slug } } } }",
        3,
    ),
    (
        "{ articles(first: 50) { nodes { next(scope: TOPIC) { slug } previous(scope: TOPIC) { slug }
            translations { locale article { slug } } } } }",
        5,
    ),
    (
        "{ authors { nodes { articles(first: 5) { totalCount nodes { issue { next { slug } previous { slug } } } } } } }",
        6,
    ),
    (
        "{ translations(first: 100) { nodes { ... on ArticleTranslation { lead body { markdown } article { slug } }
            ... on TopicTranslation { description } ... on AuthorTranslation { bio } } } }",
        6,
    ),
    (
        "{ issues(first: 50) { nodes { translations { title issue { slug } } articles { totalCount } } } }",
        4,
    ),
    // What was looked for, with all facets.
    (
        r#"{ search(query: "body") { totalCount edges { score node { slug title } } facets {
            topics { topic { name } count } authors { author { name } count } trends { trend count }
            years { year count } locales { locale count } } } }"#,
        5,
    ),
    (
        "{ archive { years { year count months { month count issues { slug title } } } } }",
        1,
    ),
    (
        r#"{ topic(by: {slug: "water"}) { trendSeries { trend issue { slug } article { slug title } } } }"#,
        3,
    ),
    (
        "{ issues(first: 50) { nodes { trends { trend topic { name } article { title } } } } }",
        3,
    ),
    (
        "{ articles(first: 50) { nodes { related { slug } next(scope: AUTHOR) { slug } previous(scope: ALL) { slug } } } }",
        4,
    ),
    // What search engines read.
    ("{ articles(first: 50) { nodes { jsonLd } } }", 6),
    ("{ issues(first: 50) { nodes { jsonLd } } }", 2),
];

#[tokio::test]
async fn common_and_deep_queries_take_a_statement_for_each_kind_of_edge() {
    TestApp::on_each_engine_without_memory(async |app| {
        app.seed(weeks(12, 5)).await;
        let cursor = middle(app).await;

        for (query, statements) in COMMON.iter().chain(&DEEP) {
            let answer = app.query(&query.replace("CURSOR", &cursor)).await;

            assert_eq!(answer.errors, [Value::Null; 0], "{query}");
            assert_eq!(answer.statements, *statements, "{query}");
            assert!(answer.statements <= 6, "{query}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_number_of_statements_does_not_grow_with_the_rows() {
    TestApp::on_each_engine_without_memory(async |app| {
        app.seed(weeks(2, 2)).await;
        let mut few = Vec::new();
        for (query, _) in COMMON.iter().chain(&DEEP) {
            few.push(app.query(&query.replace("CURSOR", &first(app).await)).await);
        }

        app.seed(weeks(50, 4)).await;

        for ((query, _), few) in COMMON.iter().chain(&DEEP).zip(few) {
            let many = app.query(&query.replace("CURSOR", &first(app).await)).await;
            assert!(many.statements <= few.statements, "{query}");
            assert!(size(&few.data) <= size(many.expect_data()), "{query}");
        }
    })
    .await;
}

#[tokio::test]
async fn only_what_is_asked_of_a_list_is_read() {
    TestApp::on_each_engine_without_memory(async |app| {
        app.seed(weeks(3, 3)).await;

        for (query, statements) in [
            ("{ articles { __typename } }", 0),
            ("{ articles { totalCount } }", 1),
            ("{ articles { nodes { key } } }", 1),
            ("{ articles { edges { cursor } } }", 1),
            ("{ articles { pageInfo { hasNextPage } } }", 1),
            ("{ articles { count: totalCount items: nodes { key } } }", 2),
            ("{ issues { __typename } topics { __typename } authors { __typename } translations { __typename } }", 0),
            ("{ issues { totalCount } topics { totalCount } authors { totalCount } translations { totalCount } }", 4),
            ("{ latestIssue { articles { __typename } } }", 1),
            ("{ latestIssue { articles { totalCount } } }", 2),
            ("{ latestIssue { articles { ...items } } } fragment items on ArticleConnection { nodes { key } }", 2),
            ("{ __typename __schema { queryType { name } } publication { name locales { tag } } }", 0),
        ] {
            let answer = app.query(query).await;

            assert_eq!(answer.errors, [Value::Null; 0], "{query}");
            assert_eq!(answer.statements, statements, "{query}");
        }
    })
    .await;
}

#[tokio::test]
async fn bodies_come_with_their_list_however_they_are_asked_for() {
    TestApp::on_each_engine_without_memory(async |app| {
        app.seed(weeks(3, 3)).await;

        for (page, fragments) in [
            ("nodes { body { markdown } }", ""),
            ("edges { node { body { markdown } } }", ""),
            ("all: nodes { text: body { source: markdown } }", ""),
            (
                "...page",
                "fragment page on ArticleConnection { edges { ...edge } }
                 fragment edge on ArticleEdge { node { ...text } }
                 fragment text on Article { body { markdown } }",
            ),
            ("nodes { ... on Article { ... { body { markdown } } } }", ""),
            (
                "nodes { ... on Node { ... on Article { body { markdown } } } }",
                "",
            ),
            ("nodes { key } nodes { body { markdown } }", ""),
            (
                "edges { node { key } } nodes { body @include(if: true) { markdown } }",
                "",
            ),
        ] {
            for (query, statements) in [
                (format!("{{ articles {{ {page} }} }} {fragments}"), 1),
                (
                    format!("{{ few: articles(last: 2) {{ {page} }} }} {fragments}"),
                    1,
                ),
                (
                    format!("{{ latestIssue {{ articles {{ {page} }} }} }} {fragments}"),
                    2,
                ),
            ] {
                let answer = app.query(&query).await;

                let data = answer.expect_data().to_string();
                assert!(data.contains("The body of"), "{query}");
                assert_eq!(answer.statements, statements, "{query}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn bodies_that_are_not_asked_for_are_never_read() {
    TestApp::on_each_engine_without_memory(async |app| {
        app.seed(weeks(3, 3)).await;
        let rename = "ALTER TABLE article_translations RENAME COLUMN body TO out_of_reach";
        app.database().writer().execute_unprepared(rename).await.unwrap();

        for query in [
            "{ articles { totalCount nodes { key title lead translations { title lead article { lead } } } } }",
            "{ articles { nodes { key body @skip(if: true) { markdown } } } }",
            "{ issues { nodes { articles { nodes { title next { title } previous(scope: TOPIC) { title } } } } } }",
            "{ topics { nodes { articles { totalCount nodes { title } } } } }",
            "{ authors { nodes { articles(filter: {title: {contains: \"1\"}}) { nodes { title } } } } }",
            r#"{ article(by: {slug: "1-1"}) { title } }"#,
            r#"{ translations { nodes { title ... on ArticleTranslation { lead } } } }"#,
            r#"{ node(id: "QXJ0aWNsZTox") { ... on Article { title } } }"#,
        ] {
            let answer = app.query(query).await;
            assert_eq!(answer.errors, [Value::Null; 0], "{query}");
        }

        let answer = app.query("{ articles { nodes { body { markdown } } } }").await;
        assert_eq!(answer.code(), Some("INTERNAL"), "bodies are out of reach");
    })
    .await;
}

/// What asks for each form of a body, and the column that it is read from.
const FORMS: [(&str, &str, &str); 10] = [
    ("body { markdown }", "article_translations", "body"),
    ("body { html }", "article_texts", "html"),
    ("body { blocks }", "article_texts", "blocks"),
    ("body { text }", "article_texts", "text"),
    ("body { excerpt }", "article_texts", "text"),
    ("body { headings { anchor } }", "article_texts", "headings"),
    ("excerpt", "article_texts", "text"),
    ("excerpt(length: 3, unit: WORDS)", "article_texts", "text"),
    ("wordCount", "article_texts", "word_count"),
    ("readingMinutes", "article_texts", "word_count"),
];

#[tokio::test]
async fn forms_come_with_their_list_however_they_are_asked_for() {
    TestApp::on_each_engine_without_memory(async |app| {
        app.seed(weeks(3, 3)).await;
        let all = "excerpt wordCount readingMinutes
            body { markdown html blocks text excerpt headings { anchor } }";

        for form in FORMS.iter().map(|(form, ..)| *form).chain([all]) {
            for (query, statements) in [
                (format!("{{ articles {{ nodes {{ {form} }} }} }}"), 1),
                (format!("{{ articles {{ edges {{ node {{ ...f }} }} }} }} fragment f on Article {{ {form} }}"), 1),
                (format!("{{ article(by: {{slug: \"1-1\"}}) {{ {form} }} }}"), 1),
                (format!("{{ latestIssue {{ articles {{ nodes {{ {form} }} }} }} }}"), 2),
                // Where the list does not know what is asked of the articles.
                (format!("{{ articles {{ nodes {{ next {{ {form} }} previous {{ {form} }} }} }} }}"), 4),
                (format!("{{ articles {{ nodes {{ translations {{ {form} }} }} }} }}"), 3),
            ] {
                let answer = app.query(&query).await;

                assert_eq!(answer.errors, [Value::Null; 0], "{query}");
                assert_eq!(answer.statements, statements, "{query}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn forms_that_are_not_asked_for_are_never_read() {
    for (table, column) in [
        ("article_translations", "body"),
        ("article_texts", "word_count"),
        ("article_texts", "headings"),
        ("article_texts", "text"),
        ("article_texts", "html"),
        ("article_texts", "blocks"),
    ] {
        TestApp::on_each_engine_without_memory(async |app| {
            app.seed(weeks(3, 3)).await;
            let rename = format!("ALTER TABLE {table} RENAME COLUMN {column} TO out_of_reach");
            app.database()
                .writer()
                .execute_unprepared(&rename)
                .await
                .unwrap();

            for (form, asks_table, asks_column) in FORMS {
                for query in [
                    format!("{{ articles {{ nodes {{ key {form} }} }} }}"),
                    format!("{{ topics {{ nodes {{ articles {{ nodes {{ {form} }} }} }} }} }}"),
                    format!("{{ article(by: {{slug: \"1-1\"}}) {{ {form} next {{ {form} }} }} }}"),
                    format!("{{ articles {{ nodes {{ translations {{ {form} }} }} }} }}"),
                ] {
                    let answer = app.query(&query).await;

                    let asks = (asks_table, asks_column) == (table, column);
                    assert_eq!(
                        answer.code(),
                        asks.then_some("INTERNAL"),
                        "{column}: {query}"
                    );
                }
            }
            let answer = app
                .query("{ articles { nodes { title body { __typename } } } }")
                .await;
            assert_eq!(answer.errors, [Value::Null; 0], "{column}");
        })
        .await;
    }
}

#[tokio::test]
async fn fragments_that_ask_for_the_same_edge_share_its_statement() {
    TestApp::on_each_engine_without_memory(async |app| {
        app.seed(weeks(3, 3)).await;

        let answer = app
            .query(
                "{ latestIssue { ...cover ...contents } }
                 fragment cover on Issue { articles(first: 3) { nodes { title topic { name } } } }
                 fragment contents on Issue { articles(first: 3) { nodes { slug topic { slug } } totalCount } }",
            )
            .await;

        assert_eq!(*answer.at("/latestIssue/articles/nodes/0/topic/slug"), "water");
        assert_eq!(answer.statements, 4, "the issue, its articles, their count, their topics");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn threads_make_no_more_statements() {
    TestApp::on_each_engine_without_memory(async |app| {
        app.seed(weeks(12, 5)).await;

        for _ in 0..20 {
            for (query, statements) in &COMMON[..3] {
                let answer = app.query(query).await;
                assert_eq!(answer.statements, *statements, "{query}");
            }
        }
    })
    .await;
}

/// A cursor from the middle of the articles.
async fn middle(app: &TestApp) -> String {
    cursor(app, 20).await
}

/// The cursor of the first article.
async fn first(app: &TestApp) -> String {
    cursor(app, 1).await
}

async fn cursor(app: &TestApp, size: usize) -> String {
    let query = format!("{{ articles(first: {size}) {{ pageInfo {{ endCursor }} }} }}");
    let answer = app.query(&query).await;
    answer
        .at("/articles/pageInfo/endCursor")
        .as_str()
        .unwrap()
        .to_owned()
}

/// How many objects an answer holds.
fn size(data: &Value) -> usize {
    match data {
        Value::Array(list) => list.iter().map(size).sum(),
        Value::Object(fields) => 1 + fields.values().map(size).sum::<usize>(),
        _ => 0,
    }
}
