//! What all locales of an issue share, and its words.

use insta::assert_json_snapshot;
use masthead::access::Role;
use serde_json::{Value, json};
use support::seed::{article, issue};
use support::{Answer, TestApp, key};

use super::read;

const ISSUE: &str =
    "issue { number slug startsOn endsOn title state publishedAt factsVersion version
        translations { locale title version } }
    userErrors { code message field expectedVersion currentVersion }";

async fn ask(app: &TestApp, name: &str, input: Value) -> Answer {
    app.mutate_as(&key(Role::Editor), name, input, ISSUE).await
}

#[tokio::test]
async fn an_issue_is_made_with_the_next_number_and_a_slug_of_its_week() {
    TestApp::on_each_engine(async |app| {
        app.seed(issue(7)).await;
        let input = json!({
            "startsOn": "2021-02-08",
            "endsOn": "2021-02-14",
            "translations": [{"locale": "en", "title": "High water"}, {"locale": "be"}],
        });

        let answer = ask(app, "issueCreate", input).await;

        assert_json_snapshot!(answer.expect_data(), @r#"
        {
          "issueCreate": {
            "issue": {
              "endsOn": "2021-02-14",
              "factsVersion": 1,
              "number": 8,
              "publishedAt": null,
              "slug": "2021-w06",
              "startsOn": "2021-02-08",
              "state": "DRAFT",
              "title": "High water",
              "translations": [
                {
                  "locale": "en",
                  "title": "High water",
                  "version": 1
                },
                {
                  "locale": "be",
                  "title": null,
                  "version": 1
                }
              ],
              "version": 1
            },
            "userErrors": []
          }
        }
        "#);
    })
    .await;
}

#[tokio::test]
async fn an_issue_that_is_made_is_not_for_readers() {
    TestApp::on_each_engine(async |app| {
        app.seed(issue(1)).await;
        let input = json!({
            "number": 9, "startsOn": "2021-02-08", "endsOn": "2021-02-14",
            "translations": [{"locale": "en"}],
        });
        ask(app, "issueCreate", input).await;

        let answer = app
            .query("{ issue(by: {number: 9}) { number } issues { totalCount } }")
            .await;

        assert_eq!(
            answer.expect_data(),
            &json!({"issue": null, "issues": {"totalCount": 1}})
        );
    })
    .await;
}

#[tokio::test]
async fn all_that_is_wrong_with_a_new_issue_is_told_at_once() {
    TestApp::on_each_engine(async |app| {
        app.seed(issue(1)).await;
        let input = json!({
            "number": -1, "slug": "a/b", "startsOn": "2021-02-14", "endsOn": "2021-02-08",
            "translations": [
                {"locale": "en", "title": " "}, {"locale": "en"}, {"locale": "pl"},
            ],
        });

        let answer = ask(app, "issueCreate", input).await;

        assert_json_snapshot!(answer.expect_data(), @r##"
        {
          "issueCreate": {
            "issue": null,
            "userErrors": [
              {
                "code": "INVALID",
                "currentVersion": null,
                "expectedVersion": null,
                "field": [
                  "number"
                ],
                "message": "is -1; it begins at 0"
              },
              {
                "code": "INVALID",
                "currentVersion": null,
                "expectedVersion": null,
                "field": [
                  "slug"
                ],
                "message": "\"a/b\" can't hold '/': a slug has no white space, control characters, \"/\", \"?\" or \"#\""
              },
              {
                "code": "INVALID",
                "currentVersion": null,
                "expectedVersion": null,
                "field": [
                  "endsOn"
                ],
                "message": "2021-02-08 is before the first day, 2021-02-14"
              },
              {
                "code": "DUPLICATE",
                "currentVersion": null,
                "expectedVersion": null,
                "field": [
                  "translations",
                  "1",
                  "locale"
                ],
                "message": "\"en\" is there twice"
              },
              {
                "code": "UNKNOWN_LOCALE",
                "currentVersion": null,
                "expectedVersion": null,
                "field": [
                  "translations",
                  "2",
                  "locale"
                ],
                "message": "the publication has no locale \"pl\"; it has en, be, ru"
              },
              {
                "code": "BLANK",
                "currentVersion": null,
                "expectedVersion": null,
                "field": [
                  "translations",
                  "0",
                  "title"
                ],
                "message": "can't be blank"
              }
            ]
          }
        }
        "##);
    })
    .await;
}

#[tokio::test]
async fn a_number_and_a_slug_are_of_one_issue_alone() {
    TestApp::on_each_engine(async |app| {
        app.seed(issue(1)).await;
        app.seed(issue(2)).await;
        let (id, version) = read(app, 2).await;
        let change = |what: Value| {
            let mut input = json!({"id": id, "expectedVersion": version});
            input
                .as_object_mut()
                .unwrap()
                .extend(what.as_object().unwrap().clone());
            input
        };

        let number = ask(app, "issueUpdate", change(json!({"number": 1}))).await;
        let slug = ask(app, "issueUpdate", change(json!({"slug": "issue-1"}))).await;

        let error = "/issueUpdate/userErrors/0";
        assert_eq!(number.at(error)["code"], "TAKEN");
        assert_eq!(number.at(error)["field"], json!(["number"]));
        assert_eq!(slug.at(error)["code"], "TAKEN");
        assert_eq!(slug.at(error)["field"], json!(["slug"]));
    })
    .await;
}

#[tokio::test]
async fn facts_are_changed_and_the_slug_that_was_left_goes_on_leading_to_the_issue() {
    TestApp::on_each_engine(async |app| {
        app.seed(issue(1)).await;
        let (id, version) = read(app, 1).await;
        let input = json!({
            "id": id, "expectedVersion": version,
            "number": 12, "slug": "the-thaw", "endsOn": "2020-01-19",
        });

        let answer = ask(app, "issueUpdate", input).await;

        assert_json_snapshot!(answer.expect_data(), @r#"
        {
          "issueUpdate": {
            "issue": {
              "endsOn": "2020-01-19",
              "factsVersion": 2,
              "number": 12,
              "publishedAt": "2020-01-13T09:00:00Z",
              "slug": "the-thaw",
              "startsOn": "2020-01-06",
              "state": "PUBLISHED",
              "title": "Issue 1 en",
              "translations": [
                {
                  "locale": "en",
                  "title": "Issue 1 en",
                  "version": 1
                },
                {
                  "locale": "be",
                  "title": "Issue 1 be",
                  "version": 1
                },
                {
                  "locale": "ru",
                  "title": "Issue 1 ru",
                  "version": 1
                }
              ],
              "version": 1
            },
            "userErrors": []
          }
        }
        "#);
        let former = app
            .query(r#"{ issue(by: {slug: "issue-1"}) { number slug } }"#)
            .await;
        assert_eq!(
            former.at("/issue"),
            &json!({"number": 12, "slug": "the-thaw"})
        );
    })
    .await;
}

#[tokio::test]
async fn facts_that_are_as_they_are_wanted_stay_with_their_version() {
    TestApp::on_each_engine(async |app| {
        app.seed(issue(1)).await;
        let (id, version) = read(app, 1).await;
        let input = json!({
            "id": id, "expectedVersion": version,
            "number": 1, "slug": "issue-1", "startsOn": "2020-01-06",
        });

        let answer = ask(app, "issueUpdate", input).await;

        assert_eq!(answer.at("/issueUpdate/issue/factsVersion"), version);
        assert_eq!(answer.at("/issueUpdate/userErrors"), &json!([]));
    })
    .await;
}

#[tokio::test]
async fn days_that_come_in_one_by_one_are_checked_together() {
    TestApp::on_each_engine(async |app| {
        app.seed(issue(1)).await;
        let (id, version) = read(app, 1).await;
        let input = json!({"id": id, "expectedVersion": version, "startsOn": "2020-02-01"});

        let answer = ask(app, "issueUpdate", input).await;

        let error = answer.at("/issueUpdate/userErrors/0");
        assert_eq!(error["code"], "INVALID");
        assert_eq!(
            error["message"],
            "2020-01-12 is before the first day, 2020-02-01"
        );
    })
    .await;
}

#[tokio::test]
async fn a_stale_change_is_refused_with_both_versions_and_the_issue_as_it_is() {
    TestApp::on_each_engine(async |app| {
        app.seed(issue(1)).await;
        let (id, version) = read(app, 1).await;
        let change = |slug: &str| json!({"id": id, "expectedVersion": version, "slug": slug});

        ask(app, "issueUpdate", change("ice")).await;
        let stale = ask(app, "issueUpdate", change("thaw")).await;

        assert_eq!(stale.at("/issueUpdate/issue/slug"), "ice");
        let error = stale.at("/issueUpdate/userErrors/0");
        assert_eq!(error["code"], "STALE_VERSION");
        assert_eq!(error["expectedVersion"], version);
        assert_eq!(error["currentVersion"], version + 1);
    })
    .await;
}

#[tokio::test]
async fn an_issue_is_removed_once_it_is_neither_published_nor_in_use() {
    TestApp::on_each_engine(async |app| {
        app.seed(issue(1)).await;
        app.seed(issue(2).unpublished().with(article("ice"))).await;
        app.seed(issue(3).unpublished()).await;
        let remove = async |number| {
            let (id, version) = read(app, number).await;
            let input = json!({"id": id, "expectedVersion": version});
            let selection = "deleted userErrors { code usedBy }";
            let answer = app
                .mutate_as(&key(Role::Editor), "issueDelete", input, selection)
                .await;
            (id, answer)
        };

        let (_, published) = remove(1).await;
        let (_, in_use) = remove(2).await;
        let (id, removed) = remove(3).await;

        let error = "/issueDelete/userErrors/0/code";
        assert_eq!(published.at(error), "WRONG_STATE");
        assert_eq!(in_use.at(error), "IN_USE");
        let users = in_use.at("/issueDelete/userErrors/0/usedBy");
        assert_eq!(users.as_array().unwrap().len(), 1);
        assert_eq!(removed.at("/issueDelete/deleted"), &id);
    })
    .await;
}

#[tokio::test]
async fn a_title_is_added_changed_taken_away_and_removed() {
    TestApp::on_each_engine(async |app| {
        app.seed(issue(1).only_in(["en"])).await;
        let (id, _) = read(app, 1).await;
        let words = |version: Option<i32>, locale: &str, title: Option<Value>| {
            let mut input = json!({"issue": id, "locale": locale});
            if let Some(version) = version {
                input["expectedVersion"] = version.into();
            }
            if let Some(title) = title {
                input["title"] = title;
            }
            input
        };
        let thaw = Some("Адліга".into());

        let added = ask(app, "issueTranslationCreate", words(None, "be", thaw)).await;
        let twice = ask(app, "issueTranslationCreate", words(None, "be", None)).await;
        let kept = ask(app, "issueTranslationUpdate", words(Some(1), "be", None)).await;
        let none = Some(Value::Null);
        let taken = ask(app, "issueTranslationUpdate", words(Some(1), "be", none)).await;
        let stale = ask(app, "issueTranslationDelete", words(Some(1), "be", None)).await;
        ask(app, "issueTranslationDelete", words(Some(1), "en", None)).await;
        let last = ask(app, "issueTranslationDelete", words(Some(2), "be", None)).await;

        assert_eq!(added.at("/issueTranslationCreate/issue/title"), "Адліга");
        assert_eq!(
            twice.at("/issueTranslationCreate/userErrors/0/code"),
            "TAKEN"
        );
        assert_eq!(kept.at("/issueTranslationUpdate/issue/version"), 1);
        assert_eq!(
            taken.at("/issueTranslationUpdate/issue/title"),
            &Value::Null
        );
        assert_eq!(taken.at("/issueTranslationUpdate/issue/version"), 2);
        assert_eq!(
            stale.at("/issueTranslationDelete/userErrors/0/code"),
            "STALE_VERSION"
        );
        assert_eq!(
            last.at("/issueTranslationDelete/userErrors/0/code"),
            "WRONG_STATE"
        );
    })
    .await;
}

#[tokio::test]
async fn who_may_not_write_issues_is_refused_before_anything_is_looked_up() {
    TestApp::on_each_engine(async |app| {
        let input = json!({"issue": "no id", "expectedVersion": 1});

        let editor = app
            .mutate_as(
                &key(Role::Editor),
                "issuePublish",
                input.clone(),
                "userErrors { code }",
            )
            .await;
        let publisher = app
            .mutate_as(
                &key(Role::Publisher),
                "issuePublish",
                input,
                "userErrors { code }",
            )
            .await;

        assert_eq!(editor.code(), Some("FORBIDDEN"));
        assert_eq!(publisher.code(), Some("INVALID_ID"));
    })
    .await;
}
