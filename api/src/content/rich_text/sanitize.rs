//! What HTML may hold: a second wall behind the tree, which has nothing else.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

use super::address::{LINK_SCHEMES, is_image};
use super::anchor::PREFIX;
use super::parse::is_language;

/// The elements that HTML may hold, and their attributes.
pub const ELEMENTS: [(&str, &[&str]); 28] = [
    ("a", &["class", "href", "id", "rel", "role", "title"]),
    ("blockquote", &[]),
    ("br", &[]),
    ("code", &["class"]),
    ("del", &[]),
    ("em", &[]),
    ("h1", &["id"]),
    ("h2", &["id"]),
    ("h3", &["id"]),
    ("h4", &["id"]),
    ("h5", &["id"]),
    ("h6", &["id"]),
    ("hr", &[]),
    ("img", &["alt", "src", "title"]),
    ("li", &["id"]),
    ("ol", &["start"]),
    ("p", &[]),
    ("pre", &[]),
    ("section", &["class", "role"]),
    ("strong", &[]),
    ("sup", &["class"]),
    ("table", &[]),
    ("tbody", &[]),
    ("td", &["align"]),
    ("th", &["align"]),
    ("thead", &[]),
    ("tr", &[]),
    ("ul", &[]),
];

static SANITIZER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    let attributes = ELEMENTS
        .iter()
        .map(|(element, names)| (*element, names.iter().copied().collect()));
    builder
        .tags(ELEMENTS.iter().map(|(element, _)| *element).collect())
        .clean_content_tags(HashSet::from(["script", "style"]))
        .tag_attributes(attributes.collect::<HashMap<_, _>>())
        .url_schemes(LINK_SCHEMES.into_iter().chain(["article"]).collect())
        .url_relative(UrlRelative::PassThrough)
        .link_rel(None)
        .attribute_filter(|element, attribute, value| {
            is_allowed(element, attribute, value).then_some(Cow::Borrowed(value))
        });
    builder
});

/// `html` without anything that is not in [`ELEMENTS`], or leads elsewhere than
/// links and images may.
#[must_use]
pub fn sanitize(html: &str) -> String {
    SANITIZER.clean(html).to_string()
}

fn is_allowed(element: &str, attribute: &str, value: &str) -> bool {
    match (element, attribute) {
        (_, "id") => [PREFIX, "fn-", "fnref-"]
            .iter()
            .any(|prefix| value.starts_with(prefix)),
        ("code", "class") => value.strip_prefix("language-").is_some_and(is_language),
        (_, "class") => matches!(value, "footnotes" | "footnote-ref" | "footnote-backref"),
        (_, "role") => matches!(value, "doc-endnotes" | "doc-noteref" | "doc-backlink"),
        ("img", "src") => is_image(value),
        _ => true,
    }
}
