//! A slug that a thing left is never given to another thing of its kind, for
//! articles in the same locale: whoever follows an old address arrives at what
//! it was the address of. The thing itself may take it back.
//!
//! The triggers run after a row is written, for only then is its id known:
//! a row that is written in place of one with the same key has none before.

use sea_orm_migration::prelude::{
    DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait,
};
use sea_orm_migration::sea_orm::DatabaseBackend;

use crate::dialect::execute;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// What has a slug.
struct Kind {
    /// Where its slug is.
    table: &'static str,
    /// Its id there.
    id: &'static str,
    /// Its id among former slugs.
    owner: &'static str,
    /// Whether it has a slug in each locale.
    is_localized: bool,
}

const KINDS: [Kind; 4] = [
    Kind {
        table: "issues",
        id: "id",
        owner: "issue_id",
        is_localized: false,
    },
    Kind {
        table: "topics",
        id: "id",
        owner: "topic_id",
        is_localized: false,
    },
    Kind {
        table: "authors",
        id: "id",
        owner: "author_id",
        is_localized: false,
    },
    Kind {
        table: "article_translations",
        id: "article_id",
        owner: "article_id",
        is_localized: true,
    },
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for kind in &KINDS {
            // Until now a slug in use took the place of a former one.
            let forget = format!(
                "DELETE FROM former_slugs WHERE {owner} IS NOT NULL AND EXISTS (
                    SELECT 1 FROM {table} AS used WHERE used.slug = former_slugs.slug{same_locale}
                )",
                owner = kind.owner,
                table = kind.table,
                same_locale = kind.and_locale("used.locale = former_slugs.locale"),
            );
            execute(manager, &forget).await?;
            match manager.get_database_backend() {
                DatabaseBackend::Sqlite => keep_on_sqlite(manager, kind).await?,
                _ => keep_on_postgres(manager, kind).await?,
            }
        }
        Ok(())
    }
}

impl Kind {
    fn and_locale(&self, same: &str) -> String {
        if self.is_localized {
            format!(" AND {same}")
        } else {
            String::new()
        }
    }

    /// The former slugs, of whoever, that are the slug of a new row.
    fn former(&self) -> String {
        format!(
            "former_slugs WHERE slug = new.slug{} AND {} IS NOT NULL",
            self.and_locale("locale = new.locale"),
            self.owner
        )
    }

    /// Whether a new former slug is in use by another thing.
    fn is_used(&self) -> String {
        format!(
            "EXISTS (SELECT 1 FROM {table} AS used WHERE used.slug = new.slug{same_locale}
                AND used.{id} <> new.{owner})",
            table = self.table,
            id = self.id,
            owner = self.owner,
            same_locale = self.and_locale("used.locale = new.locale"),
        )
    }
}

async fn keep_on_sqlite(manager: &SchemaManager<'_>, kind: &Kind) -> Result<(), DbErr> {
    let Kind {
        table, id, owner, ..
    } = kind;
    let former = kind.former();
    for (event, on, when) in [
        ("insert", "INSERT", ""),
        ("update", "UPDATE OF slug", "WHEN old.slug IS NOT new.slug"),
    ] {
        let keep = format!(
            "CREATE TRIGGER {table}_keep_former_slugs_on_{event} AFTER {on} ON {table} {when} BEGIN
                SELECT RAISE(ABORT, 'another thing had this slug')
                    WHERE EXISTS (SELECT 1 FROM {former} AND {owner} <> new.{id});
                DELETE FROM {former} AND {owner} = new.{id};
            END"
        );
        execute(manager, &keep).await?;
        let is_used = kind.is_used();
        let on = on.replace(" OF slug", "");
        let refuse = format!(
            "CREATE TRIGGER former_slugs_of_{table}_on_{event} AFTER {on} ON former_slugs
                WHEN new.{owner} IS NOT NULL AND {is_used} BEGIN
                SELECT RAISE(ABORT, 'another thing has this slug');
            END"
        );
        execute(manager, &refuse).await?;
    }
    Ok(())
}

async fn keep_on_postgres(manager: &SchemaManager<'_>, kind: &Kind) -> Result<(), DbErr> {
    let Kind {
        table, id, owner, ..
    } = kind;
    let (former, is_used) = (kind.former(), kind.is_used());
    for statement in [
        format!(
            "CREATE FUNCTION {table}_keep_former_slugs() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF EXISTS (SELECT 1 FROM {former} AND {owner} <> new.{id}) THEN
                    RAISE EXCEPTION 'another thing had this slug'
                        USING ERRCODE = 'unique_violation', CONSTRAINT = 'former_slugs_are_kept';
                END IF;
                DELETE FROM {former} AND {owner} = new.{id};
                RETURN NULL;
            END $$"
        ),
        format!(
            "CREATE TRIGGER {table}_keep_former_slugs_on_insert AFTER INSERT ON {table}
                FOR EACH ROW EXECUTE FUNCTION {table}_keep_former_slugs()"
        ),
        format!(
            "CREATE TRIGGER {table}_keep_former_slugs_on_update AFTER UPDATE OF slug ON {table}
                FOR EACH ROW WHEN (old.slug IS DISTINCT FROM new.slug)
                EXECUTE FUNCTION {table}_keep_former_slugs()"
        ),
        format!(
            "CREATE FUNCTION former_slugs_of_{table}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF {is_used} THEN
                    RAISE EXCEPTION 'another thing has this slug'
                        USING ERRCODE = 'unique_violation', CONSTRAINT = 'former_slugs_are_kept';
                END IF;
                RETURN NULL;
            END $$"
        ),
        format!(
            "CREATE TRIGGER former_slugs_of_{table} AFTER INSERT OR UPDATE ON former_slugs
                FOR EACH ROW WHEN (new.{owner} IS NOT NULL)
                EXECUTE FUNCTION former_slugs_of_{table}()"
        ),
    ] {
        execute(manager, &statement).await?;
    }
    Ok(())
}
