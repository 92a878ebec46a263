//! What each write tells.

use masthead::change_log::Position;
use masthead::content::exchange::{self, ImportOptions};
use masthead::content::publication::{NewLocale, add_locale, make_default, remove_locale};
use sea_orm::ConnectionTrait;
use support::TestApp;
use support::seed::{Article, Content, Trend, article, author, issue, publication, topic};

use super::{entries, position, told};

#[tokio::test]
async fn what_is_published_is_told_in_the_order_in_which_it_refers() {
    TestApp::on_each_engine(async |app| {
        app.seed(ice().by(["anna"]).only_in(["en", "be"]).draft("be"))
            .await;

        assert_eq!(
            told(app, Position::START).await,
            [
                "PUBLISHED PUBLICATION",
                "PUBLISHED TOPIC general be",
                "PUBLISHED TOPIC general en",
                "PUBLISHED TOPIC general ru",
                "PUBLISHED AUTHOR anna be",
                "PUBLISHED AUTHOR anna en",
                "PUBLISHED AUTHOR anna ru",
                "PUBLISHED ISSUE 1 be",
                "PUBLISHED ISSUE 1 en",
                "PUBLISHED ISSUE 1 ru",
                "PUBLISHED ARTICLE ice en",
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn a_change_of_facts_is_told_in_each_locale_and_one_of_words_in_its_own() {
    TestApp::on_each_engine(async |app| {
        app.seed(issue(1).with(ice().by(["anna"]))).await;
        app.seed([topic("general"), topic("water")]).await;
        app.seed(author("boris")).await;

        for (change, expected) in [
            (ice().by(["boris"]), &["be", "en", "ru"][..]),
            (
                ice().by(["boris"]).trend(Trend::Improved),
                &["be", "en", "ru"],
            ),
            (ice().by(["boris"]).topic("water"), &["be", "en", "ru"]),
            (
                ice().by(["boris"]).topic("water").position(7),
                &["be", "en", "ru"],
            ),
            (with_a_title(), &["en"]),
            (with_a_title().slug("ru", "lyod"), &["ru"]),
            (
                with_a_title().slug("ru", "lyod").published_at(LATER),
                &["be", "en", "ru"],
            ),
        ] {
            let before = position(app).await;

            app.seed(change).await;

            let expected = expected
                .iter()
                .map(|locale| format!("UPDATED ARTICLE ice {locale}"));
            assert_eq!(told(app, before).await, expected.collect::<Vec<_>>());
        }
    })
    .await;
}

#[tokio::test]
async fn an_issue_takes_its_articles_along() {
    TestApp::on_each_engine(async |app| {
        app.seed(issue(1).only_in(["en"]).with(ice().only_in(["en"])))
            .await;
        let before = position(app).await;

        app.seed(issue(1).only_in(["en"]).published_at(LATER)).await;
        app.seed(issue(1).only_in(["en"]).unpublished()).await;
        app.seed(issue(1).only_in(["en"]).slug("one").unpublished())
            .await;
        app.seed(issue(1).only_in(["en"]).slug("one")).await;

        assert_eq!(
            told(app, before).await,
            [
                "UPDATED ISSUE 1 en",
                "UPDATED ARTICLE ice en",
                "UNPUBLISHED ISSUE 1 en",
                "UNPUBLISHED ARTICLE ice en",
                "PUBLISHED ISSUE 1 en",
                "PUBLISHED ARTICLE ice en",
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn what_was_removed_is_told_as_it_was() {
    TestApp::on_each_engine(async |app| {
        let ice = ice().only_in(["en"]).slug("en", "thin-ice").topic("water");
        app.seed(issue(1).only_in(["en"]).with(ice)).await;
        let published = entries(app, Position::START).await.pop().unwrap();
        let rest = Content::from(issue(1).only_in(["en"])).with(topic("water"));
        let input = std::io::Cursor::new(rest.to_string().into_bytes());
        let options = ImportOptions {
            prune: true,
            ..ImportOptions::default()
        };

        let import = exchange::import(app.database(), app.clock(), input, options);
        import.await.unwrap();

        let vanished = entries(app, published.position).await.remove(0).told;
        assert_eq!(super::text_of(&vanished), "UNPUBLISHED ARTICLE ice en");
        assert_eq!(vanished.slug.as_deref(), Some("thin-ice"));
        assert_eq!(vanished.issue_id, published.told.issue_id);
        assert_eq!(vanished.topic_id, published.told.topic_id);
        assert!(vanished.topic_id.is_some());
    })
    .await;
}

#[tokio::test]
async fn one_correction_more_is_told_as_such() {
    TestApp::on_each_engine(async |app| {
        app.seed(ice().only_in(["en"])).await;
        let before = position(app).await;
        let fewer = "UPDATE visible_words SET corrections = -1 WHERE thing = 'ARTICLE'";
        app.database()
            .writer()
            .execute_unprepared(fewer)
            .await
            .unwrap();

        app.seed(ice().only_in(["en"]).lead("en", "Corrected"))
            .await;

        assert_eq!(told(app, before).await, ["CORRECTED ARTICLE ice en"]);
    })
    .await;
}

#[tokio::test]
async fn the_locales_of_the_publication_are_a_change_of_it() {
    TestApp::on_each_engine(async |app| {
        app.seed(publication()).await;
        let (database, clock) = (app.database(), app.clock());
        let before = position(app).await;
        let ar = NewLocale {
            tag: "ar".to_owned(),
            ..NewLocale::default()
        };

        add_locale(database, clock, ar).await.unwrap();
        make_default(database, clock, "ar").await.unwrap();
        // It is the default already.
        make_default(database, clock, "ar").await.unwrap();
        make_default(database, clock, "en").await.unwrap();
        remove_locale(database, clock, "ar").await.unwrap();
        app.seed(publication().time_zone("Europe/Vilnius")).await;

        assert_eq!(told(app, before).await, ["UPDATED PUBLICATION"; 5]);
    })
    .await;
}

#[tokio::test]
async fn an_import_that_changes_nothing_or_is_refused_tells_nothing() {
    TestApp::on_each_engine(async |app| {
        app.seed(ice()).await;
        let before = position(app).await;

        app.seed(ice()).await;
        let refused = app.import(r#"{"kind": "topic", "slug": "water"}"#).await;

        assert!(refused.is_err());
        assert_eq!(told(app, before).await, [""; 0]);
    })
    .await;
}

const LATER: &str = "2021-03-01T09:00:00Z";

fn ice() -> Article {
    article("ice")
}

fn with_a_title() -> Article {
    let ice = ice().by(["boris"]).topic("water").position(7);
    ice.title("en", "Thin ice")
}
