//! How a request names its document: by its text, by an id, by a hash.
//!
//! Ids are those of trusted documents, which are known from the start. Hashes
//! follow Apollo's protocol of automatic persisted queries: a client sends the
//! hash alone; if it is not known, the text with it; from then on the hash will
//! do. What is learnt so is kept by this process alone, for as long as there
//! is room: a client that is answered by another process sends its text again.

mod wanted;

use std::borrow::Cow;
use std::path::PathBuf;
use std::sync::Arc;

use moka::sync::Cache;

use crate::access::{Caller, Role};
use crate::graphql::hash::DocumentHash;
use crate::graphql::trusted::{Document, Trusted};

pub use wanted::{Unresolved, Wanted};

/// How many bytes the texts have in all that clients have sent with their
/// hashes; what is asked for least goes first.
const CAPACITY: u64 = 8 * 1024 * 1024;

/// A longer text is answered, and not kept: nobody has much of the room.
const LONGEST: usize = 64 * 1024;

/// What it takes to keep a text, beside its bytes.
const OVERHEAD: u32 = 128;

/// Where trusted documents are, and whether there are others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// A manifest, or a folder: see [`Trusted::load`].
    pub path: Option<PathBuf>,
    pub mode: Mode,
}

/// Which documents are answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// All that the limits allow.
    #[default]
    Open,
    /// Trusted ones alone. Whoever has a key of an editor, or of more, may ask
    /// anything all the same: editors' tools are not known in advance.
    Trusted,
}

/// The text of the document that was wanted.
#[derive(Clone, Debug)]
pub struct Resolved<'a> {
    text: Text<'a>,
    /// The hash of a text that is not known by it yet.
    new: Option<DocumentHash>,
}

#[derive(Clone, Debug)]
enum Text<'a> {
    Sent(Cow<'a, str>),
    Kept(Arc<str>),
}

/// All documents that can be named without their text. Cheap to clone: all
/// clones are one.
#[derive(Clone, Debug)]
pub struct PersistedDocuments {
    trusted: Arc<Trusted>,
    mode: Mode,
    learnt: Cache<DocumentHash, Arc<str>>,
}

impl Default for PersistedDocuments {
    fn default() -> Self {
        Self::new(Trusted::default(), Mode::Open)
    }
}

impl PersistedDocuments {
    /// The documents of `trusted`, and those that clients send.
    #[must_use]
    pub fn new(trusted: Trusted, mode: Mode) -> Self {
        let weigh = |_: &DocumentHash, text: &Arc<str>| {
            u32::try_from(text.len()).map_or(u32::MAX, |bytes| bytes.saturating_add(OVERHEAD))
        };
        Self {
            trusted: Arc::new(trusted),
            mode,
            learnt: Cache::builder()
                .max_capacity(CAPACITY)
                .weigher(weigh)
                .build(),
        }
    }

    /// The trusted ones.
    #[must_use]
    pub fn trusted(&self) -> &Trusted {
        &self.trusted
    }

    /// The document that `caller` wants.
    ///
    /// # Errors
    /// If there is none, or not for this caller.
    pub fn resolve<'a>(
        &self,
        wanted: Wanted<'a>,
        caller: &Caller,
    ) -> Result<Resolved<'a>, Unresolved> {
        let free = self.is_free(caller);
        match wanted {
            Wanted::Text(text) if free => Ok(Resolved::sent(text)),
            Wanted::Text(text) => {
                let known = self.trusted.by_hash(DocumentHash::of(&text));
                known.map(Resolved::trusted).ok_or(Unresolved::TrustedOnly)
            }
            Wanted::Id(id) => self.by_id(id, free),
            Wanted::Hash { hash, text: None } => self.by_hash(&hash, free),
            Wanted::Hash {
                hash,
                text: Some(text),
            } => self.by_hash_and_text(hash, text, free),
        }
    }

    /// Keep the text that a document was resolved to, if it is new. To be
    /// called once the text has turned out to be a document.
    pub fn learn(&self, resolved: &Resolved<'_>) {
        let text = resolved.text();
        if let Some(hash) = resolved.new
            && text.len() <= LONGEST
            && !self.learnt.contains_key(&hash)
        {
            self.learnt.insert(hash, text.into());
        }
    }

    fn by_id<'a>(&self, id: Cow<'a, str>, free: bool) -> Result<Resolved<'a>, Unresolved> {
        if let Some(document) = self.trusted.by_id(&id) {
            return Ok(Resolved::trusted(document));
        }
        let hash = match id.strip_prefix("sha256:") {
            Some(digits) => Some(read(digits)?),
            None => DocumentHash::read(&id),
        };
        hash.filter(|_| free)
            .and_then(|hash| self.learnt.get(&hash))
            .map(Resolved::kept)
            .ok_or_else(|| Unresolved::UnknownId(id.into_owned()))
    }

    fn by_hash<'a>(&self, hash: &str, free: bool) -> Result<Resolved<'a>, Unresolved> {
        if let Some(document) = self.trusted.by_id(hash) {
            return Ok(Resolved::trusted(document));
        }
        let hash = read(hash)?;
        if !free {
            // Not "not found": the client would send its text in vain.
            return Err(Unresolved::TrustedOnly);
        }
        let text = self.learnt.get(&hash).ok_or(Unresolved::UnknownHash)?;
        Ok(Resolved::kept(text))
    }

    fn by_hash_and_text<'a>(
        &self,
        sent: Cow<'a, str>,
        text: Cow<'a, str>,
        free: bool,
    ) -> Result<Resolved<'a>, Unresolved> {
        let document = self.trusted.by_id(&sent);
        if let Some(document) = document.filter(|document| *document.text == *text) {
            return Ok(Resolved::trusted(document));
        }
        let hash = read(&sent)?;
        if hash != DocumentHash::of(&text) {
            return Err(Unresolved::Mismatch(sent.into_owned()));
        }
        if let Some(document) = self.trusted.by_hash(hash) {
            return Ok(Resolved::trusted(document));
        }
        if !free {
            return Err(Unresolved::TrustedOnly);
        }
        Ok(Resolved {
            text: Text::Sent(text),
            new: Some(hash),
        })
    }

    fn is_free(&self, caller: &Caller) -> bool {
        match self.mode {
            Mode::Open => true,
            Mode::Trusted => caller.key().is_some_and(|key| key.role >= Role::Editor),
        }
    }
}

impl<'a> Resolved<'a> {
    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        match &self.text {
            Text::Sent(text) => text,
            Text::Kept(text) => text,
        }
    }

    const fn sent(text: Cow<'a, str>) -> Self {
        Self {
            text: Text::Sent(text),
            new: None,
        }
    }

    const fn kept(text: Arc<str>) -> Self {
        Self {
            text: Text::Kept(text),
            new: None,
        }
    }

    fn trusted(document: &Document) -> Self {
        Self::kept(Arc::clone(&document.text))
    }
}

fn read(digits: &str) -> Result<DocumentHash, Unresolved> {
    DocumentHash::read(digits).ok_or_else(|| Unresolved::MalformedHash(digits.to_owned()))
}

#[cfg(test)]
mod tests;
