//! What is asked of the facts of the publication, whichever mutation they come
//! with.

use async_graphql::MaybeUndefined;
use masthead_entities::{publication, publication_locale};

use super::input::PublicationPathsInput;
use crate::content::language::Translated;
use crate::content::publication::address::placeholders;
use crate::content::publication::store::write;
use crate::content::value::{self, MAX_LEAD, MAX_TITLE, Wrong};
use crate::content::writing::{Input, Writing};
use crate::graphql::scalar::Locale;
use crate::graphql::user_error::{Refused, UserError, UserErrorCode, check_version};

/// Locales of a publication that is made, at most.
const MAX_LOCALES: usize = 100;

/// The publication at the version that the writer read, and its locales in
/// order.
pub(super) async fn checked(
    writing: &Writing,
    expected: i32,
) -> Result<(publication::Model, Vec<publication_locale::Model>), Refused> {
    let Some((publication, locales)) = write::find(writing.tx()).await? else {
        let message = "there is no publication yet: make one";
        let code = UserErrorCode::NotFound;
        return Err(UserError::new(code, "expectedVersion", message).into());
    };
    check_version(expected, publication.version)?;
    Ok((publication, locales))
}

/// A name and a description below `path`: empty, or ending with a point.
pub(super) fn words(checks: &mut Input, path: &str, name: Option<&str>, description: Option<&str>) {
    checks.words(&format!("{path}name"), name, MAX_TITLE);
    checks.text(&format!("{path}description"), description, MAX_LEAD);
}

/// The locales of a publication that is made: some, each once, in tags that
/// content may be in.
pub(super) fn tags<'a>(checks: &mut Input, tags: impl ExactSizeIterator<Item = &'a Locale>) {
    let count = tags.len();
    if count == 0 || count > MAX_LOCALES {
        let message = format!("has {count} entries; it holds 1 to {MAX_LOCALES}");
        checks.wrong(UserError::new(UserErrorCode::Invalid, "locales", message));
        return;
    }
    let mut seen: Vec<&Locale> = Vec::with_capacity(count);
    for (place, tag) in tags.enumerate() {
        let field = format!("locales.{place}.tag");
        if Locale::of_content(&tag.0).is_none() {
            let message = format!("\"{}\" is longer than the tag of a locale can be", tag.0);
            checks.wrong(UserError::new(UserErrorCode::Invalid, &field, message));
        }
        if seen.contains(&tag) {
            let message = format!("\"{}\" is there twice", tag.0);
            checks.wrong(UserError::new(UserErrorCode::Duplicate, &field, message));
        }
        seen.push(tag);
    }
}

/// A value that is stored in a spelling of its own; `None` where it is wrong.
pub(super) fn spelled(
    checks: &mut Input,
    field: &str,
    checked: Result<String, Wrong>,
) -> Option<String> {
    match checked {
        Ok(spelled) => Some(spelled),
        Err(wrong) => {
            checks.check(field, Err(wrong));
            None
        }
    }
}

/// The templates of the website's paths.
pub(super) fn paths(checks: &mut Input, paths: &PublicationPathsInput) {
    for (name, what, template) in [
        ("issue", Translated::Issue, &paths.issue),
        ("article", Translated::Article, &paths.article),
        ("topic", Translated::Topic, &paths.topic),
        ("author", Translated::Author, &paths.author),
    ] {
        if let MaybeUndefined::Value(template) = template {
            let checked = value::template(template, placeholders(what));
            checks.check(&format!("paths.{name}"), checked);
        }
    }
}

/// That the publication has a name at all.
pub(super) fn named(checks: &mut Input, field: &str, mut names: impl Iterator<Item = bool>) {
    if !names.any(|has_name| has_name) {
        let message = "leaves the publication without a name; it has one in a locale at least";
        checks.wrong(UserError::new(UserErrorCode::Invalid, field, message));
    }
}
