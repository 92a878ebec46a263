//! Who did what, when: only ever added to, and for admins alone.

use chrono::TimeDelta;
use masthead::access::Role;
use masthead::administration::api_key::{Which, rotate};
use masthead::content::publication::{NewLocale, add_locale};
use masthead::database::Engine;
use masthead_entities::audit_log;
use sea_orm::{ConnectionTrait, EntityTrait};
use serde_json::{Value, json};
use support::seed::issue;
use support::{Answer, TestApp, key};

/// Ask for entries of the log as an admin.
async fn log(app: &TestApp, arguments: &str, selection: &str) -> Answer {
    let query = format!("{{ auditLog({arguments}) {{ {selection} }} }}");
    app.query_as(&key(Role::Admin), &query).await
}

/// The operations that the log has, newest first.
async fn operations(app: &TestApp, arguments: &str) -> Vec<String> {
    let answer = log(app, arguments, "nodes { operation }").await;
    let texts = answer.texts("/auditLog/nodes", "operation");
    texts.into_iter().map(str::to_owned).collect()
}

/// Do something as `role`; the answer is the payload.
async fn write(app: &TestApp, role: Role, name: &str, input: Value, selection: &str) -> Value {
    let selection = format!("{selection} userErrors {{ code message field }}");
    let answer = app.mutate_as(&key(role), name, input, &selection).await;
    let payload = answer.at(&format!("/{name}")).clone();
    assert_eq!(payload["userErrors"], json!([]), "{name}");
    payload
}

/// A topic from its making to its removal.
async fn life_of_a_topic(app: &TestApp) -> Value {
    let words = json!([{"locale": "en", "name": "Secret water", "description": "Secret rivers"}]);
    let input = json!({"slug": "water", "translations": words});
    let made = write(app, Role::Editor, "topicCreate", input, "topic { id }").await;
    let id = made["topic"]["id"].clone();
    app.clock().advance(TimeDelta::minutes(1));
    let input = json!({"topic": id, "locale": "en", "expectedVersion": 1, "name": "Secret ice"});
    write(app, Role::Editor, "topicTranslationUpdate", input, "").await;
    app.clock().advance(TimeDelta::minutes(1));
    let input = json!({"id": id, "expectedVersion": 1});
    write(app, Role::Publisher, "topicDelete", input, "").await;
    id
}

#[tokio::test]
async fn the_life_of_a_thing_is_told_newest_first() {
    TestApp::on_each_engine(async |app| {
        app.seed(issue(1)).await;
        let id = life_of_a_topic(app).await;

        let answer = log(
            app,
            "first: 3",
            "nodes { happenedAt actor operation thing name locale fromVersion toVersion note }",
        )
        .await;

        let told = |minute: i32, actor: &str, operation: &str, what: Value| {
            let mut told = json!({
                "happenedAt": format!("2021-03-10T12:0{minute}:00Z"),
                "actor": actor, "operation": operation,
                "thing": id, "name": "water", "locale": null, "note": null,
            });
            told.as_object_mut()
                .unwrap()
                .extend(what.as_object().unwrap().clone());
            told
        };
        assert_eq!(
            answer.at("/auditLog/nodes"),
            &json!([
                told(
                    2,
                    "publisher",
                    "topicDelete",
                    json!({"fromVersion": 1, "toVersion": null})
                ),
                told(
                    1,
                    "editor",
                    "topicTranslationUpdate",
                    json!({"locale": "en", "fromVersion": 1, "toVersion": 2}),
                ),
                told(
                    0,
                    "editor",
                    "topicCreate",
                    json!({"fromVersion": null, "toVersion": 1})
                ),
            ])
        );
    })
    .await;
}

#[tokio::test]
async fn entries_are_kept_by_actor_operation_thing_and_time() {
    TestApp::on_each_engine(async |app| {
        app.seed(issue(1)).await;
        let id = life_of_a_topic(app).await;
        let id = id.as_str().unwrap();
        let whole = ["topicDelete", "topicTranslationUpdate", "topicCreate"];

        let by = async |filter: &str| operations(app, &format!("filter: {{{filter}}}")).await;

        assert_eq!(by(r#"actor: "editor""#).await, whole[1..]);
        assert_eq!(by(r#"actor: "command line""#).await, ["import"]);
        assert_eq!(by(r#"operation: "topicCreate""#).await, whole[2..]);
        assert_eq!(by(&format!(r#"thing: "{id}""#)).await, whole);
        assert_eq!(by(r#"since: "2021-03-10T12:01:00Z""#).await, whole[..2]);
        assert_eq!(
            by(r#"since: "2021-03-10T12:01:00Z", until: "2021-03-10T12:02:00Z""#).await,
            whole[1..2]
        );
        let both = format!(r#"thing: "{id}", actor: "publisher""#);
        assert_eq!(by(&both).await, whole[..1]);
        assert!(by(r#"actor: "nobody""#).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn the_log_is_read_page_by_page_both_ways_and_counted() {
    TestApp::on_each_engine(async |app| {
        app.seed(issue(1)).await;
        life_of_a_topic(app).await;

        let first = log(
            app,
            "first: 2",
            "totalCount pageInfo { endCursor } nodes { operation }",
        )
        .await;
        let cursor = first.at("/auditLog/pageInfo/endCursor").as_str().unwrap();
        let rest = operations(app, &format!(r#"first: 2, after: "{cursor}""#)).await;
        let back = operations(app, &format!(r#"last: 2, before: "{cursor}""#)).await;

        assert_eq!(first.at("/auditLog/totalCount"), 4);
        assert_eq!(rest, ["topicCreate", "import"]);
        assert_eq!(back, ["topicDelete"]);
    })
    .await;
}

#[tokio::test]
async fn the_log_is_for_admins_alone() {
    TestApp::on_each_engine(async |app| {
        let query = "{ auditLog { totalCount } }";

        let anonymous = app.query(query).await;

        assert_eq!(anonymous.code(), Some("UNAUTHENTICATED"));
        for role in Role::ALL {
            let answer = app.query_as(&key(role), query).await;
            let refused = (role < Role::Admin).then_some("FORBIDDEN");
            assert_eq!(answer.code(), refused, "{role}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_can_not_be_in_the_log_is_a_coded_error() {
    TestApp::on_each_engine(async |app| {
        let forged = log(app, r#"filter: {thing: "no id"}"#, "totalCount").await;
        let null = log(app, r#"filter: {actor: "\u0000"}"#, "totalCount").await;
        let cursor = log(app, r#"after: "no cursor""#, "totalCount").await;
        let many = log(app, "first: 101", "nodes { id }").await;

        assert_eq!(forged.code(), Some("INVALID_ID"));
        assert_eq!(null.code(), Some("INVALID_VALUE"));
        assert_eq!(cursor.code(), Some("INVALID_CURSOR"));
        assert_eq!(many.code(), Some("INVALID_PAGE"));
    })
    .await;
}

#[tokio::test]
async fn commands_are_noted_and_what_changes_nothing_is_not() {
    TestApp::on_each_engine(async |app| {
        app.seed(issue(1)).await;
        app.seed(issue(1)).await;
        let locale = NewLocale {
            tag: "lt".to_owned(),
            ..NewLocale::default()
        };
        add_locale(app.database(), app.clock(), locale)
            .await
            .unwrap();

        let answer = log(
            app,
            "first: 9",
            "nodes { actor operation locale fromVersion toVersion note }",
        )
        .await;

        assert_eq!(
            answer.at("/auditLog/nodes"),
            &json!([
                {
                    "actor": "command line", "operation": "publicationLocaleAdd", "locale": "lt",
                    "fromVersion": 1, "toVersion": 2, "note": null,
                },
                {
                    "actor": "command line", "operation": "import", "locale": null,
                    "fromVersion": null, "toVersion": null,
                    "note": "publication: 1 created; issues: 1 created; translations: 3 created",
                },
            ])
        );
    })
    .await;
}

#[tokio::test]
async fn what_is_refused_is_not_noted() {
    TestApp::on_each_engine(async |app| {
        app.seed(issue(1)).await;
        let input = json!({"translations": []});

        let answer = app
            .mutate_as(
                &key(Role::Editor),
                "topicCreate",
                input,
                "userErrors { code }",
            )
            .await;

        assert_eq!(answer.at("/topicCreate/userErrors/0/code"), "INVALID");
        assert_eq!(operations(app, "first: 9").await, ["import"]);
    })
    .await;
}

#[tokio::test]
async fn the_database_itself_keeps_what_was_noted() {
    TestApp::on_each_engine(async |app| {
        app.seed(issue(1)).await;
        let mut statements = vec![
            "UPDATE audit_log SET actor = 'somebody else'",
            "DELETE FROM audit_log",
        ];
        if app.engine() == Engine::Postgres {
            statements.push("TRUNCATE audit_log");
        }

        for statement in statements {
            let refused = app.database().writer().execute_unprepared(statement).await;

            let error = refused.unwrap_err().to_string();
            assert!(error.contains("the audit log is only added to"), "{error}");
        }
        assert_eq!(operations(app, "first: 9").await, ["import"]);
    })
    .await;
}

#[tokio::test]
async fn no_text_and_no_secret_is_in_the_log() {
    TestApp::on_each_engine(async |app| {
        app.seed(issue(1)).await;
        let mut secrets = vec![app.make_key("desk", Role::Editor, &[]).await];
        let mut writing = app.writing().await;
        let which = Which::Name("desk".to_owned());
        let rotated = rotate(&mut writing, &which, TimeDelta::hours(1)).await;
        writing.commit().await.unwrap();
        secrets.push(rotated.unwrap().secret.reveal().to_owned());
        life_of_a_topic(app).await;
        life_of_an_issue(app).await;

        let entries = audit_log::Entity::find()
            .all(app.database().reader())
            .await
            .unwrap();

        assert!(entries.len() > 10, "{}", entries.len());
        let told = format!("{entries:?}");
        assert!(!told.to_lowercase().contains("secret"), "{told}");
        for secret in secrets {
            let hidden = secret.splitn(3, '_').last().unwrap();
            assert!(!told.contains(hidden), "{told}");
        }
    })
    .await;
}

/// An issue with an article, from their making to the issue's withdrawal.
async fn life_of_an_issue(app: &TestApp) {
    let words = json!([{"locale": "en", "title": "Secret week"}]);
    let input = json!({
        "slug": "week", "startsOn": "2021-02-08", "endsOn": "2021-02-14", "translations": words,
    });
    let issue = write(app, Role::Editor, "issueCreate", input, "issue { id }").await;
    let issue = issue["issue"]["id"].clone();
    let input = json!({"slug": "ice", "translations": [{"locale": "en", "name": "Secret ice"}]});
    let topic = write(app, Role::Editor, "topicCreate", input, "topic { id }").await;
    let input = json!({
        "issue": issue, "topic": topic["topic"]["id"], "authors": [], "key": "thaw",
        "originalLocale": "en",
        "translations": [{
            "locale": "en", "slug": "thaw", "title": "Secret thaw", "lead": "Secret", "body": "Secret",
        }],
    });
    let article = write(app, Role::Editor, "articleCreate", input, "article { id }").await;
    let article = article["article"]["id"].clone();
    for (version, step) in (1..).zip(["Submit", "SendBack", "Submit", "Approve"]) {
        let mut input = json!({"article": article, "locale": "en", "expectedVersion": version});
        if step == "SendBack" {
            input["note"] = "a headline is missing".into();
        }
        let name = format!("articleTranslation{step}");
        write(app, Role::Editor, &name, input, "").await;
    }
    let input = json!({"issue": issue, "expectedVersion": 1});
    write(app, Role::Publisher, "issuePublish", input, "").await;
    let input = json!({"issue": issue, "expectedVersion": 2});
    write(app, Role::Publisher, "issueUnpublish", input, "").await;
}
