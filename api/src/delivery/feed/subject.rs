//! What a feed is about: from its address to the thing.

use std::sync::Arc;

use super::address::{Address, IssueName, Subject};
use crate::access::OutOfScope;
use crate::cache::tag::Tag;
use crate::content::article::{Parent, Selection};
use crate::content::author::AuthorRow;
use crate::content::date_range::{DateRangeStyle, date_range};
use crate::content::entity::BySlug;
use crate::content::issue::{IssueByNumber, IssueRow, issue_url, latest_issue};
use crate::content::language::{Translated, since};
use crate::content::publication::{Reader, Shown};
use crate::content::search::{Matching, Question};
use crate::content::topic::TopicRow;
use crate::error::{Error, shown};
use crate::graphql::batch::Batches;

/// What an address leads to.
pub(super) enum Found {
    About(Box<About>),
    /// The thing has another slug by now.
    Moved(Subject),
    /// Nothing, for this reason.
    Nothing(String),
}

/// What a feed is about.
pub(super) struct About {
    /// What it is called, and in which locale; `None`: it is the publication.
    pub(super) name: Option<(String, String)>,
    /// What is said of it.
    pub(super) description: Option<String>,
    /// Where the website shows it.
    pub(super) home: String,
    /// What it is known by, whatever it is called.
    pub(super) key: String,
    pub(super) selection: Selection,
}

/// Find what `address` is a feed of, for `reader`.
///
/// # Errors
/// If the words of a search are too many, the topic is none of the reader's
/// contract, or the database does not answer.
pub(super) async fn find(
    address: &Address,
    reader: &Reader,
    batches: &Batches,
) -> Result<Found, Error> {
    match &address.subject {
        Subject::Articles => {
            reader.notes.tag(Tag::Articles);
            Ok(Found::About(Box::new(About {
                name: None,
                description: reader
                    .settings
                    .description_for(&reader.locales)
                    .map(|(_, text)| text.to_owned()),
                home: reader.settings.url.clone(),
                key: "articles".to_owned(),
                selection: Selection::All,
            })))
        }
        Subject::Topic(slug) => {
            let look_up = |locales| BySlug::<TopicRow>::new(slug.clone(), locales).find(batches);
            let left_out = OutOfScope::Topic("feed");
            let found = reader.within_scope(left_out, look_up).await?;
            Ok(match found {
                Some(topic) if topic.slug == *slug => of_topic(&topic, reader),
                Some(topic) => {
                    reader.notes.tags([Tag::Topic(topic.id), Tag::Topics]);
                    Found::Moved(Subject::Topic(topic.slug.clone()))
                }
                None => nothing("topic has the slug", slug),
            })
        }
        Subject::Author(slug) => {
            let by_slug = BySlug::<AuthorRow>::new(slug.clone(), reader.locales.clone());
            let found = by_slug.find(batches).await?;
            Ok(match found {
                Some(author) if author.slug == *slug => of_author(&author, reader),
                Some(author) => {
                    reader.notes.tags([Tag::Author(author.id), Tag::Authors]);
                    Found::Moved(Subject::Author(author.slug.clone()))
                }
                None => nothing("author has the slug", slug),
            })
        }
        Subject::Issue(name) => issue(name, reader, batches).await,
        Subject::Search(words) => {
            reader.notes.tag(Tag::Articles);
            let question = Arc::new(Question::try_new(words, &reader.locales)?);
            let matching = Matching::new(batches.database().engine(), question);
            let locale = reader.locales.first().unwrap_or_default();
            Ok(Found::About(Box::new(About {
                name: Some((words.clone(), locale.to_owned())).filter(|_| !words.is_empty()),
                description: None,
                home: reader.settings.url.clone(),
                key: format!("search {words}"),
                selection: Selection::Matching(matching),
            })))
        }
    }
}

fn of_topic(topic: &TopicRow, reader: &Reader) -> Found {
    reader
        .notes
        .tags([Tag::Topic(topic.id), Tag::ArticlesOfTopic(topic.id)]);
    let locale = &topic.written.locale;
    Found::About(Box::new(About {
        name: Some((topic.name.clone(), locale.clone())),
        description: Some(topic.description.clone()).filter(|text| !text.is_empty()),
        home: reader.url(Shown {
            what: Translated::Topic,
            locale,
            slug: &topic.slug,
            place: None,
        }),
        key: format!("topic {}", topic.id),
        selection: Selection::Below(Parent::Topic, topic.id),
    }))
}

fn of_author(author: &AuthorRow, reader: &Reader) -> Found {
    reader.notes.tags([Tag::Author(author.id), Tag::Articles]);
    let locale = &author.written.locale;
    Found::About(Box::new(About {
        name: Some((author.name.clone(), locale.clone())),
        description: Some(author.bio.clone()).filter(|text| !text.is_empty()),
        home: reader.url(Shown {
            what: Translated::Author,
            locale,
            slug: &author.slug,
            place: None,
        }),
        key: format!("author {}", author.id),
        selection: Selection::Below(Parent::Author, author.id),
    }))
}

async fn issue(name: &IssueName, reader: &Reader, batches: &Batches) -> Result<Found, Error> {
    let locales = reader.locales.clone();
    Ok(match name {
        IssueName::Latest => {
            reader.notes.tag(Tag::Issues);
            match latest_issue(batches.database(), &locales).await? {
                Some(issue) => of_issue(&issue, "issue latest".to_owned(), reader),
                None => Found::Nothing("no issue is published yet".to_owned()),
            }
        }
        IssueName::Number(number) => {
            let number = *number;
            match (IssueByNumber { number, locales }).find(batches).await? {
                Some(issue) => of_issue(&issue, format!("issue {}", issue.id), reader),
                None => nothing("issue has the number", &number.to_string()),
            }
        }
        IssueName::Slug(slug) => {
            let by_slug = BySlug::<IssueRow>::new(slug.clone(), locales);
            match by_slug.find(batches).await? {
                Some(issue) if issue.slug == *slug => {
                    of_issue(&issue, format!("issue {}", issue.id), reader)
                }
                Some(issue) => {
                    reader.notes.tags([Tag::Issue(issue.id), Tag::Issues]);
                    Found::Moved(Subject::Issue(IssueName::Slug(issue.slug.clone())))
                }
                None => nothing("issue has the slug", slug),
            }
        }
    })
}

fn of_issue(issue: &IssueRow, key: String, reader: &Reader) -> Found {
    let tag = Tag::Issue(issue.id);
    reader.notes.dated_tag(tag, since(issue.published_at));
    reader.notes.tag(Tag::ArticlesOfIssue(issue.id));
    let locale = &issue.written.locale;
    Found::About(Box::new(About {
        name: Some((title_of(issue), locale.clone())),
        description: issue.title.is_some().then(|| days_of(issue)),
        home: issue_url(issue, reader),
        key,
        selection: Selection::Below(Parent::Issue, issue.id),
    }))
}

/// What an issue is called: its days, where it has no title.
#[must_use]
pub fn title_of(issue: &IssueRow) -> String {
    issue.title.clone().unwrap_or_else(|| days_of(issue))
}

fn days_of(issue: &IssueRow) -> String {
    let locale = &issue.written.locale;
    date_range(locale, DateRangeStyle::Long, issue.starts_on, issue.ends_on)
}

fn nothing(what: &str, asked: &str) -> Found {
    Found::Nothing(format!(
        "no {what} \"{}\" in the locales of this address",
        shown(asked)
    ))
}
