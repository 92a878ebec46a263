//! What is agreed with a partner: checked before it is written.

use std::fmt;

use async_graphql::MaybeUndefined;

use crate::access::{ContractContent, Role};
use crate::administration::api_key::fault::KeyError;
use crate::administration::api_key::store;
use crate::config::origin;
use crate::content::writing::Writing;
use crate::error::shown;
use crate::graphql::scalar::Locale;

/// What is agreed with a partner.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// Tags, in the publication's order when they were agreed; `None`: all.
    pub locales: Option<Vec<String>>,
    /// Numbers of topics, in ascending order; `None`: all.
    pub topics: Option<Vec<i64>>,
    pub content: ContractContent,
    /// Units of cost a day, in UTC; `None`: as many as it likes.
    pub daily_quota: Option<i64>,
    /// As browsers write them; `None`: any.
    pub origins: Option<Vec<String>>,
}

/// What is to be agreed anew. What is undefined stays as it is; null lifts a
/// bound.
#[derive(Clone, Debug, Default)]
pub struct TermsChange {
    /// Tags, in any case.
    pub locales: MaybeUndefined<Vec<String>>,
    pub topics: MaybeUndefined<Vec<TopicName>>,
    pub content: Option<ContractContent>,
    pub daily_quota: MaybeUndefined<i64>,
    pub origins: MaybeUndefined<Vec<String>>,
}

/// What a topic is called by whoever agrees on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TopicName {
    Id(i64),
    /// Its present slug.
    Slug(String),
}

impl fmt::Display for TopicName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(_) => formatter.write_str("with this id"),
            Self::Slug(slug) => write!(formatter, "\"{}\"", shown(slug)),
        }
    }
}

/// Units of a day that can be agreed on at most: more than any key can use.
pub(super) const MAX_QUOTA: i64 = 1_000_000_000_000;
/// How many topics, or origins, a contract can name.
pub(super) const MAX_NAMES: usize = 100;

impl TermsChange {
    /// Whether anything is to be agreed.
    pub(super) fn is_empty(&self) -> bool {
        self.locales.is_undefined()
            && self.topics.is_undefined()
            && self.content.is_none()
            && self.daily_quota.is_undefined()
            && self.origins.is_undefined()
    }
}

/// What is agreed with the holder of a key of this role after `change`; `None`:
/// nothing is.
///
/// # Errors
/// If the key is no partner's, something is named that there is not, or a bound
/// would let nothing pass.
pub(super) async fn agreed(
    writing: &Writing,
    role: Role,
    before: Option<Terms>,
    change: TermsChange,
) -> Result<Option<Terms>, KeyError> {
    if change.is_empty() {
        return Ok(before);
    }
    if role != Role::Partner {
        return Err(KeyError::TakesNoContract(role));
    }
    let before = before.unwrap_or_default();
    Ok(Some(Terms {
        locales: match change.locales {
            MaybeUndefined::Undefined => before.locales,
            MaybeUndefined::Null => None,
            MaybeUndefined::Value(asked) => {
                Some(locales(writing, &asked, "contract.locales").await?)
            }
        },
        topics: match change.topics {
            MaybeUndefined::Undefined => before.topics,
            MaybeUndefined::Null => None,
            MaybeUndefined::Value(asked) => Some(topics(writing, asked).await?),
        },
        content: change.content.unwrap_or(before.content),
        daily_quota: match change.daily_quota {
            MaybeUndefined::Undefined => before.daily_quota,
            MaybeUndefined::Null => None,
            MaybeUndefined::Value(quota) if (1..=MAX_QUOTA).contains(&quota) => Some(quota),
            MaybeUndefined::Value(_) => return Err(KeyError::NoQuota),
        },
        origins: match change.origins {
            MaybeUndefined::Undefined => before.origins,
            MaybeUndefined::Null => None,
            MaybeUndefined::Value(asked) => Some(origins(asked)?),
        },
    }))
}

/// The locales that are named at `field`, in the publication's order.
///
/// # Errors
/// If none is, or one that is none of the publication's.
pub(super) async fn locales(
    writing: &Writing,
    asked: &[String],
    field: &'static str,
) -> Result<Vec<String>, KeyError> {
    let mut known = store::publication_locales(writing.tx()).await?;
    if known.is_empty() {
        return Err(KeyError::NoPublication { field });
    }
    let mut wanted = Vec::with_capacity(asked.len());
    for asked in asked {
        let tag = Locale::of_content(asked).map(|Locale(tag)| tag);
        let tag = tag.filter(|tag| known.contains(tag));
        wanted.push(tag.ok_or_else(|| KeyError::UnknownLocale {
            asked: asked.clone(),
            known: known.join(", "),
            field,
        })?);
    }
    known.retain(|tag| wanted.contains(tag));
    if known.is_empty() {
        return Err(KeyError::BindsToNothing("locales"));
    }
    Ok(known)
}

async fn topics(writing: &Writing, asked: Vec<TopicName>) -> Result<Vec<i64>, KeyError> {
    check_count("topics", asked.len())?;
    let mut topics = Vec::with_capacity(asked.len());
    for name in asked {
        let found = store::topic(writing.tx(), &name).await?;
        topics.push(found.ok_or(KeyError::UnknownTopic(name))?);
    }
    topics.sort_unstable();
    topics.dedup();
    Ok(topics)
}

fn origins(asked: Vec<String>) -> Result<Vec<String>, KeyError> {
    check_count("origins", asked.len())?;
    let mut origins = Vec::with_capacity(asked.len());
    for text in asked {
        let origin = origin(&text).ok_or(KeyError::NoOrigin(text))?;
        if !origins.contains(&origin) {
            origins.push(origin);
        }
    }
    Ok(origins)
}

fn check_count(what: &'static str, count: usize) -> Result<(), KeyError> {
    match count {
        0 => Err(KeyError::BindsToNothing(what)),
        count if count > MAX_NAMES => Err(KeyError::TooMany(what)),
        _ => Ok(()),
    }
}
