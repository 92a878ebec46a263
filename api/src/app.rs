//! What every request shares.

use std::sync::Arc;

use crate::access::{Limiter, Rates, TrustedProxies, Usage};
use crate::cache::{Policy, ResponseCache};
use crate::client::Guard;
use crate::clock::Clock;
use crate::config::{Origins, WebSub};
use crate::database::Database;
use crate::graphql::documents::Documents;
use crate::graphql::limits::Limits;
use crate::graphql::persisted::PersistedDocuments;

/// The parts that a running Masthead is made of. Cheap to clone.
#[derive(Clone, Debug)]
pub struct App {
    pub database: Database,
    pub clock: Arc<Clock>,
    pub limits: Limits,
    pub documents: Documents,
    /// Documents that are named without their text.
    pub persisted: PersistedDocuments,
    /// Answers that are ready to be sent.
    pub responses: ResponseCache,
    /// How long answers may be kept.
    pub policy: Policy,
    /// What clients have left of what they may ask for.
    pub limiter: Limiter,
    /// Whether what is published can be read without a key.
    pub anonymous_reading: bool,
    /// Who is believed about the addresses of clients.
    pub proxies: TrustedProxies,
    /// The pages elsewhere that may read answers.
    pub origins: Arc<Origins>,
    /// Where others reach this server, without a trailing slash. Never what a
    /// request says: that would be kept, and given to others.
    pub public_url: Arc<str>,
    /// What keys are used for, and what is left of their quotas.
    pub usage: Usage,
    /// Which addresses may be asked that others name.
    pub guard: Arc<Guard>,
    /// The hubs of feeds.
    pub websub: Arc<WebSub>,
}

impl App {
    /// An app on `database`, with the machine's clock and the default limits.
    #[must_use]
    pub fn new(database: Database) -> Self {
        Self {
            database,
            clock: Arc::default(),
            limits: Limits::default(),
            documents: Documents::default(),
            persisted: PersistedDocuments::default(),
            responses: ResponseCache::default(),
            policy: Policy::default(),
            limiter: Limiter::new(Rates::default()),
            anonymous_reading: true,
            proxies: TrustedProxies::default(),
            origins: Arc::default(),
            public_url: Arc::from("http://localhost:8000"),
            usage: Usage::default(),
            guard: Arc::default(),
            websub: Arc::default(),
        }
    }
}
