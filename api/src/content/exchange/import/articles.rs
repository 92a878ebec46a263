//! Articles. Positions and slugs may change hands within one import: who holds
//! what another one wants is given a value that nobody can have, until its own
//! record comes.

use std::collections::HashMap;

use masthead_entities::article_translation::State;
use masthead_entities::{article, article_translation};
use sea_orm::{DbErr, NotSet, Set};

use super::{Importer, count};
use crate::content::exchange::record::{Article, ArticleWords, Name};
use crate::content::exchange::store::articles::{self, SlugOwner, Stored};
use crate::content::exchange::store::issues;

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

/// An article, what it refers to, and what is stored of it.
struct Wanted {
    line: u64,
    article: Article,
    issue: i64,
    topic: i64,
    authors: Vec<i64>,
    stored: Option<Stored>,
}

impl Importer<'_> {
    pub(super) async fn apply_articles(
        &mut self,
        records: Vec<(u64, Article)>,
    ) -> Result<(), DbErr> {
        if records.is_empty() {
            return Ok(());
        }
        let wanted = self.resolve(records).await?;
        if self.prune {
            self.prune_translations(&wanted).await?;
        }
        self.park_slugs(&wanted).await?;
        self.park_positions(&wanted).await?;
        let ids = self.write_facts(&wanted).await?;
        self.named_articles.extend(ids.values());
        self.write_words(wanted, &ids).await
    }

    /// What each record refers to, and what is stored of it. A record that
    /// refers to nothing is noted and left out.
    async fn resolve(&mut self, records: Vec<(u64, Article)>) -> Result<Vec<Wanted>, DbErr> {
        let keys = records.iter().map(|(_, article)| article.key.as_str());
        let mut stored: HashMap<String, Stored> = articles::keyed(self.tx, keys)
            .await?
            .into_iter()
            .map(|stored| (stored.facts.key.clone(), self.unparked_article(stored)))
            .collect();
        let mut wanted = Vec::with_capacity(records.len());
        for (line, article) in records {
            let stored = stored.remove(&article.key);
            match self.resolve_one(line, &article, stored.as_ref()) {
                Some((issue, topic, authors)) => wanted.push(Wanted {
                    line,
                    article,
                    issue,
                    topic,
                    authors,
                    stored,
                }),
                None => drop(self.bad_articles.insert(article.key)),
            }
        }
        Ok(wanted)
    }

    fn resolve_one(
        &mut self,
        line: u64,
        article: &Article,
        stored: Option<&Stored>,
    ) -> Option<(i64, i64, Vec<i64>)> {
        let name = Name::Article(article.key.clone());
        let issue = self.refer(line, &name, "issue", Name::Issue(article.issue));
        let topic = self.refer(line, &name, "topic", Name::Topic(article.topic.clone()));
        let authors: Vec<Option<i64>> = article
            .authors
            .iter()
            .map(|slug| self.refer(line, &name, "authors", Name::Author(slug.clone())))
            .collect();
        let original = &article.original_locale;
        let in_input = article
            .translations
            .iter()
            .any(|(locale, _)| locale == original);
        let in_store = !self.prune
            && stored.is_some_and(|stored| {
                stored
                    .translations
                    .iter()
                    .any(|words| words.locale == *original)
            });
        if !in_input && !in_store {
            let what = format!("there is no translation in {original:?}; the original is one too");
            self.fault(line, &name, "originalLocale", what);
            return None;
        }
        Some((issue?, topic?, authors.into_iter().collect::<Option<_>>()?))
    }

    /// The article as it was before others took its position and its slugs.
    fn unparked_article(&self, mut stored: Stored) -> Stored {
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

    /// Remove the translations that the records do not name.
    async fn prune_translations(&mut self, wanted: &[Wanted]) -> Result<(), DbErr> {
        let unnamed: Vec<i64> = wanted
            .iter()
            .flat_map(|wanted| wanted.unnamed().map(|words| words.id))
            .collect();
        articles::remove_translations(self.tx, &unnamed).await?;
        for id in &unnamed {
            self.parked_slugs.remove(id);
        }
        self.report.translations.removed += unnamed.len() as u64;
        Ok(())
    }

    /// Free the slugs that change hands.
    async fn park_slugs(&mut self, wanted: &[Wanted]) -> Result<(), DbErr> {
        let mut takers: HashMap<(String, String), &Wanted> = HashMap::new();
        let mut slugs: HashMap<String, Vec<String>> = HashMap::new();
        for wanted in wanted {
            for (locale, words) in &wanted.article.translations {
                if wanted
                    .words(locale)
                    .is_none_or(|stored| stored.slug != words.slug)
                {
                    takers.insert((locale.clone(), words.slug.clone()), wanted);
                    slugs
                        .entry(locale.clone())
                        .or_default()
                        .push(words.slug.clone());
                }
            }
        }
        let owners = articles::slug_owners(self.tx, &slugs).await?;
        let ids: Vec<i64> = owners.iter().map(|owner| owner.id).collect();
        articles::park_slugs(self.tx, &ids).await?;
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
    async fn park_positions(&mut self, wanted: &[Wanted]) -> Result<(), DbErr> {
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

    /// Write articles and bylines that differ. Answers the ids of all, by key.
    async fn write_facts(&mut self, wanted: &[Wanted]) -> Result<HashMap<String, i64>, DbErr> {
        let (mut new, mut changed) = (Vec::new(), Vec::new());
        for wanted in wanted {
            match &wanted.stored {
                None => new.push(wanted.row(None)),
                Some(stored) => {
                    let id = stored.facts.id;
                    let parked = self.parked_positions.remove(&id).is_some();
                    if parked || wanted.facts_differ() {
                        changed.push(wanted.row(Some(id)));
                    }
                }
            }
        }
        articles::write(self.tx, new).await?;
        articles::write(self.tx, changed).await?;
        let keys: Vec<String> = wanted
            .iter()
            .map(|wanted| wanted.article.key.clone())
            .collect();
        let ids = articles::ids_of(self.tx, &keys).await?;
        let bylines: Vec<(i64, Vec<i64>)> = wanted
            .iter()
            .filter(|wanted| wanted.byline_differs())
            .filter_map(|wanted| Some((*ids.get(&wanted.article.key)?, wanted.authors.clone())))
            .collect();
        articles::write_bylines(self.tx, &bylines).await?;
        Ok(ids)
    }

    /// Write the translations that differ, and count what was done.
    async fn write_words(
        &mut self,
        wanted: Vec<Wanted>,
        ids: &HashMap<String, i64>,
    ) -> Result<(), DbErr> {
        let (mut new, mut changed) = (Vec::new(), Vec::new());
        let (mut moved, mut former) = (Vec::new(), Vec::new());
        for wanted in wanted {
            let Some(id) = ids.get(&wanted.article.key).copied() else {
                continue;
            };
            if wanted
                .stored_place()
                .is_some_and(|(issue, _)| issue != wanted.issue)
            {
                moved.push(id);
            }
            let pruned = self.prune && wanted.unnamed().next().is_some();
            let differs = pruned || wanted.facts_differ() || wanted.byline_differs();
            let is_new = wanted.stored.is_none();
            let written = self.words_of(wanted, id, &mut former);
            let counts = &mut self.report.articles;
            if is_new {
                counts.created += 1;
            } else {
                count(counts, differs || !written.is_empty());
            }
            let (rows, others): (Vec<_>, Vec<_>) =
                written.into_iter().partition(|row| row.id.is_set());
            changed.extend(rows);
            new.extend(others);
        }
        articles::write_translations(self.tx, new).await?;
        articles::write_translations(self.tx, changed).await?;
        articles::keep_former_slugs(self.tx, former).await?;
        if !moved.is_empty() {
            issues::refresh_public_at_of_articles(self.tx, &moved).await?;
        }
        Ok(())
    }

    /// The translations of one article that are to be written.
    fn words_of(
        &mut self,
        wanted: Wanted,
        article: i64,
        former: &mut Vec<(i64, String, String)>,
    ) -> Vec<article_translation::ActiveModel> {
        let published_at = self.published.get(&wanted.issue).copied();
        let mut stored: HashMap<String, article_translation::Model> = wanted
            .stored
            .into_iter()
            .flat_map(|stored| stored.translations)
            .map(|words| (words.locale.clone(), words))
            .collect();
        let mut rows = Vec::new();
        for (locale, words) in wanted.article.translations {
            let stored = stored.remove(&locale);
            let counts = &mut self.report.translations;
            match &stored {
                None => counts.created += 1,
                Some(stored) => {
                    let parked = self.parked_slugs.remove(&stored.id).is_some();
                    let differs = parked || words_differ(&words, stored);
                    count(counts, differs);
                    if !differs {
                        continue;
                    }
                    if stored.slug != words.slug {
                        former.push((article, locale.clone(), stored.slug.clone()));
                    }
                }
            }
            let public_at = match (words.state, published_at) {
                (State::Published, Some(issue)) => Some(words.published_at.unwrap_or(issue)),
                _ => None,
            };
            rows.push(article_translation::ActiveModel {
                id: stored.as_ref().map_or(NotSet, |stored| Set(stored.id)),
                article_id: Set(article),
                topic_id: Set(wanted.topic),
                locale: Set(locale),
                slug: Set(words.slug),
                folded_title: Set(crate::content::folding::fold(&words.title)),
                title: Set(words.title),
                lead: Set(words.lead),
                state: Set(words.state),
                published_at: Set(words.published_at),
                public_at: Set(public_at),
                version: Set(stored.map_or(1, |stored| stored.version + 1)),
                updated_at: Set(words.updated_at.unwrap_or(self.now)),
                body: Set(words.body),
            });
        }
        rows
    }
}

impl Wanted {
    const fn place(&self) -> (i64, i32) {
        (self.issue, self.article.position)
    }

    fn stored_place(&self) -> Option<(i64, i32)> {
        let stored = self.stored.as_ref()?;
        Some((stored.facts.issue_id, stored.facts.position))
    }

    fn words(&self, locale: &str) -> Option<&article_translation::Model> {
        let mut words = self.stored.as_ref()?.translations.iter();
        words.find(|words| words.locale == locale)
    }

    /// The stored translations that the record does not name.
    fn unnamed(&self) -> impl Iterator<Item = &article_translation::Model> {
        let named = &self.article.translations;
        self.stored
            .iter()
            .flat_map(|stored| &stored.translations)
            .filter(|words| named.iter().all(|(locale, _)| *locale != words.locale))
    }

    fn facts_differ(&self) -> bool {
        self.stored.as_ref().is_none_or(|Stored { facts, .. }| {
            self.place() != (facts.issue_id, facts.position)
                || facts.topic_id != self.topic
                || facts.trend != self.article.trend
                || facts.original_locale != self.article.original_locale
        })
    }

    fn byline_differs(&self) -> bool {
        let stored = self.stored.as_ref().map(|stored| stored.authors.as_slice());
        stored.unwrap_or_default() != self.authors
    }

    fn row(&self, id: Option<i64>) -> article::ActiveModel {
        article::ActiveModel {
            id: id.map_or(NotSet, Set),
            key: Set(self.article.key.clone()),
            issue_id: Set(self.issue),
            position: Set(self.article.position),
            topic_id: Set(self.topic),
            trend: Set(self.article.trend),
            original_locale: Set(self.article.original_locale.clone()),
        }
    }
}

fn words_differ(words: &ArticleWords, stored: &article_translation::Model) -> bool {
    stored.slug != words.slug
        || stored.title != words.title
        || stored.lead != words.lead
        || stored.body != words.body
        || stored.state != words.state
        || stored.published_at != words.published_at
        || words
            .updated_at
            .is_some_and(|updated_at| updated_at != stored.updated_at)
}
