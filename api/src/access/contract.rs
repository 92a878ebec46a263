//! What a partner may be served: a scope, a quota for a day, and the pages that
//! may use the key.

use async_graphql::Enum;

use crate::error::Error;

/// How much of an article a partner is served.
#[derive(Enum, Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[graphql(remote = "masthead_entities::partner_contract::Content")]
pub enum ContractContent {
    /// All of it.
    #[default]
    Full,
    /// Its title, lead and excerpts as long as one is unless told; not `body`.
    Summary,
}

/// What the holder of a partner's key may be served, and how much of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contract {
    /// The key that it is of.
    pub key: i64,
    /// How often it was written: each writing may have changed its scope.
    pub version: i32,
    /// The locales that it binds to; `None`: all.
    pub locales: Option<Vec<String>>,
    /// Whether it binds to topics. Which, statements look up by the key.
    pub binds_topics: bool,
    pub content: ContractContent,
    /// Units of cost a day, in UTC; `None`: as many as it likes.
    pub daily_quota: Option<u64>,
    /// The origins of the pages that may use the key, as browsers write them;
    /// `None`: any.
    pub origins: Option<Vec<String>>,
}

/// What a contract leaves of what is public. Statements ask the tables of the
/// contract by its key, so that this is small, and the same for equal bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Scope {
    pub key: i64,
    /// That of the contract: another one may have other bounds.
    pub version: i32,
    pub binds_locales: bool,
    pub binds_topics: bool,
    pub content: ContractContent,
}

/// Something is asked for that a contract leaves out.
#[derive(thiserror::Error, Clone, Debug, PartialEq, Eq)]
pub enum OutOfScope {
    #[error("the key is for the locales {own}, not for \"{asked}\"")]
    Locale { asked: String, own: String },
    #[error("the key is not for the topic of this {0}")]
    Topic(&'static str),
    #[error("the key is not for what is at this address")]
    Page,
    #[error("the key is for summaries: there is no {0} for it")]
    Text(&'static str),
    #[error("a preview goes by its token alone: send it without this key, which has a scope")]
    Preview,
}

impl Contract {
    /// What it leaves of what is public; `None`: all.
    #[must_use]
    pub fn scope(&self) -> Option<Scope> {
        let scope = Scope {
            key: self.key,
            version: self.version,
            binds_locales: self.locales.is_some(),
            binds_topics: self.binds_topics,
            content: self.content,
        };
        let binds = scope.binds_locales || scope.binds_topics;
        (binds || scope.content == ContractContent::Summary).then_some(scope)
    }

    /// Whether a reader may be served in each of these locales.
    ///
    /// # Errors
    /// [`OutOfScope::Locale`] if there is one that the contract leaves out.
    pub fn check_locales<'a>(&self, mut asked: impl Iterator<Item = &'a str>) -> Result<(), Error> {
        let Some(own) = &self.locales else {
            return Ok(());
        };
        match asked.find(|asked| !own.iter().any(|own| own == asked)) {
            None => Ok(()),
            Some(asked) => Err(OutOfScope::Locale {
                asked: asked.to_owned(),
                own: own.join(", "),
            }
            .into()),
        }
    }

    /// Whether a page of this origin may use the key.
    #[must_use]
    pub fn allows(&self, origin: &[u8]) -> bool {
        let origins = self.origins.as_ref();
        origins.is_none_or(|origins| origins.iter().any(|own| own.as_bytes() == origin))
    }
}

impl Scope {
    /// Whether `what`, which holds the text of articles, may be served.
    ///
    /// # Errors
    /// [`OutOfScope::Text`] if it may not.
    pub fn check_text(self, what: &'static str) -> Result<(), Error> {
        match self.content {
            ContractContent::Full => Ok(()),
            ContractContent::Summary => Err(OutOfScope::Text(what).into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Contract, ContractContent};

    fn contract() -> Contract {
        Contract {
            key: 1,
            version: 1,
            locales: None,
            binds_topics: false,
            content: ContractContent::Full,
            daily_quota: Some(1000),
            origins: None,
        }
    }

    #[test]
    fn a_contract_without_bounds_leaves_all() {
        let free = contract();
        let bound = Contract {
            locales: Some(vec!["be".to_owned(), "ru".to_owned()]),
            ..contract()
        };

        assert_eq!(free.scope(), None);
        assert!(free.check_locales(["en", "be"].into_iter()).is_ok());
        assert!(bound.scope().is_some());
        assert!(bound.check_locales(["ru", "be"].into_iter()).is_ok());
        let refused = bound.check_locales(["be", "en"].into_iter()).unwrap_err();
        let expected = "the key is for the locales be, ru, not for \"en\"";
        assert_eq!(refused.to_string(), expected);
    }

    #[test]
    fn an_origin_is_compared_as_a_whole() {
        let bound = Contract {
            origins: Some(vec!["https://partner.example".to_owned()]),
            ..contract()
        };

        assert!(contract().allows(b"https://anyone.example"));
        assert!(bound.allows(b"https://partner.example"));
        for other in [
            "https://partner.example.org",
            "http://partner.example",
            "null",
            "",
        ] {
            assert!(!bound.allows(other.as_bytes()), "{other}");
        }
    }
}
