//! What the API answers about content.

mod model;
