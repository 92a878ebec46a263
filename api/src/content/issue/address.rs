//! Where the website shows an issue.

use crate::content::issue::store::Row;
use crate::content::language::Translated;
use crate::content::publication::{Place, Reader, Shown};

/// Where the website shows the issue of `row`, in the locale that is served.
#[must_use]
pub fn issue_url(row: &Row, reader: &Reader) -> String {
    reader.url(Shown {
        what: Translated::Issue,
        locale: &row.written.locale,
        slug: &row.slug,
        place: Some(&issue_place(row)),
    })
}

/// What the address of an issue may tell of it beside its slug.
#[must_use]
pub fn issue_place(row: &Row) -> Place {
    Place {
        topic: String::new(),
        issue: row.slug.clone(),
        number: row.number,
        starts_on: row.starts_on,
    }
}
