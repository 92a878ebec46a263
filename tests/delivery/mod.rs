//! What leaves beside the answers of the API.

mod feed;
mod kept;
mod purge;
mod sitemap;
