//! What a resolver can reach.

use async_graphql::Context;

use crate::access::{Caller, Previewed};
use crate::app::App;
use crate::database::Database;
use crate::graphql::batch::Batches;

/// Who makes a request, and what came with it.
#[derive(Clone, Debug, Default)]
pub struct Asker {
    pub caller: Caller,
    /// What the request may see of what is not public, by a token.
    pub preview: Option<Previewed>,
    /// The `Accept-Language` header, as it came.
    pub accept_language: Option<String>,
}

/// The surroundings of one request.
#[expect(missing_debug_implementations, reason = "a DataLoader has none")]
pub struct RequestContext {
    pub app: App,
    pub batches: Batches,
    pub caller: Caller,
    /// What it may see of what is not public, by a token.
    pub preview: Option<Previewed>,
    /// The `Accept-Language` header, as it came.
    pub accept_language: Option<String>,
}

/// What resolvers ask of their context.
pub trait ContextExt {
    /// The surroundings of the request.
    fn request(&self) -> &RequestContext;

    /// The database to read from.
    fn db(&self) -> &Database {
        &self.request().app.database
    }

    /// Who asks.
    fn caller(&self) -> &Caller {
        &self.request().caller
    }

    /// The loads of this request.
    fn batches(&self) -> &Batches {
        &self.request().batches
    }
}

impl ContextExt for Context<'_> {
    fn request(&self) -> &RequestContext {
        self.data_unchecked::<RequestContext>()
    }
}
