//! The words of issues, topics and authors at each of their versions.

use masthead::access::Role;
use serde_json::{Value, json};
use support::seed::{article, author, issue, topic};
use support::{TestApp, key};

use super::{change, is_done, rows};

/// A kind: what it is called, the type of its words, what it is called by, and
/// what else its words say.
const KINDS: [(&str, &str, &str, Option<&str>); 3] = [
    ("issue", "IssueTranslation", "title", None),
    ("topic", "TopicTranslation", "name", Some("description")),
    ("author", "AuthorTranslation", "name", Some("bio")),
];

async fn seed(app: &TestApp) {
    let content = article("ice").topic("water").by(["ada"]);
    app.seed(topic("water").name("en", "Water").description("en", "Wet"))
        .await;
    app.seed(author("ada").name("en", "Ada").bio("en", "Writes"))
        .await;
    app.seed(issue(1).title("en", "Week one").with(content))
        .await;
}

/// The words in English of the only thing of a kind.
async fn words(app: &TestApp, kind: &str, what: &str) -> Value {
    let query = format!(
        "{{ translations(locales: [en], filter: {{type: {{eq: {}}}}}) {{ nodes {{
            ... on {}{}Translation {{ {what} }} }} }} }}",
        kind.to_uppercase(),
        kind[..1].to_uppercase(),
        &kind[1..]
    );
    let answer = app.query_as(&key(Role::Editor), &query).await;
    answer.at("/translations/nodes/0").clone()
}

#[tokio::test]
async fn words_of_all_kinds_are_kept_restored_and_compared() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;
        let editor = key(Role::Editor);

        for (kind, _, heading, text) in KINDS {
            let found = words(app, kind, &format!("title {kind} {{ id }}")).await;
            let (title, id) = (&found["title"], &found[kind]["id"]);
            let mut update =
                json!({kind: id, "locale": "en", "expectedVersion": 1, heading: "New words"});
            if let Some(text) = text {
                update[text] = json!("Other things");
            }
            let restore = json!({kind: id, "locale": "en", "expectedVersion": 2, "version": 1});
            let nothing = json!({kind: id, "locale": "en", "expectedVersion": 3, "version": 9});

            is_done(&change(app, &editor, &format!("{kind}TranslationUpdate"), update).await);
            is_done(&change(app, &editor, &format!("{kind}TranslationRestore"), restore).await);
            let unknown = change(app, &editor, &format!("{kind}TranslationRestore"), nothing).await;

            let what =
                "revisions { nodes { version state slug title body { markdown } writtenBy } }
                diff(from: 2, to: 3) { slug { text } title { op text } body { text } }";
            let found = words(app, kind, what).await;
            let version = |version: i32, title: &Value, by: &str| {
                json!({"version": version, "title": title, "writtenBy": by,
                    "state": null, "slug": null, "body": null})
            };
            assert_eq!(
                found["revisions"]["nodes"],
                json!([
                    version(3, title, "editor"),
                    version(2, &json!("New words"), "editor"),
                    version(1, title, "command line"),
                ]),
                "{kind}"
            );
            let inserted = found["diff"]["title"].as_array().unwrap().iter();
            let inserted: Vec<&str> = inserted
                .filter(|piece| piece["op"] == "INSERT")
                .map(|piece| piece["text"].as_str().unwrap())
                .collect();
            assert_eq!(json!(inserted.concat()), *title, "{kind}");
            assert_eq!(found["diff"]["slug"], json!([]), "{kind}");
            assert_eq!(unknown, ["NOT_FOUND version"], "{kind}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_issue_may_have_no_title_again() {
    TestApp::on_each_engine(async |app| {
        app.seed(issue(1).untitled("en")).await;
        let id = words(app, "issue", "issue { id }").await["issue"]["id"].clone();
        let editor = key(Role::Editor);
        let update = json!({"issue": id, "locale": "en", "expectedVersion": 1, "title": "Week one"});
        let restore = json!({"issue": id, "locale": "en", "expectedVersion": 2, "version": 1});

        is_done(&change(app, &editor, "issueTranslationUpdate", update).await);
        is_done(&change(app, &editor, "issueTranslationRestore", restore).await);

        let found = words(app, "issue", "title version revisions { nodes { title lead } }").await;
        assert_eq!(
            found,
            json!({"title": null, "version": 3, "revisions": {"nodes": [
                {"title": null, "lead": null}, {"title": "Week one", "lead": null}, {"title": null, "lead": null}
            ]}})
        );
    })
    .await;
}

#[tokio::test]
async fn what_the_words_of_a_topic_were_goes_with_the_topic() {
    TestApp::on_each_engine(async |app| {
        app.seed(topic("water").only_in(["en"])).await;
        let id = words(app, "topic", "topic { id }").await["topic"]["id"].clone();
        let editor = key(Role::Editor);
        let update = json!({"topic": id, "locale": "en", "expectedVersion": 1, "name": "Rivers"});
        is_done(&change(app, &editor, "topicTranslationUpdate", update).await);
        let kept = rows(app).await;

        let delete = json!({"id": id, "expectedVersion": 1});
        is_done(&change(app, &editor, "topicDelete", delete).await);

        assert_eq!((kept, rows(app).await), (1, 0));
    })
    .await;
}
