//! What an address of the website is of.

use std::sync::Arc;

use crate::access::Contract;
use crate::cache::tag::Tag;
use crate::content::article::{ArticleRow, PlaceOf, article_by_slug, article_url};
use crate::content::author::AuthorRow;
use crate::content::entity::BySlug;
use crate::content::issue::{IssueByNumber, IssueRow, issue_place, issue_started_in, issue_url};
use crate::content::language::{Locales, Translated};
use crate::content::publication::{Named, Reader, Settings, Shown, WebAddress};
use crate::content::topic::TopicRow;
use crate::error::Error;
use crate::graphql::batch::Batches;
use crate::graphql::notes::Notes;
use crate::graphql::scalar::Week;

/// Something that the website has a page of, in the locale of the page.
#[derive(Debug)]
pub(super) enum Thing {
    Article(Box<ArticleRow>),
    Issue(Arc<IssueRow>),
    Topic(Arc<TopicRow>),
    Author(Arc<AuthorRow>),
}

/// How often is looked for one address, at most: templates can leave open what
/// it is of and in which of many languages.
const MOST_LOOKUPS: usize = 256;

/// Who looks for what an address is of.
pub(super) struct Search<'a> {
    pub(super) settings: &'a Arc<Settings>,
    /// What a partner may be served; `None`: what everyone may.
    pub(super) contract: Option<&'a Arc<Contract>>,
    pub(super) notes: &'a Notes,
    pub(super) batches: &'a Batches,
    /// The reader's locales; `None`: any, the publication's default first.
    pub(super) locales: Option<&'a Locales>,
}

impl Search<'_> {
    /// What is at `address`, in the one locale that the page is in; what has
    /// it as its present address wins over what had one of its slugs before.
    ///
    /// # Errors
    /// If the database does not answer.
    pub(super) async fn find(
        &self,
        address: &WebAddress,
    ) -> Result<Option<(Thing, String)>, Arc<Error>> {
        let readings = address.readings(self.settings);
        let lookups = readings.iter().flat_map(|(what, named)| {
            let locales = self.locales_of(named).into_iter();
            locales.map(move |locale| (*what, named, locale))
        });
        let mut former = None;
        for (what, named, locale) in lookups.take(MOST_LOOKUPS) {
            let reader = self.reader(&[&locale])?;
            let Some(thing) = self.read(what, named, &reader).await? else {
                continue;
            };
            let url = thing.url(&reader, self.batches).await?;
            if address.is(&url, what, self.settings) {
                if readings.len() > 1 || named.locale.is_none() || !named.has_slug() {
                    self.note_lists();
                }
                return Ok(Some((thing, locale)));
            }
            if former.is_none() && self.agrees(&thing, named).await? {
                former = Some((thing, locale));
            }
        }
        self.note_lists();
        Ok(former)
    }

    /// A reader of these locales, who sees what is public, as far as a contract
    /// lets.
    ///
    /// # Errors
    /// If the publication lacks one.
    pub(super) fn reader(&self, locales: &[&str]) -> Result<Reader, Error> {
        let asked: Vec<String> = locales.iter().map(|&tag| tag.to_owned()).collect();
        Ok(Reader::new(
            Locales::of_address(&asked, &self.settings.locales)?,
            Arc::clone(self.settings),
            self.contract.cloned(),
            self.notes.clone(),
        ))
    }

    /// The locale of an address; of one that names none, each that it may be in.
    fn locales_of(&self, named: &Named) -> Vec<String> {
        match (&named.locale, self.locales) {
            (Some(locale), _) => vec![locale.clone()],
            (None, Some(locales)) => locales.iter().map(str::to_owned).collect(),
            (None, None) => {
                let default = &self.settings.default_locale;
                let others = self.settings.locales.iter();
                let others = others.filter(|tag| *tag != default);
                [default].into_iter().chain(others).cloned().collect()
            }
        }
    }

    async fn read(
        &self,
        what: Translated,
        named: &Named,
        reader: &Reader,
    ) -> Result<Option<Thing>, Error> {
        let locales = &reader.locales;
        let batches = self.batches;
        let slug = match what {
            Translated::Issue => named.slug.as_ref().or(named.issue.as_ref()),
            Translated::Topic => named.slug.as_ref().or(named.topic.as_ref()),
            Translated::Article | Translated::Author => named.slug.as_ref(),
        };
        let Some(slug) = slug.cloned() else {
            return match what {
                Translated::Issue => self.read_issue(named, locales).await,
                // Many are shown at one address.
                _ => Ok(None),
            };
        };
        let locales = locales.clone();
        Ok(match what {
            Translated::Article => article_by_slug(batches.database(), &slug, &locales)
                .await?
                .map(|row| Thing::Article(Box::new(row))),
            Translated::Issue => BySlug::new(slug, locales)
                .find(batches)
                .await?
                .map(Thing::Issue),
            Translated::Topic => BySlug::new(slug, locales)
                .find(batches)
                .await?
                .map(Thing::Topic),
            Translated::Author => BySlug::new(slug, locales)
                .find(batches)
                .await?
                .map(Thing::Author),
        })
    }

    /// The issue at an address that has its number or its week alone.
    async fn read_issue(&self, named: &Named, locales: &Locales) -> Result<Option<Thing>, Error> {
        let number = named.number.as_ref().and_then(|text| text.parse().ok());
        let week = named.week.as_deref().and_then(Week::parse_text);
        let locales = locales.clone();
        let row = match (number, week) {
            (Some(number), _) => IssueByNumber { number, locales }.find(self.batches).await?,
            (None, Some(week)) => issue_started_in(self.batches.database(), week, &locales)
                .await?
                .map(Arc::new),
            (None, None) => None,
        };
        Ok(row.map(Thing::Issue))
    }

    /// Whether all that an address names is of this thing, perhaps by slugs of
    /// before.
    async fn agrees(&self, thing: &Thing, named: &Named) -> Result<bool, Arc<Error>> {
        match thing {
            Thing::Article(row) => {
                let Some(place) = self.batches.load_one(PlaceOf(row.id)).await? else {
                    return Ok(false);
                };
                Ok(named.is_of(&place)
                    && self.is_issue(named.issue.as_ref(), row.issue_id).await?
                    && self.is_topic(named.topic.as_ref(), row.topic_id).await?)
            }
            Thing::Issue(row) => Ok(named.is_of(&issue_place(row))
                && self.is_issue(named.slug.as_ref(), row.id).await?
                && self.is_issue(named.issue.as_ref(), row.id).await?),
            Thing::Topic(row) => Ok(self.is_topic(named.slug.as_ref(), row.id).await?
                && self.is_topic(named.topic.as_ref(), row.id).await?),
            Thing::Author(_) => Ok(true),
        }
    }

    async fn is_issue(&self, slug: Option<&String>, id: i64) -> Result<bool, Error> {
        let Some(slug) = slug else {
            return Ok(true);
        };
        let by_slug = BySlug::<IssueRow>::new(slug.clone(), self.all_locales()?);
        Ok(by_slug
            .find(self.batches)
            .await?
            .is_some_and(|row| row.id == id))
    }

    async fn is_topic(&self, slug: Option<&String>, id: i64) -> Result<bool, Error> {
        let Some(slug) = slug else {
            return Ok(true);
        };
        let by_slug = BySlug::<TopicRow>::new(slug.clone(), self.all_locales()?);
        Ok(by_slug
            .find(self.batches)
            .await?
            .is_some_and(|row| row.id == id))
    }

    fn all_locales(&self) -> Result<Locales, Error> {
        Locales::of_address(&self.settings.locales, &self.settings.locales)
    }

    /// Something else may come to be at an address.
    fn note_lists(&self) {
        let lists = [Tag::Articles, Tag::Issues, Tag::Topics, Tag::Authors];
        self.notes.tags(lists);
    }
}

impl Thing {
    /// Where the website shows it to `reader`.
    ///
    /// # Errors
    /// If the database does not answer.
    pub(super) async fn url(
        &self,
        reader: &Reader,
        batches: &Batches,
    ) -> Result<String, Arc<Error>> {
        let (what, written, slug) = match self {
            Self::Article(row) => return article_url(row, reader, batches).await,
            Self::Issue(row) => return Ok(issue_url(row, reader)),
            Self::Topic(row) => (Translated::Topic, &row.written, &row.slug),
            Self::Author(row) => (Translated::Author, &row.written, &row.slug),
        };
        Ok(reader.url(Shown {
            what,
            locale: &written.locale,
            slug,
            place: None,
        }))
    }
}
