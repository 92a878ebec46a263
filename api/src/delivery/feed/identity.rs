//! Ids of feeds and of what is in them: the same for ever, in every kind.

use uuid::Uuid;

/// What the ids of one publication are made of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Identity(Uuid);

impl Identity {
    /// The ids of the publication whose website was at `first_url` when it came
    /// in. Where it is by now does not matter, nor do slugs.
    pub(super) fn new(first_url: &str) -> Self {
        Self(Uuid::new_v5(&Uuid::NAMESPACE_URL, first_url.as_bytes()))
    }

    /// The id of the article with this key, in whatever language: a URN of a
    /// UUID (RFC 9562, sections 4 and 5.5).
    pub(super) fn of_article(self, key: &str) -> String {
        self.of(&format!("article {key}"))
    }

    /// The id of the feed of this, for readers of these locales.
    pub(super) fn of_feed(self, what: &str, locales: &[&str]) -> String {
        self.of(&format!("feed {} {what}", locales.join(",")))
    }

    fn of(self, name: &str) -> String {
        Uuid::new_v5(&self.0, name.as_bytes()).urn().to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::Identity;

    #[test]
    fn ids_are_these_for_ever() {
        let identity = Identity::new("https://example.org");

        assert_eq!(
            identity.of_article("ice"),
            "urn:uuid:4a6ec036-7ec2-5fe1-81b1-fbed8de6c8e5"
        );
        assert_ne!(
            identity.of_article("ice"),
            Identity::new("https://example.com").of_article("ice")
        );
    }
}
