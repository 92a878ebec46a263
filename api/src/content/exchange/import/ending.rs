//! The end of an import: what is left over is told or removed, and then either
//! all of it stays or nothing does.

use sea_orm::DbErr;

use super::{ImportError, Importer};
use crate::content::exchange::record::Name;
use crate::content::exchange::report::ImportReport;
use crate::content::exchange::store::{issues, names};
use crate::content::language::Translated;
use crate::content::publication::{remove_unused_locale, uses_of_locale};
use crate::content::visibility::Touched;

impl Importer<'_> {
    /// What the import did, and what it touched.
    ///
    /// # Errors
    /// If anything was wrong: then the transaction must not be committed.
    pub(super) async fn finish(mut self) -> Result<(ImportReport, Touched), ImportError> {
        self.tell_missing();
        if self.prune && self.faults.is_empty() {
            self.remove_unnamed().await?;
        }
        if !self.prune || self.faults.is_empty() {
            self.remake_issue_slugs().await?;
            self.remake_slugs().await?;
            self.tell_parked_issues().await?;
            self.tell_parked_articles().await?;
            self.tell_lost_slugs().await?;
        }
        self.remove_locales().await?;
        if !self.faults.is_empty() {
            self.faults.cut();
            return Err(ImportError::Faults(self.faults));
        }
        self.tell_dangling_links().await?;
        Ok((self.report, self.touched))
    }

    /// Remove what the input does not name, dependents first.
    async fn remove_unnamed(&mut self) -> Result<(), DbErr> {
        let mut last = i64::MIN;
        loop {
            let ids = names::ids_after(self.tx, names::ARTICLE, last).await?;
            let Some(end) = ids.last() else {
                break;
            };
            last = *end;
            let unnamed: Vec<i64> = ids
                .into_iter()
                .filter(|id| !self.named_articles.contains(id))
                .collect();
            self.report.articles.removed += unnamed.len() as u64;
            let removed = unnamed.iter();
            removed.for_each(|id| self.touched.one(Translated::Article, *id));
            self.report.translations.removed +=
                names::remove(self.tx, names::ARTICLE, &unnamed).await?;
        }
        let report = &mut self.report;
        for (kind, what, unnamed, counts) in [
            (
                names::ISSUE,
                Translated::Issue,
                self.issues.unnamed(),
                &mut report.issues,
            ),
            (
                names::TOPIC,
                Translated::Topic,
                self.topics.unnamed(),
                &mut report.topics,
            ),
            (
                names::AUTHOR,
                Translated::Author,
                self.authors.unnamed(),
                &mut report.authors,
            ),
        ] {
            counts.removed += unnamed.len() as u64;
            report.translations.removed += names::remove(self.tx, kind, &unnamed).await?;
            unnamed.iter().for_each(|id| self.touched.one(what, *id));
        }
        Ok(())
    }

    /// Remove the locales that the publication no longer has.
    async fn remove_locales(&mut self) -> Result<(), DbErr> {
        let Some((line, tags)) = self.removed_locales.take() else {
            return Ok(());
        };
        for tag in tags {
            let uses = uses_of_locale(self.tx, &tag).await?;
            if uses.iter().all(|(_, count)| *count == 0) {
                remove_unused_locale(self.tx, &tag).await?;
            } else if !self.prune {
                let what = format!(
                    "{tag:?} is missing, and there are translations in it; \
                     keep it, or prune what the input does not name"
                );
                self.fault(line, &Name::Publication, "locales", what);
            }
        }
        Ok(())
    }

    /// Tell whose slug was taken and who got no new one.
    async fn tell_parked_issues(&mut self) -> Result<(), DbErr> {
        let parked = std::mem::take(&mut self.parked_issues);
        if parked.is_empty() {
            return Ok(());
        }
        for owner in issues::with_ids(self.tx, parked.keys().copied()).await? {
            let Some(parked) = parked.get(&owner.id) else {
                continue;
            };
            if !self.issues.is_bad(&owner.number) {
                let what = format!(
                    "{:?} is the slug of issue {}, which keeps it",
                    parked.slug, owner.number
                );
                self.fault(parked.line, &parked.taker, "slug", what);
            }
        }
        Ok(())
    }
}
