//! How a publication is looked after.

mod api_key;
mod audit_log;
mod contract;
mod keys;
