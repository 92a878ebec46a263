//! What is told of each kind of thing, in both formats.

use insta::{assert_json_snapshot, assert_snapshot};
use support::TestApp;
use support::seed::{Content, article, issue, topic};

use super::{ask, told};

fn week() -> Content {
    issue(7)
        .dates("2021-02-08", "2021-02-14")
        .published_at("2021-02-15T07:00:00Z")
        .with([
            article("ice").topic("water").by(["anna", "boris"]),
            article("wells").topic("roads").by(["anna"]),
        ])
}

#[tokio::test]
async fn an_article_is_a_card_with_what_search_engines_read() {
    TestApp::on_each_engine(async |app| {
        app.seed(week()).await;

        let mut answer = told(app, "https://example.org/be/articles/ice", "").await;

        let json_ld = answer["json_ld"].take();
        assert_json_snapshot!(answer, @r#"
        {
          "author_name": "anna be, boris be",
          "cache_age": 3600,
          "height": 136,
          "html": "<blockquote class=\"masthead-card\" cite=\"https://example.org/be/articles/ice\" lang=\"be\" dir=\"ltr\"><p><strong><a href=\"https://example.org/be/articles/ice\">ice be</a></strong></p><p>The lead of ice in be</p><p><a href=\"https://example.org/be/authors/anna\">anna be</a>, <a href=\"https://example.org/be/authors/boris\">boris be</a> · <a href=\"https://example.org/be/topics/water\">water be</a> · 15 лютага 2021 г. · <a href=\"https://example.org\">Week in View be</a></p></blockquote>",
          "json_ld": null,
          "provider_name": "Week in View be",
          "provider_url": "https://example.org",
          "title": "ice be",
          "type": "rich",
          "version": "1.0",
          "width": 600
        }
        "#);
        let query = r#"{ article(by: {slug: "ice"}, locales: [be]) { jsonLd } }"#;
        let field = app.query(query).await;
        let field = field.at("/article/jsonLd").as_str().unwrap();
        assert_eq!(
            json_ld,
            serde_json::from_str::<serde_json::Value>(field).unwrap()
        );
    })
    .await;
}

#[tokio::test]
async fn an_issue_a_topic_and_an_author_are_embeds_with_a_link_and_a_feed_inside() {
    TestApp::on_each_engine(async |app| {
        app.seed(week()).await;
        let site = "https://example.org";

        let issue = told(app, &format!("{site}/en/issues/issue-7"), "&locales=be,ru").await;
        let topic = told(app, &format!("{site}/en/topics/water"), "").await;
        let author = told(app, &format!("{site}/be/authors/anna"), "").await;

        assert_snapshot!(issue["html"].as_str().unwrap(), @r#"<script async="async" src="http://localhost:8000/embed.js"></script><masthead-issue number="7" locales="en,be,ru"><a href="https://example.org/en/issues/issue-7" lang="en" dir="ltr">Issue 7 en</a><noscript> · <a href="http://localhost:8000/feeds/en,be,ru/issues/7.rss" type="application/rss+xml" lang="en" dir="ltr">Issue 7 en (RSS)</a></noscript></masthead-issue>"#);
        assert_snapshot!(topic["html"].as_str().unwrap(), @r#"<script async="async" src="http://localhost:8000/embed.js"></script><masthead-feed topic="water" locales="en" limit="5"><a href="https://example.org/en/topics/water" lang="en" dir="ltr">water en</a><noscript> · <a href="http://localhost:8000/feeds/en/topics/water.rss" type="application/rss+xml" lang="en" dir="ltr">water en (RSS)</a></noscript></masthead-feed>"#);
        assert_snapshot!(author["html"].as_str().unwrap(), @r#"<script async="async" src="http://localhost:8000/embed.js"></script><masthead-feed author="anna" locales="be" limit="5"><a href="https://example.org/be/authors/anna" lang="be" dir="ltr">anna be</a><noscript> · <a href="http://localhost:8000/feeds/be/authors/anna.rss" type="application/rss+xml" lang="be" dir="ltr">anna be (RSS)</a></noscript></masthead-feed>"#);
        assert_eq!(issue["title"], "Issue 7 en");
        assert_eq!(issue["json_ld"]["@type"], "PublicationIssue");
        assert_eq!(topic["title"], "water en");
        assert_eq!(author["author_name"], "anna be");
        assert_eq!(author["author_url"], format!("{site}/be/authors/anna"));
    })
    .await;
}

#[tokio::test]
async fn addresses_of_this_server_are_public_ones() {
    TestApp::on_each_engine_with(
        |app| app.public_url = "https://api.example.org/v1".into(),
        async |app| {
            app.seed(topic("water")).await;

            let topic = told(app, "https://example.org/en/topics/water", "").await;

            let html = topic["html"].as_str().unwrap();
            assert!(
                html.contains(r#"src="https://api.example.org/v1/embed.js""#),
                "{html}"
            );
            let feed = r#"href="https://api.example.org/v1/feeds/en/topics/water.rss""#;
            assert!(html.contains(feed), "{html}");
        },
    )
    .await;
}

#[tokio::test]
async fn the_same_is_told_as_xml() {
    TestApp::on_each_engine(async |app| {
        app.seed(week()).await;

        let xml = ask(app, "https://example.org/en/articles/wells", "&format=xml").await;

        assert_eq!(xml.status, 200);
        assert_eq!(xml.header("content-type"), "text/xml; charset=utf-8");
        assert_snapshot!(xml.text(), @r#"<?xml version="1.0" encoding="utf-8" standalone="yes"?><oembed><type>rich</type><version>1.0</version><title>wells en</title><author_name>anna en</author_name><author_url>https://example.org/en/authors/anna</author_url><provider_name>Week in View en</provider_name><provider_url>https://example.org</provider_url><cache_age>3600</cache_age><html>&lt;blockquote class=&quot;masthead-card&quot; cite=&quot;https://example.org/en/articles/wells&quot; lang=&quot;en&quot; dir=&quot;ltr&quot;&gt;&lt;p&gt;&lt;strong&gt;&lt;a href=&quot;https://example.org/en/articles/wells&quot;&gt;wells en&lt;/a&gt;&lt;/strong&gt;&lt;/p&gt;&lt;p&gt;The lead of wells in en&lt;/p&gt;&lt;p&gt;&lt;a href=&quot;https://example.org/en/authors/anna&quot;&gt;anna en&lt;/a&gt; · &lt;a href=&quot;https://example.org/en/topics/roads&quot;&gt;roads en&lt;/a&gt; · February 15, 2021 · &lt;a href=&quot;https://example.org&quot;&gt;Week in View en&lt;/a&gt;&lt;/p&gt;&lt;/blockquote&gt;</html><width>600</width><height>136</height></oembed>"#);
        let json = ask(app, "https://example.org/en/articles/wells", "&format=json").await;
        assert_eq!(
            json.header("content-type"),
            "application/json; charset=utf-8"
        );
    })
    .await;
}

#[tokio::test]
async fn what_is_told_keeps_to_the_room_that_there_is() {
    TestApp::on_each_engine(async |app| {
        let lead = "Ice is thin. ".repeat(60);
        app.seed(issue(7).with(article("ice").topic("water").lead("en", lead.trim())))
            .await;
        let site = "https://example.org/en";
        let size = async |url: &str, further: &str| {
            let answer = told(app, &format!("{site}/{url}"), further).await;
            let html = answer["html"].as_str().unwrap().to_owned();
            let number = |name: &str| answer[name].as_u64().unwrap();
            (number("width"), number("height"), html)
        };

        let (width, height, html) = size("articles/ice", "").await;
        assert!(width == 600 && height > 200 && html.contains("Ice is thin."));
        let (width, higher, _) = size("articles/ice", "&maxwidth=300").await;
        assert!(width == 300 && higher > height, "{higher}");
        let (_, low, html) = size("articles/ice", "&maxheight=150&maxwidth=2000").await;
        assert!(
            low <= 150 && !html.contains("Ice is thin."),
            "{low}: {html}"
        );
        let (_, tiny, _) = size("articles/ice", "&maxheight=1&maxwidth=1").await;
        assert_eq!(tiny, 1);

        let (_, _, html) = size("topics/water", "").await;
        assert!(html.contains(r#"limit="5""#), "{html}");
        let (_, low, html) = size("topics/water", "&maxheight=450").await;
        assert!(low <= 450 && html.contains(r#"limit="2""#), "{low}: {html}");
        let (_, _, html) = size("issues/issue-7", "").await;
        assert!(!html.contains("limit"), "an issue is whole: {html}");
    })
    .await;
}
