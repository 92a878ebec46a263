//! The articles of one author, in the order of their publication.
//!
//! `bylines` knows who signed what, but not when readers saw it: of an author's
//! articles all would be read for each page. `author_articles` holds them in
//! order, so that a page costs what it shows.

use sea_orm::sea_query::{Condition, Expr, ExprTrait, JoinType, SelectStatement};

use crate::content::language::{Locales, Sight, Translated};
use crate::graphql::keyset::Order;

/// How the articles of an author are walked through.
#[derive(Clone, Debug)]
pub struct Signed {
    /// Selects the number of the author, one or none; `None`: the list is below
    /// the author.
    pub author: Option<SelectStatement>,
    /// What is asked of the time of publication, as `public_at` of [`BYLINES`].
    pub times: Condition,
}

impl Default for Signed {
    /// All articles of the author that the list is below.
    fn default() -> Self {
        Self {
            author: None,
            times: Condition::all(),
        }
    }
}

/// The name that bylines go by in every statement.
pub const BYLINES: &str = "b";

/// Whether bylines are at hand in order: they are those of what readers see.
pub const fn are_bylines_ordered(sight: Sight) -> bool {
    matches!(sight, Sight::Public)
}

/// Join the bylines of the words that a select holds.
pub(super) fn join_bylines(select: &mut SelectStatement, locales: &Locales) {
    if are_bylines_ordered(locales.sight()) {
        let own = Expr::col((BYLINES, "translation_id")).equals(("at", "id"));
        select.join_as(JoinType::InnerJoin, "author_articles", BYLINES, own);
    } else {
        let own = Expr::col((BYLINES, "article_id")).equals(("at", "article_id"));
        select.join_as(JoinType::InnerJoin, "bylines", BYLINES, own);
    }
}

impl Signed {
    /// Keep what this asks, in a select that has joined the bylines.
    pub(super) fn keep(&self, select: &mut SelectStatement, locales: &Locales) {
        if locales.is_single() {
            // The words say so too; the index of the bylines must hear it.
            select.and_where_option(
                locales
                    .first()
                    .map(|locale| Expr::col((BYLINES, "locale")).eq(locale)),
            );
        }
        if let Some(author) = &self.author {
            let author = Expr::SubQuery(None, Box::new(author.clone().into()));
            select.and_where(Expr::col((BYLINES, "author_id")).eq(author));
        }
        select.cond_where(self.times.clone());
    }
}

/// The same order, told by the columns of the bylines that equal the words'.
pub(super) fn order(order: &Order) -> Order {
    let (_, words) = Translated::Article.words();
    order.by_equal_columns(words, BYLINES, &["public_at", "article_id"])
}
