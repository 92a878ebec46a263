//! An import keeps what it writes over.

use masthead::access::Role;
use serde_json::json;
use support::seed::{article, author, issue, topic};
use support::{TestApp, key};

use super::{article_id, revisions, rows};

#[tokio::test]
async fn an_import_of_what_is_new_or_as_it_was_keeps_nothing() {
    TestApp::on_each_engine(async |app| {
        let content = || {
            let all = issue(1).with([article("ice").topic("water").by(["ada"]), article("dam")]);
            all.with(topic("water")).with(author("ada"))
        };

        app.seed(content()).await;
        app.seed(content()).await;

        assert_eq!(rows(app).await, 0);
    })
    .await;
}

#[tokio::test]
async fn an_import_keeps_what_it_writes_over() {
    TestApp::on_each_engine(async |app| {
        app.seed([
            article("ice").title("en", "Ice").body("en", "Thin."),
            article("dam"),
        ])
        .await;
        app.clock().advance(chrono::Duration::minutes(1));
        app.seed(article("ice").title("en", "Ice").body("en", "Thick."))
            .await;
        app.seed(
            article("ice")
                .title("en", "Ice")
                .body("en", "Thick.")
                .draft("en"),
        )
        .await;

        let id = article_id(app, "ice").await;
        let what = "version state writtenAt writtenBy body { markdown }";
        let all = revisions(app, &id, "en", what).await;

        let revision = |version: i32, state: &str, minute: i32, body: &str| {
            json!({"version": version, "state": state, "writtenBy": "command line",
                "writtenAt": format!("2021-03-10T12:0{minute}:00Z"), "body": {"markdown": body}})
        };
        assert_eq!(
            all,
            [
                revision(3, "DRAFT", 1, "Thick."),
                revision(2, "PUBLISHED", 1, "Thick."),
                revision(1, "PUBLISHED", 0, "Thin."),
            ]
        );
        assert_eq!(rows(app).await, 2);
    })
    .await;
}

#[tokio::test]
async fn the_words_of_all_kinds_are_kept_by_an_import() {
    TestApp::on_each_engine(async |app| {
        app.seed(topic("water").name("en", "Water")).await;
        app.seed(author("ada").name("en", "Ada")).await;
        app.seed(issue(1).title("en", "Week one")).await;

        app.seed(topic("water").name("en", "Rivers")).await;
        app.seed(author("ada").name("en", "Ada B.")).await;
        app.seed(issue(1).title("en", "Week 1")).await;

        let query = "{ translations(locales: [en], filter: {not: {type: {eq: ARTICLE}}},
            orderBy: [{field: SLUG}]) { nodes { title
            ... on IssueTranslation { revisions { nodes { title } } }
            ... on TopicTranslation { revisions { nodes { title } } }
            ... on AuthorTranslation { revisions { nodes { title } } } } } }";
        let answer = app.query_as(&key(Role::Editor), query).await;
        let nodes = answer.at("/translations/nodes").as_array().unwrap();
        let mut kept: Vec<Vec<&str>> = nodes
            .iter()
            .map(|words| {
                let revisions = words["revisions"]["nodes"].as_array().unwrap().iter();
                revisions
                    .map(|one| one["title"].as_str().unwrap())
                    .collect()
            })
            .collect();
        kept.sort_unstable();
        assert_eq!(
            kept,
            [
                ["Ada B.", "Ada"],
                ["Rivers", "Water"],
                ["Week 1", "Week one"]
            ]
        );
    })
    .await;
}
