//! An article as JSON-LD.

use std::sync::Arc;

use masthead_entities::article_correction::Model as Correction;

use super::issue::issue;
use super::node::{
    CorrectionComment, Document, NewsArticle, OtherLanguage, Person, WebPage, Whole,
};
use super::{periodical, publisher, time};
use crate::cache::tag::Tag;
use crate::content::article::{ArticleRow, article_url};
use crate::content::author::{AuthorRow, AuthorsOf};
use crate::content::correction::CorrectionsOf;
use crate::content::issue::IssueById;
use crate::content::language::{Translated, since};
use crate::content::publication::{Reader, Shown};
use crate::content::rich_text::{RichText, minutes};
use crate::content::topic::TopicById;
use crate::content::translation::{TranslationRow, TranslationsOf};
use crate::error::Error;
use crate::graphql::batch::{Batches, load};

/// How much it is to make one, for the complexity of a query: as much as to
/// select what is in it.
pub const NEWS_ARTICLE_WEIGHT: usize = 25;

/// The article of `row`, as `reader` is served it, with all that hangs on it.
///
/// # Errors
/// If the database does not answer.
pub async fn news_article(
    row: &ArticleRow,
    reader: &Reader,
    batches: &Batches,
) -> Result<Document<NewsArticle>, Arc<Error>> {
    let published = since(row.public_at);
    reader.notes.dated_tag(Tag::Article(row.id), published);
    let desk = Desk { reader, batches };
    let (url, author, article_section, is_part_of, words, corrections, others) = tokio::try_join!(
        article_url(row, reader, batches),
        desk.authors(row),
        desk.topic(row),
        desk.whole(row),
        desk.words(row),
        desk.corrections(row),
        desk.other_languages(row),
    )?;
    let corrected = corrections.iter().map(|correction| correction.corrected_at);
    let modified = corrected.chain(published).fold(row.updated_at, Ord::max);
    let (original, translations) = others;
    Ok(Document::new(NewsArticle {
        id: id(&url),
        main_entity_of_page: WebPage { id: url.clone() },
        url,
        headline: row.title.clone(),
        description: Some(row.lead.clone()).filter(|lead| !lead.is_empty()),
        in_language: row.locale.clone(),
        date_published: published.map(time),
        date_modified: time(modified),
        author,
        article_section,
        word_count: words,
        time_required: duration(minutes(words, &row.locale)),
        is_part_of,
        publisher: publisher(reader),
        correction: corrections.iter().map(comment).collect(),
        work_translation: translations,
        translation_of_work: original,
    }))
}

/// What an article is known by: it is not the page that is about it.
pub(super) fn id(url: &str) -> String {
    format!("{url}#article")
}

fn duration(minutes: i32) -> Option<String> {
    (minutes > 0).then(|| format!("PT{minutes}M"))
}

fn comment(correction: &Correction) -> CorrectionComment {
    CorrectionComment {
        text: correction.text.clone(),
        date_published: time(correction.corrected_at),
    }
}

struct Desk<'a> {
    reader: &'a Reader,
    batches: &'a Batches,
}

impl Desk<'_> {
    async fn authors(&self, row: &ArticleRow) -> Result<Vec<Person>, Arc<Error>> {
        let key = AuthorsOf {
            article: row.id,
            locales: self.reader.locales.clone(),
        };
        let authors = load(self.batches, key).await?.unwrap_or_default();
        Ok(authors.iter().map(|author| self.person(author)).collect())
    }

    fn person(&self, author: &AuthorRow) -> Person {
        self.reader.notes.tag(Tag::Author(author.id));
        Person {
            name: author.name.clone(),
            url: self.reader.url(Shown {
                what: Translated::Author,
                locale: &author.written.locale,
                slug: &author.slug,
                place: None,
            }),
        }
    }

    async fn topic(&self, row: &ArticleRow) -> Result<Option<String>, Arc<Error>> {
        self.reader.notes.tag(Tag::Topic(row.topic_id));
        let key = TopicById {
            id: row.topic_id,
            locales: self.reader.locales.clone(),
        };
        let topic = load(self.batches, key).await?;
        Ok(topic.map(|topic| topic.name.clone()))
    }

    async fn whole(&self, row: &ArticleRow) -> Result<Whole, Arc<Error>> {
        self.reader.notes.tag(Tag::Issue(row.issue_id));
        let key = IssueById {
            id: row.issue_id,
            locales: self.reader.locales.clone(),
        };
        Ok(match load(self.batches, key).await? {
            Some(row) => Whole::Issue(Box::new(issue(&row, self.reader))),
            None => Whole::Periodical(periodical(self.reader)),
        })
    }

    async fn words(&self, row: &ArticleRow) -> Result<i32, Arc<Error>> {
        let texts = Arc::clone(&row.texts);
        let text = RichText::new(row.translation_id, texts, self.reader.clone());
        text.count_words(self.batches).await
    }

    async fn corrections(&self, row: &ArticleRow) -> Result<Vec<Correction>, Arc<Error>> {
        let key = CorrectionsOf(row.translation_id);
        Ok(self.batches.load_one(key).await?.unwrap_or_default())
    }

    /// Where the article is public in other languages, whatever the reader's, but
    /// none that a contract leaves out: where its original is, if it is a
    /// translation, else its translations.
    async fn other_languages(
        &self,
        row: &ArticleRow,
    ) -> Result<(Option<OtherLanguage>, Vec<OtherLanguage>), Arc<Error>> {
        let key = TranslationsOf {
            what: Translated::Article,
            parent: row.id,
            sight: self.reader.public_sight(),
        };
        let words = self.batches.load_one(key).await?.unwrap_or_default();
        let mut others: Vec<_> = words
            .iter()
            .filter(|other| other.locale != row.locale)
            .collect();
        let order = &self.reader.settings.locales;
        others.sort_by_key(|words| order.iter().position(|tag| *tag == words.locale));
        if row.locale == row.original_locale {
            let translations = others.into_iter().map(|words| self.language(words));
            return Ok((None, translations.collect()));
        }
        let original = others.into_iter().find(|words| words.is_original);
        Ok((original.map(|words| self.language(words)), Vec::new()))
    }

    fn language(&self, words: &TranslationRow) -> OtherLanguage {
        let url = self.reader.url(Shown {
            what: Translated::Article,
            locale: &words.locale,
            slug: &words.slug,
            place: words.place.as_ref(),
        });
        OtherLanguage {
            id: id(&url),
            url,
            in_language: words.locale.clone(),
        }
    }
}
