//! The publication's clocks: they are set forward and back, and moved to other
//! zones; and the server's, which may jump.

use masthead::access::Role;
use masthead::content::schedule::run_due;
use serde_json::json;
use support::seed::{article, publication};
use support::{TestApp, key};

use super::{make, run, set_clock, states, whole, words};

#[tokio::test]
async fn a_schedule_is_due_when_the_publications_clocks_show_its_time() {
    TestApp::on_each_engine(async |app| {
        app.seed(publication().time_zone("Europe/Berlin")).await;
        app.seed(article("ice").only_in(["en"])).await;
        let ice = words(app, "ice").await;

        for (at, due_at) in [
            ("2021-03-27T09:00", "2021-03-27T08:00:00Z"),
            ("2021-03-28T01:59:59", "2021-03-28T00:59:59Z"),
            // Skipped: as long after the gap as it is behind its beginning.
            ("2021-03-28T02:00", "2021-03-28T01:00:00Z"),
            ("2021-03-28T02:30", "2021-03-28T01:30:00Z"),
            ("2021-03-28T03:00", "2021-03-28T01:00:00Z"),
            ("2021-03-28T09:00", "2021-03-28T07:00:00Z"),
            // Twice: the first.
            ("2021-10-31T02:30", "2021-10-31T00:30:00Z"),
            ("2021-10-31T03:00", "2021-10-31T02:00:00Z"),
        ] {
            let made = make(app, ice.clone(), "PUBLISH", at).await;

            assert_eq!(made["dueAt"], due_at, "{at}");
            set_clock(app, due_at);
            assert_eq!(run(app).await, 1, "{at}");
            set_clock(app, support::NOW);
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_to_come_moves_with_the_publication_to_another_zone() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice").only_in(["en"])).await;
        let ice = words(app, "ice").await;
        make(app, ice.clone(), "PUBLISH", "2021-03-10T16:00").await;
        set_clock(app, "2021-03-10T13:00:00Z");
        run(app).await;
        make(app, ice, "PUBLISH", "2021-03-11T09:00").await;
        let times = async || {
            let list = "{ schedules { nodes { at dueAt } } }";
            let answer = app.query_as(&key(Role::Editor), list).await;
            let of = |field| {
                let times = answer.texts("/schedules/nodes", field);
                times.into_iter().map(str::to_owned).collect::<Vec<_>>()
            };
            assert_eq!(of("at"), ["2021-03-10T16:00:00", "2021-03-11T09:00:00"]);
            of("dueAt")
        };

        let before = times().await;
        app.seed(publication().time_zone("America/New_York")).await;
        let imported = times().await;
        let input = json!({"expectedVersion": 2, "timeZone": "Asia/Tokyo"});
        let written = app
            .mutate_as(
                &key(Role::Admin),
                "publicationUpdate",
                input,
                "userErrors { message }",
            )
            .await;
        let mutated = times().await;

        assert_eq!(written.at("/publicationUpdate/userErrors"), &json!([]));
        let done = "2021-03-10T13:00:00Z";
        assert_eq!(before, [done, "2021-03-11T06:00:00Z"]);
        assert_eq!(imported, [done, "2021-03-11T14:00:00Z"]);
        assert_eq!(mutated, [done, "2021-03-11T00:00:00Z"]);
    })
    .await;
}

#[tokio::test]
async fn a_clock_that_jumps_back_does_nothing_twice() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice").only_in(["en"])).await;
        let (ice, issue) = (words(app, "ice").await, whole(app, 1).await);
        make(app, ice, "UNPUBLISH", "2021-03-11T09:00").await;
        make(app, issue, "UNPUBLISH", "2021-03-11T11:00").await;

        set_clock(app, "2021-03-11T07:00:00Z");
        let jumped_forward = run(app).await;
        set_clock(app, "2021-03-11T05:00:00Z");
        let jumped_back = run_due(app.database(), app.clock()).await.unwrap();
        set_clock(app, "2021-03-11T07:59:59Z");
        let went_on = run(app).await;

        assert_eq!((jumped_forward, jumped_back.ended, went_on), (1, 0, 0));
        assert_eq!(
            jumped_back.next,
            Some("2021-03-11T08:00:00Z".parse().unwrap())
        );
        assert_eq!(states(app).await, ["DONE", "PENDING"]);
    })
    .await;
}
