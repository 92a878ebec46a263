//! What leaves beside the answers of the API.

mod purge;
