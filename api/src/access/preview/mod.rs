//! Previews: who brings a token sees, beside what readers see, the one thing
//! that it was made for. A token is signed and kept nowhere: it ends by itself,
//! and with the thing.

mod store;
mod token;

use chrono::{DateTime, Utc};
use sea_orm::DatabaseTransaction;

use crate::database::Database;
use crate::error::Error;
use token::{Secret, Token};

/// What can be previewed before readers see it, by its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Previewed {
    /// An issue, and all words of its articles.
    Issue(i64),
    /// All words of an article, and its issue.
    Article(i64),
}

/// Make a token to preview a thing, good until `expires_at`. The thing is told
/// with what else it is known by: an article's key in the content format, an
/// issue's number. With the first token the secret is made that all are signed
/// with.
///
/// # Errors
/// If the database can't, or the machine has no randomness to give.
pub async fn preview_token(
    tx: &DatabaseTransaction,
    (what, name): (Previewed, &str),
    expires_at: DateTime<Utc>,
) -> Result<String, Error> {
    let secret = match store::secret(tx).await? {
        Some(secret) => Secret::read(&secret)?,
        None => {
            let secret = Secret::make()?;
            store::keep_secret(tx, secret.to_text()).await?;
            secret
        }
    };
    let token = Token { what, expires_at };
    Ok(token.signed(&secret, name))
}

/// What a token that was sent previews at `now`. One statement.
///
/// # Errors
/// [`Error::InvalidPreviewToken`] if it is forged or expired, or what it was
/// made for is gone. Or the database does not answer.
pub async fn open_preview(
    database: &Database,
    now: DateTime<Utc>,
    sent: &str,
) -> Result<Previewed, Error> {
    let (token, signature) = Token::read(sent).ok_or(Error::InvalidPreviewToken)?;
    let known = store::secret_and_name(database, token.what).await?;
    let (secret, name) = known.ok_or(Error::InvalidPreviewToken)?;
    let signed = Secret::read(&secret)?.has_signed(&token, &name, &signature);
    if signed && now < token.expires_at {
        Ok(token.what)
    } else {
        Err(Error::InvalidPreviewToken)
    }
}
