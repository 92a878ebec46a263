//! What the audit log tells of an article.

use masthead::access::Role;
use masthead::audit::Actor;
use masthead_entities::audit_log;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use support::seed::{issue, topic};
use support::{TestApp, key, translator};

use super::{ARTICLE, change, id_of, publish, which, with};

/// The audit log of all but the command line, a text for each row.
async fn told(app: &TestApp) -> Vec<String> {
    let rows = audit_log::Entity::find()
        .filter(audit_log::Column::Actor.ne(Actor::COMMAND_LINE))
        .order_by_asc(audit_log::Column::Id)
        .all(app.database().reader())
        .await
        .unwrap();
    let version = |version: Option<i32>| version.map_or("-".to_owned(), |one| one.to_string());
    rows.into_iter()
        .map(|row| {
            let words = [
                row.actor,
                row.operation.replace("articleTranslation", "…"),
                row.name.unwrap_or_default(),
                row.locale.unwrap_or_else(|| "-".to_owned()),
                format!("{}→{}", version(row.from_version), version(row.to_version)),
                row.note.unwrap_or_default(),
            ];
            words.join(" ").trim_end().to_owned()
        })
        .collect()
}

async fn made(app: &TestApp) -> Value {
    app.seed(issue(7)).await;
    app.seed(topic("water")).await;
    let water = app.query("{ topic(by: {slug: \"water\"}) { id } }").await;
    let input = json!({
        "issue": id_of(app, "issue(by: {number: 7}").await,
        "topic": water.at("/topic/id"),
        "authors": [],
        "originalLocale": "en",
        "translations": [{"locale": "en", "title": "Ice"}],
    });
    change(app, &key(Role::Editor), "articleCreate", input).await["id"].clone()
}

#[tokio::test]
async fn the_whole_life_of_an_article_is_told() {
    TestApp::on_each_engine(async |app| {
        let id = made(app).await;
        let (editor, publisher) = (key(Role::Editor), key(Role::Publisher));
        let translator = translator(&["be"]);

        let input = json!({"article": id, "locale": "be", "title": "Лёд"});
        change(app, &translator, "articleTranslationCreate", input).await;
        change(
            app,
            &translator,
            "articleTranslationSubmit",
            which(&id, "be", 1),
        )
        .await;
        let back = with(which(&id, "be", 2), json!({"note": "Коратка."}));
        change(app, &editor, "articleTranslationSendBack", back).await;
        let longer = with(which(&id, "be", 3), json!({"title": "Тонкі лёд"}));
        change(app, &translator, "articleTranslationUpdate", longer).await;
        publish(app, &id, "be", 4).await;
        change(
            app,
            &publisher,
            "articleTranslationUnpublish",
            which(&id, "be", 7),
        )
        .await;
        change(
            app,
            &translator,
            "articleTranslationDelete",
            which(&id, "be", 8),
        )
        .await;
        let facts = json!({"id": id, "expectedVersion": 1, "position": 3});
        change(app, &editor, "articleUpdate", facts).await;
        let stale = which(&id, "en", 9);
        app.mutate_as(&editor, "articleTranslationSubmit", stale, ARTICLE)
            .await;
        let input = json!({"id": id, "expectedVersion": 2});
        app.mutate_as(&editor, "articleDelete", input, "deleted")
            .await;

        assert_eq!(
            told(app).await,
            [
                "editor articleCreate 7-1 - -→1",
                "editor articleCreate 7-1 en -→1",
                "translator …Create 7-1 be -→1",
                "translator …Submit 7-1 be 1→2",
                "editor …SendBack 7-1 be 2→3 Коратка.",
                "translator …Update 7-1 be 3→4",
                "publisher …Submit 7-1 be 4→5",
                "publisher …Approve 7-1 be 5→6",
                "publisher …Publish 7-1 be 6→7",
                "publisher …Unpublish 7-1 be 7→8",
                "translator …Delete 7-1 be 8→-",
                "editor articleUpdate 7-1 - 1→2",
                "editor articleDelete 7-1 - 2→-",
            ]
        );
    })
    .await;
}
