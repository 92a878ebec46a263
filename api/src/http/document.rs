//! From how a request names its document to the document.

use axum::http::HeaderMap;

use super::negotiation;
use super::refusal::Refusal;
use crate::access::Caller;
use crate::app::App;
use crate::error::Code;
use crate::graphql::persisted::{Resolved, Wanted};

/// The document that `caller` wants.
///
/// # Errors
/// The answer to a request for one that is not known here. It is of the older
/// type, with the status 200 that goes with it, wherever the client likes that
/// no less: many clients read no other before they send the text too.
pub(super) fn resolve<'a>(
    app: &App,
    wanted: Wanted<'a>,
    caller: &Caller,
    headers: &HeaderMap,
) -> Result<Resolved<'a>, Refusal> {
    app.persisted.resolve(wanted, caller).map_err(|unresolved| {
        let refusal = Refusal::new(unresolved.code(), unresolved.to_string());
        let is_unknown = unresolved.code() == Code::PersistedQueryNotFound;
        if is_unknown && negotiation::likes_json_no_less(headers) {
            refusal.with_success()
        } else {
            refusal
        }
    })
}
