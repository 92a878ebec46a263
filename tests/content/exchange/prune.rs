//! `prune` removes what the input does not name.

use masthead::content::exchange::{ImportError, ImportOptions, ImportReport};
use serde_json::{Value, json};
use support::TestApp;

use super::{
    article, author, export, exported, faults, import, import_with, issue, lines, publication,
    topic, with, with_articles, words,
};

async fn prune(app: &TestApp, records: &[Value]) -> Result<ImportReport, ImportError> {
    let options = ImportOptions {
        prune: true,
        ..ImportOptions::default()
    };
    import_with(app, lines(records), options).await
}

#[tokio::test]
async fn pruning_leaves_what_the_input_names_and_nothing_else() {
    TestApp::on_each_engine(async |app| {
        let both = with(article("ice", 1, 1), "/translations/be", words("lod"));
        let mut all = with_articles(&[both, article("rain", 2, 1)]);
        all.extend([topic("roads"), author("boris")]);
        import(app, &all).await.unwrap();

        let rest = [
            publication(),
            topic("water"),
            author("anna"),
            issue(1, "one"),
            article("ice", 1, 1),
        ];
        let report = prune(app, &rest).await.unwrap();

        let export = export(app).await;
        assert_eq!(export.lines().count(), rest.len());
        assert_eq!((report.topics.removed, report.authors.removed), (1, 1));
        assert_eq!((report.issues.removed, report.articles.removed), (1, 1));
        // Of the topic, the author, the issue, the article; and `be` of ice.
        assert_eq!(report.translations.removed, 5);
        assert!(prune(app, &rest).await.unwrap().changed_nothing());
    })
    .await;
}

#[tokio::test]
async fn what_is_pruned_makes_room_for_what_is_not() {
    TestApp::on_each_engine(async |app| {
        import(app, &with_articles(&[article("ice", 1, 1)]))
            .await
            .unwrap();

        let heir = with(article("heir", 1, 1), "/translations/en/slug", json!("ice"));
        prune(app, &with_articles(&[heir])).await.unwrap();

        assert_eq!(
            exported(app, "heir").await["translations"]["en"]["slug"],
            "ice"
        );
    })
    .await;
}

#[tokio::test]
async fn a_locale_in_use_goes_only_by_pruning() {
    TestApp::on_each_engine(async |app| {
        let both = with(article("ice", 1, 1), "/translations/be", words("lod"));
        import(app, &with_articles(&[both])).await.unwrap();
        let mut rest = with_articles(&[article("ice", 1, 1)]);
        rest[0] = with(publication(), "/locales", json!(["en"]));

        let refused = faults(app, &rest).await;
        prune(app, &rest).await.unwrap();

        insta::assert_snapshot!(refused[0], @r#"line 1, publication, locales: "be" is missing, and there are translations in it; keep it, or prune what the input does not name"#);
        assert_eq!(refused.len(), 1);
        assert!(export(app).await.contains(r#""locales":["en"]"#));
    })
    .await;
}

#[tokio::test]
async fn a_locale_that_nothing_uses_goes_without_pruning() {
    TestApp::on_each_engine(async |app| {
        import(app, &with_articles(&[article("ice", 1, 1)]))
            .await
            .unwrap();

        let fewer = with(publication(), "/locales", json!(["en"]));
        import(app, &[fewer]).await.unwrap();

        assert!(export(app).await.contains(r#""locales":["en"]"#));
    })
    .await;
}

#[tokio::test]
async fn a_pruning_input_must_name_what_it_refers_to() {
    TestApp::on_each_engine(async |app| {
        import(app, &with_articles(&[article("ice", 1, 1)])).await.unwrap();

        let without_author = [publication(), topic("water"), issue(1, "one"), article("ice", 1, 1)];
        let error = prune(app, &without_author).await.unwrap_err();

        insta::assert_snapshot!(error, @r#"
        1 fault in 1 line of the input; nothing was applied
          line 4, article "ice", authors: author "anna" is not in the input, and would be removed with the rest
        "#);
    })
    .await;
}
