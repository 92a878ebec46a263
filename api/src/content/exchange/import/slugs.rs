//! Slugs for what comes without one. What is stored keeps the slug that it
//! has, whatever becomes of its title: an address lasts. For what is new one
//! is made.
//!
//! A slug that the input names wins over one that is made, wherever it stands
//! in the input: who had it made is given another one at the end.

use std::collections::{BTreeMap, HashMap, HashSet};

use masthead_entities::issue;
use sea_orm::DbErr;
use xxhash_rust::xxh3::xxh3_128;

use super::Importer;
use super::wanted::Wanted;
use crate::content::exchange::record::Issue;
use crate::content::exchange::store::{articles, issues, translations};
use crate::content::language::Translated;
use crate::content::slug::{Space, Wish, make};

/// What a translation of an article is known by in [`Importer::made_slugs`].
fn hashed(key: &str, locale: &str) -> u128 {
    xxh3_128(format!("{key}\0{locale}").as_bytes())
}

impl Importer<'_> {
    /// Make slugs for the new translations of articles that come without.
    pub(super) async fn make_slugs(&mut self, wanted: &mut [Wanted]) -> Result<(), DbErr> {
        let mut named: HashMap<String, HashSet<String>> = HashMap::new();
        let mut wishes: BTreeMap<String, (Vec<usize>, Vec<Wish>)> = BTreeMap::new();
        for (place, one) in wanted.iter().enumerate() {
            let own = one.stored.as_ref().map(|stored| stored.facts.id);
            for (locale, words) in &one.article.translations {
                if let Some(slug) = &words.slug {
                    named
                        .entry(locale.clone())
                        .or_default()
                        .insert(slug.clone());
                } else if one.words(locale).is_none() {
                    let wish = Wish::of_article(locale, &words.title, &one.article.key, own);
                    let (places, wishes) = wishes.entry(locale.clone()).or_default();
                    places.push(place);
                    wishes.push(wish);
                }
            }
        }
        for (locale, (places, wishes)) in wishes {
            let named = named.remove(&locale).unwrap_or_default();
            let space = Space::articles(&locale);
            let made = make(self.tx, space, named, &wishes).await?;
            for (place, slug) in places.into_iter().zip(made) {
                let article = &mut wanted[place].article;
                self.made_slugs.insert(hashed(&article.key, &locale));
                let mut translations = article.translations.iter_mut();
                if let Some((_, words)) = translations.find(|(tag, _)| *tag == locale) {
                    words.slug = Some(slug);
                }
            }
        }
        Ok(())
    }

    /// Make other slugs for translations whose made ones the input named for
    /// others later on.
    pub(super) async fn remake_slugs(&mut self) -> Result<(), DbErr> {
        let owners: Vec<i64> = self
            .parked_slugs
            .values()
            .map(|slug| slug.article)
            .collect();
        let keys = articles::keys_of(self.tx, &owners).await?;
        let mut parked: BTreeMap<String, Vec<i64>> = BTreeMap::new();
        for (id, slug) in &self.parked_slugs {
            let key = keys.get(&slug.article);
            if key.is_some_and(|key| self.made_slugs.contains(&hashed(key, &slug.locale))) {
                parked.entry(slug.locale.clone()).or_default().push(*id);
            }
        }
        for (locale, mut ids) in parked {
            ids.sort_unstable();
            let mut titles = translations::titles(self.tx, &ids).await?;
            let wishes: Vec<Wish> = ids
                .iter()
                .map(|id| {
                    let title = titles.remove(id).unwrap_or_default();
                    let own = self.parked_slugs.get(id).map(|slug| slug.article);
                    let key = own.and_then(|own| keys.get(&own));
                    let key = key.map(String::as_str).unwrap_or_default();
                    Wish::of_article(&locale, &title, key, own)
                })
                .collect();
            let space = Space::articles(&locale);
            let made = make(self.tx, space, HashSet::new(), &wishes).await?;
            for (id, slug) in ids.into_iter().zip(made) {
                translations::set_slug(self.tx, id, slug).await?;
                self.parked_slugs.remove(&id);
            }
        }
        Ok(())
    }

    /// Make slugs for the new issues that come without.
    pub(super) async fn make_issue_slugs(
        &mut self,
        wanted: &mut [(u64, Issue)],
        stored: &HashMap<i32, issue::Model>,
    ) -> Result<(), DbErr> {
        let named = wanted.iter().filter_map(|(_, issue)| issue.slug.clone());
        let named = named.collect();
        let mut slugless: Vec<&mut Issue> = wanted
            .iter_mut()
            .map(|(_, issue)| issue)
            .filter(|issue| issue.slug.is_none() && !stored.contains_key(&issue.number))
            .collect();
        if slugless.is_empty() {
            return Ok(());
        }
        let wishes: Vec<Wish> = slugless
            .iter()
            .map(|issue| Wish::of_issue(issue.starts_on, None))
            .collect();
        let made = make(self.tx, Space::of(Translated::Issue), named, &wishes).await?;
        for (issue, slug) in slugless.iter_mut().zip(made) {
            self.made_issue_slugs.insert(issue.number);
            issue.slug = Some(slug);
        }
        Ok(())
    }

    /// Make other slugs for issues whose made ones the input named for others
    /// later on.
    pub(super) async fn remake_issue_slugs(&mut self) -> Result<(), DbErr> {
        let parked = self.parked_issues.keys().copied();
        let mut owners = issues::with_ids(self.tx, parked).await?;
        owners.retain(|owner| self.made_issue_slugs.contains(&owner.number));
        owners.sort_unstable_by_key(|owner| owner.number);
        let wishes: Vec<Wish> = owners
            .iter()
            .map(|owner| Wish::of_issue(owner.starts_on, Some(owner.id)))
            .collect();
        let made = make(
            self.tx,
            Space::of(Translated::Issue),
            HashSet::new(),
            &wishes,
        )
        .await?;
        for (owner, slug) in owners.iter().zip(made) {
            issues::set_slug(self.tx, owner.id, slug).await?;
            self.parked_issues.remove(&owner.id);
        }
        Ok(())
    }
}
