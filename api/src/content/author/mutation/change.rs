//! What the mutations of authors do.

use sea_orm::DatabaseTransaction;

use super::input::{
    AuthorCreateInput, AuthorTranslationCreateInput, AuthorTranslationDeleteInput,
    AuthorTranslationRestoreInput, AuthorTranslationUpdateInput, AuthorUpdateInput,
    AuthorWordsInput,
};
use crate::access::Operation;
use crate::content::author::store;
use crate::content::language::Translated;
use crate::content::slug::{Space, Wish, leave, make};
use crate::content::value::{MAX_LEAD, MAX_TITLE};
use crate::content::writing::words::{self, AUTHORS, Row, Words};
use crate::content::writing::{
    self, Facts, Input, Writing, check_facts, check_slug, insert_thing, locales, remove_thing,
    update_thing,
};
use crate::graphql::id::encode;
use crate::graphql::user_error::{MAX_USES, Refused, UserError};

const SPACE: Space<'static> = Space::of(Translated::Author);

/// Make an author. The answer is its id.
pub(super) async fn create(
    writing: &mut Writing,
    input: &AuthorCreateInput,
) -> Result<i64, Refused> {
    let key = input.idempotency_key.as_deref();
    let once = match writing.once(key, Operation::AuthorCreate, input).await? {
        Ok(made) => return Ok(made),
        Err(once) => once,
    };
    check(writing.tx(), input).await?;
    let tx = writing.tx();
    let slug = slug(tx, input).await?;
    let facts = vec![("slug", slug.clone().into())];
    let id = insert_thing(tx, Translated::Author, facts).await?;
    let rows = input.translations.iter().map(|words| Row {
        id: None,
        owner: id,
        locale: words.locale.0.clone(),
        words: words_of(words),
        version: 1,
    });
    let by = (writing.actor().name.as_str(), writing.now());
    words::write(tx, &AUTHORS, rows.collect(), by).await?;
    writing.keep(once, id).await?;
    let facts = Facts {
        id,
        version: 1,
        name: slug,
    };
    writing.note_facts(
        Operation::AuthorCreate,
        Translated::Author,
        &facts,
        (None, Some(1)),
    );
    Ok(id)
}

/// Change the facts of an author; with nothing to change, nothing is written.
pub(super) async fn update(
    writing: &mut Writing,
    id: i64,
    input: &AuthorUpdateInput,
) -> Result<(), Refused> {
    let mut checks = Input::default();
    checks.slug("slug", input.slug.as_ref().map(|slug| slug.0.as_str()));
    checks.end()?;
    let tx = writing.tx();
    let read = Some(input.expected_version);
    let facts = check_facts(tx, Translated::Author, ("id", id), read).await?;
    let mut changed = Vec::new();
    let slug = input.slug.as_ref().filter(|slug| slug.0 != facts.name);
    if let Some(slug) = slug {
        check_slug(tx, SPACE, Some(id), &slug.0).await?;
        leave(tx, SPACE, id, &facts.name, &slug.0).await?;
        changed.push(("slug", slug.0.clone().into()));
    }
    if changed.is_empty() {
        return Ok(());
    }
    update_thing(tx, Translated::Author, id, changed).await?;
    let versions = (Some(facts.version), Some(facts.version + 1));
    writing.note_facts(
        Operation::AuthorUpdate,
        Translated::Author,
        &facts,
        versions,
    );
    Ok(())
}

/// Remove an author.
pub(super) async fn delete(
    writing: &mut Writing,
    id: i64,
    expected_version: i32,
) -> Result<(), Refused> {
    let tx = writing.tx();
    let read = Some(expected_version);
    let facts = check_facts(tx, Translated::Author, ("id", id), read).await?;
    let articles = store::articles_with(tx, id, MAX_USES as u64).await?;
    if !articles.is_empty() {
        let articles = articles.into_iter().map(|id| encode("Article", id));
        let message = "articles refer to it: give them another author, or delete them, first";
        return Err(UserError::in_use("id", message, articles.collect()).into());
    }
    remove_thing(tx, Translated::Author, id).await?;
    writing.note_facts(
        Operation::AuthorDelete,
        Translated::Author,
        &facts,
        (Some(facts.version), None),
    );
    Ok(())
}

/// Give an author words in another locale.
pub(super) async fn add_words(
    writing: &mut Writing,
    id: i64,
    input: &AuthorTranslationCreateInput,
) -> Result<(), Refused> {
    let mut checks = Input::default();
    checks.words("name", Some(&input.name), MAX_TITLE);
    checks.text("bio", input.bio.as_deref(), MAX_LEAD);
    checks.end()?;
    let words = Words {
        heading: Some(input.name.clone()),
        text: Some(input.bio.clone().unwrap_or_default()),
    };
    let operation = Operation::AuthorTranslationCreate;
    writing::add_words(writing, operation, &AUTHORS, id, (&input.locale, words)).await
}

/// Change words of an author.
pub(super) async fn change_words(
    writing: &mut Writing,
    id: i64,
    input: &AuthorTranslationUpdateInput,
) -> Result<(), Refused> {
    let mut checks = Input::default();
    checks.words("name", input.name.as_deref(), MAX_TITLE);
    checks.text("bio", input.bio.as_deref(), MAX_LEAD);
    checks.end()?;
    let operation = Operation::AuthorTranslationUpdate;
    let read = (id, &input.locale, input.expected_version);
    writing::change_words(writing, operation, &AUTHORS, read, |words| {
        if let Some(name) = &input.name {
            words.heading = Some(name.clone());
        }
        if let Some(text) = &input.bio {
            words.text = Some(text.clone());
        }
    })
    .await
}

/// Let words of an author read as they did.
pub(super) async fn restore_words(
    writing: &mut Writing,
    id: i64,
    input: &AuthorTranslationRestoreInput,
) -> Result<(), Refused> {
    let operation = Operation::AuthorTranslationRestore;
    let read = (id, &input.locale, input.expected_version);
    writing::restore_words(writing, operation, &AUTHORS, read, input.version).await
}

/// Remove words of an author.
pub(super) async fn remove_words(
    writing: &mut Writing,
    id: i64,
    input: &AuthorTranslationDeleteInput,
) -> Result<(), Refused> {
    let operation = Operation::AuthorTranslationDelete;
    let read = (id, &input.locale, input.expected_version);
    writing::remove_words(writing, operation, &AUTHORS, read).await
}

async fn check(tx: &DatabaseTransaction, input: &AuthorCreateInput) -> Result<(), Refused> {
    let mut checks = Input::default();
    checks.slug("slug", input.slug.as_ref().map(|slug| slug.0.as_str()));
    let tags = input.translations.iter().map(|words| &words.locale);
    checks.locales("translations", tags, &locales(tx).await?);
    for (place, words) in input.translations.iter().enumerate() {
        let field = |name: &str| format!("translations.{place}.{name}");
        checks.words(&field("name"), Some(&words.name), MAX_TITLE);
        checks.text(&field("bio"), words.bio.as_deref(), MAX_LEAD);
    }
    checks.end()
}

/// The slug that an author comes with, if it is free; else one of its first
/// name.
async fn slug(tx: &DatabaseTransaction, input: &AuthorCreateInput) -> Result<String, Refused> {
    if let Some(slug) = &input.slug {
        check_slug(tx, SPACE, None, &slug.0).await?;
        return Ok(slug.0.clone());
    }
    let wishes: Vec<Wish> = input
        .translations
        .iter()
        .take(1)
        .map(|words| Wish::of_name(&words.locale.0, &words.name, "author"))
        .collect();
    let made = make(tx, SPACE, Default::default(), &wishes).await?;
    Ok(made.into_iter().next().unwrap_or_default())
}

fn words_of(words: &AuthorWordsInput) -> Words {
    Words {
        heading: Some(words.name.clone()),
        text: Some(words.bio.clone().unwrap_or_default()),
    }
}
