//! A partner's contract: what it leaves of the publication, and how it says so.

use async_graphql::MaybeUndefined::{self, Null, Value};
use masthead::access::{ContractContent, Role};
use masthead::administration::api_key::{KeyChange, TermsChange, TopicName, Which, update};
use masthead::content::demo;
use serde_json::{Value as Json, json};
use support::seed::{article, issue};
use support::{Reply, TestApp};

/// What can be asked of a publication, of readers of `LOCALES`: root fields and
/// all edges between things, lists, their counts and facets, search.
const QUESTIONS: [&str; 15] = [
    "{ articles(LOCALES, first: 100) { totalCount nodes { key title locale isFallback body { html } excerpt url
         topic { slug } authors { slug name } translations { locale slug title }
         next { key } previous { key } all: next(scope: ALL) { key } same: previous(scope: TOPIC) { key }
         author: next(scope: AUTHOR) { key } related { key } } } }",
    "{ articles(LOCALES) { facets { topics { topic { slug } count } authors { author { slug } count }
         trends { trend count } years { year count } locales { locale count } } } }",
    "{ articles(LOCALES, filter: {trend: {eq: IMPROVED}}, orderBy: [{field: TITLE, direction: ASC}]) { totalCount nodes { key } } }",
    r#"{ articles(LOCALES, filter: {authors: {some: {slug: {eq: "z-krynitsa"}}}}) { totalCount nodes { key } } }"#,
    "{ en: articles(LOCALES, filter: {availableIn: [en]}) { totalCount }
       be: articles(LOCALES, filter: {availableIn: [be]}) { totalCount } }",
    "{ topics(LOCALES, first: 10) { totalCount nodes { slug name trend trendStreak articles { totalCount nodes { key } }
         trendSeries { trend issue { number } } translations { locale title } } } }",
    "{ topics(LOCALES, filter: {articles: {some: {trend: {eq: DETERIORATED}}}}) { totalCount nodes { slug } } }",
    "{ authors(LOCALES) { totalCount nodes { slug name articles { totalCount nodes { key } } translations { locale } } } }",
    "{ authors(LOCALES, filter: {articles: {none: {trend: {eq: IMPROVED}}}}) { totalCount nodes { slug } } }",
    "{ issues(LOCALES) { totalCount nodes { number title locale translations { locale title } articles { totalCount nodes { key } }
         trends { trend topic { slug } previous { trend } } } } }",
    "{ latestIssue(LOCALES) { number articles(filter: {trend: {isNull: false}}) { totalCount } previous { number } } }",
    "{ archive(LOCALES) { years { year count months { month count issues { number } } } } }",
    "{ translations(LOCALES, first: 100) { totalCount nodes { locale slug title } } }",
    r#"{ search(query: "вада", LOCALES) { totalCount edges { score highlights { body { html } } node { key } } facets { topics { topic { slug } count } } } }"#,
    r#"{ search(query: "lake", LOCALES) { totalCount nodes { key } } }"#,
];

fn texts<const N: usize>(texts: [&str; N]) -> MaybeUndefined<Vec<String>> {
    Value(texts.map(str::to_owned).to_vec())
}

fn topics<const N: usize>(slugs: [&str; N]) -> MaybeUndefined<Vec<TopicName>> {
    Value(slugs.map(|slug| TopicName::Slug(slug.to_owned())).to_vec())
}

async fn seed_demo(app: &TestApp) {
    let sample = std::str::from_utf8(demo::PUBLICATION).unwrap();
    app.import(sample).await.unwrap();
}

/// The sample without words in other locales and without other topics. What has
/// no words left is gone.
fn sample_of(locales: Option<&[&str]>, topics: Option<&[&str]>) -> String {
    let sample = std::str::from_utf8(demo::PUBLICATION).unwrap();
    let mut kept = String::new();
    for line in sample.lines() {
        let mut record: Json = serde_json::from_str(line).unwrap();
        let topic = match record["kind"].as_str().unwrap() {
            "topic" => Some(record["slug"].clone()),
            "article" => Some(record["topic"].clone()),
            _ => None,
        };
        if let (Some(topics), Some(topic)) = (topics, topic)
            && !topics.contains(&topic.as_str().unwrap())
        {
            continue;
        }
        if let (Some(locales), Some(words)) = (locales, record.get_mut("translations")) {
            let words = words.as_object_mut().unwrap();
            words.retain(|locale, _| locales.contains(&locale.as_str()));
            let Some(first) = words.keys().next().cloned() else {
                continue;
            };
            // Readers are not told by anything that is asked here.
            if record.get("originalLocale").is_some() {
                record["originalLocale"] = json!(first);
            }
        }
        kept.push_str(&record.to_string());
        kept.push('\n');
    }
    kept
}

/// An answer without what depends on the numbers that words were given: the
/// order of translations that were changed at one time.
fn comparable(reply: &Reply) -> Json {
    let mut json = reply.json();
    if let Some(Json::Array(words)) = json.pointer_mut("/data/translations/nodes") {
        words.sort_by_key(Json::to_string);
    }
    json
}

async fn asked(app: &TestApp, key: Option<&str>, question: &str) -> Reply {
    match key {
        Some(key) => {
            app.client()
                .query_by(&format!("Bearer {key}"), question)
                .await
        }
        None => app.client().query(question).await,
    }
}

#[tokio::test]
async fn a_publication_answers_a_partner_as_one_without_what_the_contract_leaves_out() {
    TestApp::on_each_engine(async |app| {
        seed_demo(app).await;
        let cases = [
            (Some(&["be", "ru"][..]), None),
            (Some(&["ru"]), Some(&["water", "transport"][..])),
            (None, Some(&["water"])),
            (
                Some(&["en", "be"]),
                Some(&["schools", "culture", "economy"]),
            ),
        ];
        for (number, (locales, topics)) in cases.into_iter().enumerate() {
            let list = |list: &[&str]| list.iter().map(|&text| text.to_owned()).collect();
            let slugs = |slugs: &[&str]| {
                let slugs = slugs.iter().map(|&slug| TopicName::Slug(slug.to_owned()));
                slugs.collect()
            };
            let contract = TermsChange {
                locales: locales.map_or(Null, |locales| Value(list(locales))),
                topics: topics.map_or(Null, |topics| Value(slugs(topics))),
                ..TermsChange::default()
            };
            let key = app
                .make_partner(&format!("partner {number}"), contract)
                .await;
            let less = TestApp::on(app.engine()).await;
            less.import(&sample_of(locales, topics)).await.unwrap();
            let locales = locales.unwrap_or(&["en", "be", "ru"]).join(", ");

            for question in QUESTIONS {
                let question = question.replace("LOCALES", &format!("locales: [{locales}]"));
                let scoped = asked(app, Some(&key), &question).await;
                let again = asked(app, Some(&key), &question).await;
                let expected = asked(&less, None, &question).await;

                let expected_json = comparable(&expected);
                assert_eq!(comparable(&scoped), expected_json, "{question}");
                assert_eq!(comparable(&again), expected_json, "{question}");
                assert_eq!(expected.code(), None, "{question}: {}", expected.text());
            }
            less.end().await;
        }
    })
    .await;
}

#[tokio::test]
async fn search_engines_are_told_through_a_partner_of_no_language_beyond_its_contract() {
    TestApp::on_each_engine(async |app| {
        seed_demo(app).await;
        let contract = TermsChange {
            locales: texts(["be", "ru"]),
            ..TermsChange::default()
        };
        let key = app.make_partner("partner", contract).await;
        let question = "{ articles(locales: [be, ru], first: 100) { nodes { jsonLd } }
            issues(locales: [be, ru]) { nodes { jsonLd } } }";

        let scoped = asked(app, Some(&key), question).await;
        let everyones = asked(app, None, question).await;

        assert_eq!((scoped.code(), everyones.code()), (None, None));
        assert!(everyones.text().contains("https://example.org/en/"));
        assert!(scoped.text().contains("https://example.org/ru/"));
        assert!(!scoped.text().contains("https://example.org/en/"));
    })
    .await;
}

#[tokio::test]
async fn a_partner_is_not_told_that_an_original_beyond_its_contract_is_newer() {
    TestApp::on_each_engine(async |app| {
        app.seed(issue(1).with([article("lakes").original("en")]))
            .await;
        let publisher = app.make_key("desk", Role::Publisher, &[]).await;
        let english = "{ articles(locales: [en]) { nodes { id version } } }";
        let english = asked(app, None, english).await.json();
        let english = &english["data"]["articles"]["nodes"][0];
        let mutation = format!(
            r#"mutation {{ articleTranslationUpdate(input: {{article: {}, locale: "en",
                expectedVersion: {}, title: "Anew"}}) {{ userErrors {{ message }} }} }}"#,
            english["id"], english["version"]
        );
        asked(app, Some(&publisher), &mutation).await;
        let contract = TermsChange {
            locales: texts(["be", "ru"]),
            ..TermsChange::default()
        };
        let key = app.make_partner("partner", contract).await;
        let question =
            "{ translations(locales: [be], filter: {freshness: {eq: OUTDATED}}) { totalCount } }";

        let scoped = asked(app, Some(&key), question).await.json();
        let everyones = asked(app, None, question).await.json();

        let count = |json: &Json| json["data"]["translations"]["totalCount"].clone();
        assert_eq!(count(&everyones), json!(1), "{everyones}");
        assert_eq!(count(&scoped), json!(0), "{scoped}");
    })
    .await;
}

#[tokio::test]
async fn what_a_partner_asks_for_beyond_its_contract_is_refused_by_name() {
    TestApp::on_each_engine(async |app| {
        seed_demo(app).await;
        let contract = TermsChange {
            locales: texts(["be", "ru"]),
            topics: topics(["water"]),
            content: Some(ContractContent::Summary),
            ..TermsChange::default()
        };
        let key = app.make_partner("partner", contract).await;
        let other = r#"{ topic(by: {slug: "transport"}, locales: [ru]) { id articles { nodes { id slug } } } }"#;
        let other = asked(app, None, other).await.json();
        let text = |place: &str| other.pointer(place).unwrap().as_str().unwrap().to_owned();
        let topic = text("/data/topic/id");
        let article = text("/data/topic/articles/nodes/0/id");
        let slug = text("/data/topic/articles/nodes/0/slug");

        for (question, message) in [
            (
                "{ articles(locales: [be, en]) { totalCount } }".to_owned(),
                "the key is for the locales be, ru, not for \"en\"",
            ),
            (
                "{ topics { nodes { articles(locales: [en]) { totalCount } } } }".to_owned(),
                "the key is for the locales be, ru, not for \"en\"",
            ),
            (
                r#"{ topic(by: {slug: "transport"}) { name } }"#.to_owned(),
                "the key is not for the topic of this topic",
            ),
            (
                format!(r#"{{ node(id: "{topic}") {{ id }} }}"#),
                "the key is not for the topic of this topic",
            ),
            (
                format!(r#"{{ article(by: {{id: "{article}"}}) {{ title }} }}"#),
                "the key is not for the topic of this article",
            ),
            (
                format!(r#"{{ article(by: {{slug: "{slug}"}}, locales: [ru]) {{ title }} }}"#),
                "the key is not for the topic of this article",
            ),
            (
                format!(r#"{{ nodes(ids: ["{article}"]) {{ id }} }}"#),
                "the key is not for the topic of this article",
            ),
            (
                "{ articles { nodes { body { text } } } }".to_owned(),
                "the key is for summaries: there is no body for it",
            ),
            (
                "{ articles { nodes { translations { body { text } } } } }".to_owned(),
                "the key is for summaries: there is no body for it",
            ),
            (
                "{ articles { nodes { excerpt(length: 201) } } }".to_owned(),
                "the key is for summaries: there is no excerpt as long as that for it",
            ),
            (
                r#"{ search(query: "вада") { edges { highlights { body { html } } } } }"#
                    .to_owned(),
                "the key is for summaries: there is no highlight of the body for it",
            ),
        ] {
            let reply = asked(app, Some(&key), &question).await;
            let json = reply.json();

            assert_eq!(
                reply.code().as_deref(),
                Some("OUT_OF_SCOPE"),
                "{question}: {json}"
            );
            assert_eq!(json["errors"][0]["message"], message, "{question}");
        }
        for question in [
            r#"{ topic(by: {slug: "nothing"}) { name } }"#,
            r#"{ article(by: {slug: "nothing"}) { title } }"#,
        ] {
            let reply = asked(app, Some(&key), question).await;
            assert_eq!(reply.code(), None, "{question}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_partner_of_summaries_is_served_titles_leads_and_short_excerpts() {
    TestApp::on_each_engine(async |app| {
        seed_demo(app).await;
        let contract = TermsChange {
            content: Some(ContractContent::Summary),
            ..TermsChange::default()
        };
        let key = app.make_partner("partner", contract).await;
        let question = r#"{ articles(locales: [en]) { nodes { title lead excerpt words: excerpt(length: 40, unit: WORDS)
            readingMinutes translations { lead excerpt } } }
            search(query: "ice", locales: [en]) { edges { highlights { title { html } lead { html } } } } }"#;

        let scoped = asked(app, Some(&key), question).await;

        assert_eq!(scoped.json(), asked(app, None, question).await.json());
        assert_eq!(scoped.code(), None);
    })
    .await;
}

#[tokio::test]
async fn a_partner_who_names_no_locale_is_served_in_one_of_its_own() {
    TestApp::on_each_engine(async |app| {
        seed_demo(app).await;
        let contract = |locales| TermsChange {
            locales,
            ..TermsChange::default()
        };
        let ours = app
            .make_partner("ours", contract(texts(["ru", "be"])))
            .await;
        let english = app
            .make_partner("english", contract(texts(["ru", "en"])))
            .await;
        let question = "{ latestIssue { locale } }";
        let locale = async |key: &str, language: &str| {
            let bearer = format!("Bearer {key}");
            let headers = [
                ("authorization", bearer.as_str()),
                ("accept-language", language),
                ("content-type", "application/json"),
            ];
            let body = json!({ "query": question }).to_string();
            let reply = app.client().post("/graphql", &headers, body).await;
            reply.json()["data"]["latestIssue"]["locale"].clone()
        };

        // The publication's default is en.
        assert_eq!(locale(&ours, "de").await, "be");
        assert_eq!(locale(&ours, "ru").await, "ru");
        assert_eq!(locale(&ours, "en").await, "be");
        assert_eq!(locale(&english, "de").await, "en");
        assert_eq!(locale(&english, "en").await, "en");
    })
    .await;
}

#[tokio::test]
async fn a_contract_that_changes_holds_from_the_next_request_on() {
    TestApp::on_each_engine(async |app| {
        seed_demo(app).await;
        let contract = TermsChange {
            topics: topics(["water"]),
            ..TermsChange::default()
        };
        let key = app.make_partner("partner", contract).await;
        let question = "{ topics(locales: [en]) { nodes { slug } } }";
        let seen = async || {
            let json = asked(app, Some(&key), question).await.json();
            json["data"]["topics"]["nodes"].to_string()
        };
        let change = async |topics| {
            let change = KeyChange {
                contract: TermsChange {
                    topics,
                    ..TermsChange::default()
                },
                ..KeyChange::default()
            };
            let mut writing = app.writing().await;
            let which = Which::Name("partner".to_owned());
            update(&mut writing, &which, change).await.unwrap();
            writing.commit().await.unwrap();
        };

        assert_eq!(seen().await, r#"[{"slug":"water"}]"#);
        change(topics(["transport"])).await;
        assert_eq!(seen().await, r#"[{"slug":"transport"}]"#);
        change(Null).await;
        let all = asked(app, None, question).await.json();
        assert_eq!(seen().await, all["data"]["topics"]["nodes"].to_string());
    })
    .await;
}

#[tokio::test]
async fn a_contract_whose_topics_are_all_deleted_lets_no_article_pass() {
    TestApp::on_each_engine(async |app| {
        seed_demo(app).await;
        let contract = TermsChange {
            topics: topics(["water"]),
            ..TermsChange::default()
        };
        let key = app.make_partner("partner", contract).await;
        let without: String =
            sample_of(None, Some(&["transport", "schools", "culture", "economy"]));
        app.import(&without).await.unwrap();
        for statement in [
            "DELETE FROM articles WHERE topic_id = (SELECT id FROM topics WHERE slug = 'water')",
            "DELETE FROM topics WHERE slug = 'water'",
        ] {
            use sea_orm::ConnectionTrait as _;
            app.database()
                .writer()
                .execute_unprepared(statement)
                .await
                .unwrap();
        }

        let question = "{ articles { totalCount } topics { totalCount } }";
        let reply = asked(app, Some(&key), question).await;

        let none = json!({ "articles": { "totalCount": 0 }, "topics": { "totalCount": 0 } });
        assert_eq!(reply.json(), json!({ "data": none }));
    })
    .await;
}

#[tokio::test]
async fn a_key_with_a_scope_and_a_preview_token_do_not_go_together() {
    TestApp::on_each_engine(async |app| {
        seed_demo(app).await;
        let contract = TermsChange {
            topics: topics(["water"]),
            ..TermsChange::default()
        };
        let key = app.make_partner("partner", contract).await;
        let editor = app.make_key("desk", Role::Editor, &[]).await;
        let id = asked(app, None, "{ latestIssue { id } }").await.json();
        let id = id["data"]["latestIssue"]["id"].as_str().unwrap().to_owned();
        let mutation =
            format!(r#"mutation {{ previewTokenCreate(input: {{id: "{id}"}}) {{ previewToken {{ token }} }} }}"#);
        let made = asked(app, Some(&editor), &mutation).await.json();
        let token = made["data"]["previewTokenCreate"]["previewToken"]["token"]
            .as_str()
            .unwrap();
        let bearer = format!("Bearer {key}");
        let headers = [
            ("authorization", bearer.as_str()),
            ("masthead-preview", token),
            ("content-type", "application/json"),
        ];
        let body = json!({ "query": "{ articles { totalCount } }" }).to_string();

        let reply = app.client().post("/graphql", &headers, body).await;

        assert_eq!(reply.code().as_deref(), Some("OUT_OF_SCOPE"));
    })
    .await;
}

#[tokio::test]
async fn pages_of_other_origins_may_not_use_a_key() {
    TestApp::on_each_engine(async |app| {
        let contract = TermsChange {
            origins: texts(["https://Partner.example:443/", "http://localhost:3000"]),
            ..TermsChange::default()
        };
        let key = app.make_partner("partner", contract).await;
        let bearer = format!("Bearer {key}");
        let from = async |origin: Option<&str>| {
            let mut headers = vec![("authorization", bearer.as_str())];
            headers.extend(origin.map(|origin| ("origin", origin)));
            app.client()
                .get("/graphql?query=%7B__typename%7D", &headers)
                .await
        };

        for origin in [
            None,
            Some("https://partner.example"),
            Some("http://localhost:3000"),
        ] {
            assert_eq!(from(origin).await.status, 200, "{origin:?}");
        }
        for origin in ["https://other.example", "http://partner.example", "null"] {
            let reply = from(Some(origin)).await;

            assert_eq!(reply.status, 403, "{origin}");
            assert_eq!(
                reply.code().as_deref(),
                Some("ORIGIN_NOT_ALLOWED"),
                "{origin}"
            );
            // The page can read why.
            assert_eq!(reply.header("access-control-allow-origin"), "*");
        }
    })
    .await;
}

#[tokio::test]
async fn a_key_is_also_taken_as_a_password() {
    TestApp::on_each_engine(async |app| {
        use base64::Engine as _;
        use base64::engine::general_purpose::STANDARD;
        let key = app.make_key("desk", Role::Admin, &[]).await;
        let status = async |credentials: &str| {
            let basic = format!("Basic {}", STANDARD.encode(credentials));
            let reply = app
                .client()
                .query_by(&basic, "{ apiKeys { totalCount } }")
                .await;
            reply.status.as_u16()
        };

        assert_eq!(status(&format!("anyone:{key}")).await, 200);
        assert_eq!(status(&format!("{key}:")).await, 200);
        for wrong in [
            format!("{key}:x"),
            key.clone(),
            ":".to_owned(),
            format!(":{key}x"),
        ] {
            assert_eq!(status(&wrong).await, 401, "{wrong}");
        }
    })
    .await;
}

#[tokio::test]
async fn where_the_operator_wants_a_key_of_everybody_nothing_published_is_read_without() {
    let closed = |app: &mut masthead::app::App| app.anonymous_reading = false;
    TestApp::on_each_engine_with(closed, async |app| {
        seed_demo(app).await;
        let key = app.make_key("site", Role::Reader, &[]).await;
        let question = "{ latestIssue { number } }";
        let path = "/graphql?query=%7BlatestIssue%7Bnumber%7D%7D";
        // It is in the cache after the first.
        for _ in 0..2 {
            let reply = asked(app, Some(&key), question).await;
            assert_eq!((reply.status.as_u16(), reply.code()), (200, None));
        }

        for reply in [
            asked(app, None, question).await,
            asked(app, None, question).await,
            app.client().get(path, &[]).await,
            app.client().get("/feeds/en/articles.rss", &[]).await,
        ] {
            assert_eq!(reply.status, 401);
            assert_eq!(reply.code().as_deref(), Some("UNAUTHENTICATED"));
        }
        for open in ["/sitemap.xml", "/schema.graphql", "/readyz", "/embed"] {
            let reply = app.client().get(open, &[]).await;
            assert_eq!(reply.status, 200, "{open}");
        }
    })
    .await;
}
