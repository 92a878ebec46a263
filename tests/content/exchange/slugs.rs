//! Slugs for what comes without one.

use std::collections::{BTreeMap, BTreeSet};
use std::slice::from_ref;

use masthead::content::exchange::ImportOptions;
use masthead::content::slug::slug_of;
use masthead_entities::former_slug;
use proptest::prelude::{any, prop_oneof, proptest};
use proptest::sample::select;
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use support::TestApp;

use super::{
    article, export, exported, faults, import, import_with, issue, lines, with, with_articles,
};

/// An article in English that names no slug.
fn titled(key: &str, position: i32, title: &str) -> Value {
    let mut article = article(key, 1, position);
    article["translations"]["en"] = json!({"title": title, "lead": "", "body": ""});
    article
}

/// Each article's slug in English, by key.
async fn slugs(app: &TestApp) -> BTreeMap<String, String> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let export = export(app).await;
    let records = export
        .lines()
        .map(|line| serde_json::from_str(line).unwrap());
    let articles = records.filter(|record: &Value| record["kind"] == "article");
    articles
        .map(|article| {
            (
                text(&article["key"]),
                text(&article["translations"]["en"]["slug"]),
            )
        })
        .collect()
}

async fn slug(app: &TestApp, key: &str) -> String {
    slugs(app).await.remove(key).unwrap()
}

#[tokio::test]
async fn a_new_translation_without_a_slug_gets_one_of_its_title() {
    TestApp::on_each_engine(async |app| {
        let both = with(
            titled("1-1", 1, "Ice, and wells"),
            "/translations/be",
            json!({"title": "Лёд і студні ў Магілёве", "lead": "", "body": ""}),
        );

        import(app, &with_articles(&[both])).await.unwrap();

        let translations = exported(app, "1-1").await["translations"].take();
        assert_eq!(translations["en"]["slug"], "ice-and-wells");
        assert_eq!(translations["be"]["slug"], "liod-i-studni-u-mahiliove");
    })
    .await;
}

#[tokio::test]
async fn a_stored_slug_stays_whatever_becomes_of_the_title() {
    TestApp::on_each_engine(async |app| {
        let first = with_articles(&[titled("a", 1, "Ice"), article("named", 1, 2)]);
        import(app, &first).await.unwrap();

        let again = import(app, &first).await.unwrap();
        let others = with_articles(&[titled("a", 1, "Snow"), titled("named", 2, "Rain")]);
        import(app, &others).await.unwrap();

        assert!(again.changed_nothing(), "{again}");
        assert_eq!(slug(app, "a").await, "ice");
        assert_eq!(slug(app, "named").await, "named");
        let former = former_slug::Entity::find().all(app.database().reader());
        assert_eq!(former.await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn slugs_of_one_title_are_told_apart_by_numbers() {
    TestApp::on_each_engine(async |app| {
        let named = |key: &str, position, slug: &str| {
            with(
                article(key, 1, position),
                "/translations/en/slug",
                json!(slug),
            )
        };
        import(
            app,
            &with_articles(&[named("old", 1, "ice-2"), named("gone", 2, "ice-4")]),
        )
        .await
        .unwrap();
        import(app, &with_articles(&[named("gone", 2, "snow")]))
            .await
            .unwrap();

        import(
            app,
            &with_articles(&[
                titled("a", 3, "Ice"),
                titled("b", 4, "ICE!"),
                titled("c", 5, "Ice?"),
                titled("d", 6, "Ice 2"),
                named("e", 7, "ice-3"),
            ]),
        )
        .await
        .unwrap();

        let slugs = slugs(app).await;
        assert_eq!(slugs["a"], "ice");
        // 2 is stored, 3 is named further down, 4 is what another one was
        // called.
        assert_eq!(slugs["b"], "ice-5");
        assert_eq!(slugs["c"], "ice-6");
        assert_eq!(slugs["d"], "ice-2-2");
    })
    .await;
}

#[tokio::test]
async fn a_slug_that_is_named_far_below_wins_over_one_that_was_made() {
    TestApp::on_each_engine(async |app| {
        let mut articles = vec![titled("first", 1, "Ice"), titled("second", 2, "Ice")];
        // More than are written at a time.
        let others = (3..500).map(|position| article(&format!("other-{position}"), 1, position));
        articles.extend(others);
        articles.push(with(
            article("last", 1, 500),
            "/translations/en/slug",
            json!("ice"),
        ));
        let records = with_articles(&articles);

        import(app, &records).await.unwrap();
        let again = import(app, &records).await.unwrap();

        let slugs = slugs(app).await;
        assert_eq!(slugs["last"], "ice");
        assert_eq!(slugs["second"], "ice-2");
        assert_eq!(slugs["first"], "ice-3");
        assert!(again.changed_nothing(), "{again}");
    })
    .await;
}

#[tokio::test]
async fn a_title_without_letters_takes_the_key_and_then_a_number() {
    TestApp::on_each_engine(async |app| {
        import(
            app,
            &with_articles(&[
                titled("1-1", 1, "?!"),
                titled("😀", 2, "…"),
                titled("🙂", 3, "😀"),
            ]),
        )
        .await
        .unwrap();

        let slugs: Vec<String> = slugs(app).await.into_values().collect();
        assert_eq!(slugs, ["1-1", "article-1", "article-2"]);
    })
    .await;
}

#[tokio::test]
async fn a_stored_slug_is_not_taken_from_who_keeps_it() {
    TestApp::on_each_engine(async |app| {
        import(app, &with_articles(&[article("ice", 1, 1)]))
            .await
            .unwrap();
        let before = export(app).await;
        let keeper = titled("ice", 1, "Snow");
        let taker = with(article("new", 1, 2), "/translations/en/slug", json!("ice"));
        let many: Vec<Value> = (3..300)
            .map(|place| article(&format!("o{place}"), 1, place))
            .collect();

        for input in [
            vec![keeper.clone(), taker.clone()],
            vec![taker.clone(), keeper.clone()],
            [from_ref(&taker), &many, from_ref(&keeper)].concat(),
            [from_ref(&keeper), &many, from_ref(&taker)].concat(),
        ] {
            for prune in [false, true] {
                let options = ImportOptions {
                    prune,
                    ..ImportOptions::default()
                };
                let error = import_with(app, lines(&with_articles(&input)), options).await;

                let told = error.unwrap_err().to_string();
                let fault = r#""ice" is the slug of article "ice" in "en", which keeps it"#;
                assert!(told.contains(fault), "{told}");
            }
        }
        assert_eq!(export(app).await, before);
    })
    .await;
}

#[tokio::test]
async fn an_issue_without_a_slug_is_known_by_its_week() {
    TestApp::on_each_engine(async |app| {
        let slugless = |number| {
            let mut issue = issue(number, "");
            issue.as_object_mut().unwrap().remove("slug");
            issue
        };
        let mut records = with_articles(&[]);
        records.extend([slugless(3), slugless(4)]);
        import(app, &records).await.unwrap();

        let again = import(app, &records).await.unwrap();
        records.push(issue(5, "2021-w06"));
        let keeps = faults(app, &records).await;
        let moved = with(slugless(3), "/startsOn", json!("2021-02-01"));
        let mut moved_records = with_articles(&[]);
        moved_records.push(moved);
        import(app, &moved_records).await.unwrap();

        assert!(again.changed_nothing(), "{again}");
        assert_eq!(
            keeps[0].problem,
            r#""2021-w06" is the slug of issue 3, which keeps it"#
        );
        let issues: Vec<Value> = export(app)
            .await
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .filter(|record: &Value| record["kind"] == "issue")
            .map(|mut issue| issue["slug"].take())
            .collect();
        assert_eq!(
            json!(issues),
            json!(["one", "two", "2021-w06", "2021-w06-2"])
        );
    })
    .await;
}

#[tokio::test]
async fn a_slug_of_an_issue_that_is_named_far_below_wins_over_one_that_was_made() {
    TestApp::on_each_engine(async |app| {
        let mut records = with_articles(&[]);
        let mut first = issue(3, "");
        first.as_object_mut().unwrap().remove("slug");
        records.push(first);
        records.extend((4..300).map(|number| issue(number, &format!("n{number}"))));
        records.push(issue(300, "2021-w06"));

        import(app, &records).await.unwrap();

        let answer = app
            .query(r#"{ a: issue(by: {slug: "2021-w06"}) { number } b: issue(by: {number: 3}) { slug } }"#)
            .await;
        assert_eq!(
            *answer.expect_data(),
            json!({"a": {"number": 300}, "b": {"slug": "2021-w06-2"}})
        );
    })
    .await;
}

#[tokio::test]
async fn any_mix_of_titles_and_slugs_comes_out_with_slugs_of_its_own() {
    let mut of_engines = Vec::new();
    let seen = std::sync::Mutex::new(&mut of_engines);
    TestApp::on_each_engine(async |app| {
        // Titles and slugs from so few that they meet all the time, over more
        // records than are written at once.
        let mut state = 7_u64;
        let mut next = |below: u64| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            (state >> 33) % below
        };
        let titles = [
            "Ice",
            "Ice 2",
            "ice-2-2",
            "Snow",
            "…",
            "Лёд",
            "Article",
            "Article 3",
        ];
        let named = [
            "ice",
            "ice-3",
            "snow-2",
            "article-2",
            "led",
            "liod",
            "ice-2",
            "article",
        ];
        let mut free: Vec<&str> = named.to_vec();
        let mut articles = Vec::new();
        for position in 1..=450 {
            let mut one = titled(&format!("k{position}"), position, titles[next(8) as usize]);
            if next(40) == 0 && !free.is_empty() {
                let slug = free.remove(next(free.len() as u64) as usize);
                one["translations"]["en"]["slug"] = json!(slug);
            }
            articles.push(one);
        }

        import(app, &with_articles(&articles)).await.unwrap();

        let slugs = slugs(app).await;
        let distinct: BTreeSet<&String> = slugs.values().collect();
        assert_eq!(distinct.len(), 450);
        for article in &articles {
            let words = &article["translations"]["en"];
            let slug = &slugs[article["key"].as_str().unwrap()];
            assert!(is_slug(slug), "{slug:?}");
            if let Some(named) = words["slug"].as_str() {
                assert_eq!(slug, named);
            }
        }
        seen.lock().unwrap().push(slugs);
    })
    .await;
    assert!(of_engines.windows(2).all(|two| two[0] == two[1]));
}

proptest! {
    #[test]
    fn whatever_the_title_a_slug_is_none_or_one_of_the_format(
        title in prop_oneof![any::<String>(), "[ёўі’А-я \u{300}-\u{303}\u{64b}ا.’/?#-]{0,120}"],
        locale in select(vec!["be", "ru", "en", "uk", "sr", "tr", "ar", "xx", ""]),
    ) {
        if let Some(slug) = slug_of(locale, &title) {
            assert!(is_slug(&slug), "{slug:?}");
            assert!(slug.chars().count() <= 80, "{slug:?}");
            assert_eq!(slug_of(locale, &title), Some(slug));
        }
    }
}

/// What the format says of a slug.
fn is_slug(slug: &str) -> bool {
    let unfit = |character: char| {
        character.is_whitespace() || character.is_control() || "/?#".contains(character)
    };
    !slug.is_empty() && slug != "." && slug != ".." && !slug.contains(unfit)
}
