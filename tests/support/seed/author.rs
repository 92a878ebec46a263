//! Authors.

use serde_json::{Value, json};

use super::content::Content;
use super::words::Words;

/// An author whose name in `en` is the slug and `en`, and so on.
#[must_use]
pub fn author(slug: &str) -> Author {
    Author {
        slug: slug.to_owned(),
        words: Words::default(),
    }
}

/// Who writes articles.
#[derive(Clone, Debug)]
pub struct Author {
    pub(super) slug: String,
    words: Words,
}

impl Author {
    /// Their name in one locale.
    #[must_use]
    pub fn name(mut self, locale: &str, name: &str) -> Self {
        self.words.set(locale, "name", name);
        self
    }

    /// Their bio in one locale.
    #[must_use]
    pub fn bio(mut self, locale: &str, bio: &str) -> Self {
        self.words.set(locale, "bio", bio);
        self
    }

    /// Known in these locales alone.
    #[must_use]
    pub fn only_in<'a>(mut self, locales: impl IntoIterator<Item = &'a str>) -> Self {
        self.words.only_in(locales);
        self
    }

    /// The author and articles that they alone wrote, unless an article says
    /// who did.
    #[must_use]
    pub fn with(self, content: impl Into<Content>) -> Content {
        let slug = self.slug.clone();
        let articles = content.into().each_article(|article| {
            article.authors.get_or_insert_with(|| vec![slug.clone()]);
        });
        Content::from(self).with(articles)
    }

    pub(super) fn render(&self, locales: &[String]) -> Value {
        let slug = &self.slug;
        json!({
            "kind": "author",
            "slug": slug,
            "translations": self.words.render(locales, |locale| [
                ("name", format!("{slug} {locale}").into()),
                ("bio", format!("About {slug} in {locale}").into()),
            ]),
        })
    }
}
