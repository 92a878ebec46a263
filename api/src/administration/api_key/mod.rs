//! API keys: made, shown once, handed over from one secret to the next, and
//! revoked; never deleted, so that a name in the audit log means one key for
//! ever. What is agreed with partners, and what keys were used for.

mod contract;
mod fault;
mod keys;
mod loader;
mod mutation;
mod object;
mod query;
mod store;
mod usage;

pub use contract::{Terms, TermsChange, TopicName};
pub use fault::KeyError;
pub use keys::{
    ApiKeyState, DEFAULT_OVERLAP, KeyChange, MAX_OVERLAP, Made, NewKey, create, revoke, rotate,
    update,
};
pub use mutation::ApiKeyMutation;
pub use object::ApiKey;
pub use query::ApiKeyQuery;
pub use store::{Row, Which, all, terms, used_since};
pub use usage::{DAYS, MAX_DAYS, first_of};
