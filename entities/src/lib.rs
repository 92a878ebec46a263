//! The tables of Masthead: one file each, columns, relations and enums.
//!
//! Nothing here knows GraphQL or HTTP. Times are UTC; dates are local to the
//! publication's time zone.

pub mod api_key;
pub mod api_key_secret;
pub mod api_key_usage;
pub mod article;
pub mod article_correction;
pub mod article_key_term;
pub mod article_text;
pub mod article_translation;
pub mod audit_log;
pub mod author;
pub mod author_translation;
pub mod byline;
pub mod change_log_entry;
pub mod change_log_head;
pub mod change_log_reader;
pub mod derived_forms;
pub mod former_slug;
pub mod idempotency_key;
pub mod issue;
pub mod issue_translation;
pub mod partner_contract;
pub mod partner_contract_locale;
pub mod partner_contract_topic;
pub mod preview_secret;
pub mod publication;
pub mod publication_locale;
pub mod revision;
pub mod schedule;
pub mod topic;
pub mod topic_translation;
pub mod visible_words;
pub mod webhook_attempt;
pub mod webhook_delivery;
pub mod webhook_endpoint;
pub mod webhook_message;
