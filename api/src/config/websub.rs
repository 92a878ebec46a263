//! Which hubs are told that feeds changed (WebSub).

use url::Url;

use super::purge::{show_urls, urls};

/// The hubs that are told. None unless they are named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WebSub {
    pub hubs: Vec<Url>,
    /// Whose feeds they are told of: lists of locales in order of preference;
    /// `None`: each locale of the publication alone.
    pub editions: Option<Vec<Vec<String>>>,
}

impl WebSub {
    /// The editions of a publication in these locales.
    #[must_use]
    pub fn editions(&self, locales: &[String]) -> Vec<Vec<String>> {
        let alone = || locales.iter().map(|tag| vec![tag.clone()]).collect();
        self.editions.clone().unwrap_or_else(alone)
    }

    /// The hubs that are told when feeds of this edition change: what a feed may
    /// name as its hubs.
    #[must_use]
    pub fn hubs_of(&self, edition: &[String], locales: &[String]) -> &[Url] {
        let is_told = self.editions(locales).iter().any(|told| told == edition);
        if is_told { &self.hubs } else { &[] }
    }
}

/// Editions, as `be,ru;en`; none in an empty text.
pub(super) fn editions(text: &str) -> Result<Option<Vec<Vec<String>>>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let fits = |tag: &str| {
        let letters = tag
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        letters && (2..=50).contains(&tag.len())
    };
    let edition = |text: &str| {
        let tags = text.split(',').map(str::trim);
        let tags: Vec<String> = tags.map(str::to_owned).collect();
        tags.iter().all(|tag| fits(tag)).then_some(tags)
    };
    let editions: Option<Vec<_>> = text.split(';').map(edition).collect();
    let wanted = "give lists of locales, such as be,ru;en, or nothing";
    editions.map(Some).ok_or_else(|| wanted.to_owned())
}

pub(super) fn show_editions(websub: &WebSub) -> String {
    let editions = websub.editions.iter().flatten();
    let editions: Vec<String> = editions.map(|tags| tags.join(",")).collect();
    editions.join(";")
}

pub(super) fn hubs(text: &str) -> Result<Vec<Url>, String> {
    urls(text)
}

pub(super) fn show_hubs(websub: &WebSub) -> String {
    show_urls(&websub.hubs)
}

#[cfg(test)]
mod tests {
    use super::{WebSub, editions, hubs, show_editions};

    fn tags(list: &[&str]) -> Vec<String> {
        list.iter().map(|&tag| tag.to_owned()).collect()
    }

    #[test]
    fn editions_are_lists_of_locales() {
        let websub = WebSub {
            editions: editions("be, ru;en").unwrap(),
            ..WebSub::default()
        };

        assert_eq!(websub.editions(&[]), [tags(&["be", "ru"]), tags(&["en"])]);
        assert_eq!(show_editions(&websub), "be,ru;en");
        assert_eq!(editions(""), Ok(None));
        for wrong in [";", "be,,ru", "be;", "b/e", "b"] {
            assert!(editions(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_feed_has_hubs_if_they_are_told_of_its_edition() {
        let known = tags(&["en", "be"]);
        let mut websub = WebSub {
            hubs: hubs("https://hub.example/").unwrap(),
            editions: None,
        };

        assert_eq!(websub.hubs_of(&tags(&["en"]), &known).len(), 1);
        assert_eq!(websub.hubs_of(&tags(&["be", "en"]), &known).len(), 0);
        websub.editions = editions("be,en").unwrap();
        assert_eq!(websub.hubs_of(&tags(&["be", "en"]), &known).len(), 1);
        assert_eq!(websub.hubs_of(&tags(&["en"]), &known).len(), 0);
    }
}
