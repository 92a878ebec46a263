//! What endpoints are to be.

use super::endpoint::Endpoint;
use super::event::Event;
use super::fault::EndpointError;
use crate::client::Guard;
use crate::content::writing::{Writing, locales};
use crate::graphql::scalar::Locale;

/// What an endpoint is to be; of one that is there, what is to change.
#[derive(Clone, Debug, Default)]
pub(super) struct Wish {
    pub(super) url: Option<String>,
    pub(super) description: Option<String>,
    /// None of them: all.
    pub(super) events: Option<Vec<Event>>,
    /// None of them: all.
    pub(super) locales: Option<Vec<String>>,
    pub(super) enabled: Option<bool>,
}

/// Characters of a description, at most.
const MAX_DESCRIPTION: usize = 200;

/// Make an endpoint what is wished for; whether it is enabled is left out.
pub(super) async fn apply(
    writing: &Writing,
    guard: &Guard,
    endpoint: &mut Endpoint,
    wish: Wish,
) -> Result<(), EndpointError> {
    let Wish {
        url,
        description,
        events,
        locales,
        enabled: _,
    } = wish;
    if let Some(url) = url {
        endpoint.url = guard.url(&url)?.to_string();
    }
    if let Some(description) = description {
        let shows = !description.chars().any(char::is_control);
        if !shows || description.chars().count() > MAX_DESCRIPTION {
            return Err(EndpointError::NoDescription);
        }
        endpoint.description = description;
    }
    if let Some(mut events) = events {
        if events.contains(&Event::Ping) {
            return Err(EndpointError::Ping);
        }
        events.sort();
        events.dedup();
        endpoint.events = Some(events).filter(|events| !events.is_empty());
    }
    if let Some(tags) = locales {
        let tags = known(writing, &tags).await?;
        endpoint.locales = Some(tags).filter(|tags| !tags.is_empty());
    }
    Ok(())
}

/// The locales that `asked` names, in the publication's order.
async fn known(writing: &Writing, asked: &[String]) -> Result<Vec<String>, EndpointError> {
    if asked.is_empty() {
        return Ok(Vec::new());
    }
    let known = locales(writing.tx()).await?;
    let mut wanted = Vec::new();
    for asked in asked {
        let tag = Locale::of_content(asked).map(|Locale(tag)| tag);
        let tag = tag.filter(|tag| known.contains(tag));
        wanted.push(tag.ok_or_else(|| EndpointError::UnknownLocale {
            asked: asked.clone(),
            known: known.join(", "),
        })?);
    }
    let in_order = known.into_iter().filter(|tag| wanted.contains(tag));
    Ok(in_order.collect())
}
