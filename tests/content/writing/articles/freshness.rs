//! A translation is outdated when the text of its original changed since.

use masthead::access::{Caller, Role};
use serde_json::{Value, json};
use support::seed::article;
use support::{TestApp, key, translator};

use super::{ALL, article_id, change, publish, which, with};

/// The freshness of each translation, as `caller` sees it, such as `en CURRENT`.
async fn freshness(app: &TestApp, caller: &Caller, states: &str, article: &Value) -> Vec<String> {
    let query = format!(
        "{{ article(by: {{id: {article}}}, {states} locales: [en, be, ru]) {{
            translations {{ locale freshness }} }} }}"
    );
    let answer = app.query_as(caller, &query).await;
    let translations = answer.at("/article/translations").as_array().unwrap();
    let text = |words: &Value| {
        let [locale, freshness] = ["locale", "freshness"].map(|name| words[name].as_str().unwrap());
        format!("{locale} {freshness}")
    };
    translations.iter().map(text).collect()
}

async fn retitle(app: &TestApp, id: &Value, (locale, version): (&str, i64), more: Value) {
    let input = with(which(id, locale, version), more);
    change(
        app,
        &key(Role::Publisher),
        "articleTranslationUpdate",
        input,
    )
    .await;
}

#[tokio::test]
async fn a_changed_original_makes_its_translations_outdated_until_they_follow() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice")).await;
        let id = article_id(app, "ice").await;
        let reader = Caller::Anonymous;

        retitle(app, &id, ("en", 1), json!({"title": "Thin ice"})).await;
        let outdated = freshness(app, &reader, "", &id).await;
        retitle(app, &id, ("be", 1), json!({"title": "Тонкі лёд"})).await;
        retitle(
            app,
            &id,
            ("ru", 1),
            json!({"title": "Лёд", "sourceVersion": 1}),
        )
        .await;
        let followed = freshness(app, &reader, "", &id).await;
        retitle(app, &id, ("ru", 2), json!({"sourceVersion": 2})).await;

        assert_eq!(outdated, ["en CURRENT", "be OUTDATED", "ru OUTDATED"]);
        assert_eq!(followed, ["en CURRENT", "be CURRENT", "ru OUTDATED"]);
        let all = freshness(app, &reader, "", &id).await;
        assert_eq!(all, ["en CURRENT", "be CURRENT", "ru CURRENT"]);
    })
    .await;
}

#[tokio::test]
async fn another_slug_or_state_of_the_original_makes_nothing_outdated() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice").draft("en")).await;
        let id = article_id(app, "ice").await;

        retitle(app, &id, ("en", 1), json!({"slug": "floes"})).await;
        publish(app, &id, "en", 2).await;

        let all = freshness(app, &Caller::Anonymous, "", &id).await;
        assert_eq!(all, ["en CURRENT", "be CURRENT", "ru CURRENT"]);
    })
    .await;
}

#[tokio::test]
async fn readers_are_not_told_of_an_original_that_they_do_not_see() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice").draft("en")).await;
        let id = article_id(app, "ice").await;
        let states = format!("{ALL},");

        retitle(app, &id, ("en", 1), json!({"title": "Thin ice"})).await;
        let readers = freshness(app, &Caller::Anonymous, "", &id).await;
        let translators = freshness(app, &translator(&["be"]), &states, &id).await;
        publish(app, &id, "en", 2).await;

        assert_eq!(readers, ["be CURRENT", "ru CURRENT"]);
        assert_eq!(translators, ["en CURRENT", "be OUTDATED", "ru OUTDATED"]);
        let published = freshness(app, &Caller::Anonymous, "", &id).await;
        assert_eq!(published, ["en CURRENT", "be OUTDATED", "ru OUTDATED"]);
    })
    .await;
}

#[tokio::test]
async fn all_count_as_made_from_another_original_as_it_is() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice")).await;
        let id = article_id(app, "ice").await;
        retitle(app, &id, ("en", 1), json!({"title": "Thin ice"})).await;

        let input = json!({"id": id, "expectedVersion": 1, "originalLocale": "be"});
        change(app, &key(Role::Editor), "articleUpdate", input).await;
        let before = freshness(app, &Caller::Anonymous, "", &id).await;
        retitle(app, &id, ("be", 1), json!({"title": "Тонкі лёд"})).await;

        assert_eq!(before, ["en CURRENT", "be CURRENT", "ru CURRENT"]);
        let after = freshness(app, &Caller::Anonymous, "", &id).await;
        assert_eq!(after, ["en OUTDATED", "be CURRENT", "ru OUTDATED"]);
    })
    .await;
}

#[tokio::test]
async fn translations_are_listed_by_their_freshness() {
    TestApp::on_each_engine(async |app| {
        app.seed([article("ice"), article("dam")]).await;
        let id = article_id(app, "ice").await;
        retitle(app, &id, ("en", 1), json!({"title": "Thin ice"})).await;
        let list = async |filter: &str| {
            let query = format!(
                "{{ translations(locales: [en, be, ru], filter: {{type: {{eq: ARTICLE}}, freshness: {filter}}},
                    orderBy: [{{field: LOCALE}}, {{field: SLUG}}]) {{ totalCount nodes {{ locale slug }} }} }}"
            );
            app.query(&query).await.at("/translations").clone()
        };

        let outdated = list("{eq: OUTDATED}").await;

        assert_eq!(
            outdated,
            json!({"totalCount": 2, "nodes": [{"locale": "be", "slug": "ice"}, {"locale": "ru", "slug": "ice"}]})
        );
        assert_eq!(list("{eq: CURRENT}").await["totalCount"], 4);
        assert_eq!(list("{in: [CURRENT, OUTDATED]}").await["totalCount"], 6);
        assert_eq!(list("{in: []}").await["totalCount"], 0);
    })
    .await;
}
