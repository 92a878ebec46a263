//! Documents that ask for too much.

use serde_json::json;
use support::TestApp;

use super::{lives, refuse_documents, seed};

#[tokio::test]
async fn tokens_are_limited() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;
        let most = format!("{{ {} }}", "__typename ".repeat(4998));
        let more = format!("{{ {} }}", "__typename ".repeat(4999));
        let commented = format!("# {}\n{{ __typename }}", "word ".repeat(100_000));

        let text = "a document has at most 5000 tokens";
        refuse_documents(app, &[(&more, "TOO_MANY_TOKENS", text)]).await;
        assert_eq!(app.query(&most).await.code(), None);
        assert_eq!(app.query(&commented).await.code(), None);
    })
    .await;
}

#[tokio::test]
async fn depth_is_limited_through_fragments_too() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;
        let nested = |steps: usize| {
            format!(
                "{{ latestIssue {{ {} slug {} }} }}",
                "next { ".repeat(steps),
                "} ".repeat(steps)
            )
        };
        let spread = format!(
            "{{ latestIssue {{ ...a }} }} fragment a on Issue {{ {} ...b {} }}
             fragment b on Issue {{ {} slug {} }}",
            "next { ".repeat(10),
            "} ".repeat(10),
            "next { ".repeat(10),
            "} ".repeat(10)
        );

        refuse_documents(
            app,
            &[
                (
                    &nested(19),
                    "QUERY_TOO_DEEP",
                    "fields are nested at most 20 deep, not 21",
                ),
                (
                    &spread,
                    "QUERY_TOO_DEEP",
                    "fields are nested at most 20 deep, not 22",
                ),
                (
                    &nested(62),
                    "QUERY_TOO_DEEP",
                    "fields are nested at most 20 deep, not 64",
                ),
                (
                    &nested(63),
                    "QUERY_TOO_DEEP",
                    "a document is nested at most 64 deep",
                ),
            ],
        )
        .await;
        assert_eq!(app.query(&nested(18)).await.code(), None);
    })
    .await;
}

#[tokio::test]
async fn a_hundred_thousand_brackets_end_nothing() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;

        for start in [
            "",
            "{ articles(locales: ",
            "query($a: ",
            "{ articles(filter: {and: ",
            "\"\"\" \" \"\"\" ",
        ] {
            for bracket in ["[", "{", "("] {
                let document = format!("{start}{}", bracket.repeat(100_000));
                let text = "a document is nested at most 64 deep";
                refuse_documents(app, &[(&document, "QUERY_TOO_DEEP", text)]).await;
            }
        }
        // Brackets in strings and comments are none.
        let brackets = "[".repeat(1000);
        let string = format!(
            "{{ article(by: {{slug: \"a\"}}) {{ key }} node(id: \"{brackets}\") {{ id }} }}"
        );
        assert_eq!(app.query(&string).await.code(), Some("INVALID_ID"));
        let comment = format!("{{ __typename }} # {brackets}");
        assert_eq!(app.query(&comment).await.code(), None);
    })
    .await;
}

#[tokio::test]
async fn a_chain_of_fragments_ends_nothing() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;
        let link = |place: usize| format!("fragment f{place} on Query {{ ...f{} }} ", place + 1);
        let chain: String = (0..600).map(link).collect();
        let document = format!("{{ ...f0 }} {chain} fragment f600 on Query {{ __typename }}");

        let answer = app.query(&document).await;

        assert_eq!(answer.code(), Some("GRAPHQL_VALIDATION_FAILED"));
        lives(app).await;
    })
    .await;
}

#[tokio::test]
async fn aliases_are_limited_through_fragments_too() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;
        let aliases = |count: usize| {
            let fields: Vec<String> = (0..count)
                .map(|place| format!("a{place}: __typename"))
                .collect();
            fields.join(" ")
        };
        let plain = format!("{{ {} }}", aliases(51));
        let spread = format!(
            "{{ ...f latestIssue {{ ...g }} articles {{ nodes {{ issue {{ ...g }} }} }} }}
            fragment f on Query {{ {} }} fragment g on Issue {{ {} }}",
            aliases(10),
            aliases(21)
        );

        refuse_documents(
            app,
            &[
                (
                    &plain,
                    "TOO_MANY_ALIASES",
                    "a document has at most 50 aliases, not 51",
                ),
                (
                    &spread,
                    "TOO_MANY_ALIASES",
                    "a document has at most 50 aliases, not 52",
                ),
            ],
        )
        .await;
        assert_eq!(
            app.query(&format!("{{ {} }}", aliases(50))).await.code(),
            None
        );
    })
    .await;
}

#[tokio::test]
async fn the_size_of_an_answer_is_limited() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;
        let text = "an answer holds at most 50000 fields, pages counted at their full size; this one could hold more";

        refuse_documents(
            app,
            &[
                (
                    "{ topics(first: 100) { nodes { articles(first: 100) { nodes { key slug title lead locale } } } } }",
                    "QUERY_TOO_COMPLEX",
                    text,
                ),
                (
                    "{ issues(last: 100) { nodes { articles { nodes { authors { articles { nodes { key } } } } } } } }",
                    "QUERY_TOO_COMPLEX",
                    text,
                ),
            ],
        )
        .await;
        let related = format!(
            "{{ articles {{ nodes {{ {} key {} }} }} }}",
            "related(first: 20) { ".repeat(16),
            "} ".repeat(16)
        );
        let trends = format!(
            "{{ issues {{ nodes {{ {} slug {} }} }} }}",
            "trends { previous { issue { ".repeat(5),
            "} } } ".repeat(5)
        );
        let facets = "{ articles(first: 1) { facets { topics { topic { articles(first: 1) { facets { topics {
            topic { articles(first: 1) { facets { topics { count } } } } } } } } } } } }";
        let archive = "{ archive { years { months { issues { articles(first: 50) { nodes { key } } } } } } }";
        for document in [&*related, &*trends, facets, archive] {
            refuse_documents(app, &[(document, "QUERY_TOO_COMPLEX", text)]).await;
        }
        let whole = "{ articles(first: 100) { nodes { key title topic { name } } totalCount facets {
            topics { topic { slug name } count } authors { author { slug name } count }
            trends { trend count } years { year count } locales { locale count } } } }";
        assert_eq!(app.query(whole).await.code(), None);
        let page = "{ topics(first: 10) { nodes { articles(first: 100) { nodes { key slug title lead locale } } } } }";
        assert_eq!(app.query(page).await.code(), None);
    })
    .await;
}

#[tokio::test]
async fn fragments_that_double_are_refused_before_anything_walks_through_them() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;
        let doubling = |levels: usize| {
            let fragments: String = (0..levels)
                .map(|level| {
                    let next = level + 1;
                    format!("fragment f{level} on Issue {{ ...f{next} ...f{next} }} ")
                })
                .collect();
            format!("{{ latestIssue {{ ...f0 }} }} {fragments} fragment f{levels} on Issue {{ number }}")
        };

        refuse_documents(
            app,
            &[(
                &doubling(300),
                "QUERY_TOO_COMPLEX",
                "a document holds at most 50000 fields, with its fragments spread; this one has more",
            )],
        )
        .await;
        assert_eq!(app.query(&doubling(10)).await.code(), None);
    })
    .await;
}

#[tokio::test]
async fn a_filter_of_more_values_than_a_statement_takes_is_refused() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;
        let query = "query($filter: ArticleFilter) { articles(first: 0, filter: $filter) { facets {
            topics { count } authors { count } trends { count } years { count } locales { count } } } }";
        let filter = |lists: usize| {
            let list = json!({ "position": { "in": vec![1; 100] } });
            json!({ "filter": {
                "and": vec![list; lists],
                "topic": { "slug": { "eq": "water" } },
                "trend": { "eq": "IMPROVED" },
                "year": { "eq": 2021 },
                "locale": { "eq": "en" },
                "authors": { "some": { "slug": { "eq": "anna" } } },
            } })
        };

        let largest = app.query_with(query, filter(39)).await;
        let larger = app.query_with(query, filter(66)).await;

        assert_eq!(largest.code(), None);
        assert_eq!(larger.code(), Some("FILTER_TOO_LARGE"));
        let message = larger.message().unwrap();
        assert!(message.starts_with("a filter holds at most 4000 values, not 66"), "{message}");
    })
    .await;
}

#[tokio::test]
async fn limits_are_what_the_configuration_says() {
    let change = |app: &mut masthead::app::App| {
        app.limits.tokens = 20;
        app.limits.depth = 3;
        app.limits.aliases = 1;
        app.limits.complexity = 30;
        app.limits.root_fields = 2;
        app.limits.directives = 1;
        app.limits.introspection = false;
    };
    TestApp::on_each_engine_with(change, async |app| {
        for (document, code, text) in [
            ("{ articles { nodes { topic { name } } } }", "QUERY_TOO_DEEP", "fields are nested at most 3 deep, not 4"),
            ("{ a: __typename b: __typename }", "TOO_MANY_ALIASES", "a document has at most 1 aliases, not 2"),
            (
                "{ articles { nodes { key title } } }",
                "QUERY_TOO_COMPLEX",
                "an answer holds at most 30 fields, pages counted at their full size; this one could hold more",
            ),
            (
                "{ a a a a a a a a a a a a a a a a a a a }",
                "TOO_MANY_TOKENS",
                "a document has at most 20 tokens",
            ),
            (
                "{ latestIssue { slug } ... { __typename latestIssue { slug } } latestIssue { slug } }",
                "TOO_MANY_ROOT_FIELDS",
                "an operation has at most 2 fields at its root, not 3",
            ),
            (
                "{ __typename @skip(if: true) @include(if: true) }",
                "TOO_MANY_DIRECTIVES",
                "a document has at most 1 directives, not 2",
            ),
            (
                "{ __type(name: \"Issue\") { name } }",
                "INTROSPECTION_DISABLED",
                "introspection is switched off; the schema is under /schema.graphql",
            ),
        ] {
            let answer = app.query(document).await;
            super::check(&answer, code, text, document);
        }
    })
    .await;
}

/// A document, and the limit, the value, the field and the place that it is
/// refused with.
type Excess = (String, u64, u64, Option<&'static str>, Option<(u64, u64)>);

#[tokio::test]
async fn whoever_passes_a_limit_is_told_the_limit_the_value_and_where() {
    let spread = "{ latestIssue { ...a } } fragment a on Issue { ...b }
        fragment b on Issue { next { one: next { next { number } } two: next { number } } }";
    let cases: [Excess; 8] = [
        ("{ articles {\n nodes { issue { next { number } } } } }".into(), 4, 5, Some("articles.nodes.issue.next.number"), Some((2, 25))),
        (spread.into(), 4, 5, Some("latestIssue.next.one.next.number"), None),
        ("{ a: __typename b: __typename\n c: __typename }".into(), 2, 3, Some("c"), Some((2, 2))),
        ("{ latestIssue { a: slug ... { b: slug ... on Issue { c: slug d: slug } } } }".into(), 2, 4, Some("latestIssue.c"), Some((1, 54))),
        ("{ latestIssue { slug } topics { totalCount } authors { totalCount } archive { years { year } } }".into(), 3, 4, Some("archive"), Some((1, 69))),
        ("{ latestIssue { slug @skip(if: true) @include(if: true) } }".into(), 1, 2, Some("latestIssue.slug"), Some((1, 17))),
        (format!("{{ {}}}", "__typename ".repeat(99)), 100, 101, None, Some((1, 1092))),
        ("{ topics(first: 1) { totalCount } articles(first: 100) { totalCount } }".into(), 100, 103, Some("articles"), Some((1, 35))),
    ];
    let change = |app: &mut masthead::app::App| {
        app.limits.tokens = 100;
        app.limits.depth = 4;
        app.limits.aliases = 2;
        app.limits.root_fields = 3;
        app.limits.directives = 1;
        app.limits.complexity = 100;
    };
    TestApp::on_each_engine_with(change, async |app| {
        for (document, limit, value, field, place) in &cases {
            let answer = app.query(document).await;

            let error = answer.errors.first();
            let error = error.unwrap_or_else(|| panic!("{document} is answered"));
            assert_eq!(
                error["extensions"]["limit"],
                json!(limit),
                "{document}: {error}"
            );
            assert_eq!(
                error["extensions"]["value"],
                json!(value),
                "{document}: {error}"
            );
            assert_eq!(
                error["extensions"]["field"].as_str(),
                *field,
                "{document}: {error}"
            );
            if let Some((line, column)) = place {
                let place = json!([{ "line": line, "column": column }]);
                assert_eq!(error["locations"], place, "{document}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn the_type_of_a_thing_can_be_asked_without_introspection() {
    let change = |app: &mut masthead::app::App| app.limits.introspection = false;
    TestApp::on_each_engine_with(change, async |app| {
        seed(app).await;

        let answer = app.query("{ __typename latestIssue { __typename } }").await;
        let hidden = app
            .query("{ ...a } fragment a on Query { s: __schema { __typename } }")
            .await;

        assert_eq!(*answer.at("/latestIssue/__typename"), "Issue");
        assert_eq!(hidden.code(), Some("INTROSPECTION_DISABLED"));
    })
    .await;
}
