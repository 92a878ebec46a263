//! Making, rotating and revoking keys.

use async_graphql::{Enum, MaybeUndefined};
use chrono::{DateTime, Duration, Utc};

use crate::access::{Operation, Role, Secret};
use crate::administration::api_key::contract::{self, TermsChange, agreed};
use crate::administration::api_key::fault::KeyError;
use crate::administration::api_key::object::ApiKey;
use crate::administration::api_key::store::{self, Row, Which};
use crate::audit::{Actor, Deed};
use crate::content::schedule::cancel_of_key;
use crate::content::writing::Writing;

/// A key that is to be made.
#[derive(Clone, Debug)]
pub struct NewKey {
    pub name: String,
    pub role: Role,
    /// Tags, in any case. A translator has at least one, others none.
    pub locales: Vec<String>,
    /// What is agreed with a partner; empty for others.
    pub contract: TermsChange,
    /// From when on it is not valid; `None`: it does not expire.
    pub expires_at: Option<DateTime<Utc>>,
}

/// What is to be different of a key.
#[derive(Clone, Debug, Default)]
pub struct KeyChange {
    /// From when on it is not valid. Undefined: as before; null: it does not
    /// expire.
    pub expires_at: MaybeUndefined<DateTime<Utc>>,
    /// What is agreed with a partner; empty for others.
    pub contract: TermsChange,
}

/// A key with a new secret, which only this tells.
#[derive(Clone, Debug)]
pub struct Made {
    pub key: Row,
    pub secret: Secret,
}

/// Whether a key is good for anything.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ApiKeyState {
    /// It is.
    Valid,
    /// Its time has passed.
    Expired,
    /// Somebody ended it.
    Revoked,
}

/// How long the former secret lives on unless told.
pub const DEFAULT_OVERLAP: Duration = Duration::hours(24);
/// How long it may live on.
pub const MAX_OVERLAP: Duration = Duration::days(30);
/// Characters of a name, at most.
pub(super) const MAX_NAME: usize = 100;

impl Row {
    /// Whether it is good for anything at `now`.
    #[must_use]
    pub fn state(&self, now: DateTime<Utc>) -> ApiKeyState {
        if self.revoked_at.is_some() {
            ApiKeyState::Revoked
        } else if self.expires_at.is_some_and(|end| end <= now) {
            ApiKeyState::Expired
        } else {
            ApiKeyState::Valid
        }
    }
}

/// Make a key.
///
/// # Errors
/// If the name is taken or no name, the locales do not go with the role or are
/// not the publication's, it would have expired already, or the database can't
/// take it.
pub async fn create(writing: &mut Writing, new: NewKey) -> Result<Made, KeyError> {
    check_name(&new.name)?;
    if new.expires_at.is_some_and(|end| end <= writing.now()) {
        return Err(KeyError::ExpiresEarly);
    }
    if store::find(writing.tx(), &Which::Name(new.name.clone()))
        .await?
        .is_some()
    {
        return Err(KeyError::NameTaken(new.name));
    }
    let locales = locales(writing, new.role, &new.locales).await?;
    let terms = agreed(writing, new.role, None, new.contract).await?;
    let row = Row {
        id: 0,
        name: new.name,
        role: new.role,
        locales,
        created_at: writing.now(),
        created_by: writing.actor().name.clone(),
        expires_at: new.expires_at,
        revoked_at: None,
        last_used_at: None,
    };
    let key = store::insert(writing.tx(), row).await?;
    if let Some(terms) = terms {
        store::write_terms(writing.tx(), key.id, &terms).await?;
    }
    let bound = key.locales.as_ref().map(|tags| tags.join(", "));
    let bound = bound.map_or(String::new(), |tags| format!(" of {tags}"));
    note(
        writing,
        Operation::ApiKeyCreate,
        &key,
        Some(format!("{}{bound}", key.role)),
    );
    with_new_secret(writing, key).await
}

/// Change what a key may be used for, and for how long.
///
/// # Errors
/// If there is no such key, it was revoked, it would have expired already, what
/// is agreed does not go with its role or can't be, or the database can't take
/// it.
pub async fn update(
    writing: &mut Writing,
    which: &Which,
    change: KeyChange,
) -> Result<Row, KeyError> {
    let mut key = find(writing, which).await?;
    if key.revoked_at.is_some() {
        return Err(KeyError::Revoked(key.name));
    }
    let mut told = Vec::new();
    if !change.expires_at.is_undefined() {
        key.expires_at = change.expires_at.take();
        if key.expires_at.is_some_and(|end| end <= writing.now()) {
            return Err(KeyError::ExpiresEarly);
        }
        store::write_end(writing.tx(), key.id, key.expires_at).await?;
        told.push("when it ends");
    }
    if !change.contract.is_empty() {
        let before = store::terms(writing.tx(), &[key.id]).await?.remove(&key.id);
        let terms = agreed(writing, key.role, before, change.contract).await?;
        if let Some(terms) = terms {
            store::write_terms(writing.tx(), key.id, &terms).await?;
        }
        told.push("its contract");
    }
    if !told.is_empty() {
        note(
            writing,
            Operation::ApiKeyUpdate,
            &key,
            Some(told.join(", ")),
        );
    }
    Ok(key)
}

/// Give a key a new secret. The one before lives on for `overlap`; any older
/// one ends now.
///
/// # Errors
/// If there is no such key, it is not valid any more, the overlap is too long,
/// or the database can't take it.
pub async fn rotate(
    writing: &mut Writing,
    which: &Which,
    overlap: Duration,
) -> Result<Made, KeyError> {
    if overlap < Duration::zero() || overlap > MAX_OVERLAP {
        return Err(KeyError::NoOverlap);
    }
    let key = find(writing, which).await?;
    match key.state(writing.now()) {
        ApiKeyState::Valid => {}
        ApiKeyState::Expired => return Err(KeyError::Expired(key.name)),
        ApiKeyState::Revoked => return Err(KeyError::Revoked(key.name)),
    }
    let end = (overlap > Duration::zero()).then(|| writing.now() + overlap);
    store::retire_secrets(writing.tx(), key.id, end).await?;
    note(writing, Operation::ApiKeyRotate, &key, None);
    with_new_secret(writing, key).await
}

/// End a key, whichever of its secrets is used. Doing it twice changes nothing.
///
/// # Errors
/// If there is no such key, or the database can't do it.
pub async fn revoke(writing: &mut Writing, which: &Which) -> Result<Row, KeyError> {
    let mut key = find(writing, which).await?;
    if key.revoked_at.is_none() {
        key.revoked_at = Some(writing.now());
        store::revoke(writing.tx(), key.id, writing.now()).await?;
        let cancelled = cancel_of_key(writing, key.id).await?;
        let more = (cancelled > 0).then(|| format!("{cancelled} schedules cancelled"));
        note(writing, Operation::ApiKeyRevoke, &key, more);
    }
    Ok(key)
}

/// The same, unless no admin would be left: then nobody could make a key any
/// more but on the server's machine.
///
/// # Errors
/// As [`revoke`], and if no admin would be left.
pub async fn revoke_but_the_last_admin(
    writing: &mut Writing,
    which: &Which,
) -> Result<Row, KeyError> {
    let key = find(writing, which).await?;
    let valid = |row: &Row| row.state(writing.now()) == ApiKeyState::Valid;
    if key.role == Role::Admin && valid(&key) {
        let admins = store::of_role(writing.tx(), Role::Admin).await?;
        if !admins
            .iter()
            .any(|other| other.id != key.id && valid(other))
        {
            return Err(KeyError::LastAdmin(key.name));
        }
    }
    revoke(writing, which).await
}

async fn find(writing: &Writing, which: &Which) -> Result<Row, KeyError> {
    store::find(writing.tx(), which)
        .await?
        .ok_or(KeyError::Unknown)
}

async fn with_new_secret(writing: &Writing, key: Row) -> Result<Made, KeyError> {
    let secret = Secret::make()?;
    store::insert_secret(writing.tx(), key.id, secret.fingerprint(), writing.now()).await?;
    Ok(Made { key, secret })
}

/// Tell the audit log. It learns names and roles, and nothing of a secret.
fn note(writing: &mut Writing, operation: Operation, key: &Row, more: Option<String>) {
    writing.note(Deed {
        operation: operation.as_str(),
        thing: Some((ApiKey::TYPE, key.id)),
        name: Some(key.name.clone()),
        note: more,
        ..Deed::default()
    });
}

/// A name is read by people, in lists and in the audit log.
fn check_name(name: &str) -> Result<(), KeyError> {
    let long = name.chars().count() > MAX_NAME;
    if name.is_empty() || long || name.trim() != name || name.chars().any(does_not_show) {
        return Err(KeyError::NoName);
    }
    let ours = [Actor::COMMAND_LINE, Actor::SERVER];
    if ours.iter().any(|own| name.eq_ignore_ascii_case(own)) {
        return Err(KeyError::NameTaken(name.to_owned()));
    }
    Ok(())
}

/// Whether a character shows in no list: a control, a space that is not the
/// plain one, a mark of direction or of nothing.
fn does_not_show(character: char) -> bool {
    character.is_control()
        || (character.is_whitespace() && character != ' ')
        || matches!(character, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// The locales of a key, in the publication's order.
async fn locales(
    writing: &Writing,
    role: Role,
    asked: &[String],
) -> Result<Option<Vec<String>>, KeyError> {
    match (role, asked) {
        (Role::Translator, []) => Err(KeyError::NeedsLocales),
        (Role::Translator, _) => {
            let locales = contract::locales(writing, asked, "locales").await?;
            Ok(Some(locales))
        }
        (_, []) => Ok(None),
        _ => Err(KeyError::TakesNoLocales(role)),
    }
}
