//! What a thing says in each locale.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

/// The words of one thing: in all locales of the publication unless told, each
/// field with a default unless set.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    only: Option<BTreeSet<String>>,
    fields: BTreeMap<String, Map<String, Value>>,
}

impl Words {
    /// Say nothing in locales other than these, and those with a field set.
    pub(super) fn only_in<'a>(&mut self, locales: impl IntoIterator<Item = &'a str>) {
        self.only = Some(locales.into_iter().map(str::to_owned).collect());
    }

    /// Set a field in one locale.
    pub(super) fn set(&mut self, locale: &str, field: &str, value: impl Into<Value>) {
        let fields = self.fields.entry(locale.to_owned()).or_default();
        fields.insert(field.to_owned(), value.into());
    }

    /// The locales that it has words in.
    pub(super) fn locales(&self, all: &[String]) -> BTreeSet<String> {
        let chosen = match &self.only {
            Some(only) => only.clone(),
            None => all.iter().cloned().collect(),
        };
        chosen
            .into_iter()
            .chain(self.fields.keys().cloned())
            .collect()
    }

    /// The `translations` of a record. `defaults` gives the fields that a
    /// locale has when none is set; a field set to `null` is left out.
    pub(super) fn render<const N: usize>(
        &self,
        all: &[String],
        defaults: impl Fn(&str) -> [(&'static str, Value); N],
    ) -> Value {
        let translations = self.locales(all).into_iter().map(|locale| {
            let mut fields: Map<String, Value> = defaults(&locale)
                .into_iter()
                .map(|(field, value)| (field.to_owned(), value))
                .collect();
            if let Some(set) = self.fields.get(&locale) {
                fields.extend(set.clone());
            }
            fields.retain(|_, value| !value.is_null());
            (locale, Value::Object(fields))
        });
        Value::Object(translations.collect())
    }
}
