//! What an answer holds, by names that caches in front are purged by.

use std::collections::BTreeSet;

/// One thing, or one kind of list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Tag {
    Publication,
    Article(i64),
    Issue(i64),
    Topic(i64),
    Author(i64),
    /// Lists of articles that hang on no issue and no topic.
    Articles,
    Issues,
    Topics,
    Authors,
}

/// The tags of one answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tags(BTreeSet<Tag>);

impl Tags {
    /// Add one.
    pub fn add(&mut self, tag: Tag) {
        self.0.insert(tag);
    }

    /// Each once, in order.
    pub fn iter(&self) -> impl Iterator<Item = Tag> {
        self.0.iter().copied()
    }
}
