//! oEmbed that a partner asks for with a key.

use async_graphql::MaybeUndefined::Value;
use masthead::administration::api_key::{TermsChange, TopicName};
use support::TestApp;
use support::seed::{article, issue};

use super::path;

#[tokio::test]
async fn a_partner_is_told_about_the_pages_that_its_contract_is_for() {
    TestApp::on_each_engine(async |app| {
        let articles = [
            article("lakes").topic("water").slug("be", "lakes-be"),
            article("bridges").topic("roads"),
        ];
        app.seed(issue(1).with(articles)).await;
        let contract = TermsChange {
            locales: Value(vec!["be".to_owned()]),
            topics: Value(vec![TopicName::Slug("water".to_owned())]),
            ..TermsChange::default()
        };
        let key = app.make_partner("partner", contract).await;
        let bearer = format!("Bearer {key}");
        let headers = [("authorization", bearer.as_str())];
        let address = async |field: &str| {
            let answer = app.query(&format!("{{ {field} {{ url }} }}")).await;
            let name = field.split('(').next().unwrap();
            answer
                .at(&format!("/{name}/url"))
                .as_str()
                .unwrap()
                .to_owned()
        };
        let water = address(r#"topic(by: {slug: "water"}, locales: [be])"#).await;
        let lakes = address(r#"article(by: {slug: "lakes-be"}, locales: [be])"#).await;
        let english = address(r#"topic(by: {slug: "water"}, locales: [en])"#).await;
        let roads = address(r#"topic(by: {slug: "roads"}, locales: [be])"#).await;
        let nothing = water.replace("water", "nothing");

        for (url, status, code) in [
            (&water, 200, None),
            (&lakes, 200, None),
            (&english, 403, Some("OUT_OF_SCOPE")),
            (&roads, 403, Some("OUT_OF_SCOPE")),
            (&nothing, 404, Some("NOT_FOUND")),
        ] {
            for _ in 0..2 {
                let reply = app.client().get(&path(url, ""), &headers).await;
                assert_eq!(reply.status, status, "{url}: {}", reply.text());
                assert_eq!(reply.code().as_deref(), code, "{url}");
            }
            let everyones = app.client().get(&path(url, ""), &[]).await;
            assert_eq!(everyones.status == 404, status == 404, "{url}");
        }
    })
    .await;
}
