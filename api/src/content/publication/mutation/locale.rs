//! The locales that the publication publishes in.

use super::check::{checked, words};
use super::input::{PublicationLocaleAddInput, PublicationLocaleRemoveInput};
use crate::content::publication::locales::{self, LocaleError, NewLocale};
use crate::content::publication::store::write;
use crate::content::writing::{Input, Writing};
use crate::graphql::id::encode;
use crate::graphql::user_error::{MAX_USES, Refused, UserError, UserErrorCode};

/// Add a locale.
pub(super) async fn add(
    writing: &mut Writing,
    input: PublicationLocaleAddInput,
) -> Result<(), Refused> {
    let mut checks = Input::default();
    let (name, description) = (input.name.as_deref(), input.description.as_deref());
    words(&mut checks, "", name, description);
    checks.at_least("position", input.position, 1);
    checks.end()?;
    checked(writing, input.expected_version).await?;
    let place = input.position.map(usize::try_from);
    let new = NewLocale {
        tag: input.tag.0,
        name: input.name,
        description: input.description,
        place: place.transpose().unwrap_or_default(),
    };
    let added = locales::add(writing, new).await;
    added.map(|_| ()).map_err(refusal)
}

/// Remove a locale.
pub(super) async fn remove(
    writing: &mut Writing,
    input: &PublicationLocaleRemoveInput,
) -> Result<(), Refused> {
    checked(writing, input.expected_version).await?;
    match locales::remove(writing, &input.tag.0).await {
        Ok(_) => Ok(()),
        Err(error @ LocaleError::Used { .. }) => {
            let users = write::users_of_locale(writing.tx(), &input.tag.0, MAX_USES).await?;
            let users = users.into_iter();
            let users = users.map(|(what, id)| encode(what.type_name(), id));
            Err(UserError::in_use("tag", error.to_string(), users.collect()).into())
        }
        Err(error) => Err(refusal(error)),
    }
}

/// What a writer is told of an error.
fn refusal(error: LocaleError) -> Refused {
    let (code, field) = match error {
        LocaleError::Database(error) => return error.into(),
        LocaleError::NoPublication => (UserErrorCode::NotFound, "expectedVersion"),
        LocaleError::Known(_) => (UserErrorCode::Taken, "tag"),
        LocaleError::Unknown { .. } => (UserErrorCode::UnknownLocale, "tag"),
        LocaleError::NoPlace { .. } => (UserErrorCode::Invalid, "position"),
        LocaleError::NoTag(_) | LocaleError::TooMany => (UserErrorCode::Invalid, "tag"),
        LocaleError::NoText {
            what: "the name", ..
        } => (UserErrorCode::Invalid, "name"),
        LocaleError::NoText { .. } => (UserErrorCode::Invalid, "description"),
        LocaleError::Default(_) => (UserErrorCode::WrongState, "tag"),
        LocaleError::Used { .. } => (UserErrorCode::InUse, "tag"),
    };
    UserError::new(code, field, error.to_string()).into()
}
