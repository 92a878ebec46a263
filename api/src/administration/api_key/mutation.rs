//! Making, rotating and revoking keys, by admins.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use chrono::Duration;

use crate::access::{Operation, Role};
use crate::administration::api_key::keys::{
    DEFAULT_OVERLAP, Made, NewKey, create, revoke_but_the_last_admin, rotate,
};
use crate::administration::api_key::object::ApiKey;
use crate::administration::api_key::store::{self, Which};
use crate::content::writing::Writing;
use crate::error::Error;
use crate::graphql::context::ContextExt as _;
use crate::graphql::id::decode_as;
use crate::graphql::scalar::{Locale, Moment};
use crate::graphql::user_error::{Refused, UserError, payload, refused};

/// A key that is to be made.
#[derive(Clone, Debug, InputObject)]
pub struct ApiKeyCreateInput {
    /// Its name: 1 to 100 characters, and none that a key has or had.
    pub name: String,
    /// What it is for.
    pub role: Role,
    /// The locales that it writes in: of a translator at least one of the
    /// publication's, of every other role none.
    pub locales: Option<Vec<Locale>>,
    /// From when on it is not valid. Without: it does not expire.
    pub expires_at: Option<Moment>,
}

/// A key that is to get a new secret.
#[derive(Clone, Debug, InputObject)]
pub struct ApiKeyRotateInput {
    /// Its id.
    pub id: ID,
    /// For how many minutes the former secret lives on: 0 to 43,200, which are
    /// 30 days; 0 ends it now. Without: 1,440, a day. Any older one ends now.
    pub overlap_minutes: Option<i32>,
}

/// A key that is to end.
#[derive(Clone, Debug, InputObject)]
pub struct ApiKeyRevokeInput {
    /// Its id.
    pub id: ID,
}

/// The key that was made.
#[derive(Debug, SimpleObject)]
pub struct ApiKeyCreatePayload {
    /// The key; `null` where none was made.
    api_key: Option<ApiKey>,
    /// What its holder sends as `authorization: Bearer`. It is told here and
    /// never again; `null` where no key was made.
    secret: Option<String>,
    /// What is wrong with the input; empty where it was done.
    user_errors: Vec<UserError>,
}

/// The key that got a new secret.
#[derive(Debug, SimpleObject)]
pub struct ApiKeyRotatePayload {
    /// The key as it is now; `null` where there is none.
    api_key: Option<ApiKey>,
    /// What its holder sends from now on. It is told here and never again;
    /// `null` where the key got no new one.
    secret: Option<String>,
    /// What is wrong with the input; empty where it was done.
    user_errors: Vec<UserError>,
}

payload! {
    /// The key that was revoked.
    ApiKeyRevokePayload {
        /// The key as it is now; `null` where there is none.
        api_key: ApiKey
    }
}

#[derive(Debug, Default)]
pub struct ApiKeyMutation;

#[Object]
impl ApiKeyMutation {
    /// Make an API key. For admins.
    async fn api_key_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The key.")] input: ApiKeyCreateInput,
    ) -> Result<ApiKeyCreatePayload> {
        let mut writing = Writing::begin_as_caller(ctx, Operation::ApiKeyCreate, None).await?;
        let new = NewKey {
            name: input.name,
            role: input.role,
            locales: tags(input.locales),
            expires_at: input.expires_at.map(|Moment(moment)| moment),
        };
        let outcome = create(&mut writing, new).await.map_err(Refused::from);
        let (made, user_errors) = parts(writing.end(outcome).await?);
        let (api_key, secret) = made.map(told).unzip();
        Ok(ApiKeyCreatePayload {
            api_key,
            secret,
            user_errors,
        })
    }

    /// Give an API key a new secret, while the former one lives on for a time.
    /// For admins.
    async fn api_key_rotate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The key.")] input: ApiKeyRotateInput,
    ) -> Result<ApiKeyRotatePayload> {
        let mut writing = Writing::begin_as_caller(ctx, Operation::ApiKeyRotate, None).await?;
        let which = Which::Id(decode_as(&input.id, ApiKey::TYPE)?);
        let overlap = input.overlap_minutes.map(i64::from).map(Duration::minutes);
        let overlap = overlap.unwrap_or(DEFAULT_OVERLAP);
        let outcome = rotate(&mut writing, &which, overlap).await;
        let (made, user_errors) = parts(writing.end(outcome.map_err(Refused::from)).await?);
        let (api_key, secret) = match made.map(told) {
            Some((key, secret)) => (Some(key), Some(secret)),
            None => (now(ctx, &which).await?, None),
        };
        Ok(ApiKeyRotatePayload {
            api_key,
            secret,
            user_errors,
        })
    }

    /// End an API key, and with it all of its secrets, at once and for ever;
    /// schedules that it made and that are to come are cancelled.
    /// The last valid key of an admin stays. For admins.
    async fn api_key_revoke(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The key.")] input: ApiKeyRevokeInput,
    ) -> Result<ApiKeyRevokePayload> {
        let mut writing = Writing::begin_as_caller(ctx, Operation::ApiKeyRevoke, None).await?;
        let which = Which::Id(decode_as(&input.id, ApiKey::TYPE)?);
        let outcome = revoke_but_the_last_admin(&mut writing, &which).await;
        let errors = refused(writing.end(outcome.map_err(Refused::from)).await?);
        Ok(ApiKeyRevokePayload::new(now(ctx, &which).await?, errors))
    }
}

fn tags(locales: Option<Vec<Locale>>) -> Vec<String> {
    let locales = locales.into_iter().flatten();
    locales.map(|Locale(tag)| tag).collect()
}

fn parts<T>(ended: Result<T, Vec<UserError>>) -> (Option<T>, Vec<UserError>) {
    match ended {
        Ok(done) => (Some(done), Vec::new()),
        Err(errors) => (None, errors),
    }
}

fn told(made: Made) -> (ApiKey, String) {
    let secret = made.secret.reveal().to_owned();
    (ApiKey::new(made.key), secret)
}

/// The key as it is now.
async fn now(ctx: &Context<'_>, which: &Which) -> Result<Option<ApiKey>, Error> {
    let row = store::find(ctx.db().reader(), which).await?;
    Ok(row.map(ApiKey::new))
}
