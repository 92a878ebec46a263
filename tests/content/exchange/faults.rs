//! What is wrong with an input is told line by line, and nothing is applied.

use insta::assert_snapshot;
use masthead::content::exchange::{Fault, ImportError};
use serde_json::{Value, json};
use support::TestApp;

use super::{
    article, author, export, faults, faults_in, import, issue, lines, publication, topic, with,
    with_articles, words,
};

fn told(faults: &[Fault]) -> String {
    let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
    lines.join("\n")
}

/// What is told of one article that takes the place of a right one.
async fn told_of_article(app: &TestApp, article: Value) -> String {
    told(&faults(app, &with_articles(&[article])).await)
}

fn without(mut record: Value, field: &str) -> Value {
    record.as_object_mut().unwrap().remove(field).unwrap();
    record
}

#[tokio::test]
async fn lines_that_are_no_records() {
    TestApp::on_each_engine(async |app| {
        let mut input = lines(&[publication()]).into_bytes();
        input.extend_from_slice(
            b"{\"kind\":\n[1]\n{\"kind\":\"topik\"}\n{\"slug\":\"a\"}\n\"\xff\"\n",
        );

        let faults = faults_in(app, input).await;

        assert_snapshot!(told(&faults), @r#"
        line 2: is not JSON: EOF while parsing a value at column 8
        line 3: must be an object, not an array
        line 4, kind: "topik" is no kind of record; did you mean "topic"?
        line 5, kind: is missing
        line 6: is not UTF-8: byte 2 of the line is wrong
        "#);
    })
    .await;
}

#[tokio::test]
async fn fields_that_are_missing_unknown_or_of_another_type() {
    TestApp::on_each_engine(async |app| {
        let bad = without(article("ice", 1, 1), "position");
        let bad = with(bad, "/tpoic", json!(1));
        let bad = with(bad, "/trend", json!("BETTER"));
        let bad = with(bad, "/issue", json!(1.5));
        let bad = with(bad, "/translations/en/lede", json!(""));
        let bad = with(bad, "/translations/en/title", json!(null));
        let bad = with(bad, "/translations/en/slug", json!("a/b"));
        let bad = with(bad, "/translations/be", json!([]));

        let faults = told_of_article(app, bad).await;

        assert_snapshot!(faults, @r##"
        line 6, article "ice", issue: must be a whole number from 0 to 2147483647, not 1.5
        line 6, article "ice", position: is missing
        line 6, article "ice", trend: "BETTER" must be one of IMPROVED, UNCHANGED, DETERIORATED
        line 6, article "ice", translations.be: must be an object, not an array
        line 6, article "ice", translations.en.slug: "a/b" can't hold '/': a slug has no white space, control characters, "/", "?" or "#"
        line 6, article "ice", translations.en.title: must be a text, not null
        line 6, article "ice", translations.en.lede: is no field here; did you mean "lead"?
        line 6, article "ice", tpoic: is no field here; did you mean "topic"?
        "##);
    })
    .await;
}

#[tokio::test]
async fn values_that_are_not_of_their_form() {
    TestApp::on_each_engine(async |app| {
        let bad = with(publication(), "/timeZone", json!("Minsk"));
        let bad = with(bad, "/url", json!("ftp://example.org"));
        let bad = with(bad, "/defaultLocale", json!("ru"));
        let bad = with(
            bad,
            "/paths",
            json!({"topic": "/{locale}/{number}", "issue": "/{slug"}),
        );
        let records = [
            bad,
            with(publication(), "/locales", json!(["en", "e_n"])),
            with(publication(), "/format", json!(2)),
            with(issue(1, "one"), "/endsOn", json!("2021-02-07")),
            with(issue(2, "two"), "/startsOn", json!("2021-02-30")),
            with(issue(3, "three"), "/publishedAt", json!("2021-02-15 09:00")),
            with(
                issue(4, "four"),
                "/publishedAt",
                json!("0000-12-31T23:59:59Z"),
            ),
            with(issue(-5, "five"), "/slug", json!("")),
            with(topic("nul"), "/translations/en/name", json!("a\u{0}b")),
            with(
                topic("long"),
                "/translations/en/name",
                json!("x".repeat(501)),
            ),
            with(topic("blank"), "/translations/en/name", json!(" ")),
            with(topic("empty"), "/translations", json!({})),
            with(
                author("tag"),
                "/translations",
                json!({"x": {"name": "x", "bio": ""}}),
            ),
        ];

        let faults = faults(app, &records).await;

        assert_snapshot!(told(&faults), @r#"
        line 1, publication, timeZone: "Minsk" is not an IANA time zone, such as "Europe/Minsk"
        line 1, publication, url: "ftp://example.org" is not an absolute http or https URL; write the base as "https://example.org"
        line 1, publication, paths.issue: "/{slug" has a brace without its partner
        line 1, publication, paths.topic: "/{locale}/{number}" has the placeholder "{number}"; known here are {locale} {slug} {topic}
        line 1, publication, defaultLocale: "ru" is none of the publication's locales, en, be
        line 2, publication, locales: "e_n" is not a locale tag (BCP 47), such as "be" or "sr-Latn"
        line 2, publication: is on line 1 too; there is one publication
        line 3, publication, format: must be 1: the version of the format that this program reads
        line 3, publication: is on line 1 too; there is one publication
        line 4, issue 1, endsOn: 2021-02-07 is before startsOn, 2021-02-08
        line 5, issue 2, startsOn: "2021-02-30" is not a date; write one as 2021-02-14
        line 6, issue 3, publishedAt: "2021-02-15 09:00" is not a time with its zone; write one as 2021-02-15T09:00:00Z
        line 7, issue 4, publishedAt: "0000-12-31T23:59:59Z" is not a time with its zone; write one as 2021-02-15T09:00:00Z
        line 8, number: must be a whole number from 0 to 2147483647, not -5
        line 8, slug: "" is not a slug, such as "2021-w06"
        line 9, topic "nul", translations.en.name: can't hold a null byte (\u0000)
        line 10, topic "long", translations.en.name: has 501 characters; at most 500 are kept
        line 11, topic "blank", translations.en.name: can't be blank
        line 12, topic "empty", translations: is empty; there must be one translation at least
        line 13, author "tag", translations.x: "x" is not a locale tag (BCP 47), such as "be" or "sr-Latn"
        "#);
    })
    .await;
}

#[tokio::test]
async fn records_that_do_not_go_together() {
    TestApp::on_each_engine(async |app| {
        let twice = with(article("two", 1, 2), "/authors", json!(["anna", "anna"]));
        let russian = with(article("ru", 1, 3), "/translations/ru", words("ru"));
        let nowhere = with(article("nowhere", 9, 4), "/topic", json!("roads"));
        let no_original = with(article("original", 2, 1), "/originalLocale", json!("be"));
        let same_slug = with(article("slug", 2, 2), "/translations/en/slug", json!("ice"));
        let mut records = with_articles(&[
            article("ice", 1, 1),
            article("ice", 2, 7),
            article("place", 1, 1),
            twice,
            russian,
            nowhere,
            no_original,
            same_slug,
        ]);
        records.extend([topic("roads"), issue(3, "one"), publication()]);

        let faults = faults(app, &records).await;

        assert_snapshot!(told(&faults), @r#"
        line 7, article "ice", key: is on line 6 too; name each article once
        line 7, article "ice", translations.en.slug: "ice" is used in "en" on line 6; give each article its own slug in a locale
        line 8, article "place", position: 1 is taken in issue 1 by the article on line 6
        line 9, article "two", authors: has "anna" twice; name each author once
        line 10, article "ru", translations.ru: "ru" is none of the publication's locales, en, be
        line 11, article "nowhere", issue: there is no issue 9, neither before this line nor stored
        line 11, article "nowhere", topic: topic "roads" comes later, on line 14; put it before what refers to it
        line 12, article "original", originalLocale: there is no translation in "be"; the original is one too
        line 13, article "slug", translations.en.slug: "ice" is used in "en" on line 6; give each article its own slug in a locale
        line 15, issue 3, slug: "one" is the slug of the issue on line 4; give each its own
        line 16, publication: is on line 1 too; there is one publication
        "#);
    })
    .await;
}

#[tokio::test]
async fn what_another_record_holds_and_keeps_is_not_to_be_had() {
    TestApp::on_each_engine(async |app| {
        import(app, &with_articles(&[article("ice", 1, 1)]))
            .await
            .unwrap();
        let before = export(app).await;

        let newcomer = with(article("new", 1, 1), "/translations/en/slug", json!("ice"));
        let faults = faults(app, &[publication(), issue(3, "one"), newcomer]).await;

        assert_snapshot!(told(&faults), @r#"
        line 2, issue 3, slug: "one" is the slug of issue 1, which keeps it
        line 3, article "new", position: 1 is the position of article "ice", which keeps it
        line 3, article "new", translations.en.slug: "ice" is the slug of article "ice" in "en", which keeps it
        "#);
        assert_eq!(export(app).await, before);
    })
    .await;
}

#[tokio::test]
async fn an_input_that_does_not_begin_with_the_publication() {
    TestApp::on_each_engine(async |app| {
        let faults = faults(app, &[topic("water"), publication()]).await;

        assert_snapshot!(told(&faults), @r#"line 1, topic "water": the first record must be the publication"#);
    })
    .await;
}

#[tokio::test]
async fn one_bad_record_keeps_all_others_out() {
    TestApp::on_each_engine(async |app| {
        import(app, &with_articles(&[article("ice", 1, 1)]))
            .await
            .unwrap();
        let before = export(app).await;

        let bad = with(article("bad", 1, 3), "/originalLocale", json!("be"));
        let records = with_articles(&[article("ice", 2, 2), article("rain", 1, 2), bad]);
        import(app, &records).await.unwrap_err();

        assert_eq!(export(app).await, before);
    })
    .await;
}

#[tokio::test]
async fn a_hundred_faults_are_shown_and_all_are_counted() {
    TestApp::on_each_engine(async |app| {
        let articles: Vec<Value> = (1..=1000).map(|place| article("ice", 1, place)).collect();

        let error = import(app, &with_articles(&articles)).await.unwrap_err();

        let ImportError::Faults(faults) = &error else {
            panic!("{error}");
        };
        // All but the first have its key and its slug.
        assert_eq!((faults.count(), faults.records()), (1998, 999));
        assert_eq!(faults.shown().len(), 100);
        assert_eq!(faults.shown()[0].line, 7);
        let text = error.to_string();
        assert!(text.starts_with("1998 faults in 999 lines of the input; nothing was applied\n"));
        assert!(text.ends_with("\n  and 1898 more"), "{text}");
    })
    .await;
}

#[tokio::test]
async fn a_key_that_is_there_twice_is_not_lost() {
    TestApp::on_each_engine(async |app| {
        let text = lines(&[publication()])
            + r#"{"kind":"author","slug":"a","slug":"b","translations":{"be":{"name":"a","bio":""},"BE":{"name":"b","bio":""}}}"#;

        let faults = faults_in(app, text).await;

        assert_snapshot!(told(&faults), @r#"
        line 2, author "a", translations.BE: the locale "be" is there twice
        line 2, author "a", slug: is there twice
        "#);
    })
    .await;
}
