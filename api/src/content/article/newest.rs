//! Articles as they are delivered outside of GraphQL: the newest first, those of
//! an issue in its order.

use sea_orm::sea_query::Condition;

use crate::content::article::filter::order;
use crate::content::article::list::{BY_POSITION, NEWEST};
use crate::content::article::store::{self, Joins, Parent, Parts, Row, Wanted};
use crate::content::language::Locales;
use crate::content::rich_text::Forms;
use crate::content::search::Matching;
use crate::database::Database;
use crate::error::Error;
use crate::graphql::keyset::Slice;
use crate::graphql::page::Page;

/// Which articles.
#[derive(Clone, Debug)]
pub enum Selection {
    All,
    Below(Parent, i64),
    /// Those that a search finds.
    Matching(Matching),
}

/// One page of them, with these forms of their bodies.
///
/// # Errors
/// If the page's cursor is of another list, or the database does not answer.
pub async fn newest(
    db: &Database,
    locales: &Locales,
    selection: &Selection,
    page: &Page,
    forms: Forms,
) -> Result<Slice<Row>, Error> {
    let by = match selection {
        Selection::Below(Parent::Issue, _) => BY_POSITION,
        _ => NEWEST,
    };
    let (order, joins) = order(&[by], locales)?;
    let wanted = Wanted {
        locales: locales.clone(),
        condition: match selection {
            Selection::Matching(matching) => matching.condition(),
            _ => Condition::all(),
        },
        order,
        joins: Joins {
            facts: true,
            ..joins
        },
        scored: None,
    };
    let parts = Parts::whole(forms);
    let Selection::Below(parent, id) = *selection else {
        return store::page(db, &wanted, page, parts).await;
    };
    let mut pages = store::pages_of(db, parent, &[id], wanted, page, parts).await?;
    Ok(pages.remove(&id).unwrap_or_default())
}
