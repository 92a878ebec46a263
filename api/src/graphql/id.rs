//! Global ids: opaque, typed, URL-safe.

use async_graphql::ID;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::error::Error;

/// What an id says: which type, and which of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct GlobalId {
    pub type_name: String,
    pub key: i64,
}

/// The id of the thing of `type_name` that the database knows as `key`.
#[must_use]
pub fn encode(type_name: &str, key: i64) -> ID {
    ID(URL_SAFE_NO_PAD.encode(format!("{type_name}:{key}")))
}

/// Read an id of any type.
///
/// # Errors
/// If this API never gave it out.
pub fn decode(id: &ID) -> Result<GlobalId, Error> {
    let parsed = URL_SAFE_NO_PAD
        .decode(id.as_str())
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .and_then(|text| {
            let (type_name, key) = text.split_once(':')?;
            Some(GlobalId {
                type_name: type_name.to_owned(),
                key: key.parse().ok().filter(|key| *key > 0)?,
            })
        });
    parsed
        // One spelling only: no sign, no leading zero, no stray bit.
        .filter(|parsed| encode(&parsed.type_name, parsed.key) == *id)
        .ok_or_else(|| Error::InvalidId(id.to_string()))
}

/// Read an id that must be of type `wanted`.
///
/// # Errors
/// If this API never gave it out, or it is of another type.
pub fn decode_as(id: &ID, wanted: &'static str) -> Result<i64, Error> {
    let found = decode(id)?;
    if found.type_name == wanted {
        Ok(found.key)
    } else {
        Err(Error::OtherId {
            id: id.to_string(),
            found: found.type_name,
            wanted,
        })
    }
}
