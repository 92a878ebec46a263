//! The publication.

use serde_json::{Map, Value, json};

use super::content::Content;

/// A publication in English, Belarusian and Russian, with English as its
/// default, in the zone of Minsk.
#[must_use]
pub fn publication() -> Publication {
    Publication {
        locales: ["en", "be", "ru"].map(str::to_owned).to_vec(),
        default: None,
        time_zone: "Europe/Minsk".to_owned(),
        paths: Map::new(),
    }
}

/// The one publication.
#[derive(Clone, Debug)]
pub struct Publication {
    pub(super) locales: Vec<String>,
    default: Option<String>,
    time_zone: String,
    paths: Map<String, Value>,
}

impl Publication {
    /// Its locales in order. The first is the default unless told.
    #[must_use]
    pub fn locales<'a>(mut self, locales: impl IntoIterator<Item = &'a str>) -> Self {
        self.locales = locales.into_iter().map(str::to_owned).collect();
        self
    }

    /// The locale of readers who ask for none.
    #[must_use]
    pub fn default_locale(mut self, locale: &str) -> Self {
        self.default = Some(locale.to_owned());
        self
    }

    /// Its IANA time zone.
    #[must_use]
    pub fn time_zone(mut self, zone: &str) -> Self {
        zone.clone_into(&mut self.time_zone);
        self
    }

    /// Where the website shows a `kind` of thing, such as `article`.
    #[must_use]
    pub fn path(mut self, kind: &str, template: &str) -> Self {
        self.paths.insert(kind.to_owned(), template.into());
        self
    }

    /// The publication and what is in it.
    #[must_use]
    pub fn with(self, content: impl Into<Content>) -> Content {
        Content::from(self).with(content)
    }

    pub(super) fn render(&self) -> Value {
        let default = self.default.as_ref().or(self.locales.first());
        let words = |text: &str| -> Value {
            let each = self
                .locales
                .iter()
                .map(|locale| (locale.clone(), json!(format!("{text} {locale}"))));
            Value::Object(each.collect())
        };
        let mut record = json!({
            "kind": "publication",
            "format": 1,
            "name": words("Week in View"),
            "description": words("What happened this week"),
            "locales": self.locales,
            "defaultLocale": default,
            "timeZone": self.time_zone,
            "url": "https://example.org",
        });
        if !self.paths.is_empty() {
            record["paths"] = self.paths.clone().into();
        }
        record
    }
}
