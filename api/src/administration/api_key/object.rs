//! An API key as admins see it.

use async_graphql::{Context, ID, Object, Result};
use futures_util::future::try_join_all;

use crate::access::{ContractContent, Role};
use crate::administration::api_key::contract::{MAX_NAMES, Terms};
use crate::administration::api_key::keys::ApiKeyState;
use crate::administration::api_key::loader::TermsOf;
use crate::administration::api_key::store::Row;
use crate::administration::api_key::usage::{ApiKeyUsage, DAYS, MAX_DAYS, usage_weight, used};
use crate::content::publication::reader;
use crate::content::topic::{Topic, TopicById};
use crate::error::Error;
use crate::graphql::batch::load;
use crate::graphql::context::ContextExt as _;
use crate::graphql::id::encode;
use crate::graphql::page::cost;
use crate::graphql::ready::Ready;
use crate::graphql::scalar::{Locale, Moment, Units};

/// What a program or a person is known by. Its secret is told once, when it is
/// made.
#[derive(Clone, Debug)]
pub struct ApiKey(Row);

impl Ready for ApiKey {}

impl ApiKey {
    /// The key of `row`.
    pub(super) const fn new(row: Row) -> Self {
        Self(row)
    }

    /// What its ids say that they are of.
    pub(super) const TYPE: &str = "ApiKey";
}

/// What a program or a person is known by. Its secret is told once, when it is
/// made.
#[Object]
impl ApiKey {
    /// Its id.
    async fn id(&self) -> ID {
        encode(Self::TYPE, self.0.id)
    }

    /// Its name, as the audit log has it; never given twice.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What it is for.
    async fn role(&self) -> Role {
        self.0.role
    }

    /// The locales that a translator writes in, in the publication's order when
    /// the key was made; empty for every other role. What a partner may read is
    /// in `contract`.
    async fn locales(&self) -> Vec<Locale> {
        let tags = self.0.locales.iter().flatten();
        tags.map(|tag| Locale(tag.clone())).collect()
    }

    /// What is agreed with a partner; `null` where nothing is, and for every
    /// other role: whatever everyone may read.
    async fn contract(&self, ctx: &Context<'_>) -> Option<Result<PartnerContract>> {
        let terms = ctx.batches().load_one(TermsOf(self.0.id)).await;
        let terms = terms.map(|terms| terms.map(PartnerContract));
        terms.map_err(Into::into).transpose()
    }

    /// What it was used for, day by day, the last first, without days on which
    /// it was not. What other processes answer shows within ten seconds.
    #[graphql(complexity = "cost(usage_weight(days), child_complexity)")]
    async fn usage(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "How many days, today among them, from 1 to 400: for as long it is kept.",
            default_with = "Some(DAYS)"
        )]
        days: Option<i32>,
    ) -> Result<Vec<ApiKeyUsage>> {
        ctx.notes().volatile();
        let days = days.unwrap_or(DAYS);
        let asked = u32::try_from(days).ok();
        let asked = asked.filter(|days| (1..=MAX_DAYS).contains(days));
        let days = asked.ok_or_else(|| Error::InvalidValue {
            argument: "days",
            what: format!("a number from 1 to {MAX_DAYS}, not {days}"),
        })?;
        Ok(used(ctx, self.0.id, days).await?)
    }

    /// Whether it is good for anything now.
    async fn state(&self, ctx: &Context<'_>) -> ApiKeyState {
        self.0.state(ctx.request().app.clock.now())
    }

    /// When it was made.
    async fn created_at(&self) -> Moment {
        Moment(self.0.created_at)
    }

    /// Who made it: the name of a key, or `command line`.
    async fn created_by(&self) -> &str {
        &self.0.created_by
    }

    /// From when on it is not valid; `null`: it does not expire.
    async fn expires_at(&self) -> Option<Moment> {
        self.0.expires_at.map(Moment)
    }

    /// When it was revoked; `null`: it was not.
    async fn revoked_at(&self) -> Option<Moment> {
        self.0.revoked_at.map(Moment)
    }

    /// When it was last used, to the minute or so; `null`: never.
    async fn last_used_at(&self) -> Option<Moment> {
        self.0.last_used_at.map(Moment)
    }
}

/// What a partner may be served, and how much of it.
#[derive(Clone, Debug)]
pub struct PartnerContract(Terms);

/// What a partner may be served, and how much of it.
#[Object]
impl PartnerContract {
    /// The locales that it may be served in, in the publication's order; empty:
    /// all.
    async fn locales(&self) -> Vec<Locale> {
        let tags = self.0.locales.iter().flatten();
        tags.map(|tag| Locale(tag.clone())).collect()
    }

    /// Whether it may be served some topics alone: no other topic, and no article
    /// on one, exists for it.
    async fn binds_topics(&self) -> bool {
        self.0.topics.is_some()
    }

    /// The topics that it is bound to, as the reader is served them: without
    /// those that have no words in the reader's locales, and those that were
    /// deleted. Empty where it is not bound.
    #[graphql(complexity = "cost(MAX_NAMES, child_complexity)")]
    async fn topics(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "The reader's locales, the preferred one first. Without: `Accept-Language`, else the publication's default."
        )]
        locales: Option<Vec<Locale>>,
    ) -> Result<Vec<Topic>> {
        let reader = reader(ctx, locales).await?;
        let ids = self.0.topics.iter().flatten();
        let topics = ids.map(|&id| {
            let locales = reader.locales.clone();
            load(ctx.batches(), TopicById { id, locales })
        });
        let topics = try_join_all(topics).await?.into_iter().flatten();
        let topics = topics.map(|row| Topic::new(row, reader.clone()));
        Ok(topics.collect())
    }

    /// How much of an article it may be served.
    async fn content(&self) -> ContractContent {
        self.0.content
    }

    /// Units of cost that it may ask for in a day, in UTC; `null`: as many as it
    /// likes.
    async fn daily_quota(&self) -> Option<Units> {
        self.0.daily_quota.map(Units)
    }

    /// The origins of the pages that may use its key in a browser, such as
    /// `https://example.org`; empty: any.
    async fn origins(&self) -> &[String] {
        self.0.origins.as_deref().unwrap_or_default()
    }
}
