//! The locales that the publication publishes in: adding one, removing one,
//! choosing the default.

use masthead_entities::publication::Column;
use sea_orm::DbErr;

use crate::access::Operation;
use crate::audit::{Actor, Deed};
use crate::clock::Clock;
use crate::content::publication::store::{self, write};
use crate::content::value::{MAX_LEAD, MAX_TITLE};
use crate::content::writing::{Patience, Writing};
use crate::database::Database;
use crate::error::refusal::reason;
use crate::error::shown;
use crate::graphql::scalar::Locale;

/// Locales of a publication, at most: what one input may list.
const MAX_LOCALES: usize = 100;

/// A locale that is to be added.
#[derive(Clone, Debug, Default)]
pub struct NewLocale {
    /// Its tag, in any case.
    pub tag: String,
    /// The publication's name in it.
    pub name: Option<String>,
    /// What the publication says of itself in it.
    pub description: Option<String>,
    /// Its place among the locales, from 1; without: the last.
    pub place: Option<usize>,
}

/// A locale of the publication.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub tag: String,
    /// The publication's name in it.
    pub name: Option<String>,
    pub is_default: bool,
}

/// Why the locales stay as they are.
#[derive(thiserror::Error, Debug)]
pub enum LocaleError {
    #[error("\"{}\" is not a locale tag (BCP 47), such as \"be\" or \"sr-Latn\"", shown(.0))]
    NoTag(String),
    #[error("there is no publication yet; make or import one first")]
    NoPublication,
    #[error("the publication has the locale {0} already")]
    Known(String),
    #[error("the publication has no locale {tag}; it has {known}")]
    Unknown { tag: String, known: String },
    #[error("the place of a locale is from 1 to {last}, not {place}")]
    NoPlace { place: usize, last: usize },
    #[error("a publication has at most {MAX_LOCALES} locales")]
    TooMany,
    #[error("{what} can't be blank, and has at most {most} characters")]
    NoText { what: &'static str, most: usize },
    #[error("{0} is the default of the publication; choose another default first")]
    Default(String),
    #[error("there is content in {tag}: {uses}; remove it first, or prune it by an import")]
    Used { tag: String, uses: String },
    #[error("{}; nothing was changed", reason(.0))]
    Database(#[source] DbErr),
}

impl From<DbErr> for LocaleError {
    fn from(error: DbErr) -> Self {
        Self::Database(error)
    }
}

/// The locales of the publication, in its order.
///
/// # Errors
/// If there is no publication, or the database does not answer.
pub async fn locales(database: &Database) -> Result<Vec<Listed>, LocaleError> {
    let known = store::locales(database.reader()).await?;
    if known.is_empty() {
        return Err(LocaleError::NoPublication);
    }
    Ok(known)
}

/// Add a locale to the publication, by a command. The answer has all of its
/// locales.
///
/// # Errors
/// If the publication has it, it is not well-formed, or the database can't
/// take it.
pub async fn add_locale(
    database: &Database,
    clock: &Clock,
    locale: NewLocale,
) -> Result<Vec<Listed>, LocaleError> {
    let mut writing = begin(database, clock).await?;
    let known = add(&mut writing, locale).await?;
    writing.commit().await?;
    Ok(known)
}

/// Remove a locale that nothing is in from the publication, by a command. The
/// answer has the locales that are left.
///
/// # Errors
/// If the publication lacks it, it is the default, anything is in it, or the
/// database can't do it.
pub async fn remove_locale(
    database: &Database,
    clock: &Clock,
    asked: &str,
) -> Result<Vec<Listed>, LocaleError> {
    let mut writing = begin(database, clock).await?;
    let known = remove(&mut writing, asked).await?;
    writing.commit().await?;
    Ok(known)
}

/// Make a locale the one of readers who prefer none, by a command. The answer is
/// its tag.
///
/// # Errors
/// If the publication lacks it, or the database can't take it.
pub async fn make_default(
    database: &Database,
    clock: &Clock,
    asked: &str,
) -> Result<String, LocaleError> {
    let mut writing = begin(database, clock).await?;
    let mut known = store::locales(writing.tx()).await?;
    let place = find(&known, asked)?;
    let chosen = known.remove(place);
    if !chosen.is_default {
        let default = Column::DefaultLocale;
        write::update(writing.tx(), vec![(default, Some(chosen.tag.clone()))]).await?;
        let note = Some("defaultLocale".to_owned());
        written(&mut writing, Operation::PublicationUpdate, None, note).await?;
    }
    writing.commit().await?;
    Ok(chosen.tag)
}

/// Add a locale to the publication. The answer has all of its locales.
pub(super) async fn add(
    writing: &mut Writing,
    locale: NewLocale,
) -> Result<Vec<Listed>, LocaleError> {
    let tag = tag(&locale.tag)?;
    check_text("the name", locale.name.as_deref(), MAX_TITLE)?;
    let description = locale.description.filter(|text| !text.trim().is_empty());
    check_text("the description", description.as_deref(), MAX_LEAD)?;
    let tx = writing.tx();
    let mut known = store::locales(tx).await?;
    if known.is_empty() {
        return Err(LocaleError::NoPublication);
    }
    if known.iter().any(|locale| locale.tag == tag) {
        return Err(LocaleError::Known(tag));
    }
    if known.len() >= MAX_LOCALES {
        return Err(LocaleError::TooMany);
    }
    let last = known.len() + 1;
    let place = locale.place.unwrap_or(last);
    if !(1..=last).contains(&place) {
        return Err(LocaleError::NoPlace { place, last });
    }
    let added = Listed {
        tag: tag.clone(),
        name: locale.name,
        is_default: false,
    };
    write::insert_locale(tx, &added, description).await?;
    known.insert(place - 1, added);
    write::arrange_locales(tx, known.iter().map(|locale| locale.tag.as_str())).await?;
    write::update(tx, Vec::new()).await?;
    written(writing, Operation::PublicationLocaleAdd, Some(tag), None).await?;
    Ok(known)
}

/// Remove a locale that nothing is in from the publication. The answer has the
/// locales that are left.
pub(super) async fn remove(writing: &mut Writing, asked: &str) -> Result<Vec<Listed>, LocaleError> {
    let tx = writing.tx();
    let mut known = store::locales(tx).await?;
    let place = find(&known, asked)?;
    let removed = known.remove(place);
    if removed.is_default {
        return Err(LocaleError::Default(removed.tag));
    }
    let uses = store::uses_of_locale(tx, &removed.tag).await?;
    let uses: Vec<String> = uses
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(what, count)| format!("{what} ({count})"))
        .collect();
    if !uses.is_empty() {
        return Err(LocaleError::Used {
            tag: removed.tag,
            uses: uses.join(", "),
        });
    }
    store::remove_unused_locale(tx, &removed.tag).await?;
    write::arrange_locales(tx, known.iter().map(|locale| locale.tag.as_str())).await?;
    write::update(tx, Vec::new()).await?;
    let operation = Operation::PublicationLocaleRemove;
    written(writing, operation, Some(removed.tag), None).await?;
    Ok(known)
}

/// Note that the publication was written: one of its locales, or what `note`
/// names.
pub(super) async fn written(
    writing: &mut Writing,
    operation: Operation,
    locale: Option<String>,
    note: Option<String>,
) -> Result<(), DbErr> {
    let version = write::find(writing.tx())
        .await?
        .map(|(publication, _)| publication.version);
    writing.note(Deed {
        operation: operation.as_str(),
        locale,
        from_version: version
            .map(|version| version - 1)
            .filter(|before| *before > 0),
        to_version: version,
        note,
        ..Deed::default()
    });
    writing.touch_publication();
    Ok(())
}

async fn begin(database: &Database, clock: &Clock) -> Result<Writing, DbErr> {
    Writing::begin(database, Actor::command_line(), clock, Patience::Short).await
}

/// The place of the locale that was asked for, in any case.
fn find(known: &[Listed], asked: &str) -> Result<usize, LocaleError> {
    if known.is_empty() {
        return Err(LocaleError::NoPublication);
    }
    let tag = tag(asked)?;
    let place = known.iter().position(|locale| locale.tag == tag);
    place.ok_or_else(|| {
        let known: Vec<&str> = known.iter().map(|locale| locale.tag.as_str()).collect();
        LocaleError::Unknown {
            tag,
            known: known.join(", "),
        }
    })
}

fn tag(asked: &str) -> Result<String, LocaleError> {
    Locale::of_content(asked)
        .map(|Locale(tag)| tag)
        .ok_or_else(|| LocaleError::NoTag(asked.to_owned()))
}

fn check_text(what: &'static str, text: Option<&str>, most: usize) -> Result<(), LocaleError> {
    let fits = |text: &str| {
        !text.trim().is_empty() && !text.contains('\0') && text.chars().count() <= most
    };
    if text.is_none_or(fits) {
        return Ok(());
    }
    Err(LocaleError::NoText { what, most })
}
