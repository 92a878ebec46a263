//! From an address of the website to the answer.

use std::sync::Arc;

use axum::http::StatusCode;

use super::desk::Desk;
use super::request::Request;
use super::subject::Search;
use crate::access::{Contract, OutOfScope};
use crate::app::App;
use crate::change_log::last_change;
use crate::content::language::Locales;
use crate::content::publication::{Settings, SettingsCache, WebAddress};
use crate::delivery::Document;
use crate::error::{Code, Error, shown};
use crate::graphql::batch::{Memory, batches};
use crate::graphql::notes::Notes;

/// What is asked, as readers see it now, and as far as a contract lets; or why
/// there is nothing.
///
/// # Errors
/// If the database does not answer.
pub async fn document(
    app: &App,
    settings: &SettingsCache,
    (request, contract): (&Request, Option<&Arc<Contract>>),
) -> Result<Document, Arc<Error>> {
    let settings = settings.get(&app.database).await?;
    let Some(address) = WebAddress::of(&request.url, &settings) else {
        return Ok(not_found(request));
    };
    let locales = match &request.locales {
        None => None,
        Some(asked) => match Locales::of_address(asked, &settings.locales) {
            Ok(locales) => Some(locales),
            Err(fault) => {
                let (status, message) = (StatusCode::BAD_REQUEST, fault.to_string());
                return Ok(Document::refused_with(status, fault.code(), &message));
            }
        },
    };
    let asked = (request, &address, locales);
    answer(app, settings, asked, contract).await
}

/// The same for what was never there, is not there any more and is not yet.
fn not_found(request: &Request) -> Document {
    let message = format!("nothing is published at \"{}\"", shown(&request.url));
    Document::refused_with(StatusCode::NOT_FOUND, Code::NotFound, &message)
}

/// It is there, and nothing that the contract of the caller is for.
fn out_of_scope() -> Document {
    let fault = Error::from(OutOfScope::Page);
    Document::refused_with(StatusCode::FORBIDDEN, fault.code(), &fault.to_string())
}

async fn answer(
    app: &App,
    settings: Arc<Settings>,
    (request, address, locales): (&Request, &WebAddress, Option<Locales>),
    contract: Option<&Arc<Contract>>,
) -> Result<Document, Arc<Error>> {
    let changed_at = last_change(app.database.reader())
        .await
        .map_err(Error::from)?;
    let notes = Notes::default();
    let (batches, queue) = batches(app.database.clone(), Memory::Kept);
    let search = Search {
        settings: &settings,
        contract,
        notes: &notes,
        batches: &batches,
        locales: locales.as_ref(),
    };
    let reading = async {
        let Some((thing, locale)) = search.find(address).await? else {
            let whole = Search {
                contract: None,
                ..search
            };
            if contract.is_some() && whole.find(address).await?.is_some() {
                return Ok(out_of_scope());
            }
            return Ok(not_found(request));
        };
        // Names around may be in other languages, if that was asked.
        let others = locales.iter().flat_map(Locales::iter);
        let reader = search.reader(&[&*locale].into_iter().chain(others).collect::<Vec<_>>())?;
        let desk = Desk {
            app,
            reader,
            batches: &batches,
            most: request.most,
        };
        let response = desk.response(&thing).await?;
        let body = request.format.written(&response)?;
        let media_type = request.format.media_type();
        Ok(Document::found(media_type, body, notes.sum(), changed_at))
    };
    queue.drive(reading).await
}
