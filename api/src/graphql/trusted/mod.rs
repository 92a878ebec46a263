//! Trusted documents: operations that are known before they are asked for.
//!
//! They come from a manifest, or from a folder of manifests and documents, and
//! are read once, when the server starts.

mod folder;
mod manifest;
mod own;

use std::collections::HashMap;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;

use super::hash::DocumentHash;
use own::{OWN, PLACE};

/// The most documents of a set.
pub const MOST_DOCUMENTS: usize = 100_000;

/// How many bytes a set may have in all, and so each file of it.
pub const MOST_BYTES: usize = 64 * 1024 * 1024;

/// The longest id.
const LONGEST_ID: usize = 200;

/// How an id begins that is the hash of the text.
const HASH_PREFIX: &str = "sha256:";

/// A set of documents, found by their ids and by the hashes of their texts. The
/// program's own are in every set.
#[derive(Debug)]
pub struct Trusted {
    /// The program's own, then all others.
    documents: Vec<Document>,
    by_id: HashMap<String, usize>,
    by_hash: HashMap<DocumentHash, usize>,
    bytes: usize,
}

/// One document of a set.
#[derive(Clone, Debug)]
pub struct Document {
    /// What it is asked for by.
    pub id: String,
    /// Where it stands: a file, and in a manifest its number and id.
    pub place: String,
    pub text: Arc<str>,
}

/// Why there is no set.
#[derive(thiserror::Error, Debug)]
pub enum TrustedError {
    #[error("can't read {file}")]
    Unreadable {
        file: String,
        #[source]
        cause: std::io::Error,
    },
    #[error("{place}: {reason}")]
    Wrong { place: String, reason: String },
}

/// The program's own documents alone.
impl Default for Trusted {
    fn default() -> Self {
        let mut set = Self {
            documents: Vec::with_capacity(OWN.len()),
            by_id: HashMap::new(),
            by_hash: HashMap::new(),
            bytes: 0,
        };
        for (id, text) in OWN {
            set.put(
                (id.to_owned(), DocumentHash::of(text)),
                text,
                PLACE.to_owned(),
            );
        }
        set
    }
}

impl Trusted {
    /// The documents that `path` holds: a manifest, or a folder with documents
    /// (`.graphql`, `.gql`) and manifests (`.json`), whatever else it has.
    ///
    /// # Errors
    /// If something can't be read, a file is not of its form, an id is given to
    /// two texts, or there is nothing or too much.
    pub fn load(path: &Path) -> Result<Self, TrustedError> {
        let shown = path.display().to_string();
        let metadata = std::fs::metadata(path).map_err(|cause| TrustedError::Unreadable {
            file: shown.clone(),
            cause,
        })?;
        let mut set = Self::default();
        if metadata.is_dir() {
            folder::load(&mut set, path)?;
        } else {
            set.load_manifest(path)?;
        }
        if set.documents().is_empty() {
            return Err(wrong(shown, "it holds no documents"));
        }
        Ok(set)
    }

    /// The document of this id: one that was given to it, or the hash of its
    /// text.
    #[must_use]
    pub fn by_id(&self, id: &str) -> Option<&Document> {
        if let Some(digits) = id.strip_prefix(HASH_PREFIX) {
            return self.by_hash(DocumentHash::read(digits)?);
        }
        let given = self.by_id.get(id).map(|place| &self.documents[*place]);
        given.or_else(|| self.by_hash(DocumentHash::read(id)?))
    }

    /// The document of this text.
    #[must_use]
    pub fn by_hash(&self, hash: DocumentHash) -> Option<&Document> {
        let place = self.by_hash.get(&hash)?;
        Some(&self.documents[*place])
    }

    /// All documents but the program's own, in the order of their files and of
    /// their places in them.
    #[must_use]
    pub fn documents(&self) -> &[Document] {
        self.documents.get(OWN.len()..).unwrap_or_default()
    }

    fn load_manifest(&mut self, file: &Path) -> Result<(), TrustedError> {
        let text = read(file)?;
        let shown = file.display().to_string();
        let entries = manifest::read(&text).map_err(|reason| wrong(shown.clone(), reason))?;
        for (place, entry) in entries.into_iter().enumerate() {
            let place = format!("{shown}, operation {}", place + 1);
            self.add(entry.id, &entry.text, place)?;
        }
        Ok(())
    }

    fn load_document(&mut self, file: &Path) -> Result<(), TrustedError> {
        let text = read(file)?;
        let shown = file.display().to_string();
        let stem = file.file_stem().and_then(|stem| stem.to_str());
        let id = stem.ok_or_else(|| wrong(shown.clone(), "its name is not UTF-8"))?;
        self.add(id.to_owned(), &text, shown)
    }

    fn add(&mut self, id: String, text: &str, place: String) -> Result<(), TrustedError> {
        if let Err(reason) = check_id(&id) {
            return Err(wrong(place, reason));
        }
        let hash = DocumentHash::of(text);
        if let Some(digits) = id.strip_prefix(HASH_PREFIX)
            && DocumentHash::read(digits) != Some(hash)
        {
            let reason = format!("the id \"{id}\" is not the hash of the text");
            return Err(wrong(place, reason));
        }
        if let Some(other) = self.by_id.get(&id).map(|place| &self.documents[*place]) {
            // Manifests of two releases have most operations in common.
            if *other.text == *text {
                return Ok(());
            }
            let reason = format!("the id \"{id}\" is that of another text: {}", other.place);
            return Err(wrong(place, reason));
        }
        if self.documents().len() == MOST_DOCUMENTS {
            let reason = format!("a set has at most {MOST_DOCUMENTS} documents");
            return Err(wrong(place, reason));
        }
        if self.bytes + text.len() > MOST_BYTES {
            let reason = format!("a set has at most {MOST_BYTES} bytes");
            return Err(wrong(place, reason));
        }
        self.put((id, hash), text, place);
        Ok(())
    }

    fn put(&mut self, (id, hash): (String, DocumentHash), text: &str, place: String) {
        let number = self.documents.len();
        self.bytes += text.len();
        self.by_id.insert(id.clone(), number);
        self.by_hash.entry(hash).or_insert(number);
        self.documents.push(Document {
            id,
            place,
            text: text.into(),
        });
    }
}

fn check_id(id: &str) -> Result<(), String> {
    if id.is_empty() {
        Err("the id is empty".to_owned())
    } else if id.len() > LONGEST_ID {
        Err(format!("an id has at most {LONGEST_ID} bytes"))
    } else if id.chars().any(char::is_control) {
        Err("the id has a control character".to_owned())
    } else {
        Ok(())
    }
}

fn read(file: &Path) -> Result<String, TrustedError> {
    let shown = || file.display().to_string();
    let unreadable = |cause| TrustedError::Unreadable {
        file: shown(),
        cause,
    };
    let mut bytes = Vec::new();
    let file = File::open(file).map_err(unreadable)?;
    file.take(MOST_BYTES as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    if bytes.len() > MOST_BYTES {
        return Err(wrong(
            shown(),
            format!("a set has at most {MOST_BYTES} bytes"),
        ));
    }
    String::from_utf8(bytes).map_err(|error| {
        let place = error.utf8_error().valid_up_to();
        wrong(shown(), format!("it is not UTF-8: byte {place} is wrong"))
    })
}

fn wrong(place: String, reason: impl Into<String>) -> TrustedError {
    TrustedError::Wrong {
        place,
        reason: reason.into(),
    }
}

#[cfg(test)]
mod tests;
