//! The fields of one JSON object, read one by one. What is wrong with any of
//! them is noted, so that all of it is reported at once.

use std::collections::HashSet;

use super::json::Json;
use super::record::ByLocale;
use super::value;

/// What is wrong with a field, and what would be right.
#[derive(Debug)]
pub(super) struct Problem {
    /// Its path, such as `translations.be.slug`; empty: the whole record.
    pub(super) field: String,
    pub(super) what: String,
}

impl Problem {
    pub(super) fn new(field: impl Into<String>, what: impl Into<String>) -> Self {
        Self {
            field: field.into(),
            what: what.into(),
        }
    }
}

/// An object that is being read.
pub(super) struct Fields {
    path: String,
    entries: Vec<(String, Json)>,
    asked: Vec<&'static str>,
    problems: Vec<Problem>,
}

impl Fields {
    /// The fields of the object at `path`.
    pub(super) fn new(path: String, entries: Vec<(String, Json)>) -> Self {
        Self {
            path,
            entries,
            asked: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// The field `name`, which must be there. `None`: it is not, or it is
    /// wrong, which is noted.
    pub(super) fn required<T>(
        &mut self,
        name: &'static str,
        convert: impl FnOnce(Json) -> Result<T, String>,
    ) -> Option<T> {
        let Some(json) = self.take(name) else {
            self.note(name, "is missing");
            return None;
        };
        self.convert(name, json, convert)
    }

    /// The field `name`, which may be absent: `Some(None)`. `None`: it is
    /// wrong, which is noted.
    pub(super) fn optional<T>(
        &mut self,
        name: &'static str,
        convert: impl FnOnce(Json) -> Result<T, String>,
    ) -> Option<Option<T>> {
        match self.take(name) {
            None => Some(None),
            Some(Json::Null) => {
                self.note(name, "can't be null; leave out a field that has no value");
                None
            }
            Some(json) => self.convert(name, json, convert).map(Some),
        }
    }

    /// The object `name`, which may be absent: then it is read as empty.
    pub(super) fn object<T>(
        &mut self,
        name: &'static str,
        read: impl FnOnce(&mut Self) -> Option<T>,
    ) -> Option<T> {
        let json = self.take(name).unwrap_or(Json::Object(Vec::new()));
        let (value, problems) = read_object(self.path_of(name), json, read);
        self.problems.extend(problems);
        value
    }

    /// The object `name` with an object for each locale; at least one.
    pub(super) fn translations<T>(
        &mut self,
        read: impl Fn(&mut Self) -> Option<T>,
    ) -> Option<ByLocale<T>> {
        let name = "translations";
        let Some(json) = self.take(name) else {
            self.note(name, "is missing");
            return None;
        };
        let translations =
            self.by_locale(name, json, |path, json| read_object(path, json, &read))?;
        if translations.is_empty() {
            self.note(name, "is empty; there must be one translation at least");
            return None;
        }
        Some(translations)
    }

    /// The object `name` with a text for each locale. Absent: it is empty.
    pub(super) fn texts(
        &mut self,
        name: &'static str,
        convert: impl Fn(Json) -> Result<String, String>,
    ) -> Option<ByLocale<String>> {
        let json = self.take(name).unwrap_or(Json::Object(Vec::new()));
        self.by_locale(name, json, |path, json| match convert(json) {
            Ok(text) => (Some(text), Vec::new()),
            Err(what) => (None, vec![Problem::new(path, what)]),
        })
    }

    /// Note what is wrong with the field `name`.
    pub(super) fn note(&mut self, name: &str, what: impl Into<String>) {
        let path = self.path_of(name);
        self.problems.push(Problem::new(path, what));
    }

    /// Let go of the fields that were not asked for.
    pub(super) fn forget(&mut self) {
        self.entries.clear();
    }

    /// All that is wrong, with the fields that nobody asked for.
    pub(super) fn finish(mut self) -> Vec<Problem> {
        for (name, _) in std::mem::take(&mut self.entries) {
            let what = if self.asked.contains(&name.as_str()) {
                "is there twice".to_owned()
            } else {
                format!("is no field here{}", value::nearest(&name, &self.asked))
            };
            self.note(&shortened(&name), what);
        }
        self.problems
    }

    fn take(&mut self, name: &'static str) -> Option<Json> {
        self.asked.push(name);
        let index = self.entries.iter().position(|(key, _)| key == name)?;
        Some(self.entries.remove(index).1)
    }

    fn convert<T>(
        &mut self,
        name: &str,
        json: Json,
        convert: impl FnOnce(Json) -> Result<T, String>,
    ) -> Option<T> {
        convert(json).map_err(|what| self.note(name, what)).ok()
    }

    fn by_locale<T>(
        &mut self,
        name: &str,
        json: Json,
        read: impl Fn(String, Json) -> (Option<T>, Vec<Problem>),
    ) -> Option<ByLocale<T>> {
        let Json::Object(entries) = json else {
            self.note(
                name,
                format!("must be an object by locale, not {}", json.what()),
            );
            return None;
        };
        let mut values = Vec::with_capacity(entries.len());
        let mut tags = HashSet::new();
        let mut complete = true;
        for (key, json) in entries {
            let path = self.path_of(&format!("{name}.{}", shortened(&key)));
            let (value, problems) = read(path.clone(), json);
            self.problems.extend(problems);
            match value::tag(&key) {
                Ok(tag) if !tags.insert(tag.clone()) => {
                    self.problems.push(Problem::new(
                        path,
                        format!("the locale {tag:?} is there twice"),
                    ));
                    complete = false;
                }
                Ok(tag) => match value {
                    Some(value) => values.push((tag, value)),
                    None => complete = false,
                },
                Err(what) => {
                    self.problems.push(Problem::new(path, what));
                    complete = false;
                }
            }
        }
        complete.then_some(values)
    }

    fn path_of(&self, name: &str) -> String {
        if self.path.is_empty() {
            name.to_owned()
        } else {
            format!("{}.{name}", self.path)
        }
    }
}

fn read_object<T>(
    path: String,
    json: Json,
    read: impl FnOnce(&mut Fields) -> Option<T>,
) -> (Option<T>, Vec<Problem>) {
    let Json::Object(entries) = json else {
        let what = format!("must be an object, not {}", json.what());
        return (None, vec![Problem::new(path, what)]);
    };
    let mut fields = Fields::new(path, entries);
    let value = read(&mut fields);
    (value, fields.finish())
}

/// A foreign key as a message can show it: short, and without surprises.
fn shortened(key: &str) -> String {
    key.chars()
        .take(60)
        .map(|character| {
            if character.is_control() {
                '\u{fffd}'
            } else {
                character
            }
        })
        .collect()
}
