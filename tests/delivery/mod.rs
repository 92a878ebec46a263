//! What leaves beside the answers of the API.

mod embed;
mod feed;
mod json_ld;
mod kept;
mod oembed;
mod purge;
mod sitemap;
mod webhook;
mod websub;
