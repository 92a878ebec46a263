//! What a key is for.

use std::fmt;

use async_graphql::Enum;

/// What a key is for. Each role may do all that those before it may.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[graphql(remote = "masthead_entities::api_key::Role")]
pub enum Role {
    /// Reads what is published, as everyone may without a key.
    Reader,
    /// Reads what is published, for a site that shows it to its own readers.
    Partner,
    /// Reads drafts, and writes articles in the locales of the key.
    Translator,
    /// Puts issues together, in every locale.
    Editor,
    /// Makes public, takes back and corrects.
    Publisher,
    /// Sets the publication up, makes keys, and reads who did what.
    Admin,
}

impl Role {
    /// All roles, the least first.
    pub const ALL: [Self; 6] = [
        Self::Reader,
        Self::Partner,
        Self::Translator,
        Self::Editor,
        Self::Publisher,
        Self::Admin,
    ];

    /// The role in lower case, as commands and messages write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Reader => "reader",
            Self::Partner => "partner",
            Self::Translator => "translator",
            Self::Editor => "editor",
            Self::Publisher => "publisher",
            Self::Admin => "admin",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}
