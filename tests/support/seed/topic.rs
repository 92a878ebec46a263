//! Topics.

use serde_json::{Value, json};

use super::content::Content;
use super::words::Words;

/// A topic whose name in `en` is the slug and `en`, and so on.
#[must_use]
pub fn topic(slug: &str) -> Topic {
    Topic {
        slug: slug.to_owned(),
        position: None,
        words: Words::default(),
    }
}

/// What articles are about.
#[derive(Clone, Debug)]
pub struct Topic {
    pub(super) slug: String,
    position: Option<usize>,
    words: Words,
}

impl Topic {
    /// Its place among the topics; the order of seeding unless told.
    #[must_use]
    pub fn position(mut self, position: usize) -> Self {
        self.position = Some(position);
        self
    }

    /// Its name in one locale.
    #[must_use]
    pub fn name(mut self, locale: &str, name: &str) -> Self {
        self.words.set(locale, "name", name);
        self
    }

    /// Its description in one locale.
    #[must_use]
    pub fn description(mut self, locale: &str, description: &str) -> Self {
        self.words.set(locale, "description", description);
        self
    }

    /// Translated into these locales alone.
    #[must_use]
    pub fn only_in<'a>(mut self, locales: impl IntoIterator<Item = &'a str>) -> Self {
        self.words.only_in(locales);
        self
    }

    /// The topic and articles on it.
    #[must_use]
    pub fn with(self, content: impl Into<Content>) -> Content {
        let slug = self.slug.clone();
        let articles = content.into().each_article(|article| {
            article.topic.get_or_insert_with(|| slug.clone());
        });
        Content::from(self).with(articles)
    }

    pub(super) fn render(&self, place: usize, locales: &[String]) -> Value {
        let slug = &self.slug;
        json!({
            "kind": "topic",
            "slug": slug,
            "position": self.position.unwrap_or(place),
            "translations": self.words.render(locales, |locale| [
                ("name", format!("{slug} {locale}").into()),
                ("description", format!("About {slug} in {locale}").into()),
            ]),
        })
    }
}
