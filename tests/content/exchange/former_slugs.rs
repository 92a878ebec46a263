//! Slugs that things left: they go on leading there, and nobody else gets one.

use masthead::content::exchange::ImportOptions;
use masthead_entities::{author, former_slug, topic};
use sea_orm::{ConnectionTrait, EntityTrait, QueryOrder};
use serde_json::{Value, json};
use support::TestApp;

use super::{
    article, export, exported, faults, import, import_with, issue, lines, publication, with,
    with_articles,
};

/// An article with this slug in English.
fn named(key: &str, position: i32, slug: &str) -> Value {
    let article = article(key, 1, position);
    with(article, "/translations/en/slug", json!(slug))
}

async fn former_slugs(app: &TestApp) -> Vec<String> {
    former_slug::Entity::find()
        .order_by_asc(former_slug::Column::Slug)
        .all(app.database().reader())
        .await
        .unwrap()
        .into_iter()
        .map(|former| former.slug)
        .collect()
}

/// The faults of an import, each with its line.
async fn told(app: &TestApp, records: &[Value]) -> Vec<String> {
    let faults = faults(app, records).await;
    faults.iter().map(ToString::to_string).collect()
}

#[tokio::test]
async fn a_slug_that_was_left_is_kept_until_the_same_thing_takes_it_back() {
    TestApp::on_each_engine(async |app| {
        import(app, &with_articles(&[named("ice", 1, "ice")]))
            .await
            .unwrap();
        let renamed = [publication(), issue(1, "first"), named("ice", 1, "frost")];
        import(app, &renamed).await.unwrap();
        let kept = former_slugs(app).await;

        let back = [publication(), issue(1, "one"), named("ice", 1, "ice")];
        import(app, &back).await.unwrap();

        assert_eq!(kept, ["ice", "one"]);
        assert_eq!(former_slugs(app).await, ["first", "frost"]);
    })
    .await;
}

#[tokio::test]
async fn a_slug_that_another_article_had_is_refused() {
    TestApp::on_each_engine(async |app| {
        import(app, &with_articles(&[named("ice", 1, "ice")]))
            .await
            .unwrap();
        import(app, &with_articles(&[named("ice", 1, "frost")]))
            .await
            .unwrap();
        let before = export(app).await;

        let newcomer = [publication(), named("new", 2, "ice")];
        let in_belarusian = with(
            named("new", 2, "new"),
            "/translations/be",
            json!({"slug": "ice", "title": "Лёд", "lead": "", "body": ""}),
        );

        assert_eq!(
            told(app, &newcomer).await,
            [r#"line 2, article "new", translations.en.slug: "ice" was the slug of article "ice" in "en", and goes on leading to it"#]
        );
        assert_eq!(export(app).await, before);
        import(app, &[publication(), in_belarusian]).await.unwrap();
        assert_eq!(exported(app, "new").await["translations"]["be"]["slug"], "ice");
    })
    .await;
}

#[tokio::test]
async fn slugs_that_change_hands_in_one_import_are_refused_in_any_order() {
    TestApp::on_each_engine(async |app| {
        let many: Vec<Value> = (3..300)
            .map(|place| article(&format!("o{place}"), 1, place))
            .collect();
        let stored = [vec![named("a", 1, "a"), named("b", 2, "b")], many.clone()].concat();
        import(app, &with_articles(&stored)).await.unwrap();
        let before = export(app).await;

        let renamed = [named("a", 1, "c")];
        let taker = [named("b", 2, "a")];
        for input in [
            [&renamed[..], &taker].concat(),
            [&taker[..], &renamed].concat(),
            [&renamed[..], &many, &taker].concat(),
            [&taker[..], &many, &renamed].concat(),
        ] {
            let told = told(app, &with_articles(&input)).await;

            assert_eq!(told.len(), 1, "{told:?}");
            let fault = r#"article "b", translations.en.slug: "a" was the slug of article "a" in "en", and goes on leading to it"#;
            assert!(told[0].ends_with(fault), "{told:?}");
        }
        let swapped = [named("a", 1, "b"), named("b", 2, "a")];
        assert_eq!(told(app, &with_articles(&swapped)).await.len(), 2);
        assert_eq!(export(app).await, before);
    })
    .await;
}

#[tokio::test]
async fn slugs_of_issues_that_change_hands_are_refused() {
    TestApp::on_each_engine(async |app| {
        import(app, &with_articles(&[])).await.unwrap();
        let before = export(app).await;

        let swapped = [publication(), issue(1, "two"), issue(2, "one")];
        let swapped = told(app, &swapped).await;
        let renamed = [publication(), issue(1, "first")];
        import(app, &renamed).await.unwrap();
        let taken = told(app, &[publication(), issue(2, "one")]).await;

        assert_eq!(
            swapped,
            [
                r#"line 2, issue 1, slug: "two" was the slug of issue 2, and goes on leading to it"#,
                r#"line 3, issue 2, slug: "one" was the slug of issue 1, and goes on leading to it"#,
            ]
        );
        assert_eq!(
            taken,
            [r#"line 2, issue 2, slug: "one" was the slug of issue 1, and goes on leading to it"#]
        );
        assert_ne!(export(app).await, before);
    })
    .await;
}

#[tokio::test]
async fn a_new_topic_or_author_gets_no_slug_that_another_had() {
    TestApp::on_each_engine(async |app| {
        import(app, &with_articles(&[article("ice", 1, 1)]))
            .await
            .unwrap();
        let db = app.database().writer();
        let topic = topic::Entity::find().one(db).await.unwrap().unwrap();
        let author = author::Entity::find().one(db).await.unwrap().unwrap();
        for (table, owner, id) in [("topics", "topic_id", topic.id), ("authors", "author_id", author.id)] {
            for sql in [
                format!("UPDATE {table} SET slug = 'now' WHERE id = {id}"),
                format!("INSERT INTO former_slugs (slug, {owner}) VALUES ('then', {id})"),
            ] {
                db.execute_unprepared(&sql).await.unwrap();
            }
        }

        let newcomers = [
            publication(),
            json!({"kind": "topic", "slug": "then", "position": 9,
                "translations": {"en": {"name": "Then", "description": ""}}}),
            json!({"kind": "author", "slug": "then",
                "translations": {"en": {"name": "Then", "bio": ""}}}),
        ];

        assert_eq!(
            told(app, &newcomers).await,
            [
                r#"line 2, topic "then", slug: "then" was the slug of topic "now", and goes on leading to it"#,
                r#"line 3, author "then", slug: "then" was the slug of author "now", and goes on leading to it"#,
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn slugs_of_what_an_import_removes_are_free() {
    TestApp::on_each_engine(async |app| {
        let stored = [named("ice", 1, "ice"), named("rain", 2, "rain")];
        import(app, &with_articles(&stored)).await.unwrap();
        let renamed = [named("ice", 1, "frost"), named("rain", 2, "rain")];
        import(app, &with_articles(&renamed)).await.unwrap();

        let newcomers = [
            named("a", 1, "ice"),
            named("b", 2, "frost"),
            named("c", 3, "rain"),
        ];
        let options = ImportOptions {
            prune: true,
            ..ImportOptions::default()
        };
        import_with(app, lines(&with_articles(&newcomers)), options)
            .await
            .unwrap();

        assert_eq!(
            exported(app, "a").await["translations"]["en"]["slug"],
            "ice"
        );
        assert_eq!(
            exported(app, "b").await["translations"]["en"]["slug"],
            "frost"
        );
        assert_eq!(former_slugs(app).await, Vec::<String>::new());
    })
    .await;
}
