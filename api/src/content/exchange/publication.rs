//! The record of the publication.

use super::fields::Fields;
use super::json::Json;
use super::record::{FORMAT, Paths, Publication};
use super::value;
use crate::content::language::Translated;
use crate::content::publication::placeholders;

/// The publication; and its locales, whatever else is wrong with it.
pub(super) fn publication(
    fields: &mut Fields,
    tags: &mut Option<Vec<String>>,
) -> Option<Publication> {
    let format = fields.required("format", |json| match json {
        Json::Integer(FORMAT) => Ok(FORMAT),
        _ => Err(format!(
            "must be {FORMAT}: the version of the format that this program reads"
        )),
    });
    let name = fields.texts("name", |json| value::words(json, value::MAX_TITLE));
    if name.as_ref().is_some_and(Vec::is_empty) {
        fields.note(
            "name",
            "is missing; name the publication in one locale at least",
        );
    }
    let description = fields.texts("description", |json| value::text(json, value::MAX_LEAD));
    let locales = fields.required("locales", locales);
    let default_locale = fields.required("defaultLocale", value::locale);
    let time_zone = fields.required("timeZone", value::time_zone);
    let url = fields.required("url", value::url);
    let paths = fields.object("paths", paths);
    tags.clone_from(&locales);
    if let (Some(locales), Some(default)) = (&locales, &default_locale)
        && !locales.contains(default)
    {
        fields.note("defaultLocale", value::no_locale(default, locales));
    }
    for (field, texts) in [("name", &name), ("description", &description)] {
        for (locale, _) in texts.iter().flatten() {
            if locales
                .as_ref()
                .is_some_and(|locales| !locales.contains(locale))
            {
                let what = value::no_locale(locale, locales.as_deref().unwrap_or_default());
                fields.note(&format!("{field}.{locale}"), what);
            }
        }
    }
    Some(Publication {
        format: format?,
        name: name?,
        description: description?,
        locales: locales?,
        default_locale: default_locale?,
        time_zone: time_zone?,
        url: url?,
        paths: paths?,
    })
}

fn locales(json: Json) -> Result<Vec<String>, String> {
    let Json::Array(elements) = json else {
        return Err(format!(
            "must be an array of locale tags, not {}",
            json.what()
        ));
    };
    let mut locales: Vec<String> = Vec::with_capacity(elements.len());
    for element in elements {
        let locale = value::locale(element)?;
        if locales.contains(&locale) {
            return Err(format!("has {locale:?} twice"));
        }
        locales.push(locale);
    }
    if locales.is_empty() {
        return Err("is empty; there must be one locale at least".to_owned());
    }
    Ok(locales)
}

fn paths(fields: &mut Fields) -> Option<Paths> {
    let mut template =
        |name, what| fields.optional(name, |json| value::template(json, placeholders(what)));
    let issue = template("issue", Translated::Issue);
    let article = template("article", Translated::Article);
    let topic = template("topic", Translated::Topic);
    let author = template("author", Translated::Author);
    Some(Paths {
        issue: issue?,
        article: article?,
        topic: topic?,
        author: author?,
    })
}
