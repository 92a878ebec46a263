//! Export → import → export is byte-equal.

use proptest::prelude::{Strategy, any, prop};
use proptest::sample::{Index, subsequence};
use proptest::strategy::Just;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Map, Value, json};
use support::TestApp;
use support::cluster;

use super::{SAMPLE, export, lines};

const LOCALES: [&str; 4] = ["en", "be-tarask", "sr-Latn", "ar"];

#[tokio::test]
async fn the_sample_publication_comes_back_byte_by_byte() {
    TestApp::on_each_engine(async |app| {
        app.import(SAMPLE).await.unwrap();
        let first = export(app).await;
        let other = TestApp::on(app.engine()).await;

        let report = other.import(&first).await.unwrap();

        assert_eq!(report.articles.created, 32);
        assert_eq!(export(&other).await, first);
        other.end().await;
    })
    .await;
}

#[tokio::test]
async fn an_export_is_canonical() {
    TestApp::on_each_engine(async |app| {
        let records = [
            r#"{"url":"https://example.org/","timeZone":"Europe/Minsk","defaultLocale":"en","locales":["EN","sr-latn"],"name":{"sr-Latn":"Nedelja","en":"Week"},"format":1,"kind":"publication","paths":{"topic":"/t/{slug}"}}"#,
            r#"{"kind":"topic","translations":{"en":{"description":"","name":"Water"}},"position":2,"slug":"water"}"#,
            r#"{"kind":"issue","number":10,"slug":"b","startsOn":"2021-02-08","endsOn":"2021-02-14","publishedAt":"2021-02-15T12:00:00.500+03:00","translations":{"sr-latn":{"title":"Deset"},"en":{}}}"#,
            r#"{"kind":"issue","number":9,"slug":"a","startsOn":"2021-02-01","endsOn":"2021-02-07","translations":{"en":{}}}"#,
            r#"{"kind":"article","key":"k","issue":9,"position":1,"topic":"water","authors":[],"originalLocale":"EN","translations":{"en":{"slug":"s","title":"T\u0041/","lead":"","body":"a\tb","state":"PUBLISHED"}}}"#,
        ];

        app.import(&records.join("\n")).await.unwrap();

        insta::assert_snapshot!(export(app).await, @r#"
        {"kind":"publication","format":1,"name":{"en":"Week","sr-Latn":"Nedelja"},"locales":["en","sr-Latn"],"defaultLocale":"en","timeZone":"Europe/Minsk","url":"https://example.org","paths":{"topic":"/t/{slug}"}}
        {"kind":"topic","slug":"water","position":2,"translations":{"en":{"name":"Water","description":""}}}
        {"kind":"issue","number":9,"slug":"a","startsOn":"2021-02-01","endsOn":"2021-02-07","translations":{"en":{}}}
        {"kind":"issue","number":10,"slug":"b","startsOn":"2021-02-08","endsOn":"2021-02-14","publishedAt":"2021-02-15T09:00:00.5Z","translations":{"en":{},"sr-Latn":{"title":"Deset"}}}
        {"kind":"article","key":"k","issue":9,"position":1,"topic":"water","authors":[],"originalLocale":"en","translations":{"en":{"slug":"s","title":"TA/","lead":"","body":"a\tb","updatedAt":"2021-03-10T12:00:00Z"}}}
        "#);
    })
    .await;
}

#[test]
fn any_publication_comes_back_byte_by_byte_on_both_engines() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let mut runner = TestRunner::new(Config::with_cases(12));

    let outcome = runner.run(&corpus(), |records| {
        runtime.block_on(async {
            let mut exports = Vec::new();
            for engine in cluster::engines() {
                exports.extend(there_and_back(engine, &lines(&records)).await);
            }
            assert!(exports.windows(2).all(|pair| pair[0] == pair[1]));
        });
        Ok(())
    });

    outcome.unwrap();
}

/// Import, import again, export; import that elsewhere, export again.
async fn there_and_back(engine: masthead::database::Engine, records: &str) -> [String; 2] {
    let app = TestApp::on(engine).await;
    app.import(records).await.unwrap();
    let again = app.import(records).await.unwrap();
    assert!(again.changed_nothing(), "{again}");
    let first = export(&app).await;
    app.end().await;

    let other = TestApp::on(engine).await;
    other.import(&first).await.unwrap();
    let again = other.import(&first).await.unwrap();
    assert!(again.changed_nothing(), "{again}");
    let second = export(&other).await;
    other.end().await;
    [first, second]
}

/// Any text that may be kept.
fn text() -> impl Strategy<Value = String> {
    prop::string::string_regex("[^\u{0}]{0,40}").unwrap()
}

/// Any text with something to read in it.
fn title() -> impl Strategy<Value = String> {
    text().prop_map(|text| format!("Ў{text}"))
}

fn time() -> impl Strategy<Value = String> {
    (0_i64..4_000_000_000_000_000, prop::bool::ANY).prop_map(|(micros, whole)| {
        let micros = if whole {
            micros / 1_000_000 * 1_000_000
        } else {
            micros
        };
        chrono::DateTime::from_timestamp_micros(micros)
            .unwrap()
            .to_rfc3339()
    })
}

/// Words for some of the locales, one at least.
fn translations(
    words: impl Strategy<Value = Value> + Clone + 'static,
) -> impl Strategy<Value = Value> {
    subsequence(LOCALES.to_vec(), 1..=LOCALES.len()).prop_flat_map(move |locales| {
        let words: Vec<_> = locales
            .into_iter()
            .map(|locale| (Just(locale.to_owned()), words.clone()))
            .collect();
        words.prop_map(|words| Value::Object(words.into_iter().collect::<Map<_, _>>()))
    })
}

fn optional(record: &mut Value, field: &str, value: Option<String>) {
    if let Some(value) = value {
        record[field] = value.into();
    }
}

fn topics() -> impl Strategy<Value = Vec<Value>> {
    let words = (title(), text())
        .prop_map(|(name, description)| json!({"name": name, "description": description}));
    prop::collection::vec((0_i32..5, translations(words.boxed())), 1..4).prop_map(|topics| {
        let topics = (0..).zip(topics).map(|(index, (position, translations))| {
            json!({"kind": "topic", "slug": format!("тэма-{index}"), "position": position, "translations": translations})
        });
        topics.collect()
    })
}

fn authors() -> impl Strategy<Value = Vec<Value>> {
    let words = (title(), text()).prop_map(|(name, bio)| json!({"name": name, "bio": bio}));
    prop::collection::vec(translations(words.boxed()), 0..4).prop_map(|authors| {
        let authors = (0..).zip(authors).map(|(index, translations)| {
            json!({"kind": "author", "slug": format!("a{index}"), "translations": translations})
        });
        authors.collect()
    })
}

fn issues() -> impl Strategy<Value = Vec<Value>> {
    let words = prop::option::of(title()).prop_map(|title| {
        let mut words = json!({});
        optional(&mut words, "title", title);
        words
    });
    let issue = (
        1_u32..28,
        prop::option::of(time()),
        translations(words.boxed()),
    );
    prop::collection::vec(issue, 1..4).prop_map(|issues| {
        let issues = (7..).step_by(3).zip(issues).map(|(number, (day, published_at, translations))| {
            let mut issue = json!({
                "kind": "issue", "number": number, "slug": format!("issue {number}").replace(' ', "."),
                "startsOn": format!("2021-02-{day:02}"), "endsOn": "2021-02-28", "translations": translations,
            });
            optional(&mut issue, "publishedAt", published_at);
            issue
        });
        issues.collect()
    })
}

fn article() -> impl Strategy<Value = Value> {
    let state = prop::option::of(prop::sample::select(vec![
        "DRAFT",
        "IN_REVIEW",
        "PUBLISHED",
    ]));
    let words = (
        title(),
        text(),
        text(),
        state,
        prop::option::of(time()),
        prop::option::of(time()),
    );
    let words = words.prop_map(|(title, lead, body, state, published_at, updated_at)| {
        let mut words = json!({"title": title, "lead": lead, "body": body});
        optional(&mut words, "state", state.map(str::to_owned));
        optional(&mut words, "publishedAt", published_at);
        optional(&mut words, "updatedAt", updated_at);
        words
    });
    let trend = prop::option::of(prop::sample::select(vec![
        "IMPROVED",
        "UNCHANGED",
        "DETERIORATED",
    ]));
    (trend, translations(words.boxed())).prop_map(|(trend, translations)| {
        let original = translations
            .as_object()
            .unwrap()
            .keys()
            .next()
            .unwrap()
            .clone();
        let mut article =
            json!({"kind": "article", "originalLocale": original, "translations": translations});
        optional(&mut article, "trend", trend.map(str::to_owned));
        article
    })
}

fn corpus() -> impl Strategy<Value = Vec<Value>> {
    let articles = prop::collection::vec((article(), any::<[Index; 3]>()), 0..12);
    (topics(), authors(), issues(), articles).prop_map(|(topics, authors, issues, articles)| {
        let articles: Vec<Value> = (1..)
            .zip(articles)
            .map(|(place, (article, places))| placed(article, place, places, &topics, &authors, &issues))
            .collect();
        let publication = json!({
            "kind": "publication", "format": 1, "name": {"en": "Week"}, "locales": LOCALES,
            "defaultLocale": "sr-Latn", "timeZone": "Asia/Kolkata", "url": "http://localhost:3000/site",
        });
        [vec![publication], topics, authors, issues, articles].concat()
    })
}

/// The article as the `place`th, in an issue, on a topic, by some authors.
fn placed(
    mut article: Value,
    place: i32,
    [issue, topic, byline]: [Index; 3],
    topics: &[Value],
    authors: &[Value],
    issues: &[Value],
) -> Value {
    let count = byline.index(authors.len() + 1);
    let byline: Vec<&Value> = authors[..count]
        .iter()
        .rev()
        .map(|author| &author["slug"])
        .collect();
    article["authors"] = json!(byline);
    article["key"] = json!(format!("ключ {place}"));
    article["position"] = json!(place);
    article["issue"] = issue.get(issues)["number"].clone();
    article["topic"] = topic.get(topics)["slug"].clone();
    for (locale, words) in article["translations"].as_object_mut().unwrap() {
        words["slug"] = json!(format!("{locale}-{place}"));
    }
    article
}
