//! Words of topics, authors and issues: write what differs.

use std::collections::{HashMap, HashSet};

use sea_orm::DbErr;

use super::{Importer, count};
use crate::audit::Actor;
use crate::content::exchange::record::ByLocale;
use crate::content::writing::words::{self, Row, Table, Words};

impl Importer<'_> {
    /// Give things their words. Answers the owners of which any changed.
    pub(super) async fn apply_words(
        &mut self,
        table: &Table,
        wanted: Vec<(i64, ByLocale<Words>)>,
    ) -> Result<HashSet<i64>, DbErr> {
        let owners: Vec<i64> = wanted.iter().map(|(owner, _)| *owner).collect();
        let stored = words::of(self.tx, table, &owners).await?;
        let mut stored: HashMap<(i64, String), Row> = stored
            .into_iter()
            .map(|row| ((row.owner, row.locale.clone()), row))
            .collect();
        let mut changed = HashSet::new();
        let mut rows = Vec::new();
        for (owner, translations) in wanted {
            for (locale, words) in translations {
                let stored = stored.remove(&(owner, locale.clone()));
                let row = self.row(owner, locale, words, stored.as_ref());
                if let Some(row) = row {
                    changed.insert(owner);
                    rows.push(row);
                }
            }
        }
        words::write(self.tx, table, rows, (Actor::COMMAND_LINE, self.now)).await?;
        if self.prune {
            changed.extend(stored.values().map(|row| row.owner));
            let ids: Vec<i64> = stored.values().filter_map(|row| row.id).collect();
            words::remove(self.tx, table, &ids).await?;
            self.report.translations.removed += ids.len() as u64;
        }
        for owner in &changed {
            self.touched.one(table.what, *owner);
        }
        Ok(changed)
    }

    /// The row to write; `None` if it is as it is wanted.
    fn row(
        &mut self,
        owner: i64,
        locale: String,
        words: Words,
        stored: Option<&Row>,
    ) -> Option<Row> {
        let counts = &mut self.report.translations;
        let (id, version) = match stored {
            None => {
                counts.created += 1;
                (None, 1)
            }
            Some(stored) => {
                let differs = stored.words != words;
                count(counts, differs);
                if !differs {
                    return None;
                }
                (stored.id, stored.version + 1)
            }
        };
        Some(Row {
            id,
            owner,
            locale,
            words,
            version,
        })
    }
}
