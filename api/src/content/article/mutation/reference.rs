//! What articles refer to, and whether it is there.

use std::collections::HashSet;

use async_graphql::ID;
use sea_orm::{DatabaseTransaction, DbErr};

use crate::content::article::store::{self, IssueFacts};
use crate::content::language::Translated;
use crate::content::writing::{Input, facts};
use crate::error::Error;
use crate::graphql::id::decode_as;
use crate::graphql::user_error::{UserError, UserErrorCode};

/// Authors of an article, at most.
const MAX_AUTHORS: usize = 100;

/// What an input refers to, by the numbers of the database; `None`: nothing is
/// said.
#[derive(Debug)]
pub(super) struct References {
    pub(super) issue: Option<i64>,
    pub(super) topic: Option<i64>,
    pub(super) authors: Option<Vec<i64>>,
}

impl References {
    /// What these ids stand for.
    ///
    /// # Errors
    /// If this API never gave one of them out, or it is of another type.
    pub(super) fn try_new(
        issue: Option<&ID>,
        topic: Option<&ID>,
        authors: Option<&[ID]>,
    ) -> Result<Self, Error> {
        let authors = authors.map(|authors| {
            let ids = authors.iter().map(|id| decode_as(id, "Author"));
            ids.collect::<Result<Vec<i64>, Error>>()
        });
        Ok(Self {
            issue: issue.map(|id| decode_as(id, "Issue")).transpose()?,
            topic: topic.map(|id| decode_as(id, "Topic")).transpose()?,
            authors: authors.transpose()?,
        })
    }

    /// Check that all of it is there. The answer is the issue.
    ///
    /// # Errors
    /// If the database does not answer.
    pub(super) async fn check(
        &self,
        tx: &DatabaseTransaction,
        checks: &mut Input,
    ) -> Result<Option<IssueFacts>, DbErr> {
        let issue = match self.issue {
            Some(issue) => store::issue_facts(tx, issue).await?,
            None => None,
        };
        if self.issue.is_some() && issue.is_none() {
            checks.wrong(nothing("issue", Translated::Issue));
        }
        if let Some(topic) = self.topic
            && facts(tx, Translated::Topic, topic).await?.is_none()
        {
            checks.wrong(nothing("topic", Translated::Topic));
        }
        if let Some(authors) = &self.authors {
            check_authors(tx, checks, authors).await?;
        }
        Ok(issue)
    }
}

async fn check_authors(
    tx: &DatabaseTransaction,
    checks: &mut Input,
    authors: &[i64],
) -> Result<(), DbErr> {
    let count = authors.len();
    if count > MAX_AUTHORS {
        let message = format!("has {count} entries; it holds at most {MAX_AUTHORS}");
        checks.wrong(UserError::new(UserErrorCode::Invalid, "authors", message));
        return Ok(());
    }
    let known = store::known_authors(tx, authors).await?;
    let mut seen = HashSet::new();
    for (place, author) in authors.iter().enumerate() {
        let field = format!("authors.{place}");
        if !known.contains(author) {
            checks.wrong(nothing(&field, Translated::Author));
        } else if !seen.insert(author) {
            let message = "is in the byline twice";
            checks.wrong(UserError::new(UserErrorCode::Duplicate, &field, message));
        }
    }
    Ok(())
}

/// There is no such thing.
pub(super) fn nothing(field: &str, what: Translated) -> UserError {
    let message = format!("there is no such {}", what.noun());
    UserError::new(UserErrorCode::NotFound, field, message)
}
