//! Tags with a script, a region or a variant, and languages that run from
//! right to left, all the way through.

use masthead::content::publication::{
    LocaleError, NewLocale, add_locale, locales, make_default, remove_locale,
};
use serde_json::{Value, json};
use support::TestApp;
use support::seed::{Content, article, publication};

use crate::content::exchange::export;

const TAGS: [&str; 6] = ["ar", "he", "az-Arab", "sr-Latn", "be-tarask", "en-u-kn"];

#[tokio::test]
async fn every_tag_passes_through_import_arguments_header_and_export() {
    TestApp::on_each_engine(async |app| {
        app.seed(Content::from(publication().locales(TAGS)).with(article("ice")))
            .await;

        for tag in TAGS {
            let title = json!([{"title": format!("ice {tag}"), "locale": tag}]);
            let by_argument = format!(
                "{{ articles(locales: [\"{}\"]) {{ nodes {{ title locale }} }} }}",
                tag.to_uppercase()
            );
            let asked = app.query(&by_argument).await;
            assert_eq!(*asked.at("/articles/nodes"), title);

            let header = format!("xx, {}-x-phone;q=0.8", tag.to_lowercase());
            let preferred = app
                .query_in(&header, "{ articles { nodes { title locale } } }")
                .await;
            assert_eq!(*preferred.at("/articles/nodes"), title, "{header}");
        }
        let first = export(app).await;
        assert!(
            first.contains(r#""locales":["ar","he","az-Arab","sr-Latn","be-tarask","en-u-kn"]"#)
        );
        assert!(app.import(&first).await.unwrap().changed_nothing());
    })
    .await;
}

#[tokio::test]
async fn everything_tells_its_script_beside_its_direction() {
    TestApp::on_each_engine(async |app| {
        let content = article("ice").topic("water").by(["anna"]);
        app.seed(Content::from(publication().locales(TAGS)).with(content))
            .await;

        for (tag, script, direction) in [
            ("ar", "Arab", "RTL"),
            ("he", "Hebr", "RTL"),
            ("az-Arab", "Arab", "RTL"),
            ("sr-Latn", "Latn", "LTR"),
            ("be-tarask", "Cyrl", "LTR"),
            ("en-u-kn", "Latn", "LTR"),
        ] {
            let answer = app
                .query(&format!(
                    r#"{{ article(by: {{slug: "ice"}}, locales: ["{tag}"]) {{ ...words
                        issue {{ script direction }} topic {{ script direction }}
                        authors {{ script direction }} translations {{ locale script direction }} }}
                       publication(locales: ["{tag}"]) {{ script direction
                        locales {{ tag script direction }} }} }}
                       fragment words on Article {{ script direction }}"#
                ))
                .await;

            let written = json!({"script": script, "direction": direction});
            let article = answer.at("/article");
            for part in [&article["issue"], &article["topic"], &article["authors"][0]] {
                assert_eq!(*part, written, "{tag}");
            }
            let publication = answer.at("/publication");
            let listed = |list: &Value, name: &str| {
                let mut found = list
                    .as_array()
                    .unwrap()
                    .iter()
                    .filter(|each| each[name] == tag);
                let found = found.next().unwrap().clone();
                json!({"script": found["script"], "direction": found["direction"]})
            };
            assert_eq!(listed(&article["translations"], "locale"), written);
            assert_eq!(listed(&publication["locales"], "tag"), written);
            for whole in [article, publication] {
                assert_eq!(
                    json!([whole["script"], whole["direction"]]),
                    json!([script, direction])
                );
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_locale_comes_and_goes_without_a_migration() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice")).await;
        let database = app.database();
        let lithuanian = || NewLocale {
            tag: "LT".to_owned(),
            name: Some("Savaitė".to_owned()),
            place: Some(1),
            ..NewLocale::default()
        };

        let added = add_locale(database, app.clock(), lithuanian())
            .await
            .unwrap();
        let twice = add_locale(database, app.clock(), lithuanian()).await;
        let chosen = make_default(database, app.clock(), "lt").await.unwrap();
        let default = remove_locale(database, app.clock(), "lt").await;
        let used = remove_locale(database, app.clock(), "ru").await;
        make_default(database, app.clock(), "en").await.unwrap();
        remove_locale(database, app.clock(), "lt").await.unwrap();

        let tags: Vec<&str> = added.iter().map(|locale| locale.tag.as_str()).collect();
        assert_eq!(tags, ["lt", "en", "be", "ru"]);
        assert!(matches!(twice, Err(LocaleError::Known(_))));
        assert_eq!(chosen, "lt");
        assert!(matches!(default, Err(LocaleError::Default(_))));
        let told = used.unwrap_err().to_string();
        assert!(
            told.starts_with("there is content in ru: articles (1), issues (1), topics (1);"),
            "{told}"
        );
        let left = locales(database).await.unwrap();
        assert_eq!(left.len(), 3);
        assert!(left[0].is_default && left[0].tag == "en");
    })
    .await;
}
