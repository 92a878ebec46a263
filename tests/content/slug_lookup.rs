//! Things by their slugs, present and former.

use serde_json::{Value, json};
use support::TestApp;
use support::seed::{article, author, issue, topic};

/// What `field(by: {slug: …})` answers with.
async fn by_slug(app: &TestApp, field: &str, slug: &str, selection: &str) -> Value {
    let answer = app
        .query(&format!(
            "{{ {field}(by: {{slug: {slug:?}}}) {{ {selection} }} }}"
        ))
        .await;
    answer.expect_data()[field].clone()
}

#[tokio::test]
async fn each_thing_is_found_by_its_slug_and_by_its_id() {
    TestApp::on_each_engine(async |app| {
        app.seed(topic("water").with(article("ice").by(["anna"])))
            .await;

        for (field, slug) in [
            ("article", "ice"),
            ("topic", "water"),
            ("author", "anna"),
            ("issue", "issue-1"),
        ] {
            let id = by_slug(app, field, slug, "id").await["id"].clone();
            let query = format!("query($id: ID!) {{ {field}(by: {{id: $id}}) {{ slug }} }}");
            let answer = app.query_with(&query, json!({"id": id})).await;

            assert_eq!(answer.at(&format!("/{field}/slug")), slug);
            let capitals = slug.to_uppercase();
            assert_eq!(
                by_slug(app, field, &capitals, "id").await,
                Value::Null,
                "{capitals}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn a_slug_may_be_in_any_script_and_is_never_a_pattern() {
    TestApp::on_each_engine(async |app| {
        app.seed([
            article("a").slug("en", "лёд-і-ўсход"),
            article("b").slug("en", "100%"),
        ])
        .await;

        assert_eq!(
            by_slug(app, "article", "лёд-і-ўсход", "key").await,
            json!({"key": "a"})
        );
        assert_eq!(
            by_slug(app, "article", "100%", "key").await,
            json!({"key": "b"})
        );
        for slug in ["10_%", "%", "_", "' OR 1=1 --", "100%\\"] {
            assert_eq!(
                by_slug(app, "article", slug, "key").await,
                Value::Null,
                "{slug}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn a_former_slug_of_an_article_answers_with_the_present_one() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice").slug("en", "first").slug("be", "piersy"))
            .await;
        app.seed(article("ice").slug("en", "second").slug("be", "piersy"))
            .await;
        app.seed(article("ice").slug("en", "third").slug("be", "piersy"))
            .await;

        for slug in ["first", "second", "third"] {
            let article = by_slug(app, "article", slug, "slug").await;
            assert_eq!(article, json!({"slug": "third"}), "{slug}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_former_slug_is_of_the_locale_that_it_was_in() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice").slug("ru", "led")).await;
        app.seed(article("ice").slug("ru", "lyod")).await;

        let answer = app
            .query(
                r#"{ en: article(by: {slug: "led"}, locales: [en]) { slug }
                     both: article(by: {slug: "led"}, locales: [en, ru]) { slug locale }
                     ru: article(by: {slug: "led"}, locales: [ru]) { slug } }"#,
            )
            .await;

        assert_eq!(
            *answer.expect_data(),
            json!({"en": null, "both": {"slug": "ice", "locale": "en"}, "ru": {"slug": "lyod"}})
        );
    })
    .await;
}

#[tokio::test]
async fn a_slug_in_use_in_a_later_locale_wins_over_a_former_one_in_an_earlier() {
    TestApp::on_each_engine(async |app| {
        app.seed([
            article("one").slug("en", "ice"),
            article("two").slug("ru", "ice"),
        ])
        .await;
        app.seed(article("one").slug("en", "water")).await;

        let query = r#"{ article(by: {slug: "ice"}, locales: [en, ru]) { key } }"#;
        let answer = app.query(query).await;

        assert_eq!(*answer.at("/article/key"), "two");
    })
    .await;
}

#[tokio::test]
async fn a_former_slug_of_an_article_that_is_no_longer_published_finds_nothing() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice").slug("en", "old")).await;
        app.seed(article("ice").slug("en", "new").draft("en")).await;

        let answer = app
            .query(
                r#"{ en: article(by: {slug: "old"}) { slug }
                     fallback: article(by: {slug: "old"}, locales: [en, be]) { slug } }"#,
            )
            .await;

        assert_eq!(*answer.expect_data(), json!({"en": null, "fallback": null}));
    })
    .await;
}

#[tokio::test]
async fn a_former_slug_of_an_issue_answers_with_the_present_one() {
    TestApp::on_each_engine(async |app| {
        app.seed([issue(1).slug("first"), issue(2).slug("second")])
            .await;
        app.seed([issue(1).slug("opening"), issue(2).slug("second")])
            .await;

        assert_eq!(
            by_slug(app, "issue", "first", "number slug").await,
            json!({"number": 1, "slug": "opening"})
        );
    })
    .await;
}

#[tokio::test]
async fn the_same_slug_may_belong_to_a_thing_of_each_kind() {
    TestApp::on_each_engine(async |app| {
        app.seed(topic("ice").with([article("ice").by(["ice"])]))
            .await;
        app.seed([issue(1).slug("ice")]).await;
        app.seed(author("ice").name("en", "Ice")).await;

        let answer = app
            .query(
                r#"{ article(by: {slug: "ice"}) { title } topic(by: {slug: "ice"}) { name }
                     author(by: {slug: "ice"}) { name } issue(by: {slug: "ice"}) { title } }"#,
            )
            .await;

        assert_eq!(
            *answer.expect_data(),
            json!({"article": {"title": "ice en"}, "topic": {"name": "ice en"},
                "author": {"name": "Ice"}, "issue": {"title": "Issue 1 en"}})
        );
    })
    .await;
}
