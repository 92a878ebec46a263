//! Former slugs: nothing gets one that another thing of its kind had, for
//! articles in the same locale.
//!
//! Whether that thing is there still, the end of the import knows; until then
//! the slug is let go, so that all else that is wrong shows too.

use std::collections::{BTreeMap, HashMap};

use sea_orm::DbErr;

use super::Importer;
use super::wanted::Wanted;
use crate::content::exchange::record::Name;
use crate::content::exchange::store::articles;
use crate::content::language::Translated;
use crate::content::slug::{Space, forget, former};

/// A record that names a slug which its thing has not had so far.
pub(super) struct Taker {
    /// The thing, if it is stored.
    pub(super) own: Option<i64>,
    pub(super) line: u64,
    pub(super) name: Name,
}

impl Taker {
    /// Of a thing that is not stored.
    pub(super) const fn new(line: u64, name: Name) -> Self {
        Self {
            own: None,
            line,
            name,
        }
    }
}

/// A slug that another thing had, and that was let go.
pub(super) struct Lost {
    what: Translated,
    locale: Option<String>,
    slug: String,
    /// The thing that had it.
    owner: i64,
    taker: Taker,
}

impl Importer<'_> {
    /// Let go of the former slugs that are named for other things, by slug.
    pub(super) async fn take_former_slugs(
        &mut self,
        space: Space<'_>,
        mut takers: HashMap<String, Taker>,
    ) -> Result<(), DbErr> {
        let slugs: Vec<String> = takers.keys().cloned().collect();
        let mut let_go = Vec::new();
        for (slug, owner) in former(self.tx, space, &slugs).await? {
            let Some(taker) = takers.remove(&slug) else {
                continue;
            };
            if taker.own == Some(owner) {
                continue;
            }
            let_go.push(slug.clone());
            self.lost_slugs.push(Lost {
                what: space.what,
                locale: space.locale.map(str::to_owned),
                slug,
                owner,
                taker,
            });
        }
        forget(self.tx, space, &let_go).await
    }

    /// The same for articles, in each of their locales.
    pub(super) async fn take_former_slugs_of_articles(
        &mut self,
        wanted: &[Wanted],
    ) -> Result<(), DbErr> {
        let mut takers: BTreeMap<&str, HashMap<String, Taker>> = BTreeMap::new();
        for wanted in wanted {
            for (locale, words) in &wanted.article.translations {
                let stored = wanted.words(locale).map(|stored| &stored.slug);
                let Some(slug) = words.slug.as_ref().filter(|slug| stored != Some(slug)) else {
                    continue;
                };
                let taker = Taker {
                    own: wanted.stored.as_ref().map(|stored| stored.facts.id),
                    line: wanted.line,
                    name: Name::Article(wanted.article.key.clone()),
                };
                takers
                    .entry(locale)
                    .or_default()
                    .insert(slug.clone(), taker);
            }
        }
        for (locale, takers) in takers {
            self.take_former_slugs(Space::articles(locale), takers)
                .await?;
        }
        Ok(())
    }

    /// Tell whose former slug is named for another thing.
    pub(super) async fn tell_lost_slugs(&mut self) -> Result<(), DbErr> {
        let lost = std::mem::take(&mut self.lost_slugs);
        let articles = lost.iter().filter(|lost| lost.what == Translated::Article);
        let articles: Vec<i64> = articles.map(|lost| lost.owner).collect();
        let keys = articles::keys_of(self.tx, &articles).await?;
        for lost in lost {
            let owner = lost.owner;
            let owner = match lost.what {
                Translated::Article => keys.get(&owner).cloned().map(Name::Article),
                Translated::Issue => self.issues.kept(owner, self.prune).map(Name::Issue),
                Translated::Topic => self.topics.kept(owner, self.prune).map(Name::Topic),
                Translated::Author => self.authors.kept(owner, self.prune).map(Name::Author),
            };
            // Removed by this import, the slug is free.
            if let Some(owner) = owner {
                let taker = (lost.taker.line, &lost.taker.name);
                self.tell_former_slug(taker, &lost.slug, lost.locale.as_deref(), &owner);
            }
        }
        Ok(())
    }

    /// Tell that a record names a slug that another thing had.
    pub(super) fn tell_former_slug(
        &mut self,
        (line, taker): (u64, &Name),
        slug: &str,
        locale: Option<&str>,
        owner: &Name,
    ) {
        let (field, within) = match locale {
            Some(locale) => (
                format!("translations.{locale}.slug"),
                format!(" in {locale:?}"),
            ),
            None => ("slug".to_owned(), String::new()),
        };
        let what = format!("{slug:?} was the slug of {owner}{within}, and goes on leading to it");
        self.fault(line, taker, &field, what);
    }
}
