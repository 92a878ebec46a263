//! How far an issue has come in each locale.

use masthead::access::Role;
use serde_json::json;
use support::seed::{article, issue};
use support::{TestApp, key, translator};

use super::{STATES, approve};

const COUNTS: &str = "completeness { locale published approved inReview draft missing outdated }";

#[tokio::test]
async fn each_article_is_counted_once_in_each_locale() {
    TestApp::on_each_engine(async |app| {
        let articles = vec![
            article("out"),
            article("reviewed").draft("be").in_review("ru"),
            article("approved").in_review("en").only_in(["en", "be"]),
            article("begun").draft("en").only_in(["en"]),
        ];
        app.seed(issue(1).with(articles)).await;
        approve(app, "approved", "en").await;
        let query = format!("{{ issue(by: {{number: 1}}) {{ {COUNTS} }} }}");

        let answer = app.query_as(&translator(&["ru"]), &query).await;

        let row = |locale: &str, [published, approved, in_review, draft, missing]: [i32; 5]| {
            json!({
                "locale": locale, "published": published, "approved": approved,
                "inReview": in_review, "draft": draft, "missing": missing, "outdated": 0,
            })
        };
        assert_eq!(
            answer.at("/issue/completeness"),
            &json!([
                row("en", [2, 1, 0, 1, 0]),
                row("be", [2, 0, 0, 1, 1]),
                row("ru", [1, 0, 1, 0, 2]),
            ])
        );
    })
    .await;
}

#[tokio::test]
async fn what_was_made_of_an_older_original_is_outdated_whatever_its_state() {
    TestApp::on_each_engine(async |app| {
        let articles = vec![article("ice").draft("be").draft("en"), article("dam")];
        app.seed(issue(1).with(articles)).await;
        let read = format!(
            r#"{{ article(by: {{slug: "ice"}}, locales: ["en"], {STATES}) {{ id version }} }}"#
        );
        let read = app.query_as(&key(Role::Editor), &read).await;
        let input = json!({
            "article": read.at("/article/id"), "locale": "en",
            "expectedVersion": read.at("/article/version"), "lead": "It thaws.",
        });
        app.mutate_as(
            &key(Role::Editor),
            "articleTranslationUpdate",
            input,
            "userErrors { code }",
        )
        .await;
        let query = "{ issue(by: {number: 1}) { completeness { locale outdated } } }";

        let answer = app.query_as(&key(Role::Editor), query).await;

        assert_eq!(
            answer.at("/issue/completeness"),
            &json!([
                {"locale": "en", "outdated": 0},
                {"locale": "be", "outdated": 1},
                {"locale": "ru", "outdated": 1},
            ])
        );
    })
    .await;
}

#[tokio::test]
async fn an_issue_without_articles_has_zeros() {
    TestApp::on_each_engine(async |app| {
        app.seed(issue(1)).await;
        let query = "{ issue(by: {number: 1}) { completeness { locale draft missing } } }";

        let answer = app.query_as(&key(Role::Editor), query).await;

        let none = |locale| json!({"locale": locale, "draft": 0, "missing": 0});
        let rows = json!(["en", "be", "ru"].map(none));
        assert_eq!(answer.at("/issue/completeness"), &rows);
    })
    .await;
}

#[tokio::test]
async fn who_may_not_see_drafts_gets_an_error_and_the_rest_of_the_issue() {
    TestApp::on_each_engine(async |app| {
        app.seed(issue(1)).await;
        let query = format!("{{ issue(by: {{number: 1}}) {{ number {COUNTS} }} }}");

        let anonymous = app.query(&query).await;
        let partner = app.query_as(&key(Role::Partner), &query).await;

        assert_eq!(anonymous.code(), Some("UNAUTHENTICATED"));
        assert_eq!(partner.code(), Some("FORBIDDEN"));
        assert_eq!(
            partner.data,
            json!({"issue": {"number": 1, "completeness": null}})
        );
    })
    .await;
}

#[tokio::test]
async fn any_number_of_issues_takes_one_statement() {
    TestApp::on_each_engine(async |app| {
        for number in 1..=5 {
            app.seed(issue(number).with(article(&format!("story-{number}"))))
                .await;
        }
        let query = "{ issues { nodes { completeness { locale draft } } } }";

        let answer = app.query_as(&key(Role::Editor), query).await;

        assert_eq!(answer.at("/issues/nodes").as_array().unwrap().len(), 5);
        assert_eq!(answer.statements, 2);
    })
    .await;
}
