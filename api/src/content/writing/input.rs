//! What came in with a mutation, checked: all that is wrong with it is told at
//! once.

use crate::content::value::{self, MAX_SLUG, Wrong};
use crate::error::shown;
use crate::graphql::scalar::Locale;
use crate::graphql::user_error::{Refused, UserError, UserErrorCode};

/// An input that is being checked, and what was found wrong with it so far.
#[derive(Debug, Default)]
pub struct Input {
    errors: Vec<UserError>,
}

/// Entries of a list in an input, at most.
pub const MAX_LIST: usize = 100;

impl Input {
    /// Note what is wrong.
    pub fn wrong(&mut self, error: UserError) {
        self.errors.push(error);
    }

    /// A slug.
    pub fn slug(&mut self, field: &str, slug: Option<&str>) {
        if let Some(slug) = slug {
            self.check(field, value::slug(slug));
        }
    }

    /// A key of the content format.
    pub fn key(&mut self, field: &str, key: Option<&str>) {
        if let Some(key) = key {
            self.check(field, value::words(key, MAX_SLUG));
        }
    }

    /// A text with something to read in it, of at most `max` characters.
    pub fn words(&mut self, field: &str, text: Option<&str>, max: usize) {
        if let Some(text) = text {
            self.check(field, value::words(text, max));
        }
    }

    /// A text of at most `max` characters.
    pub fn text(&mut self, field: &str, text: Option<&str>, max: usize) {
        if let Some(text) = text {
            self.check(field, value::text(text, max));
        }
    }

    /// A whole number from `min` up.
    pub fn at_least(&mut self, field: &str, number: Option<i32>, min: i32) {
        if let Some(number) = number.filter(|number| *number < min) {
            let message = format!("is {number}; it begins at {min}");
            self.wrong(UserError::new(UserErrorCode::Invalid, field, message));
        }
    }

    /// One of the publication's locales.
    pub fn locale(&mut self, field: &str, locale: &Locale, known: &[String]) {
        if !known.contains(&locale.0) {
            let message = format!(
                "the publication has no locale \"{}\"; it has {}",
                shown(&locale.0),
                known.join(", ")
            );
            self.wrong(UserError::new(UserErrorCode::UnknownLocale, field, message));
        }
    }

    /// A list of at least one and at most 100, each locale in it once.
    pub fn locales<'a>(
        &mut self,
        field: &str,
        locales: impl ExactSizeIterator<Item = &'a Locale>,
        known: &[String],
    ) {
        let count = locales.len();
        if count == 0 || count > MAX_LIST {
            let message = format!("has {count} entries; it holds 1 to {MAX_LIST}");
            self.wrong(UserError::new(UserErrorCode::Invalid, field, message));
            return;
        }
        let mut seen: Vec<&Locale> = Vec::with_capacity(count);
        for (place, locale) in locales.enumerate() {
            let field = format!("{field}.{place}.locale");
            self.locale(&field, locale, known);
            if seen.contains(&locale) {
                let message = format!("\"{}\" is there twice", shown(&locale.0));
                self.wrong(UserError::new(UserErrorCode::Duplicate, &field, message));
            }
            seen.push(locale);
        }
    }

    /// A value, checked by its own rule.
    pub fn check(&mut self, field: &str, checked: Result<(), Wrong>) {
        if let Err(wrong) = checked {
            let code = match wrong {
                Wrong::Blank => UserErrorCode::Blank,
                Wrong::TooLong { .. } => UserErrorCode::TooLong,
                Wrong::Form(_) => UserErrorCode::Invalid,
            };
            self.wrong(UserError::new(code, field, wrong.to_string()));
        }
    }

    /// The end of the checks.
    ///
    /// # Errors
    /// If anything was wrong.
    pub fn end(self) -> Result<(), Refused> {
        if self.errors.is_empty() {
            return Ok(());
        }
        Err(Refused::User(self.errors))
    }
}
