//! What oEmbed answers, as both formats write it.

use serde::Serialize;
use serde_json::Value;

/// An answer of the type `rich` (section 2.3.4.4). What has no value is left
/// out.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Response {
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    pub(super) version: &'static str,
    pub(super) title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) author_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) author_url: Option<String>,
    /// The publication, by its name in the locale of the page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) provider_name: Option<String>,
    pub(super) provider_url: String,
    /// For how many seconds a consumer may take it for true.
    pub(super) cache_age: u32,
    pub(super) html: String,
    /// In pixels.
    pub(super) width: u32,
    pub(super) height: u32,
    /// What search engines read of the page: a member of our own, in JSON alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) json_ld: Option<Value>,
}

impl Response {
    /// The type of all answers: what is shown is HTML.
    pub(super) const RICH: &'static str = "rich";

    /// The version of oEmbed.
    pub(super) const VERSION: &'static str = "1.0";

    /// An hour: corrections reach whoever shows a card by then.
    pub(super) const CACHE_AGE: u32 = 3_600;
}
