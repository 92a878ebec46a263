//! How a publication is looked after: who may do what.

pub mod api_key;
