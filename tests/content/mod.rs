//! What the API answers about content.

mod accept_language;
mod archive;
mod bad_input;
mod columns;
mod correction;
mod derived;
mod entities;
mod exchange;
mod facets;
mod issue_lookup;
mod language;
mod model;
mod neighbours;
mod node;
mod ready;
mod related;
mod revision;
pub(crate) mod rich_text;
mod schedule;
mod search;
mod slug_lookup;
mod statements;
mod text_filter;
mod trends;
mod writing;
