//! Writing the words of an article in a locale.

use std::collections::HashSet;

use masthead_entities::article_translation::State;
use sea_orm::{DatabaseTransaction, DbErr};

use super::input::{
    ArticleTranslationCreateInput, ArticleTranslationUpdateInput, ArticleWordsInput,
};
use super::reference::nothing;
use crate::access::Operation;
use crate::content::article::store::{self, Owner};
use crate::content::article::writing::{
    Words, read_translation, remove_translation, write_translation, wrong_state,
};
use crate::content::language::Translated;
use crate::content::slug::{Space, Wish, make};
use crate::content::value::{MAX_BODY, MAX_LEAD, MAX_TITLE};
use crate::content::writing::{Input, Writing, locales};
use crate::graphql::scalar::{Locale, Slug};
use crate::graphql::user_error::{Refused, UserError, UserErrorCode};

/// The texts of an input, to be checked.
pub(super) struct Texts<'a> {
    slug: Option<&'a str>,
    title: Option<&'a str>,
    lead: Option<&'a str>,
    body: Option<&'a str>,
}

impl<'a> Texts<'a> {
    pub(super) fn of(words: &'a ArticleWordsInput) -> Self {
        Self {
            slug: words.slug.as_ref().map(|slug| slug.0.as_str()),
            title: Some(&words.title),
            lead: words.lead.as_deref(),
            body: words.body.as_deref(),
        }
    }

    /// Check them; `path` stands before the names of their fields.
    pub(super) fn check(&self, checks: &mut Input, path: &str) {
        checks.slug(&format!("{path}slug"), self.slug);
        checks.words(&format!("{path}title"), self.title, MAX_TITLE);
        checks.text(&format!("{path}lead"), self.lead, MAX_LEAD);
        checks.text(&format!("{path}body"), self.body, MAX_BODY);
    }
}

/// Give an article words in a locale that it has none in.
pub(super) async fn add(
    writing: &mut Writing,
    article: i64,
    input: &ArticleTranslationCreateInput,
) -> Result<(), Refused> {
    let tx = writing.tx();
    let mut checks = Input::default();
    checks.locale("locale", &input.locale, &locales(tx).await?);
    let texts = Texts {
        slug: input.slug.as_ref().map(|slug| slug.0.as_str()),
        title: Some(&input.title),
        lead: input.lead.as_deref(),
        body: input.body.as_deref(),
    };
    texts.check(&mut checks, "");
    checks.end()?;
    let Some(owner) = store::owner(tx, article).await? else {
        return Err(nothing("article", Translated::Article).into());
    };
    let locale = input.locale.0.as_str();
    if store::words_in(tx, article, locale).await?.is_some() {
        let message = format!("it has words in \"{locale}\" already: update them");
        return Err(UserError::new(UserErrorCode::Taken, "locale", message).into());
    }
    let source = source(tx, (&owner, locale), input.source_version).await?;
    let after = Words {
        slug: slug(tx, &owner, &input.locale, input.slug.as_ref(), &input.title).await?,
        title: input.title.clone(),
        lead: input.lead.clone().unwrap_or_default(),
        body: input.body.clone().unwrap_or_default(),
        state: State::Draft,
        published_at: None,
        source_version: source.unwrap_or(1),
        approved: None,
    };
    let operation = Operation::ArticleTranslationCreate;
    write_translation(writing, operation, (&owner, locale), None, after, None).await?;
    Ok(())
}

/// Change words. `may_correct` says whether the writer may change what is
/// published.
pub(super) async fn change(
    writing: &mut Writing,
    article: i64,
    input: &ArticleTranslationUpdateInput,
    may_correct: bool,
) -> Result<(), Refused> {
    let mut checks = Input::default();
    let texts = Texts {
        slug: input.slug.as_ref().map(|slug| slug.0.as_str()),
        title: input.title.as_deref(),
        lead: input.lead.as_deref(),
        body: input.body.as_deref(),
    };
    texts.check(&mut checks, "");
    checks.end()?;
    let locale = input.locale.0.as_str();
    let expected = Some(input.expected_version);
    let (owner, stored) = read_translation(writing, (article, locale), expected).await?;
    if stored.state == State::Published && !may_correct {
        let message = "it is published: a publisher corrects it, or unpublishes it first";
        return Err(wrong_state(message));
    }
    let before = Words::from(stored.clone());
    let mut after = before.clone();
    put(&mut after.slug, input.slug.as_ref().map(|slug| &slug.0));
    put(&mut after.title, input.title.as_ref());
    put(&mut after.lead, input.lead.as_ref());
    put(&mut after.body, input.body.as_ref());
    if input.source_version.is_some() || !before.reads_like(&after) {
        let place = (&owner, locale);
        let source = source(writing.tx(), place, input.source_version).await?;
        after.source_version = source.unwrap_or(before.source_version);
    }
    let operation = Operation::ArticleTranslationUpdate;
    let place = (&owner, locale);
    write_translation(writing, operation, place, Some(stored), after, None).await?;
    Ok(())
}

/// Remove words that are neither published nor the original.
pub(super) async fn remove(
    writing: &mut Writing,
    (article, locale): (i64, &Locale),
    expected: i32,
) -> Result<(), Refused> {
    let place = (article, locale.0.as_str());
    let (owner, stored) = read_translation(writing, place, Some(expected)).await?;
    if stored.state == State::Published {
        return Err(wrong_state("it is published: unpublish it first"));
    }
    if stored.locale == owner.article.original_locale {
        let message = "it is the original: delete the article, or make another one the original";
        return Err(wrong_state(message));
    }
    let operation = Operation::ArticleTranslationDelete;
    remove_translation(writing, operation, &owner, stored).await
}

/// The slug that words come with, else one that is made of their title.
pub(super) async fn slug(
    tx: &DatabaseTransaction,
    owner: &Owner,
    locale: &Locale,
    wanted: Option<&Slug>,
    title: &str,
) -> Result<String, DbErr> {
    if let Some(slug) = wanted {
        return Ok(slug.0.clone());
    }
    let article = &owner.article;
    let wish = Wish::of_article(&locale.0, title, &article.key, Some(article.id));
    let made = make(tx, Space::articles(&locale.0), HashSet::new(), &[wish]).await?;
    Ok(made.into_iter().next().unwrap_or_default())
}

/// The version of the original that words in a locale are made from: the one
/// that is told, else the present one; `None` for the original itself.
async fn source(
    tx: &DatabaseTransaction,
    (owner, locale): (&Owner, &str),
    told: Option<i32>,
) -> Result<Option<i32>, Refused> {
    let original = &owner.article.original_locale;
    let wrong = |message: String| UserError::new(UserErrorCode::Invalid, "sourceVersion", message);
    if locale == original {
        return match told {
            None => Ok(None),
            Some(_) => Err(wrong("this is the original: it is made from none".to_owned()).into()),
        };
    }
    let stages = store::stages(tx, owner.article.id).await?;
    let mut stages = stages.iter();
    let present = stages.find(|stage| stage.locale == *original);
    let present = present.map_or(1, |stage| stage.version);
    match told {
        Some(told) if !(1..=present).contains(&told) => {
            let message = format!("the original is at version {present}, and never was at {told}");
            Err(wrong(message).into())
        }
        told => Ok(Some(told.unwrap_or(present))),
    }
}

fn put(text: &mut String, new: Option<&String>) {
    if let Some(new) = new {
        text.clone_from(new);
    }
}
