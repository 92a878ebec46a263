//! What is due is done, once.

use masthead::content::schedule::run_due;
use masthead::database::Engine;
use sea_orm::ConnectionTrait;
use support::TestApp;
use support::seed::{article, issue};

use super::{
    approve_all, audited, in_review, is_public, make, run, set_clock, states, unpublished, whole,
    words,
};
use crate::change_log::{position, told};

#[tokio::test]
async fn words_are_published_and_taken_back_when_they_are_due_and_not_before() {
    TestApp::on_each_engine(async |app| {
        app.seed(issue(1).only_in(["en"]).with(in_review("ice")))
            .await;
        approve_all(app).await;
        let ice = words(app, "ice").await;
        make(app, ice.clone(), "PUBLISH", "2021-03-11T09:00").await;
        make(app, ice, "UNPUBLISH", "2021-03-11T10:00").await;
        let before = position(app).await;

        set_clock(app, "2021-03-11T05:59:59.999999Z");
        assert_eq!(run(app).await, 0);
        assert!(!is_public(app, "ice").await);
        set_clock(app, "2021-03-11T06:00:00Z");
        assert_eq!(run(app).await, 1);
        assert!(is_public(app, "ice").await);
        assert_eq!(run(app).await, 0);
        set_clock(app, "2021-03-11T07:00:00Z");
        assert_eq!(run(app).await, 1);

        assert!(!is_public(app, "ice").await);
        assert_eq!(
            told(app, before).await,
            ["PUBLISHED ARTICLE ice en", "UNPUBLISHED ARTICLE ice en"]
        );
        assert_eq!(
            audited(app).await,
            [
                "publisher scheduleCreate ice en PUBLISH at 2021-03-11T09:00:00",
                "publisher scheduleCreate ice en UNPUBLISH at 2021-03-11T10:00:00",
                "publisher schedule ice en PUBLISH at 2021-03-11T09:00:00",
                "publisher schedule ice en UNPUBLISH at 2021-03-11T10:00:00",
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn an_issue_comes_out_with_all_that_is_ready_and_goes_with_all_of_it() {
    TestApp::on_each_engine(async |app| {
        app.seed(unpublished(7).with(in_review("ice").in_issue(7)))
            .await;
        app.seed(in_review("dam").in_issue(7)).await;
        approve_all(app).await;
        app.seed(article("wells").in_issue(7).only_in(["en"]).draft("en"))
            .await;
        let seven = whole(app, 7).await;
        make(app, seven.clone(), "PUBLISH", "2021-03-11T09:00").await;
        make(app, seven, "UNPUBLISH", "2021-03-12T09:00").await;
        let before = position(app).await;

        set_clock(app, "2021-03-11T06:00:00Z");
        run(app).await;
        let issue = app
            .query("{ issue(by: {number: 7}) { publishedAt articles { nodes { slug } } } }")
            .await;
        set_clock(app, "2021-03-12T06:00:00Z");
        run(app).await;

        assert_eq!(issue.at("/issue/publishedAt"), "2021-03-11T06:00:00Z");
        assert_eq!(issue.texts("/issue/articles/nodes", "slug"), ["ice", "dam"]);
        assert_eq!(
            told(app, before).await,
            [
                "PUBLISHED ISSUE 7 en",
                "PUBLISHED ARTICLE ice en",
                "PUBLISHED ARTICLE dam en",
                "UNPUBLISHED ISSUE 7 en",
                "UNPUBLISHED ARTICLE ice en",
                "UNPUBLISHED ARTICLE dam en",
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn what_cant_be_done_fails_with_its_reason_and_keeps_nothing_else_from_being_done() {
    TestApp::on_each_engine(async |app| {
        app.seed(issue(1).only_in(["en"]).with(in_review("ice")))
            .await;
        app.seed(article("dam").only_in(["en"]).draft("en")).await;
        app.seed(unpublished(8).with(article("wells").in_issue(8).only_in(["en"]).draft("en")))
            .await;
        app.seed(article("roads").only_in(["en"])).await;
        let before = position(app).await;
        for (slug, act) in [("ice", "PUBLISH"), ("dam", "PUBLISH"), ("ice", "UNPUBLISH")] {
            let words = words(app, slug).await;
            make(app, words, act, "2021-03-11T09:00").await;
        }
        let eight = whole(app, 8).await;
        make(app, eight.clone(), "PUBLISH", "2021-03-11T09:00").await;
        make(app, eight, "UNPUBLISH", "2021-03-11T09:00").await;
        let roads = words(app, "roads").await;
        make(app, roads.clone(), "PUBLISH", "2021-03-11T09:00").await;
        make(app, roads, "UNPUBLISH", "2021-03-11T09:00").await;

        set_clock(app, "2021-03-11T06:00:00Z");
        let ended = run(app).await;

        assert_eq!(ended, 7);
        assert_eq!(
            states(app).await,
            [
                "FAILED it is in review, and not approved yet",
                "FAILED it is a draft: submit it, and let it be approved",
                "FAILED it is not published",
                "FAILED nothing of it is ready: no translation of an article in it is approved",
                "FAILED it is not published",
                "DONE",
                "DONE",
            ]
        );
        assert_eq!(told(app, before).await, ["UNPUBLISHED ARTICLE roads en"]);
        assert_eq!(
            audited(app).await[7],
            "publisher schedule ice en PUBLISH at 2021-03-11T09:00:00 failed: it is in review, \
             and not approved yet"
        );
        assert_eq!(run(app).await, 0);
    })
    .await;
}

#[tokio::test]
async fn what_is_late_is_done_all_the_same_in_the_order_in_which_it_was_due() {
    TestApp::on_each_engine(async |app| {
        app.seed(issue(1).only_in(["en"]).with(in_review("ice")))
            .await;
        approve_all(app).await;
        let ice = words(app, "ice").await;
        make(app, ice.clone(), "UNPUBLISH", "2021-03-11T10:00").await;
        make(app, ice, "PUBLISH", "2021-03-11T09:00").await;

        set_clock(app, "2024-01-01T00:00:00Z");
        run(app).await;

        assert_eq!(states(app).await, ["DONE", "DONE"]);
        assert!(!is_public(app, "ice").await);
    })
    .await;
}

#[tokio::test]
async fn many_that_are_due_at_once_are_all_done() {
    TestApp::on_each_engine(async |app| {
        app.seed(issue(7)).await;
        let insert =
            "INSERT INTO schedules (act, issue_id, local_at, due_at, made_at, made_by, state)
            SELECT 'PUBLISH', id, '2021-03-10T15:00:00', '2021-03-10T12:00:00+00:00',
                   '2021-03-10T12:00:00+00:00', 'publisher', 'PENDING'
            FROM issues CROSS JOIN (WITH RECURSIVE n(n) AS (
                SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 205) SELECT n FROM n) AS numbers";
        app.database()
            .writer()
            .execute_unprepared(insert)
            .await
            .unwrap();

        assert_eq!(run(app).await, 205);

        assert_eq!(audited(app).await.len(), 205);
    })
    .await;
}

#[tokio::test]
async fn a_schedule_goes_with_what_it_is_of() {
    TestApp::on_each_engine(async |app| {
        app.seed(unpublished(7).with(in_review("ice").in_issue(7)))
            .await;
        let (ice, seven) = (words(app, "ice").await, whole(app, 7).await);
        make(app, ice, "PUBLISH", "2021-03-11T09:00").await;
        make(app, seven, "PUBLISH", "2021-03-11T10:00").await;
        let db = app.database().writer();

        db.execute_unprepared("DELETE FROM articles").await.unwrap();
        let left = states(app).await;
        db.execute_unprepared("DELETE FROM issues").await.unwrap();

        assert_eq!(left, ["PENDING"]);
        assert_eq!(states(app).await, [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn what_a_fault_keeps_back_is_done_by_a_later_run_and_all_else_at_once() {
    TestApp::on_each_engine(async |app| {
        app.seed(issue(1).only_in(["en"]).with(in_review("ice")))
            .await;
        app.seed(in_review("dam")).await;
        approve_all(app).await;
        for slug in ["ice", "dam"] {
            let words = words(app, slug).await;
            make(app, words, "PUBLISH", "2021-03-11T09:00").await;
        }
        set_clock(app, "2021-03-11T06:00:00Z");
        let db = app.database().writer();
        for sql in broken(app.engine()) {
            db.execute_unprepared(sql).await.unwrap();
        }

        let faulted = run_due(app.database(), app.clock()).await.unwrap();
        let after_fault = (states(app).await, is_public(app, "ice").await);
        db.execute_unprepared(mended(app.engine())).await.unwrap();
        let mended = run(app).await;

        assert_eq!((faulted.ended, faulted.faults.len()), (1, 1));
        assert_eq!(after_fault, (vec!["PENDING".into(), "DONE".into()], false));
        assert_eq!(mended, 1);
        assert_eq!(states(app).await, ["DONE", "DONE"]);
        assert!(is_public(app, "ice").await && is_public(app, "dam").await);
    })
    .await;
}

/// Nobody can write the words of `ice`.
const fn broken(engine: Engine) -> &'static [&'static str] {
    match engine {
        Engine::Sqlite => &["CREATE TRIGGER broken BEFORE UPDATE ON article_translations
            WHEN NEW.slug = 'ice' BEGIN SELECT RAISE(ABORT, 'broken'); END"],
        Engine::Postgres => &[
            "CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'broken'; END $$",
            "CREATE TRIGGER broken BEFORE UPDATE ON article_translations FOR EACH ROW
                WHEN (NEW.slug = 'ice') EXECUTE FUNCTION broken()",
        ],
    }
}

const fn mended(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "DROP TRIGGER broken",
        Engine::Postgres => "DROP TRIGGER broken ON article_translations",
    }
}
