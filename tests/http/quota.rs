//! What a partner may ask for in a day.

use chrono::TimeDelta;
use masthead::access::{Limiter, Rates};
use masthead::administration::api_key::TermsChange;
use serde_json::json;
use support::{Reply, TestApp};

/// It costs 41: the list, and a page of 20 with two fields each.
const QUERY: &str = "{ topics { nodes { slug } } }";

async fn partner(app: &TestApp, quota: i64) -> String {
    let contract = TermsChange {
        daily_quota: async_graphql::MaybeUndefined::Value(quota),
        ..TermsChange::default()
    };
    let key = app.make_partner("partner", contract).await;
    format!("Bearer {key}")
}

/// What a header tells of the quota.
fn told<'a>(reply: &'a Reply, name: &str) -> Option<&'a str> {
    let mut values = reply.headers.get_all(name).iter();
    values.find_map(|value| {
        let text = value.to_str().unwrap();
        text.starts_with("\"quota\"").then_some(text)
    })
}

#[tokio::test]
async fn a_partner_who_has_used_up_the_day_is_told_when_the_next_begins() {
    TestApp::on_each_engine(async |app| {
        let bearer = partner(app, 130).await;
        let client = app.client();

        let first = client.query_by(&bearer, QUERY).await;
        // From the cache: it counts all the same.
        let second = client.query_by(&bearer, QUERY).await;
        let third = client.query_by(&bearer, QUERY).await;
        let fourth = client.query_by(&bearer, QUERY).await;
        let small = client.query_by(&bearer, "{__typename}").await;

        let policy = "\"quota\";q=130;w=86400;qu=\"cost\"";
        assert_eq!((first.status.as_u16(), second.status.as_u16()), (200, 200));
        assert_eq!(told(&first, "ratelimit-policy"), Some(policy));
        // Reading the text costs two.
        assert_eq!(told(&first, "ratelimit"), Some("\"quota\";r=87;t=43200"));
        assert!(second.header("cache-status").contains("hit"));
        assert_eq!(told(&second, "ratelimit"), Some("\"quota\";r=46;t=43200"));
        assert_eq!(told(&third, "ratelimit"), Some("\"quota\";r=5;t=43200"));
        assert_eq!(fourth.status, 429);
        assert_eq!(fourth.code().as_deref(), Some("QUOTA_EXCEEDED"));
        assert_eq!(fourth.header("retry-after"), "43200");
        assert_eq!(told(&fourth, "ratelimit"), Some("\"quota\";r=5;t=43200"));
        assert_eq!(fourth.header("cache-control"), "private, no-store");
        let message = "this costs 41 units, and 5 of the 130 are left that the key has a day; the next day begins in 43200 seconds";
        assert_eq!(fourth.json()["errors"][0]["message"], message);
        assert_eq!(small.status, 200, "{}", small.text());

        app.clock().advance(TimeDelta::hours(12));
        let later = client.query_by(&bearer, QUERY).await;
        assert_eq!(told(&later, "ratelimit"), Some("\"quota\";r=89;t=86400"));
    })
    .await;
}

#[tokio::test]
async fn what_the_rate_limit_refuses_is_not_taken_from_the_day() {
    TestApp::on_each_engine_with(
        |app| {
            app.limiter = Limiter::new(Rates {
                limited: true,
                address: 50,
                key: 50,
            });
        },
        async |app| {
            let bearer = partner(app, 1000).await;
            let client = app.client();
            let first = client.query_by(&bearer, QUERY).await;
            let refused = client
                .query_by(&bearer, "{ topics(first: 10) { nodes { slug } } }")
                .await;

            let hit = client.query_by(&bearer, QUERY).await;

            assert_eq!(first.status, 200);
            assert_eq!(refused.code().as_deref(), Some("RATE_LIMITED"));
            // The texts, and twice the first question.
            let left = 1000 - 2 - 3 - 2 * 41;
            let expected = format!("\"quota\";r={left};t=43200");
            assert_eq!(told(&hit, "ratelimit"), Some(expected.as_str()));
        },
    )
    .await;
}

#[tokio::test]
async fn a_feed_is_taken_from_the_day_whether_or_not_it_is_kept() {
    TestApp::on_each_engine(async |app| {
        let sample = std::str::from_utf8(masthead::content::demo::PUBLICATION).unwrap();
        app.import(sample).await.unwrap();
        let bearer = partner(app, 1000).await;
        let headers = [("authorization", bearer.as_str())];
        let get = async || {
            app.client()
                .get("/feeds/en/articles.json?limit=4", &headers)
                .await
        };

        let replies = [get().await, get().await];

        assert_eq!(
            told(&replies[0], "ratelimit"),
            Some("\"quota\";r=800;t=43200")
        );
        assert_eq!(
            told(&replies[1], "ratelimit"),
            Some("\"quota\";r=600;t=43200")
        );
        for _ in 0..3 {
            get().await;
        }
        let over = get().await;
        assert_eq!(over.status, 429);
        assert_eq!(over.header("retry-after"), "43200");
        assert_eq!(over.code().as_deref(), Some("QUOTA_EXCEEDED"));
    })
    .await;
}

#[tokio::test]
async fn a_partner_and_admins_read_what_a_key_was_used_for() {
    TestApp::on_each_engine(async |app| {
        let bearer = partner(app, 100).await;
        let admin = app.make_key("chief", masthead::access::Role::Admin, &[]).await;
        let client = app.client();
        client.query_by(&bearer, QUERY).await;
        client.query_by(&bearer, QUERY).await;
        client.query_by(&bearer, QUERY).await;
        app.app().usage.write(app.database(), app.clock().now()).await.unwrap();

        let own = "{ viewer { name contract { dailyQuota } usage(days: 1) { day requests cost refused } } }";
        let own = client.query_by(&bearer, own).await.json();
        let all = "{ apiKeys { nodes { name usage { requests refused } } } }";
        let all = client.query_by(&format!("Bearer {admin}"), all).await.json();
        let nobody = client.query("{ viewer { name } }").await.json();

        let viewer = &own["data"]["viewer"];
        assert_eq!(viewer["name"], "partner", "{own}");
        assert_eq!(viewer["contract"], json!({ "dailyQuota": 100 }));
        // What it costs to ask this is counted too.
        let usage = &viewer["usage"][0];
        assert_eq!((&usage["day"], &usage["requests"], &usage["refused"]), (&json!("2021-03-10"), &json!(4), &json!(1)));
        assert!(usage["cost"].as_i64().unwrap() > 84, "{usage}");
        let expected = json!([
            { "name": "partner", "usage": [{ "requests": 4, "refused": 1 }] },
            { "name": "chief", "usage": [{ "requests": 1, "refused": 0 }] },
        ]);
        assert_eq!(all["data"]["apiKeys"]["nodes"], expected);
        assert_eq!(nobody["data"], json!({ "viewer": null }));
    })
    .await;
}
