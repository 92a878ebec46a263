//! What is made of an article's words when they are written, so that reading
//! makes nothing: the forms of its body, its terms in the search index, its
//! key terms.
//!
//! The forms follow from the words alone. They are written in the transaction
//! of the words, by whoever writes these, through [`derive`]; a program that
//! makes other forms than the one before has a higher [`VERSION`], and makes
//! all of them anew before it serves.

mod rebuild;
mod store;

use chrono::{DateTime, Utc};
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use sea_orm::{DatabaseTransaction, DbErr};

use crate::content::article::KeyTerms;
use crate::content::rich_text::{self, Rendered};
use crate::content::search::{Document, key_terms};

pub use rebuild::{Rebuilt, is_current, rebuild, refresh};

/// The version of the forms that this program makes. It goes up with every
/// change of a form: of rendering, of the terms of search, of sort keys.
pub const VERSION: i32 = 1;

/// The words of an article's translation, as they are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    pub translation_id: i64,
    pub article_id: i64,
    pub locale: String,
    pub title: String,
    pub lead: String,
    /// CommonMark.
    pub body: String,
    /// Since when readers see them; `None`: they don't.
    pub public_at: Option<DateTime<Utc>>,
}

/// Make the forms of `words`, and write them in place of those that are
/// there.
///
/// # Errors
/// If they can't be made, or the database does not take them.
pub async fn derive(tx: &DatabaseTransaction, words: Vec<Words>) -> Result<(), DbErr> {
    if words.is_empty() {
        return Ok(());
    }
    let forms = made(words).await?;
    store::write(tx, forms).await
}

/// All that is made of the words of one translation.
struct Forms {
    translation_id: i64,
    body: Rendered,
    terms: Document,
    key_terms: KeyTerms,
}

impl Forms {
    fn of(words: &Words) -> Self {
        let body = rich_text::render(&words.body);
        let terms = Document::of(
            words.translation_id,
            &words.locale,
            &words.title,
            &words.lead,
            &body.text,
        );
        let key_terms = KeyTerms {
            translation_id: words.translation_id,
            article_id: words.article_id,
            locale: words.locale.clone(),
            public_at: words.public_at,
            terms: key_terms(&words.locale, &words.title, &words.lead, &body.text),
        };
        Self {
            translation_id: words.translation_id,
            body,
            terms,
            key_terms,
        }
    }
}

/// The forms of `words`, made on all cores, off the threads that serve.
async fn made(words: Vec<Words>) -> Result<Vec<Forms>, DbErr> {
    let making = tokio::task::spawn_blocking(move || {
        words
            .into_par_iter()
            .map(|words| Forms::of(&words))
            .collect()
    });
    // Words without their forms are not to be stored.
    making
        .await
        .map_err(|_| DbErr::Custom("the forms of the words were not made".to_owned()))
}
