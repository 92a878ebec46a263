//! The alphabet of a language, as a key that both engines compare byte by
//! byte.
//!
//! The order is that of CLDR's collation for the locale (Unicode Technical
//! Standard 10, with the locale's tailoring; the root's where it has none), at
//! its third level: letters first, then accents, then case. `-u-co-`, `-u-kf-`
//! and `-u-kn-` in a tag are obeyed.
//!
//! Where one list holds words in several locales, each sorts by the key of its
//! own.

mod store;

use std::sync::{Arc, LazyLock};

use base64::Engine as _;
use base64::alphabet::CRYPT;
use base64::engine::GeneralPurpose;
use base64::engine::general_purpose::NO_PAD;
use icu_collator::options::CollatorOptions;
use icu_collator::{CollatorBorrowed, CollatorPreferences};
use icu_locale::Locale;
use moka::sync::Cache;

pub use store::rebuild;

/// The version of the keys. It goes up when they change, so that cursors of
/// before are known as such.
pub const VERSION: u32 = 1;

/// What `text` sorts by among texts in `locale`. Two texts that the language
/// does not tell apart have the same key; an empty text has an empty one.
///
/// Only the first 120 characters count. The key has at most 1,600 characters,
/// all ASCII, so that it fits a row of an index of PostgreSQL (2,704 bytes).
#[must_use]
pub fn sort_key(locale: &str, text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let end = text.char_indices().nth(MAX_CHARACTERS);
    let start = &text[..end.map_or(text.len(), |(at, _)| at)];
    let mut key = Vec::with_capacity(4 * start.len());
    match collator(locale).as_deref() {
        Some(collator) => {
            let Ok(()) = collator.write_sort_key_to(start, &mut key);
        }
        // Without a collator's data the order is that of the code points.
        None => key.extend_from_slice(start.as_bytes()),
    }
    key.truncate(MAX_BYTES);
    ORDERED.encode(key)
}

/// Characters of a text that count.
const MAX_CHARACTERS: usize = 120;

/// Bytes of a key before it is encoded. Some characters weigh as much as whole
/// words (U+FDFA as eighteen letters).
const MAX_BYTES: usize = 1_200;

/// Base 64 with the alphabet of crypt(3), which is in the order of ASCII, and
/// without padding: encoded keys compare as the keys do.
const ORDERED: GeneralPurpose = GeneralPurpose::new(&CRYPT, NO_PAD);

type Collators = Cache<String, Option<Arc<CollatorBorrowed<'static>>>>;

/// The collators that were asked for last, by locale.
static COLLATORS: LazyLock<Collators> = LazyLock::new(|| Cache::new(64));

fn collator(locale: &str) -> Option<Arc<CollatorBorrowed<'static>>> {
    if let Some(collator) = COLLATORS.get(locale) {
        return collator;
    }
    let preferences = Locale::try_from_str(locale)
        .map(|locale| CollatorPreferences::from(&locale))
        .unwrap_or_default();
    let options = CollatorOptions::default();
    let collator = CollatorBorrowed::try_new(preferences, options)
        .or_else(|_| CollatorBorrowed::try_new(CollatorPreferences::default(), options))
        .ok()
        .map(Arc::new);
    COLLATORS.insert(locale.to_owned(), collator.clone());
    collator
}

#[cfg(test)]
mod tests;
