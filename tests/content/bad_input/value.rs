//! Values that are not of their form.

use serde_json::json;
use support::TestApp;

use super::{refuse, seed};

#[tokio::test]
async fn locales_that_are_none_are_refused() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;

        for (value, code, text) in [
            (
                json!(["fr"]),
                "UNKNOWN_LOCALE",
                "the publication has no locale \"fr\"; it has en, be, ru",
            ),
            (
                json!(["be", "be-tarask"]),
                "UNKNOWN_LOCALE",
                "the publication has no locale \"be-tarask\"; it has en, be, ru",
            ),
            (
                json!([]),
                "INVALID_VALUE",
                "\"locales\" is a list of at least one locale; leave it out for the reader's own",
            ),
            (
                json!(["not a tag"]),
                "INVALID_VALUE",
                "\"not a tag\" is not a BCP 47 language tag, such as en or be-tarask",
            ),
            (
                json!([""]),
                "INVALID_VALUE",
                "\"\" is not a BCP 47 language tag, such as en or be-tarask",
            ),
            (
                json!(["en_US"]),
                "INVALID_VALUE",
                "\"en_US\" is not a BCP 47 language tag, such as en or be-tarask",
            ),
            (
                json!(["*"]),
                "INVALID_VALUE",
                "\"*\" is not a BCP 47 language tag, such as en or be-tarask",
            ),
            (
                json!(["en; DROP TABLE issues"]),
                "INVALID_VALUE",
                "\"en; DROP TABLE issues\" is not a BCP 47 language tag, such as en or be-tarask",
            ),
            (
                json!([7]),
                "INVALID_VALUE",
                "Expected input type \"Locale\", found 7",
            ),
        ] {
            for query in [
                "{ articles(locales: $v) { nodes { key } } }",
                "{ publication(locales: $v) { url } }",
                "{ latestIssue(locales: $v) { slug } }",
                "{ articles { nodes { topic(locales: $v) { name } } } }",
                "{ latestIssue { articles(locales: $v) { totalCount } } }",
            ] {
                refuse(app, &[(query, "[Locale!]", value.clone(), code, text)]).await;
            }
        }
    })
    .await;
}

#[tokio::test]
async fn weeks_and_days_that_do_not_exist_are_refused() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;

        for week in [
            "2021-W54",
            "2021-W53",
            "2021-W00",
            "2021-06",
            "2021-W6",
            "0000-W01",
            "2021-w06",
            "12021-W06",
        ] {
            let text = format!(
                "\"{week}\" is not a week of the calendar, such as 2021-W06; a year has 52 or 53"
            );
            refuse(
                app,
                &[
                    (
                        "{ issue(by: $v) { slug } }",
                        "IssueBy!",
                        json!({"week": week}),
                        "INVALID_VALUE",
                        &text,
                    ),
                    (
                        "{ issue(by: {week: $v}) { slug } }",
                        "Week",
                        json!(week),
                        "INVALID_VALUE",
                        &text,
                    ),
                ],
            )
            .await;
        }
        for day in [
            "2021-02-30",
            "2021-13-01",
            "2021-2-3",
            "10000-01-01",
            "0000-01-01",
            "2021-02-08T00:00:00Z",
            "today",
        ] {
            let text = format!("\"{day}\" is not a date of the calendar, such as 2021-02-08");
            refuse(
                app,
                &[
                    (
                        "{ issue(by: $v) { slug } }",
                        "IssueBy!",
                        json!({"on": day}),
                        "INVALID_VALUE",
                        &text,
                    ),
                    (
                        "{ issues(filter: {startsOn: {gte: $v}}) { totalCount } }",
                        "Date",
                        json!(day),
                        "INVALID_VALUE",
                        &text,
                    ),
                ],
            )
            .await;
        }
        for time in [
            "2021-02-30T00:00:00Z",
            "2021-02-20",
            "2021-02-20T10:00:00",
            "2021-02-20T25:00:00Z",
            "0001-01-01T00:00:00+01:00",
        ] {
            let text = format!(
                "\"{time}\" is not a date with a time and an offset, such as 2021-02-15T09:00:00Z"
            );
            let value = json!({"publishedAt": {"gt": time}});
            refuse(
                app,
                &[(
                    "{ articles(filter: $v) { totalCount } }",
                    "ArticleFilter",
                    value,
                    "INVALID_VALUE",
                    &text,
                )],
            )
            .await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_lookup_takes_one_key() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;

        let text = "Invalid value for argument \"by\", Oneof input objects requires have exactly one field";
        for (query, of_type, value) in [
            ("{ issue(by: $v) { slug } }", "IssueBy!", json!({"number": 1, "slug": "a"})),
            ("{ issue(by: $v) { slug } }", "IssueBy!", json!({})),
            ("{ article(by: $v) { slug } }", "ArticleBy!", json!({"id": "a", "slug": "a"})),
            ("{ topic(by: $v) { slug } }", "TopicBy!", json!({"id": "a", "slug": "a"})),
            ("{ author(by: $v) { slug } }", "AuthorBy!", json!({"id": "a", "slug": "a"})),
        ] {
            refuse(app, &[(query, of_type, value, "GRAPHQL_VALIDATION_FAILED", text)]).await;
        }
        let text = "Invalid value for argument \"by\", Oneof Input Objects require that exactly one field must be supplied and that field must not be null";
        let value = json!({"number": null});
        refuse(app, &[("{ issue(by: $v) { slug } }", "IssueBy!", value, "GRAPHQL_VALIDATION_FAILED", text)]).await;
    })
    .await;
}

#[tokio::test]
async fn values_of_another_type_are_refused() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;

        let invalid = "GRAPHQL_VALIDATION_FAILED";
        refuse(
            app,
            &[
                ("{ articles(first: $v) { totalCount } }", "Int", json!("1"), invalid, "Invalid value for argument \"first\", expected type \"Int\""),
                ("{ articles(first: $v) { totalCount } }", "Int", json!(1.5), invalid, "Invalid value for argument \"first\", expected type \"Int\""),
                ("{ articles(after: $v) { totalCount } }", "String", json!(7), invalid, "Invalid value for argument \"after\", expected type \"String\""),
                ("{ node(id: $v) { id } }", "ID!", json!(null), invalid, "Invalid value for argument \"id\", expected type \"ID\""),
                ("{ articles(locales: $v) { totalCount } }", "[Locale!]", json!([null]), invalid, "Invalid value for argument \"locales.0\", expected type \"Locale\""),
                ("{ articles(filter: $v) { totalCount } }", "ArticleFilter", json!({"titel": {}}), invalid, "Invalid value for argument \"filter\", unknown field \"titel\" of type \"ArticleFilter\""),
                ("{ articles(filter: $v) { totalCount } }", "ArticleFilter", json!({"title": {"like": "a"}}), invalid, "Invalid value for argument \"filter.title\", unknown field \"like\" of type \"TextFilter\""),
                ("{ articles(orderBy: $v) { totalCount } }", "[ArticleOrder!]", json!([{"field": "NONSENSE"}]), invalid, "Invalid value for argument \"orderBy.0.field\", enumeration type \"ArticleOrderField\" does not contain the value \"NONSENSE\""),
                ("{ articles(orderBy: $v) { totalCount } }", "[ArticleOrder!]", json!([{"direction": "DESC"}]), invalid, "Invalid value for argument \"orderBy.0\", field \"field\" of type \"ArticleOrderField!\" is required but not provided"),
            ],
        )
        .await;
    })
    .await;
}
