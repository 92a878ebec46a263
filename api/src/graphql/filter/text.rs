//! What texts must be.

use async_graphql::InputObject;
use sea_orm::sea_query::{Condition, Expr, ExprTrait, LikeExpr};

use super::{always, within};
use crate::error::Error;

/// The longest text that a filter looks for, in characters.
pub const MAX_TEXT: usize = 200;

/// What a text must be, whatever its case. Fields combine with AND. A text to
/// look for has at most 200 characters; `%` and `_` mean themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, InputObject)]
pub struct TextFilter {
    /// The same text.
    eq: Option<String>,
    /// One of these texts, at most 100; of none, nothing matches.
    #[graphql(name = "in")]
    one_of: Option<Vec<String>>,
    /// Begins with this.
    starts_with: Option<String>,
    /// Holds this somewhere.
    contains: Option<String>,
}

impl TextFilter {
    /// Hold `column` to this; it holds text folded by `fold`.
    ///
    /// # Errors
    /// If a text or a list is too long, or a text holds a null character.
    pub fn condition(&self, column: &Expr, fold: fn(&str) -> String) -> Result<Condition, Error> {
        let Self {
            eq,
            one_of,
            starts_with,
            contains,
        } = self;
        let mut all = always();
        if let Some(text) = eq {
            all = all.add(column.clone().eq(checked("eq", text, fold)?));
        }
        if let Some(texts) = one_of {
            let texts = within("in", texts)?
                .iter()
                .map(|text| checked("in", text, fold))
                .collect::<Result<Vec<_>, _>>()?;
            all = all.add(column.clone().is_in(texts));
        }
        if let Some(text) = starts_with {
            let pattern = escaped(&checked("startsWith", text, fold)?);
            all = all.add(
                column
                    .clone()
                    .like(LikeExpr::new(format!("{pattern}%")).escape('\\')),
            );
        }
        if let Some(text) = contains {
            let pattern = escaped(&checked("contains", text, fold)?);
            all = all.add(
                column
                    .clone()
                    .like(LikeExpr::new(format!("%{pattern}%")).escape('\\')),
            );
        }
        Ok(all)
    }
}

fn checked(field: &'static str, text: &str, fold: fn(&str) -> String) -> Result<String, Error> {
    let length = text.chars().count();
    if length > MAX_TEXT {
        return Err(Error::InvalidValue {
            argument: field,
            what: format!("at most {MAX_TEXT} characters long, not {length}"),
        });
    }
    if text.contains('\0') {
        return Err(Error::InvalidValue {
            argument: field,
            what: "a text without null characters".to_owned(),
        });
    }
    Ok(fold(text))
}

fn escaped(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern
}
