//! Making, rotating and revoking keys, by admins.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, Result, SimpleObject};
use chrono::Duration;

use crate::access::{ContractContent, Operation, Role};
use crate::administration::api_key::contract::{TermsChange, TopicName};
use crate::administration::api_key::keys::{
    DEFAULT_OVERLAP, KeyChange, Made, NewKey, create, revoke_but_the_last_admin, rotate, update,
};
use crate::administration::api_key::object::ApiKey;
use crate::administration::api_key::store::{self, Which};
use crate::content::writing::Writing;
use crate::error::Error;
use crate::graphql::context::ContextExt as _;
use crate::graphql::id::decode_as;
use crate::graphql::scalar::{Locale, Moment, Units};
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
    /// What is agreed with a partner: of every other role nothing. Without: it
    /// may be served what everyone may.
    pub contract: Option<PartnerContractInput>,
}

/// What a partner may be served, and how much of it. What is left out stays as
/// it is, which at first is unbound; `null` lifts a bound.
#[derive(Clone, Debug, InputObject)]
pub struct PartnerContractInput {
    /// The locales that it may be served in, at least one of the publication's.
    pub locales: MaybeUndefined<Vec<Locale>>,
    /// The ids of the topics that it may be served, 1 to 100.
    pub topic_ids: MaybeUndefined<Vec<ID>>,
    /// How much of an article it may be served. At first: all of it.
    pub content: Option<ContractContent>,
    /// Units of cost that it may ask for in a day, in UTC: 1 to 10^12.
    pub daily_quota: MaybeUndefined<Units>,
    /// The origins of the pages that may use its key in a browser, such as
    /// `https://example.org`, 1 to 100. What is no browser tells no origin, and
    /// is let through.
    pub origins: MaybeUndefined<Vec<String>>,
}

/// A key that is to be used for something else, or for longer.
#[derive(Clone, Debug, InputObject)]
pub struct ApiKeyUpdateInput {
    /// Its id.
    pub id: ID,
    /// From when on it is not valid. Left out: as before; `null`: it does not
    /// expire.
    pub expires_at: MaybeUndefined<Moment>,
    /// What is agreed with a partner: of every other role nothing. Left out: as
    /// before.
    pub contract: Option<PartnerContractInput>,
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
    /// The key that was changed.
    ApiKeyUpdatePayload {
        /// The key as it is now; `null` where there is none.
        api_key: ApiKey
    }
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
            locales: tags(input.locales.unwrap_or_default()),
            contract: terms(input.contract)?,
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

    /// Change what an API key may be used for, and for how long; its secret stays.
    /// For admins.
    async fn api_key_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The key.")] input: ApiKeyUpdateInput,
    ) -> Result<ApiKeyUpdatePayload> {
        let mut writing = Writing::begin_as_caller(ctx, Operation::ApiKeyUpdate, None).await?;
        let which = Which::Id(decode_as(&input.id, ApiKey::TYPE)?);
        let change = KeyChange {
            expires_at: input.expires_at.map_value(|Moment(moment)| moment),
            contract: terms(input.contract)?,
        };
        let outcome = update(&mut writing, &which, change).await;
        let errors = refused(writing.end(outcome.map_err(Refused::from)).await?);
        Ok(ApiKeyUpdatePayload::new(now(ctx, &which).await?, errors))
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

fn tags(locales: Vec<Locale>) -> Vec<String> {
    locales.into_iter().map(|Locale(tag)| tag).collect()
}

fn terms(input: Option<PartnerContractInput>) -> Result<TermsChange, Error> {
    let Some(input) = input else {
        return Ok(TermsChange::default());
    };
    let topics = |ids: Vec<ID>| {
        let ids = ids.iter().map(|id| decode_as(id, "Topic"));
        ids.map(|id| id.map(TopicName::Id)).collect()
    };
    Ok(TermsChange {
        locales: input.locales.map_value(tags),
        topics: input.topic_ids.map_value(topics).transpose()?,
        content: input.content,
        daily_quota: input.daily_quota.map_value(|Units(quota)| quota),
        origins: input.origins,
    })
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
