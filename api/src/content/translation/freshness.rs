//! Whether translations keep up with their original.

use async_graphql::Enum;

/// Whether a translation keeps up with the original that it is made from. It
/// follows from their versions: nobody says so by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
pub enum Freshness {
    /// The text of the original is the one that it is made from; or it is the
    /// original.
    Current,
    /// The text of the original has changed since.
    Outdated,
}
