//! From the stores to a feed.

use std::sync::Arc;

use axum::http::StatusCode;

use super::address::{Address, Content};
use super::article::Desk;
use super::entry::{Entry, Feed, Links, Person};
use super::hub::hubs;
use super::identity::Identity;
use super::refusal::{not_found, refused};
use super::subject::{About, Found, find};
use super::write::written;
use super::{STYLE, title};
use crate::access::Contract;
use crate::app::App;
use crate::change_log::last_change;
use crate::content::article::newest;
use crate::content::language::Locales;
use crate::content::publication::{Reader, Settings, SettingsCache};
use crate::content::rich_text::{Form, Forms};
use crate::delivery::Document;
use crate::delivery::text::legal;
use crate::error::{Code, Error};
use crate::graphql::batch::{Memory, batches};
use crate::graphql::keyset::{Cursor, Slice};
use crate::graphql::notes::Notes;
use crate::graphql::page::{Page, Way};

/// The feed at `address`, as readers see it now, and as far as a contract lets;
/// or where it is, or why there is none.
///
/// # Errors
/// If the database does not answer.
pub async fn document(
    app: &App,
    settings: &SettingsCache,
    (address, contract): (&Address, Option<&Arc<Contract>>),
) -> Result<Document, Arc<Error>> {
    let settings = settings.get(&app.database).await?;
    if !settings.exists {
        let message = "there is no publication yet";
        return Ok(not_found(Some(address.kind), message));
    }
    match answer(app, settings, (address, contract)).await {
        Err(fault) => match fault.code() {
            Code::UnknownLocale => Ok(refused(
                Some(address.kind),
                StatusCode::NOT_FOUND,
                Code::UnknownLocale,
                &fault.to_string(),
            )),
            code @ (Code::InvalidCursor | Code::InvalidValue | Code::OutOfScope) => {
                let status = match code {
                    Code::OutOfScope => StatusCode::FORBIDDEN,
                    _ => StatusCode::BAD_REQUEST,
                };
                Ok(refused(
                    Some(address.kind),
                    status,
                    code,
                    &fault.to_string(),
                ))
            }
            _ => Err(fault),
        },
        answer => answer,
    }
}

async fn answer(
    app: &App,
    settings: Arc<Settings>,
    (address, contract): (&Address, Option<&Arc<Contract>>),
) -> Result<Document, Arc<Error>> {
    let locales = Locales::of_address(&address.locales, &settings.locales)?;
    if let Some(contract) = contract {
        contract.check_locales(locales.iter())?;
    }
    let reader = Reader::new(locales, settings, contract.cloned(), Notes::default());
    if address.content == Content::Full {
        let sight = reader.locales.sight();
        sight.check_text("feed of whole texts")?;
    }
    let changed_at = last_change(app.database.reader())
        .await
        .map_err(Error::from)?;
    let (batches, queue) = batches(app.database.clone(), Memory::Kept);
    let desk = Desk {
        app,
        reader,
        batches,
    };
    let reading = async {
        match find(address, &desk.reader, &desk.batches).await? {
            Found::Nothing(message) => Ok(not_found(Some(address.kind), &message)),
            Found::Moved(subject) => {
                let address = Address {
                    subject,
                    ..address.clone()
                };
                let location = format!("{}{}", app.public_url, address.path());
                Ok(Document::moved(location, desk.reader.notes.sum()))
            }
            Found::About(about) => {
                let mut feed = feed(&desk, address, &about).await?;
                let newest = feed.entries.iter().map(|entry| entry.updated).max();
                feed.updated = newest.or(changed_at).unwrap_or_default();
                let body = written(address.kind, &feed)?;
                let noted = desk.reader.notes.sum();
                let media_type = address.kind.media_type();
                Ok(Document::found(media_type, body, noted, changed_at))
            }
        }
    };
    queue.drive(reading).await
}

async fn feed(desk: &Desk<'_>, address: &Address, about: &About) -> Result<Feed, Arc<Error>> {
    let reader = &desk.reader;
    let forms = match address.content {
        Content::Summary => Forms::NONE,
        Content::Full => Form::Html.into(),
    };
    let (database, page) = (&desk.app.database, &address.page);
    let slice = newest(database, &reader.locales, &about.selection, page, forms).await?;
    let links = links((desk.app, &reader.settings), address, &slice);
    let entries: Vec<Entry> = desk.entries(slice, address.content).await?;
    let locales: Vec<&str> = reader.locales.iter().collect();
    let settings = &reader.settings;
    let name = about.name.as_ref();
    let publication = settings.name_for(&reader.locales);
    let locale = name
        .map(|(_, locale)| locale.as_str())
        .or(publication.map(|(locale, _)| locale))
        .or(reader.locales.first());
    Ok(Feed {
        id: Identity::new(&settings.first_url).of_feed(&about.key, &locales),
        title: legal(&title(name.map(|(name, _)| name.as_str()), reader)),
        subtitle: about.description.as_deref().map(legal),
        locale: locale.map(str::to_owned),
        author: Person {
            name: legal(&title(None, reader)),
            url: settings.url.clone(),
        },
        home: about.home.clone(),
        links,
        updated: chrono::DateTime::UNIX_EPOCH,
        entries,
    })
}

/// The pages around this one.
fn links<T>((app, settings): (&App, &Settings), address: &Address, slice: &Slice<T>) -> Links {
    let url = |address: &Address| format!("{}{}", app.public_url, address.path());
    let beside = |way: Way, cursor: &Cursor| {
        url(&address.on(Page {
            way,
            size: address.page.size,
            cursor: Some(cursor.encode()),
        }))
    };
    let (first, last) = (slice.items.first(), slice.items.last());
    let next = last.filter(|_| slice.has_next);
    let previous = first.filter(|_| slice.has_previous);
    Links {
        this: url(address),
        first: url(&address.first()),
        next: next.map(|(cursor, _)| beside(Way::Forward, cursor)),
        previous: previous.map(|(cursor, _)| beside(Way::Backward, cursor)),
        hubs: hubs(app, settings, address),
        style: format!("{}{STYLE}", app.public_url),
    }
}
