//! The audit log as admins read it. It is written by the kit's
//! [`crate::audit`], in the transaction of what it tells.

mod filter;
mod object;
mod query;
mod store;

pub use filter::AuditLogFilter;
pub use object::AuditLogEntry;
pub use query::AuditLogQuery;
