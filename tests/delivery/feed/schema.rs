//! Where feeds are is told by the schema, and it is true.

use serde_json::Value;
use support::TestApp;
use support::seed::article;

const FEEDS: &str = "feeds { kind url mediaType locales title }";

#[tokio::test]
async fn the_feeds_that_the_schema_tells_are_there_under_their_titles() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice").topic("water").by(["anna"])).await;
        let query = format!(
            r#"{{ publication(locales: [be, ru]) {{ {FEEDS} }}
                 topic(by: {{slug: "water"}}, locales: [be, ru]) {{ {FEEDS} }}
                 author(by: {{slug: "anna"}}, locales: [be, ru]) {{ {FEEDS} }}
                 issue(by: {{number: 1}}, locales: [be, ru]) {{ {FEEDS} }} }}"#
        );
        let answer = app.query(&query).await;
        let things = answer.expect_data().as_object().unwrap();
        assert_eq!(things.len(), 4);

        let client = app.client();
        for (thing, found) in things {
            let feeds = found["feeds"].as_array().unwrap();
            let kinds: Vec<&Value> = feeds.iter().map(|feed| &feed["kind"]).collect();
            assert_eq!(kinds, ["RSS", "ATOM", "JSON_FEED"], "{thing}");
            for feed in feeds {
                let url = feed["url"].as_str().unwrap();
                let reply = client
                    .get(url.strip_prefix("http://localhost:8000").unwrap(), &[])
                    .await;

                assert_eq!(reply.status, 200, "{url}");
                let media_type = feed["mediaType"].as_str().unwrap();
                assert!(reply.header("content-type").starts_with(media_type));
                assert!(
                    reply.text().contains(feed["title"].as_str().unwrap()),
                    "{url}"
                );
                assert_eq!(feed["locales"], serde_json::json!(["be", "ru"]));
            }
        }
    })
    .await;
}
