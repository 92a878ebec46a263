//! Importing is an upsert by natural key.

use masthead::content::exchange::{Counts, ImportReport};
use masthead_entities::article_translation;
use sea_orm::{EntityTrait, QueryOrder};
use serde_json::json;
use support::TestApp;

use super::{
    SAMPLE, article, author, export, exported, import, import_with, issue, publication, topic,
    with, with_articles, words,
};

async fn translations(app: &TestApp) -> Vec<article_translation::Model> {
    article_translation::Entity::find()
        .order_by_asc(article_translation::Column::Id)
        .all(app.database().reader())
        .await
        .unwrap()
}

#[tokio::test]
async fn the_same_input_twice_changes_nothing() {
    TestApp::on_each_engine(async |app| {
        let first = app.import(SAMPLE).await.unwrap();
        let before = translations(app).await;
        app.clock().advance(chrono::Duration::hours(1));

        let second = app.import(SAMPLE).await.unwrap();

        assert_eq!(first.articles.created, 32);
        assert!(second.changed_nothing(), "{second}");
        assert_eq!(second.articles.unchanged, 32);
        assert_eq!(translations(app).await, before);
    })
    .await;
}

#[tokio::test]
async fn only_the_translation_that_differs_is_written() {
    TestApp::on_each_engine(async |app| {
        let both = with(article("ice", 1, 1), "/translations/be", words("lod"));
        import(app, &with_articles(std::slice::from_ref(&both)))
            .await
            .unwrap();
        let before = translations(app).await;
        app.clock().advance(chrono::Duration::hours(1));

        let changed = with(both, "/translations/be/title", json!("Лёд"));
        let report = import(app, &with_articles(&[changed])).await.unwrap();

        let after = translations(app).await;
        let (be, en) = (&after[0], &after[1]);
        assert_eq!(*en, before[1]);
        assert_eq!((be.version, be.updated_at), (2, app.clock().now()));
        assert_eq!(
            (be.title.as_str(), be.folded_title.as_str()),
            ("Лёд", "лёд")
        );
        assert_eq!(
            (report.articles.updated, report.translations.updated),
            (1, 1)
        );
    })
    .await;
}

#[tokio::test]
async fn what_the_input_does_not_name_stays() {
    TestApp::on_each_engine(async |app| {
        let both = with(article("ice", 1, 1), "/translations/be", words("lod"));
        import(app, &with_articles(&[both, article("rain", 1, 2)]))
            .await
            .unwrap();
        let before = export(app).await;

        let report = import(app, &[publication(), article("ice", 1, 1)])
            .await
            .unwrap();

        assert!(report.changed_nothing(), "{report}");
        assert_eq!(export(app).await, before);
    })
    .await;
}

#[tokio::test]
async fn an_absent_optional_field_means_none() {
    TestApp::on_each_engine(async |app| {
        let full = with(article("ice", 1, 1), "/trend", json!("IMPROVED"));
        let full = with(
            full,
            "/translations/en/publishedAt",
            json!("2021-03-01T00:00:00Z"),
        );
        import(app, &with_articles(&[full])).await.unwrap();

        import(app, &with_articles(&[article("ice", 1, 1)]))
            .await
            .unwrap();

        let record = exported(app, "ice").await;
        assert_eq!(record.get("trend"), None);
        assert_eq!(record.pointer("/translations/en/publishedAt"), None);
    })
    .await;
}

#[tokio::test]
async fn positions_can_change_hands_in_one_import() {
    TestApp::on_each_engine(async |app| {
        let (ice, rain) = (article("ice", 1, 1), article("rain", 1, 2));
        import(app, &with_articles(&[ice, rain])).await.unwrap();

        let (ice, rain) = (article("ice", 1, 2), article("rain", 1, 1));
        let report = import(app, &with_articles(&[ice, rain])).await.unwrap();

        assert_eq!(exported(app, "ice").await["position"], 2);
        assert_eq!(report.articles.updated, 2);
    })
    .await;
}

#[tokio::test]
async fn what_changes_hands_may_lie_far_apart() {
    TestApp::on_each_engine(async |app| {
        let count = 450;
        let articles: Vec<_> = (1..=count)
            .map(|place| article(&format!("article-{place}"), 1, place))
            .collect();
        import(app, &with_articles(&articles)).await.unwrap();

        let turned: Vec<_> = (1..=count)
            .map(|place| article(&format!("article-{place}"), 1, count + 1 - place))
            .collect();
        let report = import(app, &with_articles(&turned)).await.unwrap();

        assert_eq!(report.articles.updated, count as u64);
        assert_eq!(exported(app, "article-1").await["position"], count);
        let again = import(app, &with_articles(&turned)).await.unwrap();
        assert!(again.changed_nothing(), "{again}");
    })
    .await;
}

#[tokio::test]
async fn readers_see_a_translation_since_its_own_time_or_its_issues() {
    TestApp::on_each_engine(async |app| {
        let own = "2021-03-01T00:00:00Z";
        let late = with(
            article("late", 1, 2),
            "/translations/en/publishedAt",
            json!(own),
        );
        let draft = with(
            article("draft", 1, 3),
            "/translations/en/state",
            json!("DRAFT"),
        );
        import(app, &with_articles(&[article("ice", 1, 1), late, draft]))
            .await
            .unwrap();
        let public = async || -> Vec<Option<String>> {
            let rows = translations(app).await.into_iter();
            let times = rows.map(|row| row.public_at.map(|time| time.to_rfc3339()));
            times.collect()
        };
        let at_first = public().await;

        let moved = with(
            issue(1, "one"),
            "/publishedAt",
            json!("2021-02-20T09:00:00+03:00"),
        );
        import(app, &[publication(), moved]).await.unwrap();
        let republished = public().await;
        let mut withdrawn = issue(1, "one");
        withdrawn.as_object_mut().unwrap().remove("publishedAt");
        import(app, &[publication(), withdrawn]).await.unwrap();
        let unpublished = public().await;
        import(app, &[publication(), article("ice", 2, 1)])
            .await
            .unwrap();
        let elsewhere = public().await;

        let own = Some("2021-03-01T00:00:00+00:00".to_owned());
        let issues = Some("2021-02-15T09:00:00+00:00".to_owned());
        let later = Some("2021-02-20T06:00:00+00:00".to_owned());
        assert_eq!(at_first, [issues.clone(), own.clone(), None]);
        assert_eq!(republished, [later, own, None]);
        assert_eq!(unpublished, [None, None, None]);
        assert_eq!(elsewhere, [issues, None, None]);
    })
    .await;
}

#[tokio::test]
async fn an_article_moves_to_another_topic_with_all_its_translations() {
    TestApp::on_each_engine(async |app| {
        let both = with(article("ice", 1, 1), "/translations/be", words("lod"));
        import(app, &with_articles(&[both])).await.unwrap();

        let moved = with(article("ice", 1, 1), "/topic", json!("roads"));
        import(app, &[publication(), topic("roads"), moved])
            .await
            .unwrap();

        let topics: Vec<i64> = translations(app)
            .await
            .iter()
            .map(|row| row.topic_id)
            .collect();
        assert_eq!(topics[0], topics[1]);
        assert_eq!(exported(app, "ice").await["topic"], "roads");
    })
    .await;
}

#[tokio::test]
async fn a_byline_is_replaced_as_a_whole() {
    TestApp::on_each_engine(async |app| {
        let pair = with(article("ice", 1, 1), "/authors", json!(["anna", "boris"]));
        let mut records = with_articles(&[pair]);
        records.insert(1, author("boris"));
        import(app, &records).await.unwrap();

        let turned = with(article("ice", 1, 1), "/authors", json!(["boris", "anna"]));
        let report = import(app, &[publication(), turned]).await.unwrap();

        assert_eq!(
            exported(app, "ice").await["authors"],
            json!(["boris", "anna"])
        );
        assert_eq!(
            (report.articles.updated, report.translations.unchanged),
            (1, 1)
        );
    })
    .await;
}

#[tokio::test]
async fn the_locales_can_be_put_in_another_order() {
    TestApp::on_each_engine(async |app| {
        let both = with(article("ice", 1, 1), "/translations/be", words("lod"));
        import(app, &with_articles(&[both])).await.unwrap();

        let turned = with(publication(), "/locales", json!(["be", "ru", "en"]));
        let report = import(app, &[turned]).await.unwrap();

        let export = export(app).await;
        assert_eq!(report.publication.updated, 1);
        assert!(export.contains(r#""locales":["be","ru","en"]"#), "{export}");
        assert!(
            export.contains(r#""translations":{"be":{"slug":"lod""#),
            "{export}"
        );
    })
    .await;
}

#[tokio::test]
async fn the_given_time_of_the_last_change_is_kept() {
    TestApp::on_each_engine(async |app| {
        let time = json!("2020-01-02T03:04:05.678901234+01:00");
        let dated = with(article("ice", 1, 1), "/translations/en/updatedAt", time);

        import(app, &with_articles(&[dated])).await.unwrap();

        let record = exported(app, "ice").await;
        assert_eq!(
            record["translations"]["en"]["updatedAt"],
            "2020-01-02T02:04:05.678901Z"
        );
    })
    .await;
}

#[tokio::test]
async fn a_report_counts_each_kind() {
    TestApp::on_each_engine(async |app| {
        let report = import(app, &with_articles(&[article("ice", 1, 1)]))
            .await
            .unwrap();

        let created = |created| Counts {
            created,
            ..Counts::default()
        };
        let expected = ImportReport {
            publication: created(1),
            topics: created(1),
            authors: created(1),
            issues: created(2),
            articles: created(1),
            translations: created(5),
            ..ImportReport::default()
        };
        assert_eq!(report, expected);
        let unchanged = import_with(app, super::lines(&[publication()]), Default::default())
            .await
            .unwrap();
        insta::assert_snapshot!(unchanged, @"
                       created   updated unchanged   removed
        publication          0         0         1         0
        topics               0         0         0         0
        authors              0         0         0         0
        issues               0         0         0         0
        articles             0         0         0         0
        translations         0         0         0         0
        ");
    })
    .await;
}
