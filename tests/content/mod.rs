//! What the API answers about content.

mod accept_language;
mod exchange;
mod language;
mod model;
