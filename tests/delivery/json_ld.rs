//! What search engines read of articles and issues: JSON-LD.

use insta::assert_json_snapshot;
use masthead::access::Role;
use serde_json::{Value, json};
use support::seed::{Content, article, issue, publication};
use support::{TestApp, key};

use crate::content::rich_text::html::read;

/// Titles that would end a script, or begin something in one.
const HOSTILE: [&str; 8] = [
    "</script><script>fail()</script>",
    "<!-- <script> ",
    "<!-- <script ",
    "</script ",
    "]]> & &amp; \\u003c \" \\",
    "🧊 \u{2028}\u{2029}",
    "الجليد \u{202e}على البحيرة",
    "<\u{0}/script\u{8}>",
];

/// The JSON-LD of a thing, as the page's script has it.
async fn text(app: &TestApp, thing: &str) -> String {
    let answer = app.query(&format!("{{ {thing} {{ jsonLd }} }}")).await;
    let name = thing.split('(').next().unwrap();
    answer
        .at(&format!("/{name}/jsonLd"))
        .as_str()
        .unwrap()
        .to_owned()
}

/// The same, read.
async fn json_ld(app: &TestApp, thing: &str) -> Value {
    serde_json::from_str(&text(app, thing).await).unwrap()
}

fn week() -> Content {
    issue(7)
        .dates("2021-02-08", "2021-02-14")
        .published_at("2021-02-15T07:00:00Z")
        .title("en", "Thaw")
        .with([
            article("ice")
                .topic("water")
                .by(["anna", "boris"])
                .original("be"),
            article("wells").topic("roads").only_in(["en"]),
        ])
}

#[tokio::test]
async fn an_article_tells_what_it_says_who_wrote_it_and_what_it_is_part_of() {
    TestApp::on_each_engine(async |app| {
        app.seed(week()).await;

        let article = json_ld(app, r#"article(by: {slug: "ice"})"#).await;

        assert_json_snapshot!(article, @r#"
        {
          "@context": "https://schema.org",
          "@id": "https://example.org/en/articles/ice#article",
          "@type": "NewsArticle",
          "articleSection": "water en",
          "author": [
            {
              "@type": "Person",
              "name": "anna en",
              "url": "https://example.org/en/authors/anna"
            },
            {
              "@type": "Person",
              "name": "boris en",
              "url": "https://example.org/en/authors/boris"
            }
          ],
          "dateModified": "2021-03-10T12:00:00Z",
          "datePublished": "2021-02-15T07:00:00Z",
          "description": "The lead of ice in en",
          "headline": "ice en",
          "inLanguage": "en",
          "isPartOf": {
            "@id": "https://example.org/en/issues/issue-7#issue",
            "@type": "PublicationIssue",
            "datePublished": "2021-02-15T07:00:00Z",
            "inLanguage": "en",
            "isPartOf": {
              "@id": "https://example.org/#periodical",
              "@type": "Periodical",
              "name": "Week in View en",
              "url": "https://example.org"
            },
            "issueNumber": 7,
            "name": "Thaw",
            "temporalCoverage": "2021-02-08/2021-02-14",
            "url": "https://example.org/en/issues/issue-7"
          },
          "mainEntityOfPage": {
            "@id": "https://example.org/en/articles/ice",
            "@type": "WebPage"
          },
          "publisher": {
            "@id": "https://example.org/#publisher",
            "@type": "NewsMediaOrganization",
            "name": "Week in View en",
            "url": "https://example.org"
          },
          "timeRequired": "PT1M",
          "translationOfWork": {
            "@id": "https://example.org/be/articles/ice#article",
            "@type": "NewsArticle",
            "inLanguage": "be",
            "url": "https://example.org/be/articles/ice"
          },
          "url": "https://example.org/en/articles/ice",
          "wordCount": 6
        }
        "#);
    })
    .await;
}

#[tokio::test]
async fn an_issue_tells_its_week_and_its_articles_in_order() {
    TestApp::on_each_engine(async |app| {
        app.seed(week()).await;

        let issue = json_ld(app, "issue(by: {number: 7}, locales: [be, en])").await;

        assert_json_snapshot!(issue, @r#"
        {
          "@context": "https://schema.org",
          "@id": "https://example.org/be/issues/issue-7#issue",
          "@type": "PublicationIssue",
          "datePublished": "2021-02-15T07:00:00Z",
          "hasPart": [
            {
              "@id": "https://example.org/be/articles/ice#article",
              "@type": "NewsArticle",
              "headline": "ice be",
              "inLanguage": "be",
              "url": "https://example.org/be/articles/ice"
            },
            {
              "@id": "https://example.org/en/articles/wells#article",
              "@type": "NewsArticle",
              "headline": "wells en",
              "inLanguage": "en",
              "url": "https://example.org/en/articles/wells"
            }
          ],
          "inLanguage": "be",
          "isPartOf": {
            "@id": "https://example.org/#periodical",
            "@type": "Periodical",
            "name": "Week in View be",
            "url": "https://example.org"
          },
          "issueNumber": 7,
          "name": "Issue 7 be",
          "publisher": {
            "@id": "https://example.org/#publisher",
            "@type": "NewsMediaOrganization",
            "name": "Week in View be",
            "url": "https://example.org"
          },
          "temporalCoverage": "2021-02-08/2021-02-14",
          "url": "https://example.org/be/issues/issue-7"
        }
        "#);
    })
    .await;
}

#[tokio::test]
async fn an_original_tells_where_its_translations_are_and_a_translation_where_its_original_is() {
    TestApp::on_each_engine(async |app| {
        app.seed([
            article("ice").original("be").slug("be", "лёд").draft("ru"),
            article("wells").original("be").draft("be"),
        ])
        .await;

        let original = json_ld(app, r#"article(by: {slug: "лёд"}, locales: [be])"#).await;
        let translation = json_ld(app, r#"article(by: {slug: "ice"}, locales: [en])"#).await;
        let unseen = json_ld(app, r#"article(by: {slug: "wells"}, locales: [en])"#).await;

        let english = "https://example.org/en/articles/ice";
        let others = json!([{
            "@type": "NewsArticle", "@id": format!("{english}#article"),
            "url": english, "inLanguage": "en",
        }]);
        assert_eq!(original["workTranslation"], others);
        assert_eq!(original["translationOfWork"], Value::Null);
        let url = &translation["translationOfWork"]["url"];
        assert_eq!(url, "https://example.org/be/articles/%D0%BB%D1%91%D0%B4");
        assert_eq!(translation["workTranslation"], Value::Null);
        assert_eq!(unseen["translationOfWork"], Value::Null);
    })
    .await;
}

#[tokio::test]
async fn a_correction_is_told_with_its_day_and_the_article_is_as_new_as_it() {
    TestApp::on_each_engine(async |app| {
        app.seed(week()).await;
        let answer = app.query(r#"{ article(by: {slug: "ice"}) { id } }"#).await;
        let input = json!({
            "article": answer.at("/article/id"), "locale": "en", "expectedVersion": 1,
            "text": "The river is the <Sula>.",
        });
        app.clock().advance(chrono::Duration::hours(1));
        let selection = "userErrors { message }";
        let publisher = key(Role::Publisher);
        app.mutate_as(&publisher, "correctionCreate", input, selection)
            .await;

        let article = json_ld(app, r#"article(by: {slug: "ice"})"#).await;

        let correction = json!([{
            "@type": "CorrectionComment", "text": "The river is the <Sula>.",
            "datePublished": "2021-03-10T13:00:00Z",
        }]);
        assert_eq!(article["correction"], correction);
        assert_eq!(article["dateModified"], "2021-03-10T13:00:00Z");
        let other = json_ld(app, r#"article(by: {slug: "ice"}, locales: [ru])"#).await;
        assert_eq!(other["correction"], Value::Null);
        assert_eq!(other["dateModified"], "2021-03-10T12:00:00Z");
    })
    .await;
}

#[tokio::test]
async fn no_title_can_do_anything_in_the_page_that_holds_it() {
    TestApp::on_each_engine(async |app| {
        for (place, title) in HOSTILE.iter().enumerate() {
            // No text of the format has a null character.
            let title = title.replace('\0', "");
            let slug = format!("a{place}");
            let words = article(&slug).title("en", &title).lead("en", &title);
            app.seed(issue(1).title("en", &title).with(words)).await;
            for thing in [
                format!("article(by: {{slug: \"{slug}\"}})"),
                "issue(by: {number: 1})".to_owned(),
            ] {
                let text = text(app, &thing).await;

                let page = format!("<script type=\"application/ld+json\">{text}</script><p>on</p>");
                let read = read(&page);
                let names: Vec<&str> = read.elements.iter().map(|one| one.name.as_str()).collect();
                assert_eq!(names, ["script", "p"], "{page}");
                assert_eq!((read.others, &*read.errors), (0, [].as_slice()), "{page}");
                assert_eq!(read.text, format!("{text}on"));
                let node: Value = serde_json::from_str(&text).unwrap();
                let told = [&node["headline"], &node["name"]];
                assert!(
                    told.contains(&&Value::from(title.clone())),
                    "{title}: {node}"
                );
            }
        }
    })
    .await;
}

#[tokio::test]
async fn readers_of_some_languages_are_told_nothing_in_another() {
    TestApp::on_each_engine(async |app| {
        app.seed([
            article("ice")
                .topic("water")
                .by(["anna"])
                .only_in(["en", "ru"]),
            article("wells").only_in(["en"]),
        ])
        .await;

        for thing in [
            r#"article(by: {slug: "ice"}, locales: [be, ru])"#,
            "issue(by: {number: 1}, locales: [be, ru])",
        ] {
            let text = text(app, thing).await;

            assert!(!text.contains(" en\""), "{text}");
            assert!(!text.contains("wells"), "{text}");
            assert!(text.contains("ice ru"), "{text}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_publication_without_a_name_in_a_language_is_told_without_one() {
    TestApp::on_each_engine(async |app| {
        let records = publication().with(article("ice")).to_string();
        let unnamed = records.replace(r#""be":"Week in View be","#, "");
        app.import(&unnamed).await.unwrap();

        let article = json_ld(app, r#"article(by: {slug: "ice"}, locales: [be])"#).await;

        let publisher = json!({
            "@type": "NewsMediaOrganization", "@id": "https://example.org/#publisher",
            "url": "https://example.org",
        });
        assert_eq!(article["publisher"], publisher);
    })
    .await;
}

#[tokio::test]
async fn a_draft_is_told_to_whoever_asks_for_drafts_alone() {
    TestApp::on_each_engine(async |app| {
        app.seed(issue(1).with([article("ice").draft("en"), article("wells")]))
            .await;
        let titles = |issue: &Value| -> Vec<String> {
            let parts = issue["hasPart"].as_array().unwrap().iter();
            parts
                .map(|part| part["headline"].as_str().unwrap().to_owned())
                .collect()
        };

        let public = json_ld(app, "issue(by: {number: 1})").await;

        assert_eq!(titles(&public), ["wells en"]);
        let query = r#"{ article(by: {slug: "ice"}, states: [DRAFT]) { jsonLd } }"#;
        let answer = app.query_as(&key(Role::Editor), query).await;
        let draft: Value =
            serde_json::from_str(answer.at("/article/jsonLd").as_str().unwrap()).unwrap();
        assert_eq!(draft["headline"], "ice en");
        assert_eq!(draft["datePublished"], Value::Null);
    })
    .await;
}

#[tokio::test]
async fn an_issue_of_very_many_articles_tells_the_first_hundred() {
    TestApp::on_each_engine(async |app| {
        let articles: Vec<_> = (0..101).map(|n| article(&format!("a{n}"))).collect();
        app.seed(issue(1).with(articles)).await;

        let issue = json_ld(app, "issue(by: {number: 1})").await;

        let parts = issue["hasPart"].as_array().unwrap();
        assert_eq!(
            (parts.len(), &parts[99]["headline"]),
            (100, &json!("a99 en"))
        );
    })
    .await;
}
