//! What can be previewed before readers see it.

/// What can be previewed before readers see it, by its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Previewed {
    /// An issue, and all words of its articles.
    Issue(i64),
    /// All words of an article, and its issue.
    Article(i64),
}
