//! What websites and apps ask most, each time with other values.

use anyhow::ensure;
use serde_json::{Value, json};

use crate::client::Connection;
use crate::corpus::{AUTHORS, Corpus, ENGLISH_WORDS, TOPICS, TRENDS, published_at};
use crate::random::Random;

/// How many requests of each question are ready.
const READY: usize = 200;

/// A question, and the values that it is asked with.
pub(crate) struct Question {
    pub(crate) name: &'static str,
    text: &'static str,
    variables: fn(&mut Random, &Corpus, &Cursors) -> Value,
}

pub(crate) const QUESTIONS: [Question; 8] = [
    Question {
        name: "Q1 weekly issue",
        text: "query($number: Int!) { issue(by: {number: $number}, locales: [\"en\"]) {
            number slug startsOn endsOn
            articles(first: 100) { nodes { trend title lead slug topic { slug name } authors { slug name } } } } }",
        variables: |random, corpus, _| json!({ "number": random.between(1, corpus.issues()) }),
    },
    Question {
        name: "Q2 topic page",
        text: "query($topic: Slug!, $after: String) { topic(by: {slug: $topic}, locales: [\"en\"]) {
            articles(first: 20, after: $after) { totalCount pageInfo { hasNextPage }
            nodes { slug title lead trend publishedAt issue { number slug } authors { slug name } } } } }",
        variables: |random, _, cursors| {
            let topic = random.below(TOPICS);
            let after = random.one(&cursors.topics[topic as usize]);
            json!({ "topic": format!("topic-{}", topic + 1), "after": after })
        },
    },
    Question {
        name: "Q3 article page",
        text: "query($slug: Slug!) { article(by: {slug: $slug}, locales: [\"en\"]) {
            slug title lead body { markdown } trend topic { name } issue { number }
            authors { name bio } translations { locale slug title } } }",
        variables: |random, corpus, _| {
            let article = random.between(1, corpus.articles());
            json!({ "slug": format!("article-{article}-en") })
        },
    },
    Question {
        name: "Q4 deep page",
        text: "query($after: String) { articles(locales: [\"en\"], first: 20, after: $after) {
            nodes { slug title publishedAt } } }",
        variables: |random, _, cursors| json!({ "after": random.one(&cursors.deep) }),
    },
    Question {
        name: "Q5 filter",
        text: "query($author: Slug!, $trend: Trend!, $from: DateTime!, $to: DateTime!) {
            articles(locales: [\"en\"], first: 20, filter: { trend: {eq: $trend},
            publishedAt: {gte: $from, lt: $to}, authors: {some: {slug: {eq: $author}}} }) {
            nodes { slug title publishedAt topic { slug } } } }",
        variables: |random, corpus, _| {
            let author = random.between(1, AUTHORS);
            let from = 1 + random.below(corpus.issues() * 2 / 5);
            let to = from + corpus.issues() * 2 / 5;
            json!({
                "author": format!("author-{author}"),
                "trend": random.one(&TRENDS),
                "from": published_at(from),
                "to": published_at(to),
            })
        },
    },
    Question {
        name: "Q6 feed",
        text: "query($before: DateTime) { articles(locales: [\"en\"], first: 30, filter: {publishedAt: {lt: $before}}) {
            nodes { slug title lead body { markdown } publishedAt authors { name } topic { name } } } }",
        variables: before,
    },
    Question {
        name: "Q7 search",
        text: "query($query: String!) { search(query: $query, locales: [\"en\"], first: 20) {
            edges { score node { slug title lead } } } }",
        variables: |random, _, _| json!({ "query": two_words(random) }),
    },
    Question {
        name: "Q8 navigation",
        text: "query($before: DateTime) { topics(locales: [\"en\"], first: 100) { nodes { slug name
            articles(first: 3, filter: {publishedAt: {lt: $before}}) { nodes { slug title publishedAt } } } } }",
        variables: before,
    },
];

/// Two words of the corpus, as a reader types them who is done.
pub(crate) fn two_words(random: &mut Random) -> String {
    let one = random.one(&ENGLISH_WORDS);
    let others: Vec<&&str> = ENGLISH_WORDS.iter().filter(|word| *word != one).collect();
    format!("{one} {} ", random.one(&others))
}

/// A time with enough articles before it for a full answer.
fn before(random: &mut Random, corpus: &Corpus, _: &Cursors) -> Value {
    let issue = random.between(corpus.issues() / 4, corpus.issues());
    json!({ "before": published_at(issue) })
}

impl Question {
    /// The bodies of its requests: the same in every run.
    pub(crate) fn bodies(&self, corpus: &Corpus, cursors: &Cursors) -> Vec<String> {
        let mut random = Random::of(self.name);
        (0..READY)
            .map(|_| {
                let variables = (self.variables)(&mut random, corpus, cursors);
                json!({ "query": self.text, "variables": variables }).to_string()
            })
            .collect()
    }
}

/// Places in lists, as clients have them: from pages that they have read.
#[derive(Debug)]
pub(crate) struct Cursors {
    /// In the list of each topic, up to the 42nd.
    topics: Vec<Vec<String>>,
    /// In the middle of all articles.
    deep: Vec<String>,
}

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
                articles(first: 42) {{ edges {{ cursor }} }} }} }}"
            );
            let data = client.ask(&json!({ "query": query }).to_string()).await?;
            topics.push(of_edges(&data["topic"]["articles"]));
        }

        let [from, to] = [7, 9].map(|share| corpus.articles() as usize * share / 16);
        let mut all: Vec<String> = Vec::new();
        while all.len() < to {
            let query =
                "query($after: String) { articles(locales: [\"en\"], first: 100, after: $after) {
                edges { cursor } } }";
            let variables = json!({ "after": all.last() });
            let body = json!({ "query": query, "variables": variables });
            let data = client.ask(&body.to_string()).await?;
            let page = of_edges(&data["articles"]);
            ensure!(!page.is_empty(), "the list of articles is too short");
            all.extend(page);
        }
        let deep = all[from..to].to_vec();
        Ok(Self { topics, deep })
    }
}

fn of_edges(list: &Value) -> Vec<String> {
    let edges = list["edges"].as_array().into_iter().flatten();
    edges
        .filter_map(|edge| edge["cursor"].as_str())
        .map(str::to_owned)
        .collect()
}
