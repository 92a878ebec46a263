//! API keys: made, shown once, handed over from one secret to the next, and
//! revoked; never deleted, so that a name in the audit log means one key for
//! ever.

mod fault;
mod keys;
mod mutation;
mod object;
mod query;
mod store;

pub use fault::KeyError;
pub use keys::{ApiKeyState, DEFAULT_OVERLAP, MAX_OVERLAP, Made, NewKey, create, revoke, rotate};
pub use mutation::ApiKeyMutation;
pub use object::ApiKey;
pub use query::ApiKeyQuery;
pub use store::{Row, Which, all};
