//! What a request costs: whom it is taken from, and how that is told.

use std::sync::OnceLock;

use async_graphql::{Response as Result, value};
use axum::http::header::CACHE_CONTROL;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue};

use super::rate_limit::{self, Budget, Taken};
use super::refusal::Refusal;
use crate::access::{Caller, Client};
use crate::app::App;

/// `masthead-cost: 1` asks what a request costs; the same header tells it.
pub(super) const COST: HeaderName = HeaderName::from_static("masthead-cost");

/// The bytes of a document cost one unit each so many: to parse them, or to
/// hold them to the schema, is about as much work.
const BYTES_A_UNIT: usize = 16;

/// The cost of one request.
#[derive(Debug, Default)]
pub(super) struct Charge {
    client: Option<Client>,
    /// What is taken of the day's quota of a key.
    budget: Option<Budget>,
    is_asked: bool,
    paid: OnceLock<(usize, Option<Taken>)>,
}

impl Charge {
    /// Nothing yet, for a request with these parts.
    pub(super) fn new(app: &App, parts: &Parts, caller: &Caller) -> Self {
        Self {
            client: rate_limit::client(app, parts, caller),
            budget: caller.key().map(Budget::of),
            is_asked: is_asked(&parts.headers),
            paid: OnceLock::new(),
        }
    }

    /// Whether the answer shall tell it. Such an answer is for no cache.
    pub(super) const fn is_asked(&self) -> bool {
        self.is_asked
    }

    /// Take what parsing costs, if this text is not known.
    ///
    /// # Errors
    /// The answer to a client that has too little left.
    pub(super) fn take_for_text(&self, app: &App, text: &str) -> std::result::Result<(), Refusal> {
        if app.documents.knows(text) {
            return Ok(());
        }
        let units = units_of_text(text);
        self.take_of_quota(app, units)?;
        rate_limit::take(app, self.client, units).map(drop)
    }

    /// Take what is asked for from the day's quota of a key, whether the answer
    /// is in the cache or has to be made.
    ///
    /// # Errors
    /// The answer to a client that has too little left.
    pub(super) fn take_of_quota(
        &self,
        app: &App,
        units: usize,
    ) -> std::result::Result<(), Refusal> {
        match self.budget {
            Some(budget) => budget.take(app, units),
            None => Ok(()),
        }
    }

    /// Take what it costs to find that a known text can't be answered.
    ///
    /// # Errors
    /// The answer to a client that has too little left.
    pub(super) fn take_for_refused(
        &self,
        app: &App,
        text: &str,
    ) -> std::result::Result<(), Refusal> {
        let units = units_of_text(text);
        self.take_of_quota(app, units)?;
        self.take(app, units)
    }

    /// Take what the execution costs.
    ///
    /// # Errors
    /// The answer to a client that has too little left.
    pub(super) fn take(&self, app: &App, cost: usize) -> std::result::Result<(), Refusal> {
        let taken = rate_limit::take(app, self.client, cost);
        if let (Err(_), Some(budget)) = (&taken, self.budget) {
            budget.give_back(app, cost);
        }
        // What was refused is known too, and nothing was taken.
        let paid = (cost, *taken.as_ref().unwrap_or(&None));
        self.paid.get_or_init(|| paid);
        taken.map(drop)
    }

    /// Whether it came to an execution of this request itself.
    pub(super) fn is_settled(&self) -> bool {
        self.paid.get().is_some()
    }

    /// Tell the cost in the answer, if that was asked.
    pub(super) fn tell(&self, app: &App, result: Result) -> Result {
        let Some((cost, _)) = self.paid.get().filter(|_| self.is_asked) else {
            return result;
        };
        let limit = app.limits.complexity;
        result.extension("cost", value!({ "requested": *cost, "limit": limit }))
    }

    /// Tell it in headers, and what the client has left.
    pub(super) fn write(&self, app: &App, headers: &mut HeaderMap) {
        if let Some(budget) = self.budget {
            budget.write(app, headers);
        }
        let Some((cost, taken)) = self.paid.get() else {
            return;
        };
        if let Some(taken) = taken {
            taken.write(headers);
        }
        if self.is_asked {
            let text = format!("{cost};limit={}", app.limits.complexity);
            // Digits are fit for a header.
            if let Ok(value) = HeaderValue::from_str(&text) {
                headers.insert(COST, value);
            }
            headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        }
    }
}

/// What looking at a document costs.
const fn units_of_text(text: &str) -> usize {
    text.len() / BYTES_A_UNIT + 1
}

fn is_asked(headers: &HeaderMap) -> bool {
    headers.get(COST).is_some_and(|value| value == "1")
}
