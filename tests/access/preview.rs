//! Preview tokens, over HTTP.

use chrono::Duration;
use masthead::access::Role;
use serde_json::{Value, json};
use support::seed::{article, issue};
use support::{Client, Reply, TestApp, key};

const TOKEN: &str = "previewToken { token expiresAt } userErrors { code message field }";

/// An issue that has come out, and one that has not.
async fn seed(app: &TestApp) {
    let old = [article("old").draft("be"), article("other").draft("en")];
    let new = [article("new").in_review("be").draft("en"), article("ready")];
    app.seed([issue(1).with(old), issue(2).unpublished().with(new)])
        .await;
}

/// The id of an issue by its number, or of an article by its slug in English.
async fn id(app: &TestApp, by: &str) -> Value {
    let field = if by.contains("number") {
        "issue"
    } else {
        "article"
    };
    let states = "states: [DRAFT, IN_REVIEW, PUBLISHED]";
    let query = format!("{{ {field}(by: {{{by}}}, {states}) {{ id }} }}");
    let answer = app.query_as(&key(Role::Translator), &query).await;
    answer.at(&format!("/{field}/id")).clone()
}

async fn token(app: &TestApp, by: &str) -> String {
    let input = json!({"id": id(app, by).await});
    let answer = app
        .mutate_as(&key(Role::Translator), "previewTokenCreate", input, TOKEN)
        .await;
    let token = answer.at("/previewTokenCreate/previewToken/token");
    token.as_str().unwrap().to_owned()
}

/// Ask with a token in the header.
async fn preview(client: &Client, token: &str, query: &str) -> Reply {
    let headers = [
        ("content-type", "application/json"),
        ("accept", "application/graphql-response+json"),
        ("masthead-preview", token),
    ];
    client
        .post("/graphql", &headers, json!({"query": query}).to_string())
        .await
}

const ALL: &str = "{ issues { nodes { number state publishedAt articles { nodes { key state } } } }
    latestIssue { number } articles(locales: [be, en]) { totalCount } }";

#[tokio::test]
async fn a_token_of_an_issue_shows_it_with_all_words_of_its_articles() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;
        let token = token(app, "number: 2").await;
        let client = app.client();

        let shown = preview(&client, &token, ALL).await;

        assert_eq!(shown.status, 200);
        let data = shown.json()["data"].take();
        assert_eq!(
            data["issues"]["nodes"][0],
            json!({"number": 2, "state": "DRAFT", "publishedAt": null, "articles": {"nodes": [
                {"key": "new", "state": "DRAFT"}, {"key": "ready", "state": "PUBLISHED"}]}})
        );
        assert_eq!(data["latestIssue"], json!({"number": 2}));
        // Not what is a draft in another issue.
        assert_eq!(data["articles"]["totalCount"], 4);
        let other = r#"{ article(by: {slug: "other"}, locales: [en]) { key } }"#;
        let other = preview(&client, &token, other).await;
        assert_eq!(other.json()["data"], json!({"article": null}));
    })
    .await;
}

#[tokio::test]
async fn a_token_of_an_article_shows_its_words_and_its_issue() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;
        let token = token(app, r#"slug: "new""#).await;

        let query = r#"{ article(by: {slug: "new"}, locales: [be]) { title state publishedAt
            issue { number articles(locales: [en, be, ru]) { nodes { key } } } translations { locale state } }
            ready: article(by: {slug: "ready"}) { key } }"#;
        let shown = preview(&app.client(), &token, query).await;

        assert_eq!(
            shown.json()["data"],
            json!({
                "article": {
                    "title": "new be", "state": "IN_REVIEW", "publishedAt": null,
                    "issue": {"number": 2, "articles": {"nodes": [{"key": "new"}]}},
                    "translations": [
                        {"locale": "en", "state": "DRAFT"}, {"locale": "be", "state": "IN_REVIEW"},
                        {"locale": "ru", "state": "PUBLISHED"},
                    ],
                },
                "ready": null,
            })
        );
    })
    .await;
}

#[tokio::test]
async fn a_token_comes_in_a_header_or_as_a_parameter_and_its_answer_is_for_no_cache() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;
        let token = token(app, "number: 2").await;
        let client = app.client();
        let path = |preview: &str| format!("/graphql?query=%7BlatestIssue%7Bnumber%7D%7D{preview}");
        let accept = [("accept", "application/json")];

        let by_parameter = client
            .get(&path(&format!("&preview={token}")), &accept)
            .await;
        let by_header = [accept[0], ("masthead-preview", token.as_str())];
        let by_header = client.get(&path(""), &by_header).await;
        let public = client.get(&path("&preview="), &accept).await;

        for reply in [&by_parameter, &by_header] {
            assert_eq!(
                reply.json(),
                json!({"data": {"latestIssue": {"number": 2}}})
            );
            assert_eq!(reply.header("cache-control"), "private, no-store");
        }
        assert_eq!(
            public.json(),
            json!({"data": {"latestIssue": {"number": 1}}})
        );
        assert!(public.header("cache-control").starts_with("public, "));
        for reply in [&by_parameter, &by_header, &public] {
            let vary: Vec<&str> = reply.header("vary").split(", ").collect();
            assert!(vary.contains(&"masthead-preview"), "{vary:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_token_that_is_forged_cut_or_doubled_is_refused() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;
        let token = token(app, "number: 2").await;
        let other = self::token(app, "number: 1").await;
        let client = app.client();
        // The other one's claim, with this one's signature.
        let swapped = format!("{}{}", &other[..28], &token[28..]);

        for sent in [
            "x",
            &token[..token.len() - 1],
            &token[1..],
            &format!("{token}A"),
            &token.to_uppercase(),
            &swapped,
            "тайна",
        ] {
            let refused = preview(&client, sent, "{ latestIssue { number } }").await;

            assert_eq!(refused.status, 401, "{sent}");
            assert_eq!(
                refused.code().as_deref(),
                Some("INVALID_PREVIEW_TOKEN"),
                "{sent}"
            );
            assert_eq!(refused.json().get("data"), None, "{sent}");
            assert_eq!(refused.header("cache-control"), "no-store");
        }
        let headers = [
            ("masthead-preview", token.as_str()),
            ("accept", "application/json"),
        ];
        let both = format!("/graphql?query=%7BlatestIssue%7Bnumber%7D%7D&preview={other}");
        let both = client.get(&both, &headers).await;
        assert_eq!(both.status, 401);
    })
    .await;
}

#[tokio::test]
async fn a_token_ends_with_its_time_and_with_what_it_shows() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;
        let input = json!({"id": id(app, "number: 2").await, "expiresInMinutes": 1});
        let made = app
            .mutate_as(&key(Role::Translator), "previewTokenCreate", input, TOKEN)
            .await;
        let made = made.at("/previewTokenCreate/previewToken").clone();
        let short = made["token"].as_str().unwrap();
        let long = token(app, r#"slug: "new""#).await;
        let client = app.client();
        let ask = async |token: &str| {
            preview(&client, token, "{ latestIssue { number } }")
                .await
                .status
        };

        assert_eq!(made["expiresAt"], "2021-03-10T12:01:00Z");
        app.clock().advance(Duration::seconds(59));
        assert_eq!(ask(short).await, 200);
        app.clock().advance(Duration::seconds(1));
        assert_eq!(ask(short).await, 401);
        assert_eq!(ask(&long).await, 200);
        let db = app.database().writer();
        let gone = "DELETE FROM articles WHERE key = 'new'";
        sea_orm::ConnectionTrait::execute_unprepared(db, gone)
            .await
            .unwrap();
        assert_eq!(ask(&long).await, 401);
    })
    .await;
}

#[tokio::test]
async fn a_token_never_writes_and_gives_nobody_a_key() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;
        let token = token(app, "number: 2").await;
        let client = app.client();
        let write = r#"mutation { topicCreate(input: {slug: "x", translations: [{locale: "en", name: "X"}]}) { userErrors { code } } }"#;

        let with_token = preview(&client, &token, write).await;
        let with_bad_token = preview(&client, "x", write).await;
        let states = preview(&client, &token, "{ issues(states: [DRAFT]) { totalCount } }").await;

        for refused in [with_token, with_bad_token, states] {
            assert_eq!(refused.code().as_deref(), Some("UNAUTHENTICATED"));
        }
    })
    .await;
}

#[tokio::test]
async fn search_finds_what_is_public_also_with_a_token() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;
        let token = token(app, "number: 2").await;

        let query =
            r#"{ search(query: "ready") { totalCount } article(by: {slug: "ready"}) { key } }"#;
        let shown = preview(&app.client(), &token, query).await;

        assert_eq!(
            shown.json()["data"],
            json!({"search": {"totalCount": 0}, "article": {"key": "ready"}})
        );
    })
    .await;
}

#[tokio::test]
async fn what_can_not_be_previewed_is_told() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;
        let translator = key(Role::Translator);
        let make = async |input: Value| {
            app.mutate_as(&translator, "previewTokenCreate", input, TOKEN)
                .await
        };
        let issue = id(app, "number: 2").await;
        let topic = app
            .query(r#"{ topic(by: {slug: "general"}) { id } }"#)
            .await;
        let topic = topic.at("/topic/id").clone();

        for minutes in [0, -1, 43_201] {
            let long = make(json!({"id": issue, "expiresInMinutes": minutes})).await;
            let payload = long.at("/previewTokenCreate");
            assert_eq!(payload["previewToken"], Value::Null);
            assert_eq!(
                payload["userErrors"],
                json!([{"code": "INVALID", "field": ["expiresInMinutes"],
                    "message": format!("is {minutes}; it is from 1 to 43200")}])
            );
        }
        let longest = make(json!({"id": issue, "expiresInMinutes": 43_200})).await;
        let expires_at = longest.at("/previewTokenCreate/previewToken/expiresAt");
        assert_eq!(expires_at, "2021-04-09T12:00:00Z");
        let other = make(json!({"id": topic})).await;
        assert_eq!(other.code(), Some("INVALID_ID"));
        let db = app.database().writer();
        let gone = "DELETE FROM articles; DELETE FROM issues";
        sea_orm::ConnectionTrait::execute_unprepared(db, gone)
            .await
            .unwrap();
        let gone = make(json!({"id": issue})).await;
        assert_eq!(
            *gone.at("/previewTokenCreate/userErrors/0/code"),
            "NOT_FOUND"
        );
    })
    .await;
}

#[tokio::test]
async fn tokens_are_good_in_every_process_on_the_database() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;
        let first = token(app, "number: 2").await;
        let second = token(app, "number: 2").await;

        for token in [first, second] {
            // A server of its own, with nothing kept from before.
            let shown = preview(&app.client(), &token, "{ latestIssue { number } }").await;

            assert_eq!(shown.json()["data"]["latestIssue"]["number"], 2);
        }
    })
    .await;
}
