//! The words of topics, authors and issues, written one at a time.

use super::words::{self, Row, Table, Words};
use super::{Writing, check_facts, locales};
use crate::access::Operation;
use crate::audit::Deed;
use crate::content::revision::kept_text;
use crate::content::writing::Input;
use crate::graphql::scalar::Locale;
use crate::graphql::user_error::{Refused, UserError, UserErrorCode, check_version};

/// Give a thing words in a locale that it has none in.
///
/// # Errors
/// If there is no such thing or locale, or it has words there.
pub async fn add_words(
    writing: &mut Writing,
    operation: Operation,
    table: &Table,
    owner: i64,
    (locale, words): (&Locale, Words),
) -> Result<(), Refused> {
    let tx = writing.tx();
    let mut input = Input::default();
    input.locale("locale", locale, &locales(tx).await?);
    input.end()?;
    check_facts(tx, table.what, (table.what.noun(), owner), None).await?;
    if words::in_locale(tx, table, owner, &locale.0)
        .await?
        .is_some()
    {
        let message = format!("it has words in \"{}\" already: update them", locale.0);
        return Err(UserError::new(UserErrorCode::Taken, "locale", message).into());
    }
    let row = Row {
        id: None,
        owner,
        locale: locale.0.clone(),
        words,
        version: 1,
    };
    let by = (writing.actor().name.as_str(), writing.now());
    words::write(tx, table, vec![row], by).await?;
    let versions = (None, Some(1));
    note(writing, operation, table, (owner, locale), versions).await
}

/// Change words that the writer has read. Words that are as they are wanted
/// stay, with their version.
///
/// # Errors
/// If there are none in this locale, or they were written since.
pub async fn change_words(
    writing: &mut Writing,
    operation: Operation,
    table: &Table,
    (owner, locale, expected): (i64, &Locale, i32),
    change: impl FnOnce(&mut Words) + Send,
) -> Result<(), Refused> {
    let mut row = read(writing, table, (owner, locale, expected)).await?;
    let before = row.words.clone();
    change(&mut row.words);
    if row.words == before {
        return Ok(());
    }
    row.version += 1;
    let versions = (Some(expected), Some(row.version));
    let by = (writing.actor().name.as_str(), writing.now());
    words::write(writing.tx(), table, vec![row], by).await?;
    note(writing, operation, table, (owner, locale), versions).await
}

/// Give words that the writer has read the text again that they had at an
/// earlier version. Words that have it already stay, with their version.
///
/// # Errors
/// If there are none in this locale, they were written since, or no such
/// version is kept.
pub async fn restore_words(
    writing: &mut Writing,
    operation: Operation,
    table: &Table,
    which: (i64, &Locale, i32),
    version: i32,
) -> Result<(), Refused> {
    let row = read(writing, table, which).await?;
    if version == row.version {
        return Ok(());
    }
    let id = row.id.unwrap_or_default();
    let Some(text) = kept_text(writing.tx(), table.what, (id, version)).await? else {
        return Err(no_such_version(version));
    };
    change_words(writing, operation, table, which, |words| {
        words.heading = text.title;
        words.text = text.lead;
    })
    .await
}

/// There is no version of the words to go back to.
#[must_use]
pub fn no_such_version(version: i32) -> Refused {
    let message = format!("there is no version {version} of these words");
    UserError::new(UserErrorCode::NotFound, "version", message).into()
}

/// Remove words that the writer has read; the last ones of a thing stay.
///
/// # Errors
/// If there are none in this locale, they were written since, or are the last.
pub async fn remove_words(
    writing: &mut Writing,
    operation: Operation,
    table: &Table,
    (owner, locale, expected): (i64, &Locale, i32),
) -> Result<(), Refused> {
    let row = read(writing, table, (owner, locale, expected)).await?;
    let tx = writing.tx();
    if words::of(tx, table, &[owner]).await?.len() == 1 {
        let noun = table.what.noun();
        let message = format!("the {noun} has no other words: delete the {noun} instead");
        return Err(UserError::new(UserErrorCode::WrongState, "locale", message).into());
    }
    let ids: Vec<i64> = row.id.into_iter().collect();
    words::remove(tx, table, &ids).await?;
    let versions = (Some(expected), None);
    note(writing, operation, table, (owner, locale), versions).await
}

/// The words of a thing in a locale, at the version that the writer read.
async fn read(
    writing: &Writing,
    table: &Table,
    (owner, locale, expected): (i64, &Locale, i32),
) -> Result<Row, Refused> {
    let Some(row) = words::in_locale(writing.tx(), table, owner, &locale.0).await? else {
        let noun = table.what.noun();
        let message = format!("there is no such {noun} with words in \"{}\"", locale.0);
        return Err(UserError::new(UserErrorCode::NotFound, noun, message).into());
    };
    check_version(expected, row.version)?;
    Ok(row)
}

async fn note(
    writing: &mut Writing,
    operation: Operation,
    table: &Table,
    (owner, locale): (i64, &Locale),
    (from_version, to_version): (Option<i32>, Option<i32>),
) -> Result<(), Refused> {
    let what = table.what;
    let facts = check_facts(writing.tx(), what, (what.noun(), owner), None).await?;
    writing.note(Deed {
        operation: operation.as_str(),
        thing: Some((what.type_name(), owner)),
        name: Some(facts.name),
        locale: Some(locale.0.clone()),
        from_version,
        to_version,
        note: None,
    });
    writing.touch(what, owner);
    Ok(())
}
