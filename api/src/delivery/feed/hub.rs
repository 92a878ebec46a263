//! The hubs of feeds (WebSub, section 4).

use crate::app::App;

/// The hubs that tell subscribers when a feed changes, by their addresses: none
/// that is known.
pub(super) const fn hubs(_app: &App) -> Vec<String> {
    Vec::new()
}
