//! All SQL of topics.

use sea_orm::FromQueryResult;

use crate::content::language::Translated;
use crate::content::store::{Served, Written};

/// A topic as a reader is served it.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Row {
    pub id: i64,
    pub slug: String,
    pub position: i32,
    pub name: String,
    pub description: String,
    #[sea_orm(nested)]
    pub written: Written,
}

impl Served for Row {
    const WHAT: Translated = Translated::Topic;
    const FACTS: &'static [&'static str] = &["slug", "position"];
    const WORDS: &'static [&'static str] = &["name", "description"];
}
