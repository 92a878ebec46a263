//! Links of bodies to articles: those that lead nowhere once all is stored.

use std::collections::HashSet;

use sea_orm::DbErr;
use xxhash_rust::xxh3::xxh3_64;

use super::Importer;
use super::wanted::Wanted;
use crate::content::exchange::report::Warning;
use crate::content::exchange::store::articles;
use crate::content::rich_text;

/// How many links are remembered with all that is told of them.
const MAX_REMEMBERED: usize = 1000;

/// Links to articles that were not there when the link came: they may come
/// later. What is held in memory does not grow with what the links say.
#[derive(Default)]
pub(super) struct Links {
    first: Vec<Warning>,
    /// Of all further links, the hash of the article's key.
    others: Vec<u64>,
}

impl Links {
    fn add(&mut self, link: Warning) {
        if self.first.len() < MAX_REMEMBERED {
            self.first.push(link);
        } else {
            self.others.push(xxh3_64(link.target.as_bytes()));
        }
    }
}

impl Importer<'_> {
    /// Note the links of these articles that lead nowhere yet.
    pub(super) async fn note_links(&mut self, wanted: &[Wanted]) -> Result<(), DbErr> {
        let links: Vec<Warning> = wanted.iter().flat_map(links_of).collect();
        if links.is_empty() {
            return Ok(());
        }
        let targets: HashSet<&str> = links.iter().map(|link| link.target.as_str()).collect();
        let targets: Vec<String> = targets.into_iter().map(str::to_owned).collect();
        let mut found = articles::ids_of(self.tx, &targets).await?;
        if self.prune {
            // What the input does not name goes.
            found.retain(|_, id| self.named_articles.contains(id));
        }
        for link in links {
            if !found.contains_key(&link.target) {
                self.links.add(link);
            }
        }
        Ok(())
    }

    /// Warn of the links that lead nowhere still.
    pub(super) async fn tell_dangling_links(&mut self) -> Result<(), DbErr> {
        let Links { first, others } = std::mem::take(&mut self.links);
        if first.is_empty() {
            return Ok(());
        }
        let targets: Vec<String> = first.iter().map(|link| link.target.clone()).collect();
        let found = articles::ids_of(self.tx, &targets).await?;
        let warnings = &mut self.report.warnings;
        for link in first {
            if !found.contains_key(&link.target) {
                warnings.add(link);
            }
        }
        if !others.is_empty() {
            let stored = articles::keys(self.tx).await?;
            let stored: HashSet<u64> = stored.iter().map(|key| xxh3_64(key.as_bytes())).collect();
            let dangling = others.iter().filter(|target| !stored.contains(target));
            warnings.add_untold(dangling.count() as u64);
        }
        Ok(())
    }
}

fn links_of(wanted: &Wanted) -> impl Iterator<Item = Warning> {
    let article = &wanted.article;
    article.translations.iter().flat_map(|(locale, words)| {
        let targets = rich_text::links(&words.body).into_iter();
        targets.map(|target| Warning {
            line: wanted.line,
            article: article.key.clone(),
            locale: locale.clone(),
            target,
        })
    })
}
