//! The audit log: who did what, when, from which version to which. It is
//! written in the transaction of what it tells, and only ever added to.

mod store;

pub use store::append;

/// Something that was done, for the audit log. It holds no text and no secret.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deed {
    /// What was done, by the name of the mutation or the command.
    pub operation: &'static str,
    /// The type of the thing that it was done to, and its number in the
    /// database; `None`: to none alone.
    pub thing: Option<(&'static str, i64)>,
    /// What the thing is known by: a slug, a number, a key, a name.
    pub name: Option<String>,
    /// The locale of the words that it was done to.
    pub locale: Option<String>,
    /// The version that was there before; `None`: it is new.
    pub from_version: Option<i32>,
    /// The version that is there since; `None`: it is gone.
    pub to_version: Option<i32>,
    /// What else is to be said of it.
    pub note: Option<String>,
}

/// Who did it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The name of the API key, [`Actor::COMMAND_LINE`] or [`Actor::SERVER`].
    pub name: String,
    /// The API key; `None` if it is none.
    pub key_id: Option<i64>,
}

impl Actor {
    /// The name of whoever runs commands. No API key has it.
    pub const COMMAND_LINE: &str = "command line";

    /// The name of the server where it acts by itself. No API key has it.
    pub const SERVER: &str = "server";

    /// The server, where it acts by itself.
    #[must_use]
    pub fn server() -> Self {
        Self {
            name: Self::SERVER.to_owned(),
            key_id: None,
        }
    }

    /// Whoever runs a command on the server's machine.
    #[must_use]
    pub fn command_line() -> Self {
        Self {
            name: Self::COMMAND_LINE.to_owned(),
            key_id: None,
        }
    }
}
