//! The hubs of feeds (WebSub, section 4).

use super::address::{Address, IssueName, Subject};
use crate::app::App;
use crate::content::publication::Settings;
use crate::graphql::page::DEFAULT_PAGE;

/// The hubs that tell subscribers when the feed at `address` changes, by their
/// addresses: those that [`crate::delivery::websub`] tells of it. None of a
/// search, of a further page, and of an issue by its number.
pub(super) fn hubs(app: &App, settings: &Settings, address: &Address) -> Vec<String> {
    let is_first = address.page.cursor.is_none() && address.page.size == DEFAULT_PAGE;
    let is_told = match &address.subject {
        Subject::Articles | Subject::Topic(_) | Subject::Author(_) => is_first,
        Subject::Issue(IssueName::Latest | IssueName::Slug(_)) => is_first,
        Subject::Issue(IssueName::Number(_)) | Subject::Search(_) => false,
    };
    if !is_told {
        return Vec::new();
    }
    let hubs = app.websub.hubs_of(&address.locales, &settings.locales);
    hubs.iter().map(ToString::to_string).collect()
}
