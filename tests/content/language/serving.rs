//! What a reader is served, by lookups, lists, filters, orders and edges.

use insta::assert_json_snapshot;
use serde_json::{Value, json};
use support::TestApp;
use support::seed::{article, author, issue, topic};

#[tokio::test]
async fn a_thing_is_served_in_the_first_of_the_readers_locales() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice").by(["anna"]).topic("water")).await;

        for (locales, served) in [
            ("[be, ru]", "be"),
            ("[ru, be, en]", "ru"),
            ("[en]", "en"),
            ("[\"BE\", be, en]", "be"),
        ] {
            let answer = app
                .query(&format!(
                    "{{ articles(locales: {locales}) {{ nodes {{
                        title locale issue {{ title locale }} topic {{ name locale }}
                        authors {{ name locale }} }} }} }}"
                ))
                .await;

            let expected = json!({
                "title": format!("ice {served}"), "locale": served,
                "issue": {"title": format!("Issue 1 {served}"), "locale": served},
                "topic": {"name": format!("water {served}"), "locale": served},
                "authors": [{"name": format!("anna {served}"), "locale": served}],
            });
            assert_eq!(*answer.at("/articles/nodes/0"), expected, "{locales}");
        }
    })
    .await;
}

#[tokio::test]
async fn each_thing_falls_back_by_itself() {
    TestApp::on_each_engine(async |app| {
        app.seed(
            topic("water").only_in(["en"]).with(
                author("anna").only_in(["ru"]).with(
                    issue(1)
                        .only_in(["be"])
                        .with(article("ice").only_in(["ru"])),
                ),
            ),
        )
        .await;

        let answer = app
            .query(
                "{ articles(locales: [be, ru, en]) { nodes { locale isFallback
                    issue { locale isFallback } topic { locale isFallback }
                    authors { locale isFallback } } } }",
            )
            .await;

        assert_json_snapshot!(answer.at("/articles/nodes/0"), @r#"
        {
          "authors": [
            {
              "isFallback": true,
              "locale": "ru"
            }
          ],
          "isFallback": true,
          "issue": {
            "isFallback": false,
            "locale": "be"
          },
          "locale": "ru",
          "topic": {
            "isFallback": true,
            "locale": "en"
          }
        }
        "#);
    })
    .await;
}

#[tokio::test]
async fn belarusian_and_russian_readers_never_see_english() {
    TestApp::on_each_engine(async |app| {
        app.seed(
            topic("water").only_in(["en"]).with(
                author("anna").only_in(["en"]).with(
                    issue(1)
                        .only_in(["en"])
                        .with([article("ice"), article("wells").only_in(["en"])]),
                ),
            ),
        )
        .await;

        let answer = app
            .query(
                r#"query($l: [Locale!] = ["be", "ru"]) {
                    articles(locales: $l) { totalCount nodes {
                        key topic { name } issue { title } authors { name } } }
                    topics(locales: $l) { totalCount nodes { name } }
                    authors(locales: $l) { totalCount nodes { name } }
                    issues(locales: $l) { totalCount nodes { title } }
                    translations(locales: $l) { totalCount nodes { locale } }
                    latestIssue(locales: $l) { title }
                    issue(by: {number: 1}, locales: $l) { title }
                    topic(by: {slug: "water"}, locales: $l) { name }
                    author(by: {slug: "anna"}, locales: $l) { name }
                    article(by: {slug: "wells"}, locales: $l) { title }
                }"#,
            )
            .await;

        let nothing = json!({"totalCount": 0, "nodes": []});
        let expected = json!({
            "articles": {"totalCount": 1, "nodes": [
                {"key": "ice", "topic": null, "issue": null, "authors": []},
            ]},
            "topics": nothing, "authors": nothing, "issues": nothing,
            "translations": {"totalCount": 2, "nodes": [{"locale": "ru"}, {"locale": "be"}]},
            "latestIssue": null, "issue": null, "topic": null, "author": null, "article": null,
        });
        assert_eq!(*answer.expect_data(), expected);
    })
    .await;
}

#[tokio::test]
async fn a_slug_of_any_of_the_readers_locales_finds_the_article_as_it_is_served() {
    TestApp::on_each_engine(async |app| {
        app.seed(
            article("ice")
                .slug("en", "ice")
                .slug("be", "liod")
                .slug("ru", "led"),
        )
        .await;

        let by = async |slug: &str, locales: &str| {
            let answer = app
                .query(&format!(
                    r#"{{ article(by: {{slug: "{slug}"}}, locales: {locales}) {{ slug locale }} }}"#
                ))
                .await;
            answer.at("/article").clone()
        };

        assert_eq!(
            by("led", "[be, ru]").await,
            json!({"slug": "liod", "locale": "be"})
        );
        assert_eq!(
            by("led", "[ru]").await,
            json!({"slug": "led", "locale": "ru"})
        );
        assert_eq!(by("ice", "[be, ru]").await, Value::Null);
    })
    .await;
}

#[tokio::test]
async fn a_slug_that_two_articles_have_goes_to_the_readers_preferred_locale() {
    TestApp::on_each_engine(async |app| {
        app.seed([
            article("one").slug("be", "led").slug("ru", "voda"),
            article("two").slug("be", "vada").slug("ru", "led"),
        ])
        .await;

        for (locales, key) in [("[be, ru]", "one"), ("[ru, be]", "two"), ("[ru]", "two")] {
            let answer = app
                .query(&format!(
                    r#"{{ article(by: {{slug: "led"}}, locales: {locales}) {{ key }} }}"#
                ))
                .await;

            assert_eq!(*answer.at("/article/key"), key, "{locales}");
        }
    })
    .await;
}

#[tokio::test]
async fn filters_and_orders_go_by_the_words_that_are_served() {
    TestApp::on_each_engine(async |app| {
        app.seed([
            article("one").title("en", "A").title("be", "Я"),
            article("two").title("en", "B").title("be", "Б"),
            article("three").title("en", "C").only_in(["en"]),
        ])
        .await;

        let answer = app
            .query(
                r#"{
                    en: articles(locales: [en, be], orderBy: [{field: TITLE}]) { nodes { key } }
                    be: articles(locales: [be, en], orderBy: [{field: TITLE}]) { nodes { key } }
                    hidden: articles(locales: [be, en], filter: {title: {eq: "A"}}) { totalCount }
                    shown: articles(locales: [be, en], filter: {title: {eq: "я"}}) { totalCount }
                    russian: articles(locales: [ru, be, en], filter: {locale: {eq: be}}) { totalCount }
                }"#,
            )
            .await;

        assert_eq!(answer.texts("/en/nodes", "key"), ["one", "two", "three"]);
        // A language's own script comes first in its order.
        assert_eq!(answer.texts("/be/nodes", "key"), ["two", "one", "three"]);
        assert_eq!(*answer.at("/hidden/totalCount"), 0);
        assert_eq!(*answer.at("/shown/totalCount"), 1);
        assert_eq!(*answer.at("/russian/totalCount"), 0);
    })
    .await;
}

#[tokio::test]
async fn an_edge_with_locales_of_its_own_hands_them_on() {
    TestApp::on_each_engine(async |app| {
        app.seed([article("ice").by(["anna"]), article("wells").only_in(["en"])])
            .await;

        let answer = app
            .query(
                "{ latestIssue(locales: [en]) { locale articles(locales: [ru, be]) { totalCount nodes {
                    key locale isFallback topic { locale } issue { locale }
                    authors(locales: [be]) { locale articles { nodes { locale } } } } } } }",
            )
            .await;

        assert_eq!(
            *answer.at("/latestIssue"),
            json!({"locale": "en", "articles": {"totalCount": 1, "nodes": [{
                "key": "ice", "locale": "ru", "isFallback": false,
                "topic": {"locale": "ru"}, "issue": {"locale": "ru"},
                "authors": [{"locale": "be", "articles": {"nodes": [{"locale": "be"}]}}],
            }]}})
        );
    })
    .await;
}

#[tokio::test]
async fn one_query_may_serve_several_readers() {
    TestApp::on_each_engine(async |app| {
        app.seed(topic("water").with([article("ice"), article("wells").only_in(["be"])]))
            .await;

        let answer = app
            .query(
                r#"{ topic(by: {slug: "water"}) { name
                    en: articles(locales: [en]) { totalCount nodes { title } }
                    be: articles(locales: [be], orderBy: [{field: TITLE}]) { totalCount nodes { title } } } }"#,
            )
            .await;

        assert_eq!(answer.texts("/topic/en/nodes", "title"), ["ice en"]);
        assert_eq!(answer.texts("/topic/be/nodes", "title"), ["ice be", "wells be"]);
        assert_eq!(*answer.at("/topic/en/totalCount"), 1);
        assert_eq!(*answer.at("/topic/be/totalCount"), 2);
    })
    .await;
}
