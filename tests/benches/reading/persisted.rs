//! Asking by GET, with the document left out where the server knows it.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::client::{Connection, get};

/// A document that the server was told once, and is known by its hash from
/// then on (automatic persisted queries).
pub(crate) struct Persisted {
    /// What names the document in a query string.
    document: String,
    is_known: bool,
}

impl Persisted {
    /// Tell the server a document, with variables that it can be asked with.
    ///
    /// # Errors
    /// If the server hangs up.
    pub(crate) async fn register(
        client: &mut Connection,
        text: &str,
        variables: &Value,
    ) -> anyhow::Result<Self> {
        let digest = Sha256::digest(text);
        let hash: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        let extensions = json!({ "persistedQuery": { "version": 1, "sha256Hash": hash } });
        let by_hash = format!("extensions={}", encoded(&extensions.to_string()));
        let by_text = format!("query={}", encoded(text));

        let mut persisted = Self {
            document: format!("{by_text}&{by_hash}"),
            is_known: false,
        };
        client.send(&persisted.request(variables)).await?;
        persisted.document = by_hash;
        let reply = client.send(&persisted.request(variables)).await?;
        persisted.is_known = reply.data().is_ok();
        if !persisted.is_known {
            persisted.document = by_text;
        }
        Ok(persisted)
    }

    /// How a GET names its document, in words.
    pub(crate) const fn description(&self) -> &'static str {
        if self.is_known {
            "by the hash of a persisted document"
        } else {
            "by its text, since this server keeps no documents"
        }
    }

    /// What is behind the path of a GET with these variables.
    pub(crate) fn query(&self, variables: &Value) -> String {
        let variables = encoded(&variables.to_string());
        format!("variables={variables}&{}", self.document)
    }

    fn request(&self, variables: &Value) -> bytes::Bytes {
        get("", &format!("/graphql?{}", self.query(variables)))
    }
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}
