//! What comes into a publication, made up at random.

use proptest::array::uniform3;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::Strategy;
use proptest::sample::{select, subsequence};

use super::corpus::{DAYS, Kind, TEXTS, TIMES, TRENDS, World};

/// Topics and authors.
#[derive(Clone, Debug)]
pub struct NamedDraft {
    pub position: i64,
    pub names: [Option<&'static str>; 3],
}

#[derive(Clone, Debug)]
pub struct IssueDraft {
    pub days: (&'static str, &'static str),
    pub published_at: Option<&'static str>,
    pub titles: [Option<Option<&'static str>>; 3],
}

/// An article before it has come in.
#[derive(Clone, Debug)]
pub struct ArticleDraft {
    pub issue: usize,
    pub topic: usize,
    pub authors: Vec<usize>,
    pub trend: Option<&'static str>,
    pub words: [Option<WordsDraft>; 3],
}

#[derive(Clone, Debug)]
pub struct WordsDraft {
    pub title: &'static str,
    pub state: &'static str,
    pub published_at: Option<&'static str>,
    pub updated_at: &'static str,
}

const TOPICS: usize = 4;
const AUTHORS: usize = 5;
const ISSUES: usize = 6;

/// A publication with `articles` articles.
pub fn world(articles: usize) -> impl Strategy<Value = World> {
    let parts = (
        vec(named(), TOPICS),
        vec(named(), AUTHORS),
        vec(issue(), ISSUES),
        vec(article(), articles),
    );
    parts.prop_map(|(topics, authors, issues, articles)| {
        let mut world = World::default();
        for (index, topic) in topics.iter().enumerate() {
            world.add_named(Kind::Topic, index, topic);
        }
        for (index, author) in authors.iter().enumerate() {
            world.add_named(Kind::Author, index, author);
        }
        for (index, issue) in issues.iter().enumerate() {
            world.add_issue(index, issue);
        }
        world.add(&articles);
        world
    })
}

/// One more article.
pub fn article() -> impl Strategy<Value = ArticleDraft> {
    let states = select(vec![
        "PUBLISHED",
        "PUBLISHED",
        "PUBLISHED",
        "DRAFT",
        "IN_REVIEW",
    ]);
    let words = (
        select(&TEXTS),
        states,
        option::of(select(&TIMES)),
        select(&TIMES),
    );
    let words = words.prop_map(|(title, state, published_at, updated_at)| WordsDraft {
        title,
        state,
        published_at,
        updated_at,
    });
    let authors = subsequence((0..AUTHORS).collect::<Vec<_>>(), 0..=3).prop_shuffle();
    let trend = option::of(select(&TRENDS));
    (0..ISSUES, 0..TOPICS, authors, trend, some_of_three(words)).prop_map(
        |(issue, topic, authors, trend, words)| ArticleDraft {
            issue,
            topic,
            authors,
            trend,
            words,
        },
    )
}

fn named() -> impl Strategy<Value = NamedDraft> {
    (1..=3_i64, some_of_three(select(&TEXTS)))
        .prop_map(|(position, names)| NamedDraft { position, names })
}

fn issue() -> impl Strategy<Value = IssueDraft> {
    let days = subsequence(&DAYS, 1..=2).prop_map(|days| (days[0], days[days.len() - 1]));
    let titles = some_of_three(option::of(select(&TEXTS)));
    let published_at = option::weighted(0.8, select(&TIMES));
    (days, published_at, titles).prop_map(|(days, published_at, titles)| IssueDraft {
        days,
        published_at,
        titles,
    })
}

/// In at least one locale.
fn some_of_three<S>(words: S) -> impl Strategy<Value = [Option<S::Value>; 3]>
where
    S: Strategy + Clone,
    S::Value: Clone,
{
    uniform3(option::weighted(0.6, words))
        .prop_filter("no words at all", |words| words.iter().any(Option::is_some))
}
