//! What websites and apps ask most, each time with other values.

use anyhow::{Context, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use crate::client::Connection;
use crate::corpus::{AUTHORS, Corpus, ENGLISH_WORDS, TOPICS, TRENDS, published_at};
use crate::random::Random;

/// How many requests of each question are ready.
const READY: usize = 200;

/// No deep page is of more articles than these: whoever asks for it walks
/// there first.
const DEEPEST: usize = 80_000;

/// A question, and the values that it is asked with.
pub(crate) struct Question {
    pub(crate) name: &'static str,
    pub(crate) text: &'static str,
    values: fn(&mut Random, &Corpus, &Cursors) -> Values,
}

/// What a question is asked with.
pub(crate) struct Values {
    variables: Value,
    /// The same for a statement of [`crate::plain`].
    pub(crate) plain: Plain,
}

/// The values of a hand-written statement.
pub(crate) enum Plain {
    /// In order.
    Bound(Vec<Value>),
    /// Those of a search by these words, which the engines spell differently.
    Words(String),
}

/// A question that is ready to be asked.
pub(crate) struct Ready {
    /// The body of a request.
    pub(crate) body: String,
    pub(crate) variables: Value,
    pub(crate) plain: Plain,
}

pub(crate) const QUESTIONS: [Question; 8] = [
    Question {
        name: "Q1 weekly issue",
        text: "query($number: Int!) { issue(by: {number: $number}, locales: [\"en\"]) {
            number slug startsOn endsOn
            articles(first: 100) { nodes { trend title lead slug topic { slug name } authors { slug name } } } } }",
        values: |random, corpus, _| {
            let number = random.between(1, corpus.issues());
            bound(json!({ "number": number }), [json!(number)])
        },
    },
    Question {
        name: "Q2 topic page",
        text: "query($topic: Slug!, $after: String) { topic(by: {slug: $topic}, locales: [\"en\"]) {
            articles(first: 20, after: $after) { totalCount pageInfo { hasNextPage }
            nodes { slug title lead trend publishedAt issue { number slug } authors { slug name } } } } }",
        values: |random, _, cursors| {
            let topic = random.below(TOPICS);
            let after = random.one(&cursors.topics[topic as usize]);
            let topic = format!("topic-{}", topic + 1);
            let plain = [json!(topic), json!(after.public_at), json!(after.article)];
            bound(json!({ "topic": topic, "after": after.text }), plain)
        },
    },
    Question {
        name: "Q3 article page",
        text: "query($slug: Slug!) { article(by: {slug: $slug}, locales: [\"en\"]) {
            slug title lead body { markdown } trend topic { name } issue { number }
            authors { name bio } translations { locale slug title } } }",
        values: |random, corpus, _| {
            let article = random.between(1, corpus.articles());
            let slug = format!("article-{article}-en");
            bound(json!({ "slug": slug }), [json!(slug)])
        },
    },
    Question {
        name: "Q4 deep page",
        text: "query($after: String) { articles(locales: [\"en\"], first: 20, after: $after) {
            nodes { slug title publishedAt } } }",
        values: |random, _, cursors| {
            let after = random.one(&cursors.deep);
            let plain = [json!(after.public_at), json!(after.article)];
            bound(json!({ "after": after.text }), plain)
        },
    },
    Question {
        name: "Q5 filter",
        text: "query($author: Slug!, $trend: Trend!, $from: DateTime!, $to: DateTime!) {
            articles(locales: [\"en\"], first: 20, filter: { trend: {eq: $trend},
            publishedAt: {gte: $from, lt: $to}, authors: {some: {slug: {eq: $author}}} }) {
            nodes { slug title publishedAt topic { slug } } } }",
        values: |random, corpus, _| {
            let author = format!("author-{}", random.between(1, AUTHORS));
            let from = 1 + random.below(corpus.issues() * 2 / 5);
            let to = from + corpus.issues() * 2 / 5;
            let trend = random.one(&TRENDS);
            let [from, to] = [from, to].map(published_at);
            let plain = [json!(author), json!(trend), stored(&from), stored(&to)];
            let variables = json!({ "author": author, "trend": trend, "from": from, "to": to });
            bound(variables, plain)
        },
    },
    Question {
        name: "Q6 feed",
        text: "query($before: DateTime) { articles(locales: [\"en\"], first: 30, filter: {publishedAt: {lt: $before}}) {
            nodes { slug title lead body { markdown } publishedAt authors { name } topic { name } } } }",
        values: before,
    },
    Question {
        name: "Q7 search",
        text: "query($query: String!) { search(query: $query, locales: [\"en\"], first: 20) {
            edges { score node { slug title lead } } } }",
        values: |random, _, _| {
            let words = two_words(random);
            Values {
                variables: json!({ "query": words }),
                plain: Plain::Words(words),
            }
        },
    },
    Question {
        name: "Q8 navigation",
        text: "query($before: DateTime) { topics(locales: [\"en\"], first: 100) { nodes { slug name
            articles(first: 3, filter: {publishedAt: {lt: $before}}) { nodes { slug title publishedAt } } } } }",
        values: before,
    },
];

/// Two words of the corpus, as a reader types them who is done.
pub(crate) fn two_words(random: &mut Random) -> String {
    let one = random.one(&ENGLISH_WORDS);
    let others: Vec<&&str> = ENGLISH_WORDS.iter().filter(|word| *word != one).collect();
    format!("{one} {} ", random.one(&others))
}

/// A time with enough articles before it for a full answer.
fn before(random: &mut Random, corpus: &Corpus, _: &Cursors) -> Values {
    let issue = random.between(corpus.issues() / 4, corpus.issues());
    let before = published_at(issue);
    bound(json!({ "before": before }), [stored(&before)])
}

fn bound<const MANY: usize>(variables: Value, plain: [Value; MANY]) -> Values {
    Values {
        variables,
        plain: Plain::Bound(plain.into()),
    }
}

/// A time in UTC as SQLite holds it, and PostgreSQL understands it.
fn stored(time: &str) -> Value {
    json!(time.replace('Z', "+00:00"))
}

impl Question {
    /// Its requests: the same in every run.
    pub(crate) fn ready(&self, corpus: &Corpus, cursors: &Cursors) -> Vec<Ready> {
        let mut random = Random::of(self.name);
        (0..READY)
            .map(|_| {
                let Values { variables, plain } = (self.values)(&mut random, corpus, cursors);
                Ready {
                    body: json!({ "query": self.text, "variables": variables }).to_string(),
                    variables,
                    plain,
                }
            })
            .collect()
    }
}

/// Places in lists, as clients have them: from pages that they have read.
#[derive(Debug)]
pub(crate) struct Cursors {
    /// In the list of each topic, up to the 42nd.
    topics: Vec<Vec<Cursor>>,
    /// In the middle of all articles.
    deep: Vec<Cursor>,
}

/// A place behind an article.
#[derive(Clone, Debug)]
struct Cursor {
    text: String,
    /// What it stands for in a statement.
    public_at: String,
    article: i64,
}

const PLACES: &str = "edges { cursor node { id publishedAt } }";

impl Cursors {
    /// Read them.
    ///
    /// # Errors
    /// If an answer has errors.
    pub(crate) async fn read(client: &mut Connection, corpus: &Corpus) -> anyhow::Result<Self> {
        let mut topics = Vec::new();
        for topic in 1..=TOPICS {
            let query = format!(
                "{{ topic(by: {{slug: \"topic-{topic}\"}}, locales: [\"en\"]) {{
                articles(first: 42) {{ {PLACES} }} }} }}"
            );
            let data = client.ask(&json!({ "query": query }).to_string()).await?;
            topics.push(places(&data["topic"]["articles"])?);
        }

        let articles = usize::try_from(corpus.articles())?.min(DEEPEST);
        let [from, to] = [7, 9].map(|share| articles * share / 16);
        let query = format!(
            "query($after: String) {{ articles(locales: [\"en\"], first: 100, after: $after) {{ {PLACES} }} }}"
        );
        let mut all: Vec<Cursor> = Vec::new();
        while all.len() < to {
            let after = all.last().map(|last| &last.text);
            let body = json!({ "query": query, "variables": { "after": after } });
            let data = client.ask(&body.to_string()).await?;
            let page = places(&data["articles"])?;
            ensure!(!page.is_empty(), "the list of articles is too short");
            all.extend(page);
        }
        let deep = all[from..to].to_vec();
        Ok(Self { topics, deep })
    }
}

fn places(list: &Value) -> anyhow::Result<Vec<Cursor>> {
    let edges = list["edges"].as_array().into_iter().flatten();
    edges.map(place).collect()
}

fn place(edge: &Value) -> anyhow::Result<Cursor> {
    let text = edge["cursor"].as_str().context("an edge has a cursor")?;
    let node = &edge["node"];
    let public_at = node["publishedAt"].as_str().context("it has a time")?;
    let id = node["id"].as_str().context("it has an id")?;
    // An id is its kind and its number.
    let id = String::from_utf8(URL_SAFE_NO_PAD.decode(id)?)?;
    let (_, number) = id.split_once(':').context("an id has a number")?;
    Ok(Cursor {
        text: text.to_owned(),
        public_at: public_at.replace('Z', "+00:00"),
        article: number.parse()?,
    })
}
