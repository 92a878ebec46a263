//! What a resolver can reach.

use async_graphql::Context;

use crate::access::{Caller, Previewed};
use crate::app::App;
use crate::database::Database;
use crate::graphql::batch::Batches;
use crate::graphql::notes::Notes;

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
    /// Whoever asks; resolvers reach it by [`ContextExt::caller`], which notes
    /// that the answer depends on it.
    pub caller: Caller,
    /// What it may see of what is not public, by a token.
    pub preview: Option<Previewed>,
    /// The `Accept-Language` header, as it came; resolvers reach it by
    /// [`ContextExt::accept_language`].
    pub accept_language: Option<String>,
    /// What is told of the answer.
    pub notes: Notes,
}

/// What resolvers ask of their context.
pub trait ContextExt {
    /// The surroundings of the request.
    fn request(&self) -> &RequestContext;

    /// The database to read from.
    fn db(&self) -> &Database {
        &self.request().app.database
    }

    /// Who asks. The answer depends on it from here on, and is for nobody else.
    fn caller(&self) -> &Caller {
        self.notes().of_caller();
        &self.request().caller
    }

    /// The `Accept-Language` header. The answer depends on it from here on.
    fn accept_language(&self) -> Option<&str> {
        self.notes().of_language();
        self.request().accept_language.as_deref()
    }

    /// What is told of the answer.
    fn notes(&self) -> &Notes {
        &self.request().notes
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
