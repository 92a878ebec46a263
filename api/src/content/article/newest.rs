//! Articles as they are delivered outside of GraphQL: the newest first, those of
//! an issue in its order.

use std::sync::Arc;

use crate::content::article::filter::{ArticleFilter, order};
use crate::content::article::list::{ArticleList, BY_POSITION, NEWEST};
use crate::content::article::loader::{ArticlesOf, SharedList};
use crate::content::article::store::{
    self, Columns, Joins, Parent, Parts, Row, Signed, Wanted, are_bylines_ordered,
};
use crate::content::filter::kept;
use crate::content::language::Locales;
use crate::content::rich_text::{Form, Forms};
use crate::content::search::Matching;
use crate::database::Database;
use crate::error::Error;
use crate::graphql::batch::Batches;
use crate::graphql::keyset::Slice;
use crate::graphql::page::{MAX_PAGE, Page, Way};

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
    let all = kept::<ArticleFilter>(None, locales)?;
    let is_signed = matches!(selection, Selection::Below(Parent::Author, _))
        && are_bylines_ordered(locales.sight());
    let wanted = Wanted {
        locales: locales.clone(),
        condition: match selection {
            Selection::Matching(matching) => all.add(matching.condition()),
            _ => all,
        },
        order,
        joins: Joins {
            facts: true,
            ..joins
        },
        signed: is_signed.then(Signed::default),
        scored: None,
    };
    let parts = Parts::whole(forms);
    let Selection::Below(parent, id) = *selection else {
        return store::page(db, &wanted, page, parts).await;
    };
    let mut pages = store::pages_of(db, parent, &[id], wanted, page, parts).await?;
    Ok(pages.remove(&id).unwrap_or_default())
}

/// The article that has this slug in one of these locales, or had it before it
/// was renamed; see [`store::by_slug`]. How many words its body has is read too.
///
/// # Errors
/// If the database does not answer.
pub async fn article_by_slug(
    db: &Database,
    slug: &str,
    locales: &Locales,
) -> Result<Option<Row>, Error> {
    let parts = Parts::whole(Form::WordCount.into());
    store::by_slug(db, slug, locales, parts).await
}

/// The first 100 articles of an issue in its order, as far as their titles and
/// addresses need it.
///
/// # Errors
/// If the database does not answer.
pub async fn in_issue(
    batches: &Batches,
    issue: i64,
    locales: &Locales,
) -> Result<Vec<Arc<Row>>, Arc<Error>> {
    let list = ArticleList {
        locales: locales.clone(),
        filter: None,
        order: vec![BY_POSITION],
        page: Page {
            way: Way::Forward,
            size: MAX_PAGE,
            cursor: None,
        },
        parts: Parts {
            columns: Columns::WORDS.and(Columns::TOPIC).and(Columns::FACTS),
            forms: Forms::NONE,
            cursor: false,
        },
        matching: None,
    };
    let key = ArticlesOf {
        parent: Parent::Issue,
        id: issue,
        list: SharedList::new(list),
    };
    let slice = batches.load_one(key).await?;
    let rows = slice.iter().flat_map(|slice| &slice.items);
    Ok(rows.map(|(_, row)| Arc::clone(row)).collect())
}
