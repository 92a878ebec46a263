//! How many statements a search takes.

use support::TestApp;
use support::seed::article;

#[tokio::test]
async fn a_search_takes_a_statement_for_each_kind_of_thing() {
    TestApp::on_each_engine(async |app| {
        let some = (0..12).map(|place| {
            article(&format!("a{place}"))
                .topic(["rain", "roads", "trade"][place % 3])
                .by(["anna", "boris"])
                .title("en", "Water")
                .body("en", "Water and ice")
        });
        app.seed(some.collect::<Vec<_>>()).await;

        for (fields, statements) in [
            ("nodes { title slug }", 1),
            ("totalCount", 1),
            ("edges { score highlights { title { html } lead { html } } }", 1),
            ("edges { highlights { body { html } } }", 2),
            ("nodes { body { markdown } } edges { highlights { body { html } } }", 2),
            ("totalCount edges { score highlights { title { html } body { html } } node { topic { name } authors { name } } }", 5),
            (
                "totalCount edges { score node { slug } } facets { topics { count topic { name } }
                 authors { count author { name } } trends { count } years { count } locales { count } }",
                8,
            ),
        ] {
            let query = format!("{{ search(query: \"water ice\", locales: [\"en\", \"be\"]) {{ {fields} }} }}");
            let answer = app.query(&query).await;
            let _ = answer.expect_data();
            assert!(
                answer.statements <= statements,
                "{} for {fields}",
                answer.statements
            );
        }
    })
    .await;
}
