//! How a publication is looked after: who may do what.

pub mod api_key;
pub mod audit_log;

pub use api_key::{ApiKeyMutation, ApiKeyQuery};
pub use audit_log::AuditLogQuery;
