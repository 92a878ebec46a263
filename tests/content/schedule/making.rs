//! Schedules are made, listed and cancelled.

use insta::assert_json_snapshot;
use masthead::access::Role;
use masthead::administration::api_key::{Which, revoke};
use serde_json::{Value, json};
use support::seed::{article, issue};
use support::{TestApp, key};

use super::{SCHEDULE, ask, in_review, make, run, set_clock, states, unpublished, whole, words};

#[tokio::test]
async fn a_schedule_is_made_and_listed_with_what_it_is_of() {
    TestApp::on_each_engine(async |app| {
        app.seed(unpublished(7).with(in_review("ice"))).await;
        let later = words(app, "ice").await;
        make(app, later, "UNPUBLISH", "2021-03-12T09:00").await;
        let sooner = whole(app, 7).await;
        make(app, sooner, "PUBLISH", "2021-03-11T09:00:00").await;

        let answer = app
            .query_as(
                &key(Role::Editor),
                "{ schedules { totalCount nodes {
                    act state at dueAt madeAt madeBy endedAt locale failure failureCode
                    issue { number } article { slug } } } }",
            )
            .await;

        assert_json_snapshot!(answer.at("/schedules"), @r#"
        {
          "nodes": [
            {
              "act": "PUBLISH",
              "article": null,
              "at": "2021-03-11T09:00:00",
              "dueAt": "2021-03-11T06:00:00Z",
              "endedAt": null,
              "failure": null,
              "failureCode": null,
              "issue": {
                "number": 7
              },
              "locale": null,
              "madeAt": "2021-03-10T12:00:00Z",
              "madeBy": "publisher",
              "state": "PENDING"
            },
            {
              "act": "UNPUBLISH",
              "article": {
                "slug": "ice"
              },
              "at": "2021-03-12T09:00:00",
              "dueAt": "2021-03-12T06:00:00Z",
              "endedAt": null,
              "failure": null,
              "failureCode": null,
              "issue": null,
              "locale": "en",
              "madeAt": "2021-03-10T12:00:00Z",
              "madeBy": "publisher",
              "state": "PENDING"
            }
          ],
          "totalCount": 2
        }
        "#);
        // The page, its count, the issues, the articles.
        assert_eq!(answer.statements, 4);
    })
    .await;
}

#[tokio::test]
async fn an_input_that_names_no_one_thing_or_no_time_to_come_says_so() {
    TestApp::on_each_engine(async |app| {
        app.seed(issue(7).with(article("ice").only_in(["en"]))).await;
        let (issue, words) = (whole(app, 7).await, words(app, "ice").await);
        let (issue, article) = (&issue["issue"], &words["article"]);
        let soon = "2021-03-11T09:00";

        for (input, at, expected) in [
            (json!({}), soon, "INVALID : it names neither an issue nor an article"),
            (json!({"locale": "en"}), soon, "INVALID : it names neither an issue nor an article"),
            (
                json!({"issue": issue, "article": article, "locale": "en"}),
                soon,
                "INVALID article: is named with an issue; name one of them",
            ),
            (
                json!({"issue": issue, "locale": "en"}),
                soon,
                "INVALID locale: goes with an article; an issue is published in all of its locales",
            ),
            (
                json!({"article": article}),
                soon,
                "INVALID locale: is missing: the words of an article are published one locale at a time",
            ),
            (
                json!({"article": article, "locale": "ru"}),
                soon,
                "NOT_FOUND article: there is no such article with words in \"ru\"",
            ),
            (
                json!({"issue": masthead::graphql::id::encode("Issue", 999)}),
                soon,
                "NOT_FOUND issue: there is no such issue",
            ),
            (
                json!({"issue": issue}),
                "2021-03-10T14:59:59",
                "INVALID at: is past: in Europe/Minsk it is 2021-03-10T15:00:00; do it at once instead",
            ),
            (
                json!({"issue": issue}),
                "2031-03-10T15:00:01",
                "INVALID at: is more than ten years ahead",
            ),
        ] {
            let answer = ask(app, input.clone(), "PUBLISH", at).await;

            let payload = answer.at("/scheduleCreate");
            let error = &payload["userErrors"][0];
            let field: Vec<&str> = error["field"]
                .as_array()
                .unwrap()
                .iter()
                .map(|part| part.as_str().unwrap())
                .collect();
            let told = format!(
                "{} {}: {}",
                error["code"].as_str().unwrap(),
                field.join("."),
                error["message"].as_str().unwrap()
            );
            assert_eq!(told, expected, "{input}");
            assert_eq!(payload["schedule"], Value::Null, "{input}");
        }
        assert_eq!(states(app).await, [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn a_time_that_is_none_is_a_fault_of_the_request() {
    TestApp::on_each_engine(async |app| {
        app.seed(issue(7)).await;
        let issue = whole(app, 7).await;

        for at in ["2021-03-11T09:00:00Z", "2021-02-30T09:00", "tomorrow", ""] {
            let answer = ask(app, issue.clone(), "PUBLISH", at).await;

            assert_eq!(answer.code(), Some("INVALID_VALUE"), "{at}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_schedule_with_an_idempotency_key_is_made_once_even_when_it_is_past() {
    TestApp::on_each_engine(async |app| {
        app.seed(unpublished(7).with(in_review("ice"))).await;
        let mut wish = whole(app, 7).await;
        wish["idempotencyKey"] = "monday".into();
        let at = "2021-03-11T09:00";

        let first = make(app, wish.clone(), "PUBLISH", at).await;
        set_clock(app, "2021-03-12T00:00:00Z");
        let again = make(app, wish.clone(), "PUBLISH", at).await;
        let other = ask(app, wish, "UNPUBLISH", at).await;

        assert_eq!(first["id"], again["id"]);
        let error = other.at("/scheduleCreate/userErrors/0/code");
        assert_eq!(error, "IDEMPOTENCY_KEY_REUSED");
        assert_eq!(states(app).await, ["PENDING"]);
    })
    .await;
}

#[tokio::test]
async fn what_is_cancelled_is_not_done_and_what_is_done_is_not_cancelled() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice").only_in(["en"])).await;
        let words = words(app, "ice").await;
        let first = make(app, words.clone(), "UNPUBLISH", "2021-03-11T09:00").await;
        let second = make(app, words.clone(), "UNPUBLISH", "2021-03-11T10:00").await;
        make(app, words, "UNPUBLISH", "2021-03-11T11:00").await;
        let cancel = async |id: &Value| {
            let input = json!({"id": id});
            let publisher = key(Role::Publisher);
            let answer = app
                .mutate_as(&publisher, "scheduleCancel", input, SCHEDULE)
                .await;
            let payload = answer.at("/scheduleCancel").clone();
            (
                payload["schedule"]["state"].clone(),
                payload["userErrors"][0]["message"].clone(),
            )
        };

        let cancelled = cancel(&first["id"]).await;
        let again = cancel(&first["id"]).await;
        set_clock(app, "2021-03-12T00:00:00Z");
        run(app).await;
        let done = cancel(&second["id"]).await;
        let unknown = cancel(
            &masthead::graphql::id::encode("Schedule", 99)
                .to_string()
                .into(),
        )
        .await;

        assert_eq!(cancelled, (json!("CANCELLED"), Value::Null));
        assert_eq!(again, cancelled);
        assert_eq!(done, (json!("DONE"), json!("it is done already")));
        assert_eq!(unknown, (Value::Null, json!("there is no such schedule")));
        assert_eq!(
            states(app).await,
            ["CANCELLED", "DONE", "FAILED it is not published"]
        );
    })
    .await;
}

#[tokio::test]
async fn a_list_is_filtered_and_paged_in_the_order_in_which_they_are_due() {
    TestApp::on_each_engine(async |app| {
        app.seed(issue(7).with(article("ice").only_in(["en"])))
            .await;
        app.seed(issue(8).with(article("dam").in_issue(8).only_in(["en"])))
            .await;
        let (seven, eight) = (whole(app, 7).await, whole(app, 8).await);
        let (ice, dam) = (words(app, "ice").await, words(app, "dam").await);
        for (input, act, at) in [
            (&dam, "PUBLISH", "2021-03-14T09:00"),
            (&seven, "UNPUBLISH", "2021-03-11T09:00"),
            (&ice, "PUBLISH", "2021-03-12T09:00"),
            (&eight, "UNPUBLISH", "2021-03-13T09:00"),
            (&ice, "UNPUBLISH", "2021-03-15T09:00"),
        ] {
            make(app, input.clone(), act, at).await;
        }
        set_clock(app, "2021-03-11T09:00:00Z");
        run(app).await;

        for (arguments, expected) in [
            ("first: 100", &["11", "12", "13", "14", "15"][..]),
            ("first: 2", &["11", "12"]),
            ("last: 2", &["14", "15"]),
            ("filter: {state: {eq: DONE}}", &["11"]),
            (
                "filter: {state: {in: [PENDING, FAILED]}}",
                &["12", "13", "14", "15"],
            ),
            ("filter: {state: {in: []}}", &[]),
            ("filter: {act: UNPUBLISH}", &["11", "13", "15"]),
            (
                &format!("filter: {{issue: {{eq: {}}}}}", seven["issue"]),
                &["11"],
            ),
            (
                &format!("filter: {{article: {{eq: {}}}}}", ice["article"]),
                &["12", "15"],
            ),
            (
                r#"filter: {dueAt: {gte: "2021-03-12T06:00:00Z", lt: "2021-03-14T06:00:00Z"}}"#,
                &["12", "13"],
            ),
        ] {
            let query = format!("{{ schedules({arguments}) {{ nodes {{ at }} }} }}");
            let answer = app.query_as(&key(Role::Editor), &query).await;

            let times = answer.texts("/schedules/nodes", "at");
            let days: Vec<&str> = times.iter().map(|at| &at[8..10]).collect();
            assert_eq!(days, expected, "{arguments}");
        }
    })
    .await;
}

#[tokio::test]
async fn pages_follow_each_other_by_cursor() {
    TestApp::on_each_engine(async |app| {
        app.seed(issue(7)).await;
        let issue = whole(app, 7).await;
        for minute in [3, 1, 2, 1, 2] {
            make(
                app,
                issue.clone(),
                "PUBLISH",
                &format!("2021-03-11T09:0{minute}"),
            )
            .await;
        }
        let mut seen = Vec::new();
        let mut after = Value::Null;

        loop {
            let query = format!(
                "{{ schedules(first: 2, after: {after}) {{
                    nodes {{ id dueAt }} pageInfo {{ endCursor hasNextPage }} }} }}"
            );
            let answer = app.query_as(&key(Role::Editor), &query).await;
            seen.extend(answer.at("/schedules/nodes").as_array().unwrap().clone());
            after = answer.at("/schedules/pageInfo/endCursor").clone();
            if answer.at("/schedules/pageInfo/hasNextPage") == &json!(false) {
                break;
            }
        }

        let times: Vec<&str> = seen
            .iter()
            .map(|one| &one["dueAt"].as_str().unwrap()[14..16])
            .collect();
        assert_eq!(times, ["01", "01", "02", "02", "03"]);
        let mut ids: Vec<&Value> = seen.iter().map(|one| &one["id"]).collect();
        ids.dedup();
        assert_eq!(ids.len(), 5);
    })
    .await;
}

#[tokio::test]
async fn only_editors_see_schedules_and_only_publishers_make_them() {
    TestApp::on_each_engine(async |app| {
        app.seed(issue(7)).await;
        let issue = whole(app, 7).await;
        let list = "{ schedules { totalCount } }";
        let mut input = issue;
        input["act"] = "PUBLISH".into();
        input["at"] = "2021-03-11T09:00".into();

        let anonymous = app.query(list).await;
        let translator = app.query_as(&key(Role::Translator), list).await;
        let editor = app
            .mutate_as(&key(Role::Editor), "scheduleCreate", input, SCHEDULE)
            .await;

        assert_eq!(anonymous.code(), Some("UNAUTHENTICATED"));
        assert_eq!(translator.code(), Some("FORBIDDEN"));
        assert_eq!(editor.code(), Some("FORBIDDEN"));
    })
    .await;
}

#[tokio::test]
async fn what_a_revoked_key_had_scheduled_is_not_done() {
    TestApp::on_each_engine(async |app| {
        app.seed(issue(7).only_in(["en"])).await;
        let key = app.make_key("leaked", Role::Publisher, &[]).await;
        let id = whole(app, 7).await["issue"].clone();
        let schedule = format!(
            "mutation {{ scheduleCreate(input: {{
                issue: {id}, act: UNPUBLISH, at: \"2021-03-11T09:00\"
            }}) {{ schedule {{ state }} userErrors {{ code }} }} }}"
        );
        let bearer = format!("Bearer {key}");
        let made = app.client().query_by(&bearer, &schedule).await.json();
        assert_eq!(made["data"]["scheduleCreate"]["userErrors"], json!([]));

        let mut writing = app.writing().await;
        let leaked = Which::Name("leaked".to_owned());
        revoke(&mut writing, &leaked).await.unwrap();
        writing.commit().await.unwrap();

        set_clock(app, "2021-03-12T00:00:00Z");
        assert_eq!(run(app).await, 0);
        assert_eq!(states(app).await, ["CANCELLED"]);
    })
    .await;
}
