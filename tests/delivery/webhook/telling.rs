//! What is told, to whom, and what it says.

use insta::assert_json_snapshot;
use jsonschema::Validator;
use masthead::access::Role;
use serde_json::{Value, json};
use support::seed::{article, author, issue, topic};
use support::{TestApp, key};

use super::receiver::{Receiver, Told};
use super::{admin, deliver, on_each_engine, subscribe};

#[tokio::test]
async fn an_issue_that_comes_out_is_told_with_its_articles() {
    on_each_engine(async |app| {
        app.seed(issue(1)).await;
        let receiver = Receiver::start().await;
        subscribe(app, &receiver, json!({"locales": ["en"]})).await;

        app.seed(article("ice").in_issue(2).topic("water").by(["ann"]))
            .await;
        deliver(app).await;

        let told = sorted(&receiver);
        let types: Vec<String> = told.iter().map(Told::kind).collect();
        assert_eq!(
            types,
            [
                "topic.published",
                "author.published",
                "issue.published",
                "article.published"
            ]
        );
        assert_json_snapshot!(told[3].json(), @r#"
        {
          "data": {
            "id": "QXJ0aWNsZTox",
            "issue": {
              "id": "SXNzdWU6Mg",
              "number": 2,
              "slug": "issue-2"
            },
            "key": "ice",
            "locale": "en",
            "position": 15,
            "publishedAt": "2020-01-20T09:00:00Z",
            "slug": "ice",
            "title": "ice en",
            "topic": {
              "id": "VG9waWM6MQ",
              "slug": "water"
            },
            "url": "https://example.org/en/articles/ice",
            "version": 1
          },
          "payloadVersion": 1,
          "timestamp": "2021-03-10T12:00:00Z",
          "type": "article.published"
        }
        "#);
        assert_json_snapshot!(told[2].json()["data"], @r#"
        {
          "endsOn": "2020-01-19",
          "id": "SXNzdWU6Mg",
          "locale": "en",
          "number": 2,
          "position": 12,
          "publishedAt": "2020-01-20T09:00:00Z",
          "slug": "issue-2",
          "startsOn": "2020-01-13",
          "title": "Issue 2 en",
          "url": "https://example.org/en/issues/issue-2",
          "version": 1
        }
        "#);
    })
    .await;
}

#[tokio::test]
async fn whatever_is_told_is_as_the_served_schema_says() {
    on_each_engine(async |app| {
        app.seed(article("ice").topic("water").by(["ann"])).await;
        let receiver = Receiver::start().await;
        let endpoint = subscribe(app, &receiver, json!({})).await;
        let served = app.client().get("/schemas/webhook-1.json", &[]).await;
        let schema = jsonschema::validator_for(&served.json()).unwrap();

        app.seed(issue(3).untitled("en").with(author("bob"))).await;
        app.seed(
            article("ice")
                .topic("water")
                .by(["ann"])
                .title("en", "Ice!"),
        )
        .await;
        app.seed(article("ice").topic("water").draft("en")).await;
        app.seed(topic("water").name("en", "Waters")).await;
        let time_zone = json!({"expectedVersion": 1, "timeZone": "Europe/Vilnius"});
        admin(app, "publicationUpdate", time_zone, "publication { name }").await;
        let test = json!({"id": endpoint["id"]});
        admin(app, "webhookEndpointTest", test, "webhookDelivery { id }").await;
        deliver(app).await;

        let mut types = receiver.types();
        types.sort();
        types.dedup();
        let expected = [
            "article.unpublished",
            "article.updated",
            "author.published",
            "issue.published",
            "ping",
            "publication.updated",
            "topic.updated",
        ];
        for kind in expected {
            assert!(types.contains(&kind.to_owned()), "{kind}: {types:?}");
        }
        for told in receiver.told() {
            holds(&schema, &told.json());
        }
        let wrong = json!({"type": "ping", "timestamp": "", "payloadVersion": 2, "data": {}});
        assert!(!schema.is_valid(&wrong));
    })
    .await;
}

#[tokio::test]
async fn an_endpoint_is_told_of_what_it_chose_and_of_nothing_else() {
    on_each_engine(async |app| {
        app.seed(issue(1)).await;
        let (some, all) = (Receiver::start().await, Receiver::start().await);
        let chosen = json!({"events": ["ARTICLE_PUBLISHED"], "locales": ["be", "ru"]});
        subscribe(app, &some, chosen).await;
        subscribe(app, &all, json!({"events": [], "locales": []})).await;

        app.seed(article("ice").topic("water")).await;
        deliver(app).await;

        let told: Vec<Value> = sorted(&some).iter().map(Told::json).collect();
        let told: Vec<_> = told
            .iter()
            .map(|told| (told["type"].as_str(), told["data"]["locale"].as_str()))
            .collect();
        let article = Some("article.published");
        assert_eq!(told, [(article, Some("be")), (article, Some("ru"))]);
        // The topic and the article, in three locales.
        assert_eq!(all.told().len(), 6);
    })
    .await;
}

#[tokio::test]
async fn what_was_there_before_an_endpoint_is_no_news_to_it() {
    on_each_engine(async |app| {
        app.seed(article("ice")).await;
        let receiver = Receiver::start().await;
        subscribe(app, &receiver, json!({})).await;

        deliver(app).await;

        assert_eq!(receiver.told().len(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_message_tells_nothing_that_readers_do_not_see() {
    on_each_engine(async |app| {
        app.seed(article("ice").only_in(["en"]).title("en", "A secret"))
            .await;
        let receiver = Receiver::start().await;
        subscribe(app, &receiver, json!({})).await;

        // Published, and taken back before anyone is told.
        app.seed(
            article("ice")
                .only_in(["en"])
                .draft("en")
                .title("en", "A secret"),
        )
        .await;
        app.seed(article("snow").only_in(["en"]).draft("en")).await;
        deliver(app).await;

        let told = receiver.told();
        assert_eq!(receiver.types(), ["article.unpublished"]);
        let data = &told[0].json()["data"];
        assert_eq!(data["slug"], "ice");
        assert_eq!(data["title"], Value::Null);
        assert_eq!(data["publishedAt"], Value::Null);
        assert!(!told[0].body.contains("secret"));
    })
    .await;
}

#[tokio::test]
async fn an_address_that_would_tell_of_a_draft_is_left_out() {
    on_each_engine(async |app| {
        let place = || support::seed::publication().path("article", "/{locale}/{number}/{slug}");
        app.seed(place().with(article("ice").in_issue(7).only_in(["en"])))
            .await;
        let receiver = Receiver::start().await;
        let events = json!({"events": ["ARTICLE_UPDATED", "ARTICLE_UNPUBLISHED"]});
        subscribe(app, &receiver, events).await;

        app.seed(
            article("ice")
                .in_issue(7)
                .only_in(["en"])
                .title("en", "Ice!"),
        )
        .await;
        deliver(app).await;
        app.seed(issue(7).unpublished()).await;
        deliver(app).await;

        let urls: Vec<Value> = receiver.told().iter().map(Told::json).collect();
        assert_eq!(urls[0]["data"]["url"], "https://example.org/en/7/ice");
        assert_eq!(urls[0]["data"]["issue"]["number"], 7);
        assert_eq!(urls[1]["data"]["url"], Value::Null);
        assert_eq!(urls[1]["data"]["issue"], Value::Null);
    })
    .await;
}

#[tokio::test]
async fn a_correction_is_told_as_one() {
    on_each_engine(async |app| {
        app.seed(article("ice").only_in(["en"])).await;
        let receiver = Receiver::start().await;
        subscribe(app, &receiver, json!({})).await;

        correct(app).await;
        deliver(app).await;

        assert_eq!(receiver.types(), ["article.corrected"]);
    })
    .await;
}

async fn correct(app: &TestApp) {
    let found = app.query("{ article(by: {slug: \"ice\"}) { id } }").await;
    let input = json!({"article": found.at("/article/id"), "locale": "en", "expectedVersion": 1, "text": "It melted."});
    let publisher = key(Role::Publisher);
    let corrected = app.mutate_as(
        &publisher,
        "correctionCreate",
        input,
        "userErrors { message }",
    );
    let corrected = corrected.await;
    assert_eq!(corrected.at("/correctionCreate/userErrors"), &json!([]));
}

/// What a receiver was told, in the order of the change log: of different things
/// any may come first.
fn sorted(receiver: &Receiver) -> Vec<Told> {
    let mut told = receiver.told();
    told.sort_by_key(Told::position);
    told
}

fn holds(schema: &Validator, told: &Value) {
    if let Err(error) = schema.validate(told) {
        panic!("{error}: {told:#}");
    }
}
