//! The order of the articles in an issue.

use masthead::access::Role;
use serde_json::{Value, json};
use support::seed::{article, issue};
use support::{Answer, TestApp, key};

use super::{STATES, read};

/// The articles of issue 1 by position: id, slug, position and version.
async fn articles(app: &TestApp) -> Vec<Value> {
    let query = format!(
        "{{ issue(by: {{number: 1}}, {STATES}) {{ articles {{ nodes {{ id slug position factsVersion }} }} }} }}"
    );
    let answer = app.query_as(&key(Role::Editor), &query).await;
    answer
        .at("/issue/articles/nodes")
        .as_array()
        .unwrap()
        .clone()
}

async fn reorder(app: &TestApp, articles: Vec<Value>) -> Answer {
    let (issue, version) = read(app, 1).await;
    let input = json!({"issue": issue, "expectedVersion": version, "articles": articles});
    let selection = "issue { factsVersion articles { nodes { slug position } } }
        userErrors { code message field }";
    app.mutate_as(&key(Role::Editor), "issueArticlesReorder", input, selection)
        .await
}

fn ids(articles: &[Value], order: &[usize]) -> Vec<Value> {
    order
        .iter()
        .map(|place| articles[*place]["id"].clone())
        .collect()
}

#[tokio::test]
async fn articles_take_each_others_places() {
    TestApp::on_each_engine(async |app| {
        app.seed(issue(1).with(vec![article("a"), article("b"), article("c")]))
            .await;
        let before = articles(app).await;

        let answer = reorder(app, ids(&before, &[2, 1, 0])).await;

        assert_eq!(answer.at("/issueArticlesReorder/userErrors"), &json!([]));
        assert_eq!(answer.at("/issueArticlesReorder/issue/factsVersion"), 2);
        let after: Vec<(String, i64, i64)> = articles(app)
            .await
            .iter()
            .map(|article| {
                let number = |field: &str| article[field].as_i64().unwrap();
                let slug = article["slug"].as_str().unwrap().to_owned();
                (slug, number("position"), number("factsVersion"))
            })
            .collect();
        let expected = [("c", 1, 2), ("b", 2, 1), ("a", 3, 2)];
        assert_eq!(
            after,
            expected.map(|(slug, place, version)| (slug.to_owned(), place, version))
        );
    })
    .await;
}

#[tokio::test]
async fn gaps_between_positions_are_closed() {
    TestApp::on_each_engine(async |app| {
        let spread = vec![article("a").position(3), article("b").position(7)];
        app.seed(issue(1).with(spread)).await;
        let before = articles(app).await;

        let answer = reorder(app, ids(&before, &[0, 1])).await;

        let nodes = answer.at("/issueArticlesReorder/issue/articles/nodes");
        assert_eq!(
            nodes,
            &json!([{"slug": "a", "position": 1}, {"slug": "b", "position": 2}])
        );
    })
    .await;
}

#[tokio::test]
async fn the_order_that_they_have_changes_nothing() {
    TestApp::on_each_engine(async |app| {
        app.seed(issue(1).with(vec![article("a"), article("b")]))
            .await;
        let before = articles(app).await;

        let answer = reorder(app, ids(&before, &[0, 1])).await;

        assert_eq!(answer.at("/issueArticlesReorder/issue/factsVersion"), 1);
        assert_eq!(articles(app).await, before);
    })
    .await;
}

#[tokio::test]
async fn an_order_names_exactly_the_articles_of_the_issue() {
    TestApp::on_each_engine(async |app| {
        app.seed(issue(1).with(vec![article("a"), article("b"), article("c")])).await;
        app.seed(issue(2).with(article("elsewhere"))).await;
        let here = articles(app).await;
        let elsewhere = app
            .query(r#"{ article(by: {slug: "elsewhere"}) { id } }"#)
            .await;
        let mut wanted = ids(&here, &[0, 1, 1]);
        wanted.push(elsewhere.at("/article/id").clone());

        let answer = reorder(app, wanted).await;

        let errors = answer.at("/issueArticlesReorder/userErrors");
        assert_eq!(errors, &json!([
            {"code": "DUPLICATE", "message": "the article is there twice", "field": ["articles", "2"]},
            {"code": "NOT_FOUND", "message": "the issue has no such article", "field": ["articles", "3"]},
            {"code": "INVALID", "message": "lacks articles of the issue: c", "field": ["articles"]},
        ]));
        assert_eq!(articles(app).await, here);
    })
    .await;
}

#[tokio::test]
async fn every_order_is_had_at_once() {
    TestApp::on_each_engine(async |app| {
        app.seed(issue(1).with(Vec::from(["a", "b", "c", "d"].map(article))))
            .await;
        for order in orders() {
            let before = articles(app).await;
            let wanted = ids(&before, &order);

            reorder(app, wanted.clone()).await;

            let after = articles(app).await;
            assert_eq!(ids(&after, &[0, 1, 2, 3]), wanted);
            let places = after
                .iter()
                .map(|article| article["position"].as_i64().unwrap());
            assert_eq!(places.collect::<Vec<_>>(), [1, 2, 3, 4]);
        }
    })
    .await;
}

/// The 24 orders of four things.
fn orders() -> impl Iterator<Item = [usize; 4]> {
    let all = (0..256).map(|number| [number / 64, number / 16 % 4, number / 4 % 4, number % 4]);
    all.filter(|order| (0..4).all(|thing| order.contains(&thing)))
}

#[tokio::test]
async fn the_audit_log_tells_which_articles_moved() {
    TestApp::on_each_engine(async |app| {
        app.seed(issue(1).with(vec![article("a"), article("b"), article("c")]))
            .await;
        let before = articles(app).await;

        reorder(app, ids(&before, &[2, 1, 0])).await;

        let query = r#"{ auditLog(filter: {operation: "issueArticlesReorder"}) {
            nodes { name fromVersion toVersion } } }"#;
        let answer = app.query_as(&key(Role::Admin), query).await;
        let told = |name: &str| json!({"name": name, "fromVersion": 1, "toVersion": 2});
        assert_eq!(
            answer.at("/auditLog/nodes"),
            &json!([told("a"), told("c"), told("1")])
        );
    })
    .await;
}
