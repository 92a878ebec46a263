//! What the API answers about content.

mod accept_language;
mod language;
mod model;
