//! The one rule of language: a thing exists for a reader if it is published in
//! one of the reader's locales; it is served in the first such.

use insta::assert_json_snapshot;
use serde_json::{Value, json};
use support::TestApp;
use support::seed::{Content, article, author, issue, publication, topic};

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
async fn a_draft_in_a_preferred_locale_neither_shows_nor_hides_the_published_fallback() {
    TestApp::on_each_engine(async |app| {
        app.seed([article("ice").draft("be"), article("wells").in_review("be")])
            .await;

        let answer = app
            .query(
                r#"{
                    list: articles(locales: [be, ru], orderBy: [{field: TITLE}]) {
                        totalCount nodes { title locale isFallback } }
                    found: article(by: {slug: "ice"}, locales: [be, ru]) { title }
                    none: article(by: {slug: "ice"}, locales: [be]) { title }
                    drafts: translations(locales: [be], filter: {type: {eq: ARTICLE}}) { totalCount }
                }"#,
            )
            .await;

        assert_eq!(
            *answer.expect_data(),
            json!({
                "list": {"totalCount": 2, "nodes": [
                    {"title": "ice ru", "locale": "ru", "isFallback": true},
                    {"title": "wells ru", "locale": "ru", "isFallback": true},
                ]},
                "found": {"title": "ice ru"},
                "none": null,
                "drafts": {"totalCount": 0},
            })
        );
    })
    .await;
}

#[tokio::test]
async fn what_is_a_draft_everywhere_does_not_exist() {
    TestApp::on_each_engine(async |app| {
        app.seed([
            article("ice").only_in(["en"]).draft("en"),
            article("wells").only_in(["en"]),
        ])
        .await;

        let answer = app
            .query(
                r#"{ articles { totalCount nodes { key } } article(by: {slug: "ice"}) { key }
                     latestIssue { articles { totalCount nodes { key next { key } previous { key } } } } }"#,
            )
            .await;

        assert_eq!(answer.texts("/articles/nodes", "key"), ["wells"]);
        assert_eq!(*answer.at("/articles/totalCount"), 1);
        assert!(answer.at("/article").is_null());
        assert_eq!(
            *answer.at("/latestIssue/articles"),
            json!({"totalCount": 1, "nodes": [{"key": "wells", "next": null, "previous": null}]})
        );
    })
    .await;
}

#[tokio::test]
async fn nothing_of_an_issue_that_has_not_come_out_exists() {
    TestApp::on_each_engine(async |app| {
        app.seed([
            issue(1).with(article("old")),
            issue(2).unpublished().with(article("new").published_at("2021-01-01T00:00:00Z")),
        ])
        .await;

        let answer = app
            .query(
                r#"{
                    issues { totalCount nodes { slug next { slug } } } latestIssue { slug }
                    issue(by: {number: 2}) { slug } article(by: {slug: "new"}) { key }
                    articles { totalCount nodes { key } }
                    topic(by: {slug: "general"}) { articles { totalCount nodes { key next(scope: TOPIC) { key } } } }
                    translations(filter: {type: {in: [ISSUE, ARTICLE]}}) { totalCount }
                }"#,
            )
            .await;

        assert_eq!(
            *answer.expect_data(),
            json!({
                "issues": {"totalCount": 1, "nodes": [{"slug": "issue-1", "next": null}]},
                "latestIssue": {"slug": "issue-1"},
                "issue": null, "article": null,
                "articles": {"totalCount": 1, "nodes": [{"key": "old"}]},
                "topic": {"articles": {"totalCount": 1, "nodes": [{"key": "old", "next": null}]}},
                "translations": {"totalCount": 2},
            })
        );
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
        assert_eq!(answer.texts("/be/nodes", "key"), ["three", "two", "one"]);
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

#[tokio::test]
async fn the_translations_of_a_thing_are_all_there_whatever_the_reader() {
    TestApp::on_each_engine(async |app| {
        app.seed(
            publication().locales(["ru", "en", "be"]).with(
                issue(1).untitled("en").with([article("ice")
                    .by(["anna"])
                    .draft("ru")
                    .original("be")
                    .published_in_at("be", "2021-02-03T10:00:00Z")]),
            ),
        )
        .await;

        let answer = app
            .query(
                r#"{ articles(locales: [en]) { nodes {
                    isOriginal originalLocale
                    translations { locale slug title state isOriginal publishedAt url direction version }
                    issue { translations { locale title slug url } }
                    topic { translations { locale title description } }
                    authors { translations { locale title bio } } } } }"#,
            )
            .await;

        assert_json_snapshot!(answer.at("/articles/nodes/0"), @r#"
        {
          "authors": [
            {
              "translations": [
                {
                  "bio": "About anna in ru",
                  "locale": "ru",
                  "title": "anna ru"
                },
                {
                  "bio": "About anna in en",
                  "locale": "en",
                  "title": "anna en"
                },
                {
                  "bio": "About anna in be",
                  "locale": "be",
                  "title": "anna be"
                }
              ]
            }
          ],
          "isOriginal": false,
          "issue": {
            "translations": [
              {
                "locale": "ru",
                "slug": "issue-1",
                "title": "Issue 1 ru",
                "url": "https://example.org/ru/issues/issue-1"
              },
              {
                "locale": "en",
                "slug": "issue-1",
                "title": null,
                "url": "https://example.org/en/issues/issue-1"
              },
              {
                "locale": "be",
                "slug": "issue-1",
                "title": "Issue 1 be",
                "url": "https://example.org/be/issues/issue-1"
              }
            ]
          },
          "originalLocale": "be",
          "topic": {
            "translations": [
              {
                "description": "About general in ru",
                "locale": "ru",
                "title": "general ru"
              },
              {
                "description": "About general in en",
                "locale": "en",
                "title": "general en"
              },
              {
                "description": "About general in be",
                "locale": "be",
                "title": "general be"
              }
            ]
          },
          "translations": [
            {
              "direction": "LTR",
              "isOriginal": false,
              "locale": "en",
              "publishedAt": "2020-01-13T09:00:00Z",
              "slug": "ice",
              "state": "PUBLISHED",
              "title": "ice en",
              "url": "https://example.org/en/articles/ice",
              "version": 1
            },
            {
              "direction": "LTR",
              "isOriginal": true,
              "locale": "be",
              "publishedAt": "2021-02-03T10:00:00Z",
              "slug": "ice",
              "state": "PUBLISHED",
              "title": "ice be",
              "url": "https://example.org/be/articles/ice",
              "version": 1
            }
          ]
        }
        "#);
    })
    .await;
}

#[tokio::test]
async fn all_translations_are_listed_in_each_of_the_readers_locales() {
    TestApp::on_each_engine(async |app| {
        app.seed([article("ice").draft("be"), article("wells").only_in(["en"])])
            .await;

        let answer = app
            .query(
                r#"{ translations(locales: [ru, be], orderBy: [{field: SLUG}, {field: LOCALE}]) {
                    totalCount nodes { type: __typename locale slug
                        ... on ArticleTranslation { article { title } }
                        ... on IssueTranslation { issue { title } }
                        ... on TopicTranslation { topic(locales: [en]) { name } } } } }"#,
            )
            .await;

        assert_eq!(
            *answer.at("/translations"),
            json!({"totalCount": 5, "nodes": [
                {"type": "TopicTranslation", "locale": "be", "slug": "general", "topic": {"name": "general en"}},
                {"type": "TopicTranslation", "locale": "ru", "slug": "general", "topic": {"name": "general en"}},
                {"type": "ArticleTranslation", "locale": "ru", "slug": "ice", "article": {"title": "ice ru"}},
                {"type": "IssueTranslation", "locale": "be", "slug": "issue-1", "issue": {"title": "Issue 1 ru"}},
                {"type": "IssueTranslation", "locale": "ru", "slug": "issue-1", "issue": {"title": "Issue 1 ru"}},
            ]})
        );
    })
    .await;
}

#[tokio::test]
async fn arabic_runs_from_right_to_left() {
    TestApp::on_each_engine(async |app| {
        let locales = ["en", "ar", "sr-Latn", "he"];
        app.seed(publication().locales(locales).with(article("ice")))
            .await;

        let answer = app
            .query(
                r#"{ article(by: {slug: "ice"}, locales: [ar]) { direction issue { direction }
                        topic { direction } translations { locale direction } }
                     publication(locales: [ar]) { direction locales { tag direction } } }"#,
            )
            .await;

        let each = |tag: &str| {
            let direction =
                |(locale, direction): (&str, &str)| json!({tag: locale, "direction": direction});
            [
                ("en", "LTR"),
                ("ar", "RTL"),
                ("sr-Latn", "LTR"),
                ("he", "RTL"),
            ]
            .map(direction)
        };
        assert_eq!(
            *answer.expect_data(),
            json!({
                "article": {"direction": "RTL", "issue": {"direction": "RTL"},
                    "topic": {"direction": "RTL"}, "translations": each("locale")},
                "publication": {"direction": "RTL", "locales": each("tag")},
            })
        );
    })
    .await;
}

#[tokio::test]
async fn the_publication_names_itself_in_the_readers_language() {
    TestApp::on_each_engine(async |app| {
        app.import(
            r#"{"kind":"publication","format":1,"name":{"en":"Week","ru":"Неделя"},"description":{"ru":"О неделе"},"locales":["en","be","ru"],"defaultLocale":"en","timeZone":"Europe/Minsk","url":"https://example.org"}"#,
        )
        .await
        .unwrap();

        let answer = app
            .query(
                "fragment f on Publication { name description locale isFallback }
                 { be: publication(locales: [be, ru]) { ...f } en: publication { ...f }
                   none: publication(locales: [be]) { ...f } }",
            )
            .await;

        assert_eq!(
            *answer.expect_data(),
            json!({
                "be": {"name": "Неделя", "description": "О неделе", "locale": "ru", "isFallback": true},
                "en": {"name": "Week", "description": null, "locale": "en", "isFallback": false},
                "none": {"name": null, "description": null, "locale": "be", "isFallback": false},
            })
        );
    })
    .await;
}

#[tokio::test]
async fn a_locale_that_the_publication_lacks_is_refused_with_those_it_has() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice")).await;

        for query in [
            "{ articles(locales: [be, fr]) { nodes { key } } }",
            "{ latestIssue(locales: [fr]) { slug } }",
            "{ articles { nodes { topic(locales: [fr]) { name } } } }",
            "{ articles { nodes { next(locales: [fr]) { key } } } }",
            "{ publication(locales: [fr]) { url } }",
            r#"{ nodes(ids: ["QXJ0aWNsZTox"], locales: [fr]) { id } }"#,
        ] {
            let answer = app.query(query).await;

            assert_eq!(answer.code(), Some("UNKNOWN_LOCALE"), "{query}");
            let text = r#"the publication has no locale "fr"; it has en, be, ru"#;
            assert_eq!(answer.message(), Some(text), "{query}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_empty_database_answers_with_nothing_and_no_error() {
    TestApp::on_each_engine(async |app| {
        let page = "{ totalCount nodes { __typename } edges { cursor }
            pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }";
        for locales in ["locales: [be, en], ", ""] {
            let answer = app
                .query(&format!(
                    r#"{{
                        publication {{ name }} latestIssue {{ title }}
                        issue(by: {{on: "2021-02-08"}}) {{ title }}
                        article(by: {{slug: "ice"}}) {{ title }} topic(by: {{slug: "ice"}}) {{ name }}
                        author(by: {{slug: "ice"}}) {{ name }} node(id: "QXJ0aWNsZTox") {{ id }}
                        nodes(ids: ["QXJ0aWNsZTox"]) {{ id }}
                        issues({locales}first: 2) {page} articles({locales}first: 2) {page}
                        topics({locales}last: 2) {page} authors({locales}last: 2) {page}
                        translations({locales}first: 2) {page}
                    }}"#
                ))
                .await;

            let none = json!({"totalCount": 0, "nodes": [], "edges": [], "pageInfo": {
                "hasNextPage": false, "hasPreviousPage": false, "startCursor": null, "endCursor": null,
            }});
            assert_eq!(
                *answer.expect_data(),
                json!({
                    "publication": null, "latestIssue": null, "issue": null, "article": null,
                    "topic": null, "author": null, "node": null, "nodes": [null],
                    "issues": none, "articles": none, "topics": none, "authors": none,
                    "translations": none,
                })
            );
        }
    })
    .await;
}

#[tokio::test]
async fn content_in_one_locale_alone_is_a_publication_too() {
    TestApp::on_each_engine(async |app| {
        app.seed(Content::from(publication().locales(["be-tarask"])).with(article("ice")))
            .await;

        let answer = app
            .query(r#"{ articles(locales: ["be-TARASK"]) { nodes { title locale isFallback } } }"#)
            .await;

        assert_eq!(
            *answer.at("/articles/nodes"),
            json!([{"title": "ice be-tarask", "locale": "be-tarask", "isFallback": false}])
        );
    })
    .await;
}
