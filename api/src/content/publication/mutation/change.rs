//! What the mutations of the publication do to its facts.

use masthead_entities::publication::{ActiveModel, Column, Model, ONLY_ID};
use masthead_entities::publication_locale;
use sea_orm::Set;

use super::check::{checked, named, paths, spelled, tags, words};
use super::input::{
    PublicationCreateInput, PublicationPathsInput, PublicationUpdateInput, PublicationWordsInput,
};
use crate::access::Operation;
use crate::content::publication::locales::written;
use crate::content::publication::store::write;
use crate::content::schedule;
use crate::content::value;
use crate::content::writing::{Input, Writing};
use crate::graphql::user_error::{Refused, UserError, UserErrorCode};

/// Make the publication.
pub(super) async fn create(
    writing: &mut Writing,
    input: &PublicationCreateInput,
) -> Result<(), Refused> {
    let tx = writing.tx();
    if write::find(tx).await?.is_some() {
        let message = "there is a publication already: update it";
        return Err(UserError::overall(UserErrorCode::WrongState, message).into());
    }
    let mut checks = Input::default();
    tags(&mut checks, input.locales.iter().map(|locale| &locale.tag));
    for (place, locale) in input.locales.iter().enumerate() {
        let (name, description) = (locale.name.as_deref(), locale.description.as_deref());
        words(&mut checks, &format!("locales.{place}."), name, description);
    }
    let names = input.locales.iter().map(|locale| locale.name.is_some());
    named(&mut checks, "locales", names);
    let known: Vec<String> = input
        .locales
        .iter()
        .map(|locale| locale.tag.0.clone())
        .collect();
    checks.locale("defaultLocale", &input.default_locale, &known);
    let time_zone = spelled(&mut checks, "timeZone", value::time_zone(&input.time_zone));
    let url = spelled(&mut checks, "url", value::url(&input.url));
    let templates = input.paths.clone().unwrap_or_default();
    paths(&mut checks, &templates);
    checks.end()?;
    let locales = (1..).zip(&input.locales);
    let locales = locales.map(|(position, locale)| publication_locale::ActiveModel {
        tag: Set(locale.tag.0.clone()),
        position: Set(position),
        name: Set(locale.name.clone()),
        description: Set(locale.description.clone()),
    });
    let publication = ActiveModel {
        id: Set(ONLY_ID),
        default_locale: Set(input.default_locale.0.clone()),
        time_zone: Set(time_zone.unwrap_or_default()),
        first_url: Set(url.clone().unwrap_or_default()),
        url: Set(url.unwrap_or_default()),
        issue_path: Set(templates.issue.take()),
        article_path: Set(templates.article.take()),
        topic_path: Set(templates.topic.take()),
        author_path: Set(templates.author.take()),
        version: Set(1),
    };
    write::insert(tx, publication, locales.collect()).await?;
    written(writing, Operation::PublicationCreate, None, None).await?;
    Ok(())
}

/// Change the publication; with nothing to change, nothing is written.
pub(super) async fn update(
    writing: &mut Writing,
    input: &PublicationUpdateInput,
) -> Result<(), Refused> {
    let (stored, locales) = checked(writing, input.expected_version).await?;
    let mut checks = Input::default();
    let facts = facts(&mut checks, &stored, input);
    let known: Vec<String> = locales.iter().map(|locale| locale.tag.clone()).collect();
    if let Some(locale) = &input.default_locale {
        checks.locale("defaultLocale", locale, &known);
    }
    let order = order(&mut checks, &known, input);
    let worded = worded(&mut checks, &locales, &known, input);
    checks.end()?;
    let mut changed: Vec<&str> = facts.iter().map(|(name, ..)| *name).collect();
    let tx = writing.tx();
    changed.dedup();
    if let Some(order) = order {
        write::arrange_locales(tx, order.iter().map(String::as_str)).await?;
        changed.push("locales");
    }
    if !worded.is_empty() {
        changed.push("translations");
    }
    for locale in worded {
        write::set_words(tx, &locale.tag, locale.name, locale.description).await?;
    }
    if changed.is_empty() {
        return Ok(());
    }
    let facts = facts.into_iter().map(|(_, column, value)| (column, value));
    write::update(tx, facts.collect()).await?;
    if changed.contains(&"timeZone") {
        schedule::refresh(tx).await?;
    }
    let note = changed.join(", ");
    written(writing, Operation::PublicationUpdate, None, Some(note)).await?;
    Ok(())
}

/// A fact that is to be written: what the input calls it, its column, its value.
type Fact = (&'static str, Column, Option<String>);

/// The facts that are to be others.
fn facts(checks: &mut Input, stored: &Model, input: &PublicationUpdateInput) -> Vec<Fact> {
    let time_zone = input.time_zone.as_deref().map(value::time_zone);
    let time_zone = time_zone.and_then(|zone| spelled(checks, "timeZone", zone));
    let url = input.url.as_deref().map(value::url);
    let url = url.and_then(|url| spelled(checks, "url", url));
    let default = input.default_locale.as_ref().map(|locale| locale.0.clone());
    let mut facts: Vec<Fact> = [
        (
            "defaultLocale",
            Column::DefaultLocale,
            default,
            &stored.default_locale,
        ),
        ("timeZone", Column::TimeZone, time_zone, &stored.time_zone),
        ("url", Column::Url, url, &stored.url),
    ]
    .into_iter()
    .filter_map(|(name, column, wanted, stored)| {
        let wanted = wanted.filter(|wanted| wanted != stored)?;
        Some((name, column, Some(wanted)))
    })
    .collect();
    if let Some(wanted) = &input.paths {
        paths(checks, wanted);
        facts.extend(templates(stored, wanted));
    }
    facts
}

fn templates(stored: &Model, wanted: &PublicationPathsInput) -> impl Iterator<Item = Fact> {
    let templates = [
        (Column::IssuePath, &wanted.issue, &stored.issue_path),
        (Column::ArticlePath, &wanted.article, &stored.article_path),
        (Column::TopicPath, &wanted.topic, &stored.topic_path),
        (Column::AuthorPath, &wanted.author, &stored.author_path),
    ];
    templates
        .into_iter()
        .filter_map(|(column, wanted, stored)| {
            let wanted = wanted.as_opt_ref()?.cloned();
            (wanted != *stored).then_some(("paths", column, wanted))
        })
}

/// The locales in the order that is wanted; `None` where they are in it.
fn order(
    checks: &mut Input,
    known: &[String],
    input: &PublicationUpdateInput,
) -> Option<Vec<String>> {
    let wanted: Vec<String> = input
        .locales
        .as_ref()?
        .iter()
        .map(|locale| locale.0.clone())
        .collect();
    let (mut sorted, mut sorted_known) = (wanted.clone(), known.to_vec());
    sorted.sort_unstable();
    sorted_known.sort_unstable();
    if sorted != sorted_known {
        let message = format!(
            "is not exactly the locales of the publication, each once: {}",
            known.join(", ")
        );
        checks.wrong(UserError::new(UserErrorCode::Invalid, "locales", message));
    }
    (wanted != known).then_some(wanted)
}

/// The locales whose names or descriptions are to be others.
fn worded(
    checks: &mut Input,
    locales: &[publication_locale::Model],
    known: &[String],
    input: &PublicationUpdateInput,
) -> Vec<publication_locale::Model> {
    let Some(wanted) = input
        .translations
        .as_deref()
        .filter(|wanted| !wanted.is_empty())
    else {
        return Vec::new();
    };
    checks.locales(
        "translations",
        wanted.iter().map(|words| &words.locale),
        known,
    );
    for (place, change) in wanted.iter().enumerate() {
        let name = change.name.as_opt_ref().flatten().map(String::as_str);
        let description = change.description.as_opt_ref().flatten();
        let path = format!("translations.{place}.");
        words(checks, &path, name, description.map(String::as_str));
    }
    let after: Vec<publication_locale::Model> = locales
        .iter()
        .map(|locale| reworded(locale, wanted))
        .collect();
    named(
        checks,
        "translations",
        after.iter().map(|locale| locale.name.is_some()),
    );
    let pairs = after.into_iter().zip(locales);
    pairs
        .filter(|(after, before)| after != *before)
        .map(|(after, _)| after)
        .collect()
}

fn reworded(
    locale: &publication_locale::Model,
    wanted: &[PublicationWordsInput],
) -> publication_locale::Model {
    let mut locale = locale.clone();
    if let Some(wanted) = wanted.iter().find(|wanted| wanted.locale.0 == locale.tag) {
        if let Some(name) = wanted.name.as_opt_ref() {
            locale.name = name.cloned();
        }
        if let Some(description) = wanted.description.as_opt_ref() {
            locale.description = description.cloned();
        }
    }
    locale
}
