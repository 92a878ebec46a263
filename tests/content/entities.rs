//! Rows that many answers hold are in memory: what is read is what the
//! database has, whatever was written before.

use async_graphql::Request;
use masthead::app::App;
use masthead::cache::entities::Entities;
use masthead::graphql::context::Asker;
use masthead::schema;
use serde_json::Value;
use support::seed::{Article, Content, article, author, issue, topic};
use support::{TestApp, key};

use masthead::access::Role;

/// Everything that is kept, under other names each time: by id, by slug, by
/// number, below articles, and what must not be kept.
const QUESTIONS: [&str; 6] = [
    "{ articles(first: 50, locales: LOCALES) { nodes { key locale topic { slug name description locale isFallback }
        issue { number slug title startsOn endsOn } authors { slug name bio } } } }",
    "{ issues(locales: LOCALES) { nodes { title articles { nodes { title topic { name version factsVersion }
        authors { name version } issue { title factsVersion } } } } } }",
    r#"{ topic(by: {slug: "water"}, locales: LOCALES) { slug name position factsVersion articles { totalCount nodes { key authors { name } } } } }"#,
    r#"{ author(by: {slug: "anna"}, locales: LOCALES) { slug name bio updatedAt articles { nodes { key issue { title } } } } }"#,
    "{ issue(by: {number: 2}, locales: LOCALES) { slug title articles { nodes { key topic { name } } } } }",
    r#"{ issue(by: {slug: "2021-w03"}, locales: LOCALES) { number title } }"#,
];

const LOCALES: [&str; 4] = [
    r#"["en"]"#,
    r#"["be"]"#,
    r#"["ru", "en"]"#,
    r#"["be", "ru"]"#,
];

#[tokio::test]
async fn whatever_is_written_is_read_at_once() {
    TestApp::on_each_engine(async |app| {
        let plain = App {
            database: app.database().clone().without_entities(),
            ..app.app().clone()
        };
        let mut random = Random(0x6d61_7374);
        for step in 0..25 {
            app.seed(content(&mut random)).await;

            for question in QUESTIONS {
                let question = question.replace("LOCALES", random.of(&LOCALES));
                let expected = answer(&plain, app, &question).await;
                // The second is answered from memory, as far as it can be.
                for _ in 0..2 {
                    let read = answer(app.app(), app, &question).await;
                    assert_eq!(read, expected, "step {step}: {question}");
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_mutation_shows_to_the_reader_who_asks_next() {
    TestApp::on_each_engine(async |app| {
        app.seed(issue(1).with(article("1-1").topic("water"))).await;
        let editor = key(Role::Publisher);
        let question = "{ articles { nodes { topic { id name position factsVersion version } } } }";
        let before = app.query(question).await;
        let topic = before.at("/articles/nodes/0/topic").clone();
        let words = serde_json::json!({
            "topic": topic["id"], "locale": "en", "expectedVersion": topic["version"], "name": "High water",
        });

        app.mutate_as(&editor, "topicTranslationUpdate", words, "userErrors { code message }")
            .await;

        let after = app.query(question).await;
        assert_eq!(*after.at("/articles/nodes/0/topic/name"), "High water");
    })
    .await;
}

#[tokio::test]
async fn common_questions_take_a_statement_or_two_once_their_rows_are_known() {
    TestApp::on_each_engine(async |app| {
        app.seed(content(&mut Random(7))).await;

        for (query, statements) in [
            ("{ issue(by: {number: 2}) { number slug startsOn endsOn articles(first: 100) { nodes {
                trend title lead slug topic { slug name } authors { slug name } } } } }", 1),
            (r#"{ topic(by: {slug: "water"}) { articles(first: 20) { totalCount pageInfo { hasNextPage }
                nodes { slug title lead trend publishedAt issue { number slug } authors { slug name } } } } }"#, 1),
            (r#"{ article(by: {slug: "1-1"}) { slug title lead body { markdown } trend topic { name }
                issue { number } authors { name bio } translations { locale slug title } } }"#, 2),
            ("{ articles(first: 20) { nodes { slug title publishedAt } } }", 1),
            (r#"{ articles(first: 20, filter: {authors: {some: {slug: {eq: "anna"}}}}) {
                nodes { slug title publishedAt topic { slug } } } }"#, 1),
            ("{ articles(first: 30) { nodes { slug title lead body { markdown } publishedAt
                authors { name } topic { name } } } }", 1),
            (r#"{ search(query: "body", first: 20) { nodes { slug title lead } } }"#, 1),
            ("{ topics(first: 100) { nodes { slug name articles(first: 3) { nodes { slug title publishedAt } } } } }", 2),
        ] {
            drop(app.query(query).await);

            let answer = app.query(query).await;

            assert_eq!(answer.statements, statements, "{query}");
        }
    })
    .await;
}

#[tokio::test]
async fn who_sees_drafts_asks_the_database() {
    TestApp::on_each_engine(async |app| {
        app.seed(issue(1).with(article("1-1").topic("water"))).await;
        let editor = key(Role::Editor);
        let question = "{ articles(states: [PUBLISHED]) { nodes { topic { name } issue { number } authors { name } } } }";
        drop(app.query(&question.replace("(states: [PUBLISHED])", "")).await);
        let first = app.query_as(&editor, question).await;

        let again = app.query_as(&editor, question).await;

        assert_eq!(first.statements, 4, "the articles, topics, issues and authors");
        assert_eq!(again.statements, first.statements);
    })
    .await;
}

#[tokio::test]
async fn what_is_kept_takes_no_more_than_it_may() {
    TestApp::on_each_engine(async |app| {
        let weeks = (1..=40).map(|number| issue(number).with(article(&format!("{number}-1"))));
        app.seed(weeks.collect::<Vec<_>>()).await;
        let most = 4_000;
        let small = App {
            database: app.database().clone().keeping(most),
            ..app.app().clone()
        };

        for number in (1..=40).chain(1..=40) {
            let question = format!("{{ issue(by: {{number: {number}}}) {{ number title }} }}");
            let read = answer(&small, app, &question).await;

            assert_eq!(read["data"]["issue"]["number"], number);
            let kept = small.database.entities().map_or(0, Entities::bytes);
            assert!(kept > 0, "something is kept");
            assert!(kept <= most + 500, "{kept} bytes are kept");
        }
    })
    .await;
}

async fn answer(with: &App, app: &TestApp, question: &str) -> Value {
    let request = Request::new(question);
    let response = schema::execute(with, &app.schema(), request, Asker::default()).await;
    serde_json::to_value(response).unwrap()
}

/// Three issues with articles, topics and authors: who is there, and under
/// which names, is left to chance.
fn content(random: &mut Random) -> Content {
    let mut content = Content::default();
    for slug in ["water", "roads", "trade"] {
        let named = topic(slug)
            .name("en", random.of(&NAMES))
            .description("en", random.of(&NAMES));
        let position = random.below(5) + 1;
        content.add(named.only_in(random.locales()).position(position));
    }
    for slug in ["anna", "boris", "vera"] {
        let named = author(slug)
            .name("en", random.of(&NAMES))
            .bio("en", random.of(&NAMES));
        content.add(named.only_in(random.locales()));
    }
    for number in 1..=3 {
        let titled = issue(number).title("en", random.of(&NAMES));
        let titled = titled.slug(&format!("2021-w0{number}"));
        content.add(if random.below(4) == 0 {
            titled.unpublished()
        } else {
            titled
        });
        for place in 1..=3 {
            content.add(one_article(random, number, place));
        }
    }
    content
}

fn one_article(random: &mut Random, number: u32, place: usize) -> Article {
    let writers: &[&str] = random.of(&[
        &["anna"] as &[_],
        &["boris", "anna"],
        &["vera", "boris"],
        &[],
    ]);
    let written = article(&format!("{number}-{place}"))
        .in_issue(number)
        .position(place)
        .topic(random.of(&["water", "roads", "trade"]))
        .by(writers.iter().copied());
    if random.below(5) == 0 {
        written.draft("en")
    } else {
        written
    }
}

const NAMES: [&str; 5] = [
    "High water",
    "Low water",
    "Bridges",
    "The week after",
    "A long road",
];

/// The same numbers in each run.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % bound as u64).unwrap()
    }

    fn of<'a, T: ?Sized>(&mut self, all: &[&'a T]) -> &'a T {
        all[self.below(all.len())]
    }

    fn locales(&mut self) -> Vec<&'static str> {
        let all: [&[&str]; 4] = [&["en"], &["en", "be"], &["en", "ru"], &["en", "be", "ru"]];
        all[self.below(all.len())].to_vec()
    }
}
