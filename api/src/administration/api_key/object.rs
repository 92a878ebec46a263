//! An API key as admins see it.

use async_graphql::{Context, ID, Object};

use crate::access::Role;
use crate::administration::api_key::keys::ApiKeyState;
use crate::administration::api_key::store::Row;
use crate::graphql::context::ContextExt as _;
use crate::graphql::id::encode;
use crate::graphql::ready::Ready;
use crate::graphql::scalar::{Locale, Moment};

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
    /// the key was made; empty for every other role, which no locale binds.
    async fn locales(&self) -> Vec<Locale> {
        let tags = self.0.locales.iter().flatten();
        tags.map(|tag| Locale(tag.clone())).collect()
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
