//! Everything that a test has seeded.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Display, Formatter};

use serde_json::Value;

use super::article::Article;
use super::author::{Author, author};
use super::issue::{Issue, issue};
use super::publication::{Publication, publication};
use super::topic::{Topic, topic};

/// Content of any kinds, in the order it was given. Its text is in the content
/// format, complete: what is referred to is there.
#[derive(Clone, Debug, Default)]
pub struct Content {
    publication: Option<Publication>,
    topics: Vec<Topic>,
    authors: Vec<Author>,
    issues: Vec<Issue>,
    articles: Vec<Article>,
}

impl Content {
    /// This and more. What has the same natural key takes the place of the
    /// former.
    #[must_use]
    pub fn with(mut self, content: impl Into<Self>) -> Self {
        self.add(content);
        self
    }

    /// Add more.
    pub fn add(&mut self, content: impl Into<Self>) {
        let Self {
            publication,
            topics,
            authors,
            issues,
            articles,
        } = content.into();
        if publication.is_some() {
            self.publication = publication;
        }
        put(&mut self.topics, topics, |topic| topic.slug.clone());
        put(&mut self.authors, authors, |author| author.slug.clone());
        put(&mut self.issues, issues, |issue| issue.number);
        put(&mut self.articles, articles, |article| article.key.clone());
    }

    pub(super) fn each_article(mut self, change: impl FnMut(&mut Article)) -> Self {
        self.articles.iter_mut().for_each(change);
        self
    }

    /// The records, in the order that the format asks for.
    #[must_use]
    pub fn records(&self) -> Vec<Value> {
        let publication = self.publication.clone().unwrap_or_else(publication);
        let locales = &publication.locales;
        let topics = self.topics_and_those_meant();
        let topics = topics
            .iter()
            .enumerate()
            .map(|(index, topic)| topic.render(index + 1, locales));
        let authors = self.authors_and_those_meant();
        let authors = authors.iter().map(|author| author.render(locales));
        let issues = self.issues_and_those_meant();
        let issues = issues.iter().map(|issue| issue.render(locales));
        let articles = self
            .articles
            .iter()
            .zip(self.places())
            .map(|(article, place)| article.render(place, locales));
        [publication.render()]
            .into_iter()
            .chain(topics)
            .chain(authors)
            .chain(issues)
            .chain(articles)
            .collect()
    }

    fn topics_and_those_meant(&self) -> Vec<Topic> {
        let meant = self.articles.iter().map(Article::topic_slug).map(topic);
        complete(&self.topics, meant, |topic| topic.slug.clone())
    }

    fn authors_and_those_meant(&self) -> Vec<Author> {
        let meant = self.articles.iter().flat_map(|article| &article.authors);
        let meant = meant.flatten().map(|slug| author(slug));
        complete(&self.authors, meant, |author| author.slug.clone())
    }

    fn issues_and_those_meant(&self) -> Vec<Issue> {
        let meant = self.articles.iter().map(Article::issue_number).map(issue);
        complete(&self.issues, meant, |issue| issue.number)
    }

    /// The position of each article: as it says, else the first that is free
    /// in its issue.
    fn places(&self) -> Vec<usize> {
        let mut taken: BTreeMap<u32, BTreeSet<usize>> = BTreeMap::new();
        for article in &self.articles {
            let taken = taken.entry(article.issue_number()).or_default();
            taken.extend(article.position);
        }
        let place = |article: &Article| {
            let taken = taken.entry(article.issue_number()).or_default();
            article.position.unwrap_or_else(|| {
                let free = (1..).find(|place| !taken.contains(place));
                let free = free.expect("there is always one more");
                taken.insert(free);
                free
            })
        };
        self.articles.iter().map(place).collect()
    }
}

impl Display for Content {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.records()
            .iter()
            .try_for_each(|record| writeln!(f, "{record}"))
    }
}

/// Add `new` things to `all`, in the place of those with the same key.
fn put<T, K: PartialEq>(all: &mut Vec<T>, new: Vec<T>, key: impl Fn(&T) -> K) {
    for thing in new {
        match all.iter_mut().find(|known| key(known) == key(&thing)) {
            Some(known) => *known = thing,
            None => all.push(thing),
        }
    }
}

/// `known` things, and those of `meant` that are not among them.
fn complete<T: Clone, K: Ord>(
    known: &[T],
    meant: impl Iterator<Item = T>,
    key: impl Fn(&T) -> K,
) -> Vec<T> {
    let mut keys: BTreeSet<K> = known.iter().map(&key).collect();
    let missing = meant.filter(|thing| keys.insert(key(thing)));
    let missing: Vec<T> = missing.collect();
    known.iter().cloned().chain(missing).collect()
}

impl From<Publication> for Content {
    fn from(publication: Publication) -> Self {
        Self {
            publication: Some(publication),
            ..Self::default()
        }
    }
}

impl From<Topic> for Content {
    fn from(topic: Topic) -> Self {
        Self {
            topics: vec![topic],
            ..Self::default()
        }
    }
}

impl From<Author> for Content {
    fn from(author: Author) -> Self {
        Self {
            authors: vec![author],
            ..Self::default()
        }
    }
}

impl From<Issue> for Content {
    fn from(issue: Issue) -> Self {
        Self {
            issues: vec![issue],
            ..Self::default()
        }
    }
}

impl From<Article> for Content {
    fn from(article: Article) -> Self {
        Self {
            articles: vec![article],
            ..Self::default()
        }
    }
}

impl<T: Into<Self>> From<Vec<T>> for Content {
    fn from(parts: Vec<T>) -> Self {
        parts.into_iter().fold(Self::default(), Self::with)
    }
}

impl<T: Into<Self>, const N: usize> From<[T; N]> for Content {
    fn from(parts: [T; N]) -> Self {
        parts.into_iter().fold(Self::default(), Self::with)
    }
}
