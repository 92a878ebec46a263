//! Tags: names of what an answer holds, by which caches in front of this
//! process purge it.
//!
//! An answer holds a tag for whatever it would differ by. A purge names the tags
//! of what became different, so that each answer that did has one of them.

use std::collections::BTreeSet;
use std::fmt::{self, Write as _};

use xxhash_rust::xxh3::xxh3_64;

/// Something that an answer depends on. Numbers are the database's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Tag {
    /// The publication's own facts: its locales, its paths, its names. Every
    /// answer holds it.
    Publication,
    /// An article: its facts and its words in any locale.
    Article(i64),
    /// An issue itself, without its articles.
    Issue(i64),
    /// A topic itself, without its articles.
    Topic(i64),
    /// An author, without their articles.
    Author(i64),
    /// Which articles an issue has, and in which order.
    ArticlesOfIssue(i64),
    /// Which articles a topic has, and in which order.
    ArticlesOfTopic(i64),
    /// Which article has a slug, by [`Tag::slug`].
    Slug(u64),
    /// Which articles there are at all, and in which order.
    Articles,
    /// Which issues there are, and in which order.
    Issues,
    /// Which topics there are, and in which order.
    Topics,
    /// Which authors there are, and in which order.
    Authors,
    /// Any of the above of a kind, for an answer that holds too many of them.
    Any(Kind),
}

/// A kind of thing that tags are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    Article,
    Issue,
    Topic,
    Author,
}

/// Some of the kinds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kinds(u8);

impl Kinds {
    /// None of them.
    pub const NONE: Self = Self(0);

    /// One kind.
    #[must_use]
    pub const fn one(kind: Kind) -> Self {
        Self(1 << kind as u8)
    }

    /// These and others.
    #[must_use]
    pub const fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// The tags of the lists of all things of these kinds.
    pub fn lists(self) -> impl Iterator<Item = Tag> {
        let has = move |kind| self.0 & Self::one(kind).0 != 0;
        KINDS
            .into_iter()
            .filter(move |kind| has(*kind))
            .map(Tag::list)
    }
}

const KINDS: [Kind; 4] = [Kind::Article, Kind::Issue, Kind::Topic, Kind::Author];

impl Tag {
    /// The tag of one thing.
    #[must_use]
    pub const fn one(kind: Kind, id: i64) -> Self {
        match kind {
            Kind::Article => Self::Article(id),
            Kind::Issue => Self::Issue(id),
            Kind::Topic => Self::Topic(id),
            Kind::Author => Self::Author(id),
        }
    }

    /// The tag of the list of all things of a kind.
    #[must_use]
    pub const fn list(kind: Kind) -> Self {
        match kind {
            Kind::Article => Self::Articles,
            Kind::Issue => Self::Issues,
            Kind::Topic => Self::Topics,
            Kind::Author => Self::Authors,
        }
    }

    /// The tag of the article that has this slug.
    #[must_use]
    pub fn slug(slug: &str) -> Self {
        Self::Slug(xxh3_64(slug.as_bytes()))
    }

    /// The kind that it is about; `None` for the publication.
    #[must_use]
    pub const fn kind(self) -> Option<Kind> {
        match self {
            Self::Publication => None,
            Self::Article(_)
            | Self::ArticlesOfIssue(_)
            | Self::ArticlesOfTopic(_)
            | Self::Slug(_)
            | Self::Articles => Some(Kind::Article),
            Self::Issue(_) | Self::Issues => Some(Kind::Issue),
            Self::Topic(_) | Self::Topics => Some(Kind::Topic),
            Self::Author(_) | Self::Authors => Some(Kind::Author),
            Self::Any(kind) => Some(kind),
        }
    }

    /// Whether what it is about grows with every issue: an answer that holds it
    /// is never settled.
    #[must_use]
    pub const fn grows(self) -> bool {
        matches!(
            self,
            Self::ArticlesOfTopic(_) | Self::Articles | Self::Issues | Self::Topics | Self::Authors
        )
    }
}

/// The tags of one answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tags(Vec<Tag>);

impl Tags {
    /// Add one.
    pub fn add(&mut self, tag: Tag) {
        // Most that come twice come one after the other, and the rest is
        // dropped once, in `told`.
        if self.0.last() != Some(&tag) {
            self.0.push(tag);
        }
    }

    /// All that were added, some more than once.
    pub fn iter(&self) -> impl Iterator<Item = Tag> {
        self.0.iter().copied()
    }
}

/// Its name, of letters, digits and `-`: a token of HTTP in any header.
impl fmt::Display for Tag {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Publication => formatter.write_str("publication"),
            Self::Article(id) => write!(formatter, "article-{id}"),
            Self::Issue(id) => write!(formatter, "issue-{id}"),
            Self::Topic(id) => write!(formatter, "topic-{id}"),
            Self::Author(id) => write!(formatter, "author-{id}"),
            Self::ArticlesOfIssue(id) => write!(formatter, "issue-{id}-articles"),
            Self::ArticlesOfTopic(id) => write!(formatter, "topic-{id}-articles"),
            Self::Slug(hash) => write!(formatter, "slug-{hash:016x}"),
            Self::Articles => formatter.write_str("articles"),
            Self::Issues => formatter.write_str("issues"),
            Self::Topics => formatter.write_str("topics"),
            Self::Authors => formatter.write_str("authors"),
            Self::Any(Kind::Article) => formatter.write_str("any-article"),
            Self::Any(Kind::Issue) => formatter.write_str("any-issue"),
            Self::Any(Kind::Topic) => formatter.write_str("any-topic"),
            Self::Any(Kind::Author) => formatter.write_str("any-author"),
        }
    }
}

/// The most tags of an answer.
pub const MOST: usize = 200;

/// The most bytes that the tags of an answer take in a header: proxies that
/// refuse long headers take 4 or 8 KiB.
pub const MOST_BYTES: usize = 3_500;

/// What the headers of an answer say that it holds: `tags` and the publication,
/// in order. Where they are too many, the tags of the kind that has the most
/// become the one [`Tag::Any`] of it, and so on until they fit.
#[must_use]
pub fn told(tags: impl IntoIterator<Item = Tag>) -> BTreeSet<Tag> {
    let mut told: BTreeSet<Tag> = tags.into_iter().collect();
    told.insert(Tag::Publication);
    while told.len() > MOST || !surely_fit(&told) && joined(&told, " ").len() > MOST_BYTES {
        let Some(kind) = largest(&told) else {
            break;
        };
        told.retain(|tag| tag.kind() != Some(kind));
        told.insert(Tag::Any(kind));
    }
    told
}

/// Whether so few tags fit, however long their names are.
fn surely_fit(told: &BTreeSet<Tag>) -> bool {
    told.len() * LONGEST <= MOST_BYTES
}

/// The most bytes of a name, with what separates it from the next.
const LONGEST: usize = "topic--9223372036854775808-articles ".len();

/// What has to be purged so that no answer is left that holds one of `tags`,
/// however many it holds.
#[must_use]
pub fn purged(tags: impl IntoIterator<Item = Tag>) -> BTreeSet<Tag> {
    let mut purged = BTreeSet::new();
    for tag in tags {
        purged.extend(tag.kind().map(Tag::Any));
        purged.insert(tag);
    }
    purged
}

/// The names of tags with `separator` between them.
#[must_use]
pub fn joined<'a>(tags: impl IntoIterator<Item = &'a Tag>, separator: &str) -> String {
    let mut text = String::new();
    for tag in tags {
        if !text.is_empty() {
            text.push_str(separator);
        }
        // Writing into a string can't fail.
        let _ = write!(text, "{tag}");
    }
    text
}

/// The kind that has the most tags; `None` where each has one at most.
fn largest(tags: &BTreeSet<Tag>) -> Option<Kind> {
    KINDS
        .into_iter()
        .map(|kind| {
            let of_kind = tags.iter().filter(|tag| tag.kind() == Some(kind));
            (of_kind.count(), kind)
        })
        .max()
        .filter(|(count, _)| *count > 1)
        .map(|(_, kind)| kind)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::collection::vec;
    use proptest::prelude::{Just, Strategy, any, prop_assert, prop_oneof, proptest};

    use super::{Kind, MOST, MOST_BYTES, Tag, joined, purged, told};

    #[test]
    fn few_tags_are_told_as_they_are() {
        let tags = [Tag::Topic(7), Tag::Article(5), Tag::Article(5)];

        let told = joined(&told(tags), " ");

        assert_eq!(told, "publication article-5 topic-7");
    }

    #[test]
    fn too_many_of_a_kind_become_one() {
        let articles = (0..300).map(Tag::Article);
        let tags = articles.chain([Tag::Articles, Tag::Topic(7)]);

        let told = joined(&told(tags), ",");

        assert_eq!(told, "publication,topic-7,any-article");
    }

    #[test]
    fn a_purge_of_a_thing_is_one_of_its_kind() {
        let purged = purged([Tag::Article(5), Tag::Publication]);

        let expected = [Tag::Publication, Tag::Article(5), Tag::Any(Kind::Article)];
        assert_eq!(purged, BTreeSet::from(expected));
    }

    proptest! {
        #[test]
        fn what_is_told_fits_and_is_purged_by_each_tag_that_was_held(tags in vec(tag(), 0..600)) {
            let told = told(tags.iter().copied());

            prop_assert!(told.len() <= MOST);
            prop_assert!(joined(&told, " ").len() <= MOST_BYTES);
            for tag in tags {
                prop_assert!(!purged([tag]).is_disjoint(&told), "{tag}");
            }
        }
    }

    fn tag() -> impl Strategy<Value = Tag> {
        prop_oneof![
            any::<i64>().prop_map(Tag::Article),
            (0..9_i64).prop_map(Tag::Issue),
            any::<i64>().prop_map(Tag::Topic),
            any::<i64>().prop_map(Tag::Author),
            any::<i64>().prop_map(Tag::ArticlesOfIssue),
            any::<u64>().prop_map(Tag::Slug),
            Just(Tag::Issues),
        ]
    }
}
