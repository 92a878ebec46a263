//! What is one of a few: slugs, locales, ids.

use async_graphql::{ID, InputObject};
use sea_orm::sea_query::{Condition, Expr};

use super::{exactly, within};
use crate::error::Error;
use crate::graphql::id::decode_as;
use crate::graphql::scalar::{Locale, Slug};

/// What a slug must be. Fields combine with AND. Case matters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, InputObject)]
pub struct SlugFilter {
    /// Exactly this.
    eq: Option<Slug>,
    /// One of these, at most 100; of none, nothing matches.
    #[graphql(name = "in")]
    one_of: Option<Vec<Slug>>,
}

/// What a locale must be. Fields combine with AND.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, InputObject)]
pub struct LocaleFilter {
    /// Exactly this.
    eq: Option<Locale>,
    /// One of these, at most 100; of none, nothing matches.
    #[graphql(name = "in")]
    one_of: Option<Vec<Locale>>,
}

/// What an id must be. Fields combine with AND.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, InputObject)]
pub struct IdFilter {
    /// Exactly this.
    eq: Option<ID>,
    /// One of these, at most 100; of none, nothing matches.
    #[graphql(name = "in")]
    one_of: Option<Vec<ID>>,
}

impl SlugFilter {
    /// Whether it keeps to one slug at most.
    #[must_use]
    pub const fn is_one(&self) -> bool {
        self.eq.is_some()
    }

    /// Hold `column` to this.
    ///
    /// # Errors
    /// If a list is too long.
    pub fn condition(&self, column: &Expr) -> Result<Condition, Error> {
        let Self { eq, one_of } = self;
        exactly(
            column,
            eq.as_ref().map(|slug| slug.0.clone()),
            one_of
                .as_ref()
                .map(|slugs| slugs.iter().map(|slug| slug.0.clone()).collect()),
        )
    }
}

impl LocaleFilter {
    /// Hold `column` to this.
    ///
    /// # Errors
    /// If a list is too long.
    pub fn condition(&self, column: &Expr) -> Result<Condition, Error> {
        let Self { eq, one_of } = self;
        exactly(
            column,
            eq.as_ref().map(|locale| locale.0.clone()),
            one_of
                .as_ref()
                .map(|locales| locales.iter().map(|locale| locale.0.clone()).collect()),
        )
    }
}

impl IdFilter {
    /// Whether it keeps to one thing at most.
    #[must_use]
    pub const fn is_one(&self) -> bool {
        self.eq.is_some()
    }

    /// Hold `column`, the key of `type_name`, to this.
    ///
    /// # Errors
    /// If a list is too long, or an id is not of this type.
    pub fn condition(&self, column: &Expr, type_name: &'static str) -> Result<Condition, Error> {
        let Self { eq, one_of } = self;
        let one_of = match one_of {
            Some(ids) => Some(
                within("in", ids)?
                    .iter()
                    .map(|id| decode_as(id, type_name))
                    .collect::<Result<Vec<_>, _>>()?,
            ),
            None => None,
        };
        let eq = match eq {
            Some(id) => Some(decode_as(id, type_name)?),
            None => None,
        };
        exactly(column, eq, one_of)
    }
}
