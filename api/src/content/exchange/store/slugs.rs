//! Which slugs are taken.

use masthead_entities::{article_translation, former_slug, issue};
use sea_orm::{ColumnTrait, Condition, DatabaseTransaction, DbErr, EntityTrait, QueryFilter};
use sea_orm::{QuerySelect, sea_query::Expr};

use super::ROWS;

/// Things that tell each other apart by their slugs.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Space<'a> {
    /// Articles, in one locale.
    Articles {
        locale: &'a str,
    },
    Issues,
}

/// Slugs of `slugs` that are taken, each with the id of the thing that has it,
/// or had it before it was renamed.
pub(crate) async fn taken(
    tx: &DatabaseTransaction,
    space: Space<'_>,
    slugs: &[String],
) -> Result<Vec<(String, i64)>, DbErr> {
    let mut taken = Vec::new();
    for slugs in slugs.chunks(ROWS) {
        let these = |column: Column| column.is_in(slugs);
        taken.extend(find(tx, space, these).await?);
    }
    Ok(taken)
}

/// Slugs that are `slug` with a number after it, in the same way.
pub(crate) async fn numbered(
    tx: &DatabaseTransaction,
    space: Space<'_>,
    slug: &str,
) -> Result<Vec<(String, i64)>, DbErr> {
    // As a range, which an index answers: "." follows "-" in ASCII.
    let (from, to) = (format!("{slug}-"), format!("{slug}."));
    let between = |column: Column| column.between(&from, &to);
    find(tx, space, between).await
}

/// A column of slugs.
#[derive(Clone, Copy)]
enum Column {
    Article,
    Issue,
    Former,
}

impl Column {
    fn is_in(self, slugs: &[String]) -> Expr {
        match self {
            Self::Article => article_translation::Column::Slug.is_in(slugs),
            Self::Issue => issue::Column::Slug.is_in(slugs),
            Self::Former => former_slug::Column::Slug.is_in(slugs),
        }
    }

    fn between(self, from: &str, to: &str) -> Expr {
        match self {
            Self::Article => article_translation::Column::Slug.between(from, to),
            Self::Issue => issue::Column::Slug.between(from, to),
            Self::Former => former_slug::Column::Slug.between(from, to),
        }
    }
}

async fn find(
    tx: &DatabaseTransaction,
    space: Space<'_>,
    sought: impl Fn(Column) -> Expr,
) -> Result<Vec<(String, i64)>, DbErr> {
    use article_translation::Column as Words;
    use former_slug::Column as Former;
    let (mut present, owner, is_former): (Vec<(String, i64)>, _, _) = match space {
        Space::Articles { locale } => {
            let present = article_translation::Entity::find()
                .select_only()
                .columns([Words::Slug, Words::ArticleId])
                .filter(Words::Locale.eq(locale))
                .filter(sought(Column::Article));
            let is_former = Condition::all()
                .add(Former::ArticleId.is_not_null())
                .add(Former::Locale.eq(locale));
            let present = present.into_tuple().all(tx).await?;
            (present, Former::ArticleId, is_former)
        }
        Space::Issues => {
            let present = issue::Entity::find()
                .select_only()
                .columns([issue::Column::Slug, issue::Column::Id])
                .filter(sought(Column::Issue));
            let is_former = Condition::all().add(Former::IssueId.is_not_null());
            let present = present.into_tuple().all(tx).await?;
            (present, Former::IssueId, is_former)
        }
    };
    let former: Vec<(String, i64)> = former_slug::Entity::find()
        .select_only()
        .columns([Former::Slug, owner])
        .filter(is_former)
        .filter(sought(Column::Former))
        .into_tuple()
        .all(tx)
        .await?;
    present.extend(former);
    Ok(present)
}
