//! What is published: issues, articles, topics, authors, and their words in
//! each language.

pub mod article;
pub mod author;
pub mod collation;
pub mod correction;
pub mod date_range;
pub mod demo;
pub mod derived;
pub mod entity;
pub mod exchange;
pub mod filter;
pub mod folding;
pub mod issue;
pub mod language;
pub mod node;
pub mod preview;
pub mod publication;
pub mod revision;
pub mod rich_text;
pub mod schedule;
pub mod script;
pub mod search;
pub mod slug;
mod store;
pub mod topic;
pub mod total;
pub mod translation;
pub mod value;
pub mod visibility;
pub mod writing;
