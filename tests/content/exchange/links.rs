//! Links of bodies that lead to no article are told, and refuse nothing.

use insta::assert_snapshot;
use masthead::content::exchange::{ImportOptions, ImportReport};
use serde_json::{Value, json};
use support::TestApp;

use super::{article, import, import_with, lines, with, with_articles};

fn linking(key: &str, position: i32, body: &str) -> Value {
    let article = article(key, 1, position);
    with(article, "/translations/en/body", json!(body))
}

fn told(report: &ImportReport) -> String {
    let warnings = report.warnings.shown().iter();
    warnings
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("\n")
}

#[tokio::test]
async fn links_that_lead_nowhere_are_told_by_line() {
    TestApp::on_each_engine(async |app| {
        let input = with_articles(&[
            linking(
                "ice",
                1,
                "[a](article:wells) [b](article:nothing#x) [c](article:ice) [d](article:nothing)",
            ),
            linking(
                "wells",
                2,
                "[a](<article:no such>) [b](https://example.org) `[c](article:code)`",
            ),
            linking(
                "rain",
                3,
                "No [link] article: at all.\n\n[r]\n\n[r]: &#97;rticle:%D1%91",
            ),
        ]);

        let report = import(app, &input).await.unwrap();

        assert_snapshot!(told(&report), @r#"
        line 6, article ice, en: there is no article "nothing" to link to
        line 7, article wells, en: there is no article "no such" to link to
        line 8, article rain, en: there is no article "ё" to link to
        "#);
        assert_eq!(report.warnings.count(), 3);
        assert_eq!(report.articles.created, 3);
        assert!(
            report.to_string().ends_with(
                "\n\n3 links lead to no article\n  \
            line 6, article ice, en: there is no article \"nothing\" to link to\n  \
            line 7, article wells, en: there is no article \"no such\" to link to\n  \
            line 8, article rain, en: there is no article \"ё\" to link to"
            ),
            "{report}"
        );
    })
    .await;
}

#[tokio::test]
async fn the_same_input_is_warned_of_again() {
    TestApp::on_each_engine(async |app| {
        let input = with_articles(&[linking("ice", 1, "[a](article:nothing)")]);

        let first = import(app, &input).await.unwrap();
        let second = import(app, &input).await.unwrap();

        assert!(second.changed_nothing());
        assert_eq!(first.warnings, second.warnings);
        assert!(
            second
                .to_string()
                .contains("\n\n1 link leads to no article\n")
        );
    })
    .await;
}

#[tokio::test]
async fn what_a_prune_removes_is_no_target() {
    TestApp::on_each_engine(async |app| {
        let both = with_articles(&[
            linking("ice", 1, "[a](article:wells)"),
            article("wells", 1, 2),
        ]);
        let one = with_articles(&[linking("ice", 1, "[a](article:wells)")]);
        let prune = || ImportOptions {
            prune: true,
            ..ImportOptions::default()
        };

        let kept = import_with(app, lines(&both), prune()).await.unwrap();
        let unpruned = import(app, &one).await.unwrap();
        let pruned = import_with(app, lines(&one), prune()).await.unwrap();

        assert_eq!((kept.warnings.count(), unpruned.warnings.count()), (0, 0));
        assert_eq!(
            told(&pruned),
            "line 6, article ice, en: there is no article \"wells\" to link to"
        );
    })
    .await;
}

#[tokio::test]
async fn a_hundred_are_shown_and_all_are_counted() {
    TestApp::on_each_engine(async |app| {
        // More than are remembered; every other target comes later.
        let articles: Vec<Value> = (0..500)
            .map(|place| {
                let body = format!(
                    "[a](article:no-{place}) [b](article:nor-{place}) [c](article:k{})",
                    499 - place
                );
                linking(&format!("k{place}"), place + 1, &body)
            })
            .collect();

        let report = import(app, &with_articles(&articles)).await.unwrap();

        assert_eq!(report.warnings.count(), 1000);
        assert_eq!(report.warnings.shown().len(), 100);
        assert_eq!(report.warnings.shown()[99].target, "nor-49");
        assert!(report.to_string().ends_with("\n  and 900 more"));
    })
    .await;
}
