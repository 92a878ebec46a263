//! Asking by GET, with the document left out where the server knows it.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::client::{Connection, get};

/// A document that the server was told once, and is known by its hash from
/// then on (automatic persisted queries).
pub(crate) struct Persisted {
    /// What names it in a query string.
    hash: String,
}

impl Persisted {
    /// Tell the server a document, with variables that it can be asked with.
    ///
    /// # Errors
    /// If it is not known by its hash from then on.
    pub(crate) async fn register(
        client: &mut Connection,
        text: &str,
        variables: &Value,
    ) -> anyhow::Result<Self> {
        let digest = Sha256::digest(text);
        let hash: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        let extensions = json!({ "persistedQuery": { "version": 1, "sha256Hash": hash } });
        let persisted = Self {
            hash: format!("extensions={}", encoded(&extensions.to_string())),
        };
        let asked = persisted.query(variables);
        let told = format!("/graphql?query={}&{asked}", encoded(text));
        client.send(&get("", &told)).await?.data()?;
        client
            .send(&get("", &format!("/graphql?{asked}")))
            .await?
            .data()?;
        Ok(persisted)
    }

    /// What is behind the path of a GET with these variables.
    pub(crate) fn query(&self, variables: &Value) -> String {
        let variables = encoded(&variables.to_string());
        format!("variables={variables}&{}", self.hash)
    }
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}
