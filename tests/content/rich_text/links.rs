//! Links between articles: each reader's lead to what that reader is served.

use serde_json::{Value, json};
use support::TestApp;
use support::seed::{article, issue, publication};

/// The HTML and the blocks of one article.
async fn body(app: &TestApp, slug: &str, locales: &str) -> (String, Value) {
    let query = format!(
        "{{ article(by: {{slug: {slug:?}}}, locales: [{locales}]) {{ body {{ html blocks }} }} }}"
    );
    let answer = app.query(&query).await;
    let html = answer.at("/article/body/html").as_str().unwrap().to_owned();
    (html, answer.at("/article/body/blocks").clone())
}

/// The content of the one paragraph of blocks.
fn content(blocks: &Value) -> &Value {
    &blocks["blocks"][0]["content"]
}

#[tokio::test]
async fn a_link_leads_to_what_the_reader_is_served() {
    TestApp::on_each_engine(async |app| {
        let text = "See [*the ice*](article:ice#h-one \"t\").";
        let from = article("from").body("en", text).body("be", text).body("ru", text);
        app.seed([from, article("ice").only_in(["ru", "be"]).slug("be", "ліёд")]).await;

        let (html, blocks) = body(app, "from", "be, ru").await;

        assert_eq!(html, "<p>See <a href=\"https://example.org/be/articles/%D0%BB%D1%96%D1%91%D0%B4#h-one\" title=\"t\"><em>the ice</em></a>.</p>\n");
        assert_eq!(content(&blocks)[1], json!({
            "type": "link",
            "href": "https://example.org/be/articles/%D0%BB%D1%96%D1%91%D0%B4#h-one",
            "article": "ice",
            "title": "t",
            "content": [{"type": "emphasis", "content": [{"type": "text", "text": "the ice"}]}],
        }));
        let (html, _) = body(app, "from", "en, ru").await;
        assert!(html.contains("https://example.org/ru/articles/ice#h-one"), "{html}");
    })
    .await;
}

#[tokio::test]
async fn a_link_to_what_the_reader_has_none_of_is_its_words() {
    TestApp::on_each_engine(async |app| {
        let text = "[a](article:nothing) [*b*](article:draft) [c](article:other \"<\\\">\") [d](article:from)";
        app.seed([
            article("from").only_in(["en"]).body("en", text),
            article("draft").draft("en").draft("be").draft("ru"),
            article("other").only_in(["be"]),
        ])
        .await;

        let (html, blocks) = body(app, "from", "en, ru").await;

        assert_eq!(html, "<p>a <em>b</em> c <a href=\"https://example.org/en/articles/from\">d</a></p>\n");
        assert_eq!(content(&blocks), &json!([
            {"type": "text", "text": "a"},
            {"type": "text", "text": " "},
            {"type": "emphasis", "content": [{"type": "text", "text": "b"}]},
            {"type": "text", "text": " "},
            {"type": "text", "text": "c"},
            {"type": "text", "text": " "},
            {"type": "link", "href": "https://example.org/en/articles/from", "article": "from",
             "content": [{"type": "text", "text": "d"}]},
        ]));
        assert_eq!(super::faults_of_blocks(&blocks), [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn a_key_may_hold_any_text() {
    TestApp::on_each_engine(async |app| {
        for (place, (key, written)) in [
            ("a b", "<article:a b>"),
            ("a%b", "article:a%25b"),
            ("a#b", "article:a%23b"),
            ("ключ \"1\"&<2>", "<article:ключ%20%221%22&amp;%3C2%3E>"),
            ("a/b?c", "ARTICLE:a/b?c"),
            ("'", "article:'"),
        ]
        .into_iter()
        .enumerate()
        {
            let slug = format!("found-{place}");
            let text = format!("[x]({written})");
            app.seed([
                article("from").only_in(["en"]).body("en", &text),
                article(key).only_in(["en"]).slug("en", &slug),
            ])
            .await;

            let (html, blocks) = body(app, "from", "en").await;

            let expected =
                format!("<p><a href=\"https://example.org/en/articles/{slug}\">x</a></p>\n");
            assert_eq!(html, expected, "{key}");
            assert_eq!(content(&blocks)[0]["article"], key);
        }
    })
    .await;
}

#[tokio::test]
async fn a_translation_links_to_its_own_locale() {
    TestApp::on_each_engine(async |app| {
        let text = "[x](article:ice) [y](article:wells)";
        app.seed([
            article("from").body("en", text).body("be", text).body("ru", text),
            article("ice").only_in(["en", "be"]),
            article("wells").only_in(["be"]),
        ])
        .await;

        let answer = app
            .query(r#"{ article(by: {slug: "from"}, locales: [en]) { translations { locale body { html } } } }"#)
            .await;

        let html: Vec<&str> = (0..3)
            .map(|place| answer.at(&format!("/article/translations/{place}/body/html")).as_str().unwrap())
            .collect();
        assert_eq!(html, [
            "<p><a href=\"https://example.org/en/articles/ice\">x</a> y</p>\n",
            "<p><a href=\"https://example.org/be/articles/ice\">x</a> <a href=\"https://example.org/be/articles/wells\">y</a></p>\n",
            "<p>x y</p>\n",
        ]);
    })
    .await;
}

#[tokio::test]
async fn links_go_where_the_paths_of_the_publication_say() {
    TestApp::on_each_engine(async |app| {
        app.seed(publication().path("article", "/{locale}/{topic}/{week}/{slug}"))
            .await;
        app.seed(
            issue(7).with([
                article("from")
                    .only_in(["en"])
                    .body("en", "[x](article:ice)"),
                article("ice").topic("water"),
            ]),
        )
        .await;

        let (html, _) = body(app, "from", "en").await;
        let url = app
            .query(r#"{ article(by: {slug: "ice"}, locales: [en]) { url } }"#)
            .await;

        let url = url.at("/article/url").as_str().unwrap();
        assert!(url.contains("/water/"), "{url}");
        assert_eq!(html, format!("<p><a href=\"{url}\">x</a></p>\n"));
    })
    .await;
}

#[tokio::test]
async fn all_links_of_a_request_take_one_statement() {
    TestApp::on_each_engine(async |app| {
        let text = |place: usize| format!("[x](article:{}) [y](article:{})", place + 1, place + 2);
        let articles = (0..20).map(|place| article(&place.to_string()).body("en", &text(place)));
        app.seed(articles.collect::<Vec<_>>()).await;

        for (query, statements) in [
            ("{ articles(locales: [en]) { nodes { body { html } } } }", 2),
            (
                "{ articles(locales: [en]) { nodes { body { html blocks } } } }",
                2,
            ),
            (
                "{ articles(locales: [be]) { nodes { body { html blocks } } } }",
                1,
            ),
            (
                "{ articles(locales: [en]) { nodes { body { markdown text } } } }",
                1,
            ),
        ] {
            let answer = app.query(query).await;

            assert_eq!(answer.code(), None, "{query}");
            assert_eq!(answer.statements, statements, "{query}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_source_stays_as_it_was_written() {
    TestApp::on_each_engine(async |app| {
        let text = "[a](article:nothing)\n\n<b>c</b>\n";
        app.seed(article("from").body("en", text)).await;

        let answer = app
            .query(r#"{ article(by: {slug: "from"}, locales: [en]) { body { markdown } } }"#)
            .await;

        assert_eq!(*answer.at("/article/body/markdown"), text);
    })
    .await;
}
