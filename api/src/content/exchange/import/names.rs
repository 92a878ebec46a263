//! Topics and authors.

use std::collections::HashMap;

use sea_orm::DbErr;

use super::former::Taker;
use super::{Importer, count};
use crate::content::exchange::record::{Author, ByLocale, Name, Topic};
use crate::content::exchange::store::names;
use crate::content::language::Translated;
use crate::content::slug::Space;
use crate::content::writing::words::{self, Words};

impl Importer<'_> {
    pub(super) async fn apply_topics(&mut self, topics: Vec<(u64, Topic)>) -> Result<(), DbErr> {
        if topics.is_empty() {
            return Ok(());
        }
        let slugs: Vec<&str> = topics
            .iter()
            .map(|(_, topic)| topic.slug.as_str())
            .collect();
        let stored = names::topics_named(self.tx, &slugs).await?;
        let positions: HashMap<String, i32> = stored
            .into_iter()
            .map(|topic| (topic.slug, topic.position))
            .collect();
        let differing: Vec<(String, i32)> = topics
            .iter()
            .filter(|(_, topic)| positions.get(&topic.slug) != Some(&topic.position))
            .map(|(_, topic)| (topic.slug.clone(), topic.position))
            .collect();
        let new = topics
            .iter()
            .filter(|(_, topic)| !positions.contains_key(&topic.slug));
        let takers = new.map(|(line, topic)| {
            (
                topic.slug.clone(),
                Taker::new(*line, Name::Topic(topic.slug.clone())),
            )
        });
        let space = Space::of(Translated::Topic);
        self.take_former_slugs(space, takers.collect()).await?;
        names::write_topics(self.tx, &differing).await?;
        for topic in names::topics_named(self.tx, &slugs).await? {
            self.topics.set_id(topic.slug, topic.id);
        }

        let mut wanted = Vec::with_capacity(topics.len());
        let mut updates = Vec::new();
        for (line, topic) in topics {
            let Some(id) = self.topics.id(&topic.slug) else {
                continue;
            };
            let stored = positions.get(&topic.slug);
            match stored {
                Some(position) => updates.push((id, *position != topic.position)),
                None => self.report.topics.created += 1,
            }
            if stored != Some(&topic.position) {
                self.touched.one(Translated::Topic, id);
            }
            self.topics.name(topic.slug, line);
            wanted.push((
                id,
                words_of(topic.translations, |words| (words.name, words.description)),
            ));
        }
        let changed = self.apply_words(&words::TOPICS, wanted).await?;
        for (id, moved) in updates {
            count(&mut self.report.topics, moved || changed.contains(&id));
        }
        Ok(())
    }

    pub(super) async fn apply_authors(&mut self, authors: Vec<(u64, Author)>) -> Result<(), DbErr> {
        if authors.is_empty() {
            return Ok(());
        }
        let is_new = |author: &Author| self.authors.id(&author.slug).is_none();
        let new: Vec<&(u64, Author)> = authors
            .iter()
            .filter(|(_, author)| is_new(author))
            .collect();
        let takers = new.iter().map(|(line, author)| {
            let name = Name::Author(author.slug.clone());
            (author.slug.clone(), Taker::new(*line, name))
        });
        let takers = takers.collect();
        let new: Vec<String> = new.iter().map(|(_, author)| author.slug.clone()).collect();
        let space = Space::of(Translated::Author);
        self.take_former_slugs(space, takers).await?;
        names::insert_authors(self.tx, &new).await?;
        let slugs: Vec<&str> = new.iter().map(String::as_str).collect();
        for author in names::authors_named(self.tx, &slugs).await? {
            self.authors.set_id(author.slug, author.id);
        }

        let mut wanted = Vec::with_capacity(authors.len());
        let mut updates = Vec::new();
        for (line, author) in authors {
            let Some(id) = self.authors.id(&author.slug) else {
                continue;
            };
            if new.contains(&author.slug) {
                self.report.authors.created += 1;
                self.touched.one(Translated::Author, id);
            } else {
                updates.push(id);
            }
            self.authors.name(author.slug, line);
            wanted.push((
                id,
                words_of(author.translations, |words| (words.name, words.bio)),
            ));
        }
        let changed = self.apply_words(&words::AUTHORS, wanted).await?;
        for id in updates {
            count(&mut self.report.authors, changed.contains(&id));
        }
        Ok(())
    }
}

fn words_of<T>(
    translations: ByLocale<T>,
    parts: impl Fn(T) -> (String, String),
) -> ByLocale<Words> {
    let words = translations.into_iter().map(|(locale, words)| {
        let (heading, text) = parts(words);
        let words = Words {
            heading: Some(heading),
            text: Some(text),
        };
        (locale, words)
    });
    words.collect()
}
