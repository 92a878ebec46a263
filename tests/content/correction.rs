//! Published articles carry dated corrections.

use insta::assert_json_snapshot;
use masthead::access::Role;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use support::seed::{Article, article, issue};
use support::{Answer, TestApp, key};

use crate::change_log::{position, told};

const CORRECTION: &str = "correction { id at text version } userErrors { code field message
    expectedVersion currentVersion }";

fn ice() -> Article {
    article("ice").only_in(["en", "be"])
}

async fn id_of(app: &TestApp, slug: &str) -> Value {
    let states = "states: [DRAFT, IN_REVIEW, PUBLISHED], locales: [en, be, ru]";
    let query = format!("{{ article(by: {{slug: \"{slug}\"}}, {states}) {{ id }} }}");
    let answer = app.query_as(&key(Role::Editor), &query).await;
    answer.at("/article/id").clone()
}

/// A correction of the words of an article in English, at their first version.
async fn of(app: &TestApp, slug: &str, text: &str) -> Value {
    json!({"article": id_of(app, slug).await, "locale": "en", "expectedVersion": 1, "text": text})
}

async fn change(app: &TestApp, kind: &str, input: Value) -> Answer {
    let selection = match kind {
        "Delete" => "deleted userErrors { code field message }",
        _ => CORRECTION,
    };
    let name = format!("correction{kind}");
    app.mutate_as(&key(Role::Publisher), &name, input, selection)
        .await
}

/// Make a correction. The answer has it.
async fn correct(app: &TestApp, input: Value) -> Value {
    let answer = change(app, "Create", input).await;
    assert_eq!(answer.at("/correctionCreate/userErrors"), &json!([]));
    answer.at("/correctionCreate/correction").clone()
}

/// What was wrong with a change, such as `TOO_LONG text`.
fn wrong(answer: &Answer) -> String {
    let payload = answer.expect_data().as_object().unwrap().values().next();
    let error = &payload.unwrap()["userErrors"][0];
    let field = error["field"].as_array().unwrap().iter();
    let field: Vec<&str> = field.map(|part| part.as_str().unwrap()).collect();
    format!("{} {}", error["code"].as_str().unwrap(), field.join("."))
}

#[tokio::test]
async fn readers_see_the_corrections_of_what_they_are_served_newest_first() {
    TestApp::on_each_engine(async |app| {
        app.seed(ice()).await;
        let mut older = of(app, "ice", "The dam is older.").await;
        older["at"] = "2021-03-01T09:00:00+03:00".into();
        correct(app, of(app, "ice", "The river is the Sula.").await).await;
        correct(app, older).await;
        let mut belarusian = of(app, "ice", "Рака завецца Сула.").await;
        belarusian["locale"] = "be".into();
        correct(app, belarusian).await;

        let answer = app
            .query(
                r#"{ article(by: {slug: "ice"}) {
                    version updatedAt corrections { at text version }
                    translations { locale corrections { text } } } }"#,
            )
            .await;

        assert_json_snapshot!(answer.at("/article"), @r#"
        {
          "corrections": [
            {
              "at": "2021-03-10T12:00:00Z",
              "text": "The river is the Sula.",
              "version": 1
            },
            {
              "at": "2021-03-01T06:00:00Z",
              "text": "The dam is older.",
              "version": 1
            }
          ],
          "translations": [
            {
              "corrections": [
                {
                  "text": "The river is the Sula."
                },
                {
                  "text": "The dam is older."
                }
              ],
              "locale": "en"
            },
            {
              "corrections": [
                {
                  "text": "Рака завецца Сула."
                }
              ],
              "locale": "be"
            }
          ],
          "updatedAt": "2021-03-10T12:00:00Z",
          "version": 1
        }
        "#);
    })
    .await;
}

#[tokio::test]
async fn corrections_of_any_number_of_articles_take_one_statement() {
    TestApp::on_each_engine(async |app| {
        app.seed(issue(1).with(article("ice"))).await;
        let list = "{ articles { nodes { corrections { text } } } }";
        let of_one = app.query(list).await.statements;
        for slug in ["dam", "wells", "roads"] {
            app.seed(article(slug)).await;
            correct(app, of(app, slug, "It is not.").await).await;
        }

        let of_four = app.query(list).await;

        assert_eq!(of_four.at("/articles/nodes").as_array().unwrap().len(), 4);
        assert_eq!((of_one, of_four.statements), (2, 2));
    })
    .await;
}

#[tokio::test]
async fn the_change_log_tells_of_each_correction_and_of_each_change_of_one() {
    TestApp::on_each_engine(async |app| {
        app.seed(ice()).await;
        let before = position(app).await;

        let first = correct(app, of(app, "ice", "One").await).await;
        let input = json!({"id": first["id"], "expectedVersion": 1, "text": "Two"});
        let changed = change(app, "Update", input).await;
        // It is so already.
        let input = json!({"id": first["id"], "expectedVersion": 2, "text": "Two"});
        let same = change(app, "Update", input).await;
        let input = json!({"id": first["id"], "expectedVersion": 2});
        let deleted = change(app, "Delete", input).await;

        assert_eq!(changed.at("/correctionUpdate/correction/version"), 2);
        assert_eq!(same.at("/correctionUpdate/correction/version"), 2);
        assert_eq!(deleted.at("/correctionDelete/deleted"), &first["id"]);
        assert_eq!(
            told(app, before).await,
            [
                "CORRECTED ARTICLE ice en",
                "UPDATED ARTICLE ice en",
                "UPDATED ARTICLE ice en",
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn only_what_readers_see_is_corrected() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice").only_in(["en"]).draft("en")).await;
        app.seed(issue(8).unpublished().with(article("dam").in_issue(8)))
            .await;
        let mut elsewhere = of(app, "dam", "No").await;
        elsewhere["locale"] = "ar".into();

        let draft = change(app, "Create", of(app, "ice", "No").await).await;
        let unpublished = change(app, "Create", of(app, "dam", "No").await).await;
        let missing = change(app, "Create", elsewhere).await;

        assert_eq!(wrong(&draft), "WRONG_STATE locale");
        assert_eq!(wrong(&unpublished), "WRONG_STATE locale");
        assert_eq!(wrong(&missing), "NOT_FOUND article");
    })
    .await;
}

#[tokio::test]
async fn a_correction_that_is_not_of_its_form_or_stale_is_refused() {
    TestApp::on_each_engine(async |app| {
        app.seed(ice()).await;
        let right = of(app, "ice", "Right").await;
        let made = correct(app, right.clone()).await;
        let with = |field: &str, value: Value| {
            let mut input = right.clone();
            input[field] = value;
            input
        };

        for (kind, input, expected) in [
            ("Create", with("text", "".into()), "BLANK text"),
            ("Create", with("text", " \n".into()), "BLANK text"),
            ("Create", with("text", "a".repeat(10_001).into()), "TOO_LONG text"),
            ("Create", with("at", "2021-03-10T12:00:00.000001Z".into()), "INVALID at"),
            ("Create", with("expectedVersion", 2.into()), "STALE_VERSION expectedVersion"),
            (
                "Update",
                json!({"id": made["id"], "expectedVersion": 2, "text": "Other"}),
                "STALE_VERSION expectedVersion",
            ),
            (
                "Update",
                json!({"id": made["id"], "expectedVersion": 1, "text": ""}),
                "BLANK text",
            ),
            (
                "Delete",
                json!({"id": made["id"], "expectedVersion": 7}),
                "STALE_VERSION expectedVersion",
            ),
            (
                "Delete",
                json!({"id": masthead::graphql::id::encode("Correction", 99), "expectedVersion": 1}),
                "NOT_FOUND id",
            ),
        ] {
            let answer = change(app, kind, input.clone()).await;

            assert_eq!(wrong(&answer), expected, "{kind}");
        }
        let stale = json!({"id": made["id"], "expectedVersion": 2, "text": "Other"});
        let stale = change(app, "Update", stale).await;
        assert_eq!(stale.at("/correctionUpdate/correction"), &made);
        assert_eq!(stale.at("/correctionUpdate/userErrors/0/currentVersion"), 1);
    })
    .await;
}

#[tokio::test]
async fn words_carry_twenty_corrections_and_no_more() {
    TestApp::on_each_engine(async |app| {
        app.seed(ice()).await;
        for number in 0..20 {
            correct(app, of(app, "ice", &format!("{number}")).await).await;
        }

        let more = change(app, "Create", of(app, "ice", "100").await).await;

        assert_eq!(wrong(&more), "WRONG_STATE locale");
    })
    .await;
}

#[tokio::test]
async fn a_correction_with_an_idempotency_key_is_made_once() {
    TestApp::on_each_engine(async |app| {
        app.seed(ice()).await;
        let mut input = of(app, "ice", "One").await;
        input["idempotencyKey"] = "one".into();

        let first = correct(app, input.clone()).await;
        let again = correct(app, input).await;

        assert_eq!(first, again);
        let answer = app
            .query(r#"{ article(by: {slug: "ice"}) { corrections { text } } }"#)
            .await;
        assert_eq!(answer.texts("/article/corrections", "text"), ["One"]);
    })
    .await;
}

#[tokio::test]
async fn corrections_stay_over_an_import_and_go_with_the_words() {
    TestApp::on_each_engine(async |app| {
        app.seed(ice()).await;
        correct(app, of(app, "ice", "One").await).await;
        let texts = async || {
            let query = r#"{ article(by: {slug: "ice"}) { title corrections { text } } }"#;
            app.query(query).await.data["article"].clone()
        };

        app.seed(ice().title("en", "Thin ice")).await;
        let imported = texts().await;
        app.database()
            .writer()
            .execute_unprepared("DELETE FROM article_translations WHERE locale = 'en'")
            .await
            .unwrap();
        let left = app
            .database()
            .writer()
            .execute_unprepared("DELETE FROM article_corrections")
            .await
            .unwrap();

        assert_eq!(
            imported,
            json!({"title": "Thin ice", "corrections": [{"text": "One"}]})
        );
        assert_eq!(left.rows_affected(), 0);
    })
    .await;
}
