//! Documents that are not GraphQL, or do not fit the schema.

use async_graphql::Request;
use insta::assert_snapshot;
use masthead::graphql::context::Asker;
use serde_json::json;
use support::TestApp;

use super::{check, refuse_documents, seed};

#[tokio::test]
async fn what_is_not_graphql_is_told_where() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;

        let failed = "GRAPHQL_PARSE_FAILED";
        refuse_documents(
            app,
            &[
                (
                    "",
                    failed,
                    "line 1, column 1: expected executable definition",
                ),
                (
                    "# nothing",
                    failed,
                    "line 1, column 10: expected executable definition",
                ),
                (
                    "nonsense",
                    failed,
                    "line 1, column 1: expected executable definition",
                ),
                ("{", failed, "line 1, column 2: expected selection"),
                ("{}", failed, "line 1, column 2: expected selection"),
                (
                    "{\n  articles {\n",
                    failed,
                    "line 3, column 1: expected selection",
                ),
                ("{ a(b: \"", failed, "line 1, column 8: expected value"),
                (
                    "{ a(b: \"\\u12\") }",
                    failed,
                    "line 1, column 8: expected value",
                ),
                (
                    "\0",
                    failed,
                    "line 1, column 1: expected executable definition",
                ),
                (
                    "{ a } \u{1F600}",
                    failed,
                    "line 1, column 7: expected EOI or executable definition",
                ),
                (
                    "query a { a } query a { a }",
                    failed,
                    "operation a is defined twice",
                ),
                (
                    "fragment a on Query { __typename }",
                    failed,
                    "document does not contain an operation",
                ),
            ],
        )
        .await;
    })
    .await;
}

#[tokio::test]
async fn what_does_not_fit_the_schema_is_told_why() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;
        let mut answers = String::new();

        for document in [
            "{ articels { totalCount } }",
            "{ articles { nodes } }",
            "{ articles { totalCount { x } } }",
            "{ articles(frist: 1) { totalCount } }",
            "{ articles(first: 1, first: 2) { totalCount } }",
            "{ issue { slug } }",
            "{ a: articles { totalCount } a: topics { totalCount } }",
            "{ articles @nonsense { totalCount } }",
            "{ articles @include { totalCount } }",
            "{ ...a }",
            "{ ...a } fragment a on Article { key }",
            "{ __typename } fragment a on Query { __typename }",
            "mutation { a }",
            "subscription { a }",
            "query($a: Nonsense) { articles(first: $a) { totalCount } }",
            "query($a: Int) { articles(first: $b) { totalCount } }",
            "query($a: Int) { __typename }",
            "query($a: Int!) { articles(first: $a) { totalCount } }",
        ] {
            let answer = app.query(document).await;

            assert_eq!(
                answer.code(),
                Some("GRAPHQL_VALIDATION_FAILED"),
                "{document}"
            );
            let text = answer.message().unwrap().to_owned();
            check(&answer, "GRAPHQL_VALIDATION_FAILED", &text, document);
            answers.push_str(&format!("{document}\n  {text}\n"));
        }

        assert_snapshot!(answers, @r#"
        { articels { totalCount } }
          Unknown field "articels" on type "Query". Did you mean "article", "articles"?
        { articles { nodes } }
          Field "nodes" of type "Article" must have a selection of subfields
        { articles { totalCount { x } } }
          Field "totalCount" must not have a selection since type "Int" has no subfields
        { articles(frist: 1) { totalCount } }
          Unknown argument "frist" on field "articles" of type "Query".
        { articles(first: 1, first: 2) { totalCount } }
          There can only be one argument named "first"
        { issue { slug } }
          Field "issue" argument "by" of type "Query" is required but not provided
        { a: articles { totalCount } a: topics { totalCount } }
          Fields "a" conflict because "articles" and "topics" are different fields. Use different aliases on the fields to fetch both if this was intentional.
        { articles @nonsense { totalCount } }
          Unknown directive "nonsense"
        { articles @include { totalCount } }
          Directive "@include" argument "if" of type "Boolean!" is required but not provided
        { ...a }
          Unknown fragment: "a"
        { ...a } fragment a on Article { key }
          Fragment "a" cannot be spread here as objects of type "Query" can never be of type "Article"
        { __typename } fragment a on Query { __typename }
          Fragment "a" is never used
        mutation { a }
          Unknown field "a" on type "Mutation".
        subscription { a }
          Schema is not configured for subscriptions.
        query($a: Nonsense) { articles(first: $a) { totalCount } }
          Unknown type "Nonsense"
        query($a: Int) { articles(first: $b) { totalCount } }
          Variable "$a" is not used
        query($a: Int) { __typename }
          Variable "$a" is not used
        query($a: Int!) { articles(first: $a) { totalCount } }
          the variable "$a" is of type Int! and needs a value
        "#);
    })
    .await;
}

#[tokio::test]
async fn a_fragment_that_spreads_itself_is_named() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;

        let invalid = "GRAPHQL_VALIDATION_FAILED";
        refuse_documents(
            app,
            &[
                ("{ ...a } fragment a on Query { ...a }", invalid, "the fragment \"a\" spreads itself"),
                (
                    "{ ...a } fragment a on Query { ...b } fragment b on Query { articles { nodes { ...c } } }
                     fragment c on Article { issue { articles { nodes { ...c } } } }",
                    invalid,
                    "the fragment \"c\" spreads itself",
                ),
                ("{ __typename } fragment a on Query { ...a }", invalid, "Fragment \"a\" is never used"),
            ],
        )
        .await;
    })
    .await;
}

#[tokio::test]
async fn an_operation_that_is_not_there_is_not_found() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;
        let document = "query one { __typename } query two { __typename }";

        let other = app
            .ask(
                Request::new(document).operation_name("three"),
                Asker::default(),
            )
            .await;
        let none = app.query(document).await;
        let one = app
            .ask(
                Request::new(document).operation_name("one"),
                Asker::default(),
            )
            .await;

        check(
            &other,
            "OPERATION_NOT_FOUND",
            "Unknown operation named \"three\"",
            document,
        );
        check(
            &none,
            "OPERATION_NOT_FOUND",
            "Operation name required in request.",
            document,
        );
        assert_eq!(*one.expect_data(), json!({"__typename": "Query"}));
    })
    .await;
}

#[tokio::test]
async fn skip_and_include_are_followed() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;

        let query = "query($yes: Boolean!, $no: Boolean = false) {
            skipped: articles @skip(if: $yes) { totalCount }
            included: articles @include(if: $yes) { totalCount ... @include(if: $no) { nodes { key } } }
            ...rest @skip(if: $no) }
            fragment rest on Query { latestIssue { slug title @include(if: $no) } }";
        let answer = app.query_with(query, json!({"yes": true})).await;

        let expected = json!({"included": {"totalCount": 2}, "latestIssue": {"slug": "issue-1"}});
        assert_eq!(*answer.expect_data(), expected);
        assert_eq!(answer.statements, 2);
    })
    .await;
}
