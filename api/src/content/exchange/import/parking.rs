//! Positions and slugs of articles may change hands within one import, and the
//! database holds them unique at every moment: who holds what another one
//! wants is given a value that nobody can have, until its own record comes.

use std::collections::HashMap;

use sea_orm::DbErr;

use super::Importer;
use super::wanted::Wanted;
use crate::content::exchange::record::Name;
use crate::content::exchange::store::articles::{self, Stored};
use crate::content::exchange::store::translations::{self, SlugOwner};

/// An article whose position another one took.
pub(super) struct ParkedPosition {
    /// Where it stood: issue and position.
    pub(super) place: (i64, i32),
    pub(super) line: u64,
    pub(super) taker: Name,
}

/// A translation whose slug another article took.
pub(super) struct ParkedSlug {
    pub(super) article: i64,
    pub(super) locale: String,
    pub(super) slug: String,
    pub(super) line: u64,
    pub(super) taker: Name,
}

impl Importer<'_> {
    /// The article as it was before others took its position and its slugs.
    pub(super) fn unparked_article(&self, mut stored: Stored) -> Stored {
        if let Some(parked) = self.parked_positions.get(&stored.facts.id) {
            stored.facts.position = parked.place.1;
        }
        for words in &mut stored.translations {
            if let Some(parked) = self.parked_slugs.get(&words.id) {
                words.slug.clone_from(&parked.slug);
            }
        }
        stored
    }

    /// Free the slugs that change hands.
    pub(super) async fn park_slugs(&mut self, wanted: &[Wanted]) -> Result<(), DbErr> {
        let mut takers: HashMap<(String, String), &Wanted> = HashMap::new();
        let mut slugs: HashMap<String, Vec<String>> = HashMap::new();
        for wanted in wanted {
            for (locale, words) in &wanted.article.translations {
                let Some(slug) = &words.slug else {
                    continue;
                };
                if wanted
                    .words(locale)
                    .is_none_or(|stored| stored.slug != *slug)
                {
                    takers.insert((locale.clone(), slug.clone()), wanted);
                    slugs.entry(locale.clone()).or_default().push(slug.clone());
                }
            }
        }
        let owners = translations::slug_owners(self.tx, &slugs).await?;
        let ids: Vec<i64> = owners.iter().map(|owner| owner.id).collect();
        translations::park_slugs(self.tx, &ids).await?;
        for owner in owners {
            let SlugOwner {
                id,
                article_id,
                locale,
                slug,
            } = owner;
            let Some(((locale, slug), taker)) = takers.remove_entry(&(locale, slug)) else {
                continue;
            };
            let parked = ParkedSlug {
                article: article_id,
                locale,
                slug,
                line: taker.line,
                taker: Name::Article(taker.article.key.clone()),
            };
            self.parked_slugs.insert(id, parked);
        }
        Ok(())
    }

    /// Free the positions that change hands.
    pub(super) async fn park_positions(&mut self, wanted: &[Wanted]) -> Result<(), DbErr> {
        let mut takers: HashMap<(i64, i32), &Wanted> = HashMap::new();
        let mut positions: HashMap<i64, Vec<i32>> = HashMap::new();
        for wanted in wanted
            .iter()
            .filter(|wanted| wanted.stored_place() != Some(wanted.place()))
        {
            let (issue, position) = wanted.place();
            takers.insert((issue, position), wanted);
            positions.entry(issue).or_default().push(position);
        }
        let owners = articles::position_owners(self.tx, &positions).await?;
        let ids: Vec<i64> = owners.iter().map(|(id, ..)| *id).collect();
        articles::park_positions(self.tx, &ids, self.last_parked - 1).await?;
        self.last_parked -= ids.len() as i32;
        for (id, issue, position) in owners {
            if let Some(taker) = takers.get(&(issue, position)) {
                let parked = ParkedPosition {
                    place: (issue, position),
                    line: taker.line,
                    taker: Name::Article(taker.article.key.clone()),
                };
                self.parked_positions.insert(id, parked);
            }
        }
        Ok(())
    }

    /// Tell whose position or slug was taken and who got no new one.
    pub(super) async fn tell_parked_articles(&mut self) -> Result<(), DbErr> {
        let positions = std::mem::take(&mut self.parked_positions);
        let slugs = std::mem::take(&mut self.parked_slugs);
        let owners: Vec<i64> = positions
            .keys()
            .copied()
            .chain(slugs.values().map(|parked| parked.article))
            .collect();
        let mut keys = articles::keys_of(self.tx, &owners).await?;
        keys.retain(|_, key| !self.bad_articles.contains(key));
        for (owner, parked) in positions {
            if let Some(key) = keys.get(&owner) {
                let position = parked.place.1;
                let what = format!("{position} is the position of article {key:?}, which keeps it");
                self.fault(parked.line, &parked.taker, "position", what);
            }
        }
        for parked in slugs.into_values() {
            if let Some(key) = keys.get(&parked.article) {
                let field = format!("translations.{}.slug", parked.locale);
                let what = format!(
                    "{:?} is the slug of article {key:?} in {:?}, which keeps it",
                    parked.slug, parked.locale
                );
                self.fault(parked.line, &parked.taker, &field, what);
            }
        }
        Ok(())
    }
}
