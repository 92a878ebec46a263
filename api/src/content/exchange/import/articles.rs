//! Articles: what their records refer to, and their facts.

use std::collections::HashMap;

use sea_orm::DbErr;

use super::Importer;
use super::wanted::Wanted;
use crate::content::exchange::record::{Article, Name};
use crate::content::exchange::store::articles::{self, Stored};
use crate::content::exchange::store::translations;
use crate::content::language::Translated;

impl Importer<'_> {
    pub(super) async fn apply_articles(
        &mut self,
        records: Vec<(u64, Article)>,
    ) -> Result<(), DbErr> {
        if records.is_empty() {
            return Ok(());
        }
        let mut wanted = self.resolve(records).await?;
        if self.prune {
            self.prune_translations(&wanted).await?;
        }
        self.park_slugs(&wanted).await?;
        self.take_former_slugs_of_articles(&wanted).await?;
        self.make_slugs(&mut wanted).await?;
        self.park_positions(&wanted).await?;
        let ids = self.write_facts(&wanted).await?;
        self.named_articles.extend(ids.values());
        self.note_links(&wanted).await?;
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

    /// Remove the translations that the records do not name.
    async fn prune_translations(&mut self, wanted: &[Wanted]) -> Result<(), DbErr> {
        let unnamed: Vec<i64> = wanted
            .iter()
            .flat_map(|wanted| wanted.unnamed().map(|words| words.id))
            .collect();
        translations::remove_translations(self.tx, &unnamed).await?;
        for id in &unnamed {
            self.parked_slugs.remove(id);
        }
        self.report.translations.removed += unnamed.len() as u64;
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
                    if parked || wanted.facts_differ() || wanted.byline_differs() {
                        self.touched.one(Translated::Article, id);
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
}
