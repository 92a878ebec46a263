//! What words were at each of their versions.

mod difference;
mod import;
mod life;
mod named;
mod reading;
mod restore;

use masthead::access::{Caller, Role};
use serde_json::{Value, json};
use support::{Answer, TestApp, key};

/// The id of an article, whatever its state.
async fn article_id(app: &TestApp, slug: &str) -> Value {
    let query = format!(
        "{{ article(by: {{slug: {slug:?}}}, states: [DRAFT, IN_REVIEW, PUBLISHED],
            locales: [en, be, ru]) {{ id }} }}"
    );
    let answer = app.query_as(&key(Role::Admin), &query).await;
    answer.at("/article/id").clone()
}

/// Ask of the words of an article in a locale, whatever their state.
async fn ask(app: &TestApp, caller: &Caller, article: &Value, locale: &str, what: &str) -> Answer {
    let query = format!(
        "{{ translations(first: 1, states: [DRAFT, IN_REVIEW, PUBLISHED], locales: [{locale}],
            filter: {{parent: {{eq: {article}}}}}) {{ nodes {{ ... on ArticleTranslation {{ {what} }} }} }} }}"
    );
    app.query_as(caller, &query).await
}

/// The revisions of the words of an article in a locale, the newest first.
async fn revisions(app: &TestApp, article: &Value, locale: &str, what: &str) -> Vec<Value> {
    let what = format!("revisions(first: 100) {{ nodes {{ {what} }} }}");
    let answer = ask(app, &key(Role::Translator), article, locale, &what).await;
    let nodes = answer.at("/translations/nodes/0/revisions/nodes");
    nodes.as_array().unwrap().clone()
}

/// The words of an article in a locale, at a version, and what else an input
/// says.
fn which(article: &Value, locale: &str, version: i64, mut more: Value) -> Value {
    more["article"] = article.clone();
    more["locale"] = locale.into();
    more["expectedVersion"] = version.into();
    more
}

/// What is wrong with a change, such as `TAKEN slug`; nothing: it was done.
async fn change(app: &TestApp, caller: &Caller, name: &str, input: Value) -> Vec<String> {
    let selection = "userErrors { code field }";
    let answer = app.mutate_as(caller, name, input, selection).await;
    let errors = answer.at(&format!("/{name}/userErrors")).as_array();
    let error = |error: &Value| {
        let field = error["field"].as_array().unwrap().iter();
        let field: Vec<&str> = field.map(|part| part.as_str().unwrap()).collect();
        format!("{} {}", error["code"].as_str().unwrap(), field.join("."))
    };
    errors.unwrap().iter().map(error).collect()
}

/// Make a change that is not refused.
#[track_caller]
fn is_done(errors: &[String]) {
    assert_eq!(errors, [] as [&str; 0]);
}

/// Give the words of an article another title.
async fn retitle(app: &TestApp, article: &Value, (locale, version): (&str, i64), title: &str) {
    let input = which(article, locale, version, json!({"title": title}));
    is_done(
        &change(
            app,
            &key(Role::Publisher),
            "articleTranslationUpdate",
            input,
        )
        .await,
    );
}

/// How many rows of the table there are.
async fn rows(app: &TestApp) -> u64 {
    use masthead_entities::revision::Entity;
    use sea_orm::{EntityTrait as _, PaginatorTrait as _};
    Entity::find().count(app.database().reader()).await.unwrap()
}
