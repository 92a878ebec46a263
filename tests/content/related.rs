//! Articles that are like an article.

use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use support::TestApp;
use support::seed::{Article, article, author, issue, topic};

/// The keys of what is related to an article, in order.
async fn related(app: &TestApp, key: &str, locales: &str, arguments: &str) -> Vec<String> {
    let query = format!(
        "{{ article(by: {{slug: {key:?}}}, locales: {locales}) {{ related{arguments} {{ key }} }} }}"
    );
    let answer = app.query(&query).await;
    let keys = answer.texts("/article/related", "key").into_iter();
    keys.map(str::to_owned).collect()
}

/// An article that says `words` in English, and nothing else of its own.
fn saying(key: &str, words: &str) -> Article {
    article(key)
        .topic(key)
        .title("en", words)
        .lead("en", "")
        .body("en", "")
}

/// Whether each key term has the time of its translation, and how many of them
/// readers see.
async fn times_of_key_terms(app: &TestApp) -> (bool, i64) {
    let select = "SELECT COUNT(*) AS terms, COUNT(k.public_at) AS seen,
            SUM(CASE WHEN k.public_at IS NOT DISTINCT FROM at.public_at THEN 1 ELSE 0 END) AS same
        FROM article_key_terms k JOIN article_translations at ON at.id = k.translation_id";
    let select = Statement::from_string(app.engine().backend(), select);
    let row = app.database().reader().query_one_raw(select).await.unwrap();
    let row = row.unwrap();
    let number = |name| row.try_get::<i64>("", name).unwrap();
    (number("terms") == number("same"), number("seen"))
}

#[tokio::test]
async fn a_topic_counts_four_an_author_two_a_word_one() {
    TestApp::on_each_engine(async |app| {
        app.seed([
            saying("here", "Wells rivers lakes bridges ferries")
                .topic("water")
                .by(["anna", "boris", "vera"]),
            saying("nothing", "Harvest weather"),
            saying("one-word", "Bridge harvest"),
            saying("an-author", "Grain").by(["boris"]),
            saying("three-words", "Wells, rivers; lakes"),
            saying("the-topic", "Rain").topic("water"),
            saying("two-authors-of-three", "River").by(["vera", "anna", "boris"]),
            saying("all", "Lake").topic("water").by(["anna"]),
        ])
        .await;

        assert_eq!(
            related(app, "here", "[en]", "(first: 20)").await,
            [
                "all",
                "two-authors-of-three",
                "the-topic",
                "three-words",
                "an-author",
                "one-word"
            ]
        );
        assert_eq!(
            related(app, "here", "[en]", "").await,
            [
                "all",
                "two-authors-of-three",
                "the-topic",
                "three-words",
                "an-author"
            ]
        );
        assert_eq!(related(app, "here", "[en]", "(first: 1)").await, ["all"]);
        assert_eq!(related(app, "nothing", "[en]", "").await, ["one-word"]);
    })
    .await;
}

#[tokio::test]
async fn of_those_that_are_as_like_the_nearest_in_time_comes_first() {
    TestApp::on_each_engine(async |app| {
        app.seed(
            topic("water").with([
                article("far-before")
                    .published_at("2020-03-01T00:00:00Z")
                    .only_in(["be"]),
                article("after")
                    .published_at("2020-06-03T00:00:00Z")
                    .only_in(["be"]),
                article("here")
                    .published_at("2020-06-01T00:00:00Z")
                    .only_in(["be"]),
                article("as-near-as-after")
                    .published_at("2020-05-30T00:00:00Z")
                    .only_in(["be"]),
                article("before")
                    .published_at("2020-05-31T23:59:59.999999Z")
                    .only_in(["be"]),
            ]),
        )
        .await;

        let related = related(app, "here", "[be]", "").await;

        assert_eq!(
            related,
            ["before", "after", "as-near-as-after", "far-before"]
        );
    })
    .await;
}

#[tokio::test]
async fn only_what_exists_for_the_reader_is_related() {
    TestApp::on_each_engine(async |app| {
        app.seed(topic("water").with(author("anna").with([
            issue(1).with([
                article("here"),
                article("draft").draft("en").draft("be").draft("ru"),
                article("in-review").in_review("en").only_in(["be"]),
                article("be-alone").only_in(["be"]),
                article("everywhere"),
            ]),
            issue(2).unpublished().with(article("unpublished")),
        ])))
        .await;

        assert_eq!(related(app, "here", "[en]", "").await, ["everywhere"]);
        let both = related(app, "here", "[en, be]", "").await;
        assert_eq!(both.len(), 3, "{both:?}");
        assert!(both.contains(&"be-alone".to_owned()) && both.contains(&"in-review".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn words_are_compared_in_the_language_that_is_served() {
    TestApp::on_each_engine(async |app| {
        app.seed([
            saying("here", "Bread")
                .title("ru", "Хлеб")
                .lead("ru", "")
                .body("ru", ""),
            saying("in-english", "Bread and salt")
                .title("ru", "Соль")
                .lead("ru", "")
                .body("ru", ""),
            saying("in-russian", "Salt")
                .title("ru", "Цена хлеба")
                .lead("ru", "")
                .body("ru", ""),
        ])
        .await;

        assert_eq!(related(app, "here", "[en]", "").await, ["in-english"]);
        assert_eq!(related(app, "here", "[ru]", "").await, ["in-russian"]);
        assert_eq!(related(app, "here", "[ru, en]", "").await, ["in-russian"]);
        assert_eq!(
            related(app, "here", "[ru]", "(locales: [en])").await,
            ["in-english"]
        );
    })
    .await;
}

#[tokio::test]
async fn key_terms_keep_the_time_of_their_words() {
    TestApp::on_each_engine(async |app| {
        app.seed([
            issue(1).with([
                saying("here", "Bread"),
                saying("there", "Bread and salt").draft("be"),
            ]),
            issue(2).with(article("elsewhere")),
        ])
        .await;
        let (same, seen) = times_of_key_terms(app).await;
        assert!(same && seen > 0);
        assert_eq!(related(app, "here", "[en]", "").await, ["there"]);

        // The issue goes, and takes the words along.
        app.seed(issue(1).unpublished()).await;
        let (same, fewer) = times_of_key_terms(app).await;
        assert!(same && fewer < seen, "{fewer} of {seen}");

        // It comes back, later.
        app.seed(issue(1).published_at("2020-07-01T00:00:00Z"))
            .await;
        assert_eq!(times_of_key_terms(app).await, (true, seen));
        assert_eq!(related(app, "here", "[en]", "").await, ["there"]);

        // An article moves to an issue of another time, and to one that is not
        // out.
        app.seed(saying("there", "Bread and salt").draft("be").in_issue(2))
            .await;
        assert_eq!(times_of_key_terms(app).await, (true, seen));
        app.seed(
            issue(3)
                .unpublished()
                .with(saying("there", "Bread and salt").draft("be")),
        )
        .await;
        let (same, fewer) = times_of_key_terms(app).await;
        assert!(same && fewer < seen, "{fewer} of {seen}");
        assert_eq!(related(app, "here", "[en]", "").await, [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn new_words_are_compared_at_once() {
    TestApp::on_each_engine(async |app| {
        app.seed([saying("here", "Bread"), saying("there", "Salt")])
            .await;
        assert_eq!(related(app, "here", "[en]", "").await, [""; 0]);

        app.seed(saying("there", "Salt and bread")).await;
        assert_eq!(related(app, "here", "[en]", "").await, ["there"]);

        app.seed(saying("there", "Pepper")).await;
        assert_eq!(related(app, "here", "[en]", "").await, [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn what_is_related_to_many_takes_one_statement() {
    TestApp::on_each_engine(async |app| {
        let week = |number: u32| {
            let articles = ["a", "b", "c"].map(|name| article(&format!("{number}-{name}")).topic(name));
            issue(number).with(articles)
        };
        app.seed((1..=8).map(week).collect::<Vec<_>>()).await;

        let answer = app
            .query("{ articles(first: 24) { nodes { key related(first: 3) { key topic { slug } } } } }")
            .await;

        assert_eq!(answer.statements, 3, "the articles, what is related, their topics");
        for node in answer.at("/articles/nodes").as_array().unwrap() {
            let related = node["related"].as_array().unwrap();
            let own = node["key"].as_str().unwrap();
            assert_eq!(related.len(), 3, "{node}");
            assert!(related.iter().all(|other| other["key"] != own), "{node}");
        }
    })
    .await;
}

#[tokio::test]
async fn how_many_are_related_is_bounded() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("here")).await;

        for first in [0, -1, 21, i32::MAX] {
            let query = format!(
                "{{ article(by: {{slug: \"here\"}}) {{ related(first: {first}) {{ key }} }} }}"
            );
            let answer = app.query(&query).await;

            let text = format!("\"first\" is a number from 1 to 20, not {first}");
            assert_eq!(answer.code(), Some("INVALID_VALUE"), "{query}");
            assert_eq!(answer.message(), Some(text.as_str()), "{query}");
        }
        let alone = app
            .query("{ article(by: {slug: \"here\"}) { related(first: 20) { key } } }")
            .await;
        assert_eq!(
            *alone.at("/article"),
            json!({"related": Value::Array(vec![])})
        );
    })
    .await;
}

#[tokio::test]
async fn an_argument_whose_variable_is_left_out_has_its_default() {
    TestApp::on_each_engine(async |app| {
        app.seed(article("ice")).await;

        let answer = app
            .query(
                "query($some: Int, $style: DateRangeStyle) {
                    article(by: {slug: \"ice\"}) { related(first: $some) { key } }
                    latestIssue { dateRange(style: $style) }
                    articles { facets { topics(first: $some) { count } } }
                    search(query: \"ice\") { edges { highlights { body(first: $some) { html } } } }
                }",
            )
            .await;

        assert_eq!(answer.code(), None);
    })
    .await;
}
