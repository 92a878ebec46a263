//! The publication is set up and changed, with its locales.

use insta::assert_json_snapshot;
use masthead::access::Role;
use serde_json::{Value, json};
use support::seed::{article, issue};
use support::{Answer, TestApp, key};

use crate::change_log::{position, told};

const PUBLICATION: &str = "publication {
        version timeZone url defaultLocale paths { issue article topic author }
        locales { tag name description isDefault }
    }
    userErrors { code message field }";

async fn ask(app: &TestApp, name: &str, input: Value) -> Answer {
    app.mutate_as(&key(Role::Admin), name, input, PUBLICATION)
        .await
}

/// What any reader is told of the publication.
async fn shown(app: &TestApp) -> Value {
    let query = "{ publication { version name url timeZone locales { tag } } }";
    app.query(query).await.at("/publication").clone()
}

#[tokio::test]
async fn an_empty_server_gets_its_publication_once() {
    TestApp::on_each_engine(async |app| {
        let input = json!({
            "locales": [
                {"tag": "be", "name": "Тыдзень", "description": "Пра ўсё."},
                {"tag": "en"},
            ],
            "defaultLocale": "be",
            "timeZone": "Europe/Minsk",
            "url": "https://example.org/",
            "paths": {"issue": "/{locale}/{number}"},
        });

        let made = ask(app, "publicationCreate", input.clone()).await;
        let again = ask(app, "publicationCreate", input).await;

        assert_json_snapshot!(made.expect_data(), @r#"
        {
          "publicationCreate": {
            "publication": {
              "defaultLocale": "be",
              "locales": [
                {
                  "description": "Пра ўсё.",
                  "isDefault": true,
                  "name": "Тыдзень",
                  "tag": "be"
                },
                {
                  "description": null,
                  "isDefault": false,
                  "name": null,
                  "tag": "en"
                }
              ],
              "paths": {
                "article": "/{locale}/articles/{slug}",
                "author": "/{locale}/authors/{slug}",
                "issue": "/{locale}/{number}",
                "topic": "/{locale}/topics/{slug}"
              },
              "timeZone": "Europe/Minsk",
              "url": "https://example.org",
              "version": 1
            },
            "userErrors": []
          }
        }
        "#);
        let errors = again.at("/publicationCreate/userErrors");
        assert_eq!(
            errors,
            &json!([{
                "code": "WRONG_STATE",
                "message": "there is a publication already: update it",
                "field": [],
            }])
        );
        assert_eq!(shown(app).await["name"], "Тыдзень");
    })
    .await;
}

#[tokio::test]
async fn all_that_is_wrong_with_a_new_publication_is_told_at_once() {
    TestApp::on_each_engine(async |app| {
        let input = json!({
            "locales": [{"tag": "be"}, {"tag": "en", "name": ""}, {"tag": "be"}],
            "defaultLocale": "ru",
            "timeZone": "Minsk",
            "url": "example.org",
            "paths": {"author": "/{topic}/{slug}"},
        });

        let answer = ask(app, "publicationCreate", input).await;

        assert_json_snapshot!(answer.expect_data(), @r#"
        {
          "publicationCreate": {
            "publication": null,
            "userErrors": [
              {
                "code": "DUPLICATE",
                "field": [
                  "locales",
                  "2",
                  "tag"
                ],
                "message": "\"be\" is there twice"
              },
              {
                "code": "BLANK",
                "field": [
                  "locales",
                  "1",
                  "name"
                ],
                "message": "can't be blank"
              },
              {
                "code": "UNKNOWN_LOCALE",
                "field": [
                  "defaultLocale"
                ],
                "message": "the publication has no locale \"ru\"; it has be, en, be"
              },
              {
                "code": "INVALID",
                "field": [
                  "timeZone"
                ],
                "message": "\"Minsk\" is not an IANA time zone, such as \"Europe/Minsk\""
              },
              {
                "code": "INVALID",
                "field": [
                  "url"
                ],
                "message": "\"example.org\" is not an absolute http or https URL; write the base as \"https://example.org\""
              },
              {
                "code": "INVALID",
                "field": [
                  "paths",
                  "author"
                ],
                "message": "\"/{topic}/{slug}\" has the placeholder \"{topic}\"; known here are {locale} {slug}"
              }
            ]
          }
        }
        "#);
        assert_eq!(shown(app).await, Value::Null);
    })
    .await;
}

#[tokio::test]
async fn facts_names_and_the_order_of_locales_are_changed_as_one_and_show_at_once() {
    TestApp::on_each_engine(async |app| {
        app.seed(issue(1)).await;
        let before = position(app).await;
        let version = shown(app).await["version"].clone();
        let input = json!({
            "expectedVersion": version,
            "defaultLocale": "be",
            "locales": ["be", "ru", "en"],
            "translations": [
                {"locale": "be", "name": "Адліга"},
                {"locale": "ru", "name": null, "description": "Обо всём."},
            ],
            "timeZone": "Europe/Vilnius",
            "url": "https://thaw.example/",
            "paths": {"topic": "/{topic}", "author": null},
        });

        let answer = ask(app, "publicationUpdate", input).await;

        assert_json_snapshot!(answer.expect_data(), @r#"
        {
          "publicationUpdate": {
            "publication": {
              "defaultLocale": "be",
              "locales": [
                {
                  "description": "What happened this week be",
                  "isDefault": true,
                  "name": "Адліга",
                  "tag": "be"
                },
                {
                  "description": "Обо всём.",
                  "isDefault": false,
                  "name": null,
                  "tag": "ru"
                },
                {
                  "description": "What happened this week en",
                  "isDefault": false,
                  "name": "Week in View en",
                  "tag": "en"
                }
              ],
              "paths": {
                "article": "/{locale}/articles/{slug}",
                "author": "/{locale}/authors/{slug}",
                "issue": "/{locale}/issues/{slug}",
                "topic": "/{topic}"
              },
              "timeZone": "Europe/Vilnius",
              "url": "https://thaw.example",
              "version": 2
            },
            "userErrors": []
          }
        }
        "#);
        assert_eq!(
            shown(app).await,
            json!({
                "version": version.as_i64().unwrap() + 1,
                "name": "Адліга",
                "url": "https://thaw.example",
                "timeZone": "Europe/Vilnius",
                "locales": [{"tag": "be"}, {"tag": "ru"}, {"tag": "en"}],
            })
        );
        assert_eq!(told(app, before).await, ["UPDATED PUBLICATION"]);
    })
    .await;
}

#[tokio::test]
async fn a_publication_that_is_as_it_is_wanted_stays_with_its_version() {
    TestApp::on_each_engine(async |app| {
        app.seed(issue(1)).await;
        let before = shown(app).await;
        let input = json!({
            "expectedVersion": before["version"],
            "locales": ["en", "be", "ru"],
            "timeZone": before["timeZone"],
            "url": before["url"],
            "translations": [],
            "paths": {},
        });

        let answer = ask(app, "publicationUpdate", input).await;

        assert_eq!(answer.at("/publicationUpdate/userErrors"), &json!([]));
        assert_eq!(shown(app).await, before);
    })
    .await;
}

#[tokio::test]
async fn a_change_that_is_stale_or_wrong_is_refused() {
    TestApp::on_each_engine(async |app| {
        app.seed(issue(1)).await;
        let version = shown(app).await["version"].as_i64().unwrap();
        let change = async |version: i64, mut input: Value| {
            input["expectedVersion"] = version.into();
            let answer = ask(app, "publicationUpdate", input).await;
            let error = answer.at("/publicationUpdate/userErrors/0").clone();
            (error["code"].clone(), error["field"].clone())
        };
        let nameless = ["en", "be", "ru"].map(|locale| json!({"locale": locale, "name": null}));

        let stale = change(version + 1, json!({"url": "https://thaw.example"})).await;
        let short = change(version, json!({"locales": ["be", "en"]})).await;
        let foreign = change(version, json!({"defaultLocale": "pl"})).await;
        let nameless = change(version, json!({"translations": nameless})).await;

        assert_eq!(stale, ("STALE_VERSION".into(), json!(["expectedVersion"])));
        assert_eq!(short, ("INVALID".into(), json!(["locales"])));
        assert_eq!(foreign, ("UNKNOWN_LOCALE".into(), json!(["defaultLocale"])));
        assert_eq!(nameless, ("INVALID".into(), json!(["translations"])));
        assert_eq!(shown(app).await["version"], version);
    })
    .await;
}

#[tokio::test]
async fn a_locale_comes_in_at_its_place_and_goes_while_it_is_empty() {
    TestApp::on_each_engine(async |app| {
        app.seed(issue(1)).await;
        let version = shown(app).await["version"].as_i64().unwrap();
        let lithuanian = json!({
            "expectedVersion": version, "tag": "lt", "name": "Savaitė", "position": 2,
        });
        let gone = json!({"expectedVersion": version + 1, "tag": "lt"});

        let added = ask(app, "publicationLocaleAdd", lithuanian.clone()).await;
        let stale = ask(app, "publicationLocaleAdd", lithuanian).await;
        let removed = ask(app, "publicationLocaleRemove", gone).await;

        let tags = |answer: &Answer, name: &str| -> Vec<String> {
            let texts = answer.texts(&format!("/{name}/publication/locales"), "tag");
            texts.into_iter().map(str::to_owned).collect()
        };
        assert_eq!(
            tags(&added, "publicationLocaleAdd"),
            ["en", "lt", "be", "ru"]
        );
        assert_eq!(
            stale.at("/publicationLocaleAdd/userErrors/0/code"),
            "STALE_VERSION"
        );
        assert_eq!(
            tags(&removed, "publicationLocaleRemove"),
            ["en", "be", "ru"]
        );
        assert_eq!(
            removed.at("/publicationLocaleRemove/publication/version"),
            version + 2
        );
    })
    .await;
}

#[tokio::test]
async fn a_locale_that_is_known_in_use_or_the_default_is_told_from_one_that_is_not_there() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice").only_in(["en", "be"])).await;
        let version = shown(app).await["version"].clone();
        let change = async |name: &str, tag: &str| {
            let input = json!({"expectedVersion": version, "tag": tag});
            let selection = "userErrors { code field usedBy }";
            let answer = app
                .mutate_as(&key(Role::Admin), name, input, selection)
                .await;
            answer.at(&format!("/{name}/userErrors/0")).clone()
        };

        let known = change("publicationLocaleAdd", "be").await;
        let used = change("publicationLocaleRemove", "be").await;
        let default = change("publicationLocaleRemove", "en").await;
        let unknown = change("publicationLocaleRemove", "pl").await;

        assert_eq!(known["code"], "TAKEN");
        assert_eq!(used["code"], "IN_USE");
        let article = app.query(r#"{ article(by: {slug: "ice"}) { id } }"#).await;
        assert_eq!(&used["usedBy"][0], article.at("/article/id"));
        assert_eq!(default["code"], "WRONG_STATE");
        assert_eq!(unknown["code"], "UNKNOWN_LOCALE");
        assert!(
            [known, used, default, unknown]
                .iter()
                .all(|error| error["field"] == json!(["tag"]))
        );
    })
    .await;
}

#[tokio::test]
async fn what_needs_a_publication_says_that_there_is_none() {
    TestApp::on_each_engine(async |app| {
        let input = json!({"expectedVersion": 1, "tag": "be"});

        let answer = ask(app, "publicationLocaleAdd", input).await;

        let payload = answer.at("/publicationLocaleAdd");
        assert_eq!(payload["publication"], Value::Null);
        assert_eq!(payload["userErrors"][0]["code"], "NOT_FOUND");
    })
    .await;
}
