//! What the mutations of topics do.

use sea_orm::DatabaseTransaction;

use super::input::{
    TopicCreateInput, TopicTranslationCreateInput, TopicTranslationDeleteInput,
    TopicTranslationRestoreInput, TopicTranslationUpdateInput, TopicUpdateInput, TopicWordsInput,
};
use crate::access::Operation;
use crate::content::language::Translated;
use crate::content::slug::{Space, Wish, leave, make};
use crate::content::topic::store;
use crate::content::value::{MAX_LEAD, MAX_TITLE};
use crate::content::writing::words::{self, Row, TOPICS, Words};
use crate::content::writing::{
    self, Facts, Input, Writing, check_facts, check_slug, insert_thing, locales, remove_thing,
    update_thing,
};
use crate::graphql::id::encode;
use crate::graphql::user_error::{MAX_USES, Refused, UserError};

const SPACE: Space<'static> = Space::of(Translated::Topic);

/// Make a topic. The answer is its id.
pub(super) async fn create(
    writing: &mut Writing,
    input: &TopicCreateInput,
) -> Result<i64, Refused> {
    let key = input.idempotency_key.as_deref();
    let once = match writing.once(key, Operation::TopicCreate, input).await? {
        Ok(made) => return Ok(made),
        Err(once) => once,
    };
    check(writing.tx(), input).await?;
    let tx = writing.tx();
    let slug = slug(tx, input).await?;
    let position = match input.position {
        Some(position) => position,
        None => store::last_position(tx).await?.saturating_add(1),
    };
    let facts = vec![("slug", slug.clone().into()), ("position", position.into())];
    let id = insert_thing(tx, Translated::Topic, facts).await?;
    let rows = input.translations.iter().map(|words| Row {
        id: None,
        owner: id,
        locale: words.locale.0.clone(),
        words: words_of(words),
        version: 1,
    });
    let by = (writing.actor().name.as_str(), writing.now());
    words::write(tx, &TOPICS, rows.collect(), by).await?;
    writing.keep(once, id).await?;
    let facts = Facts {
        id,
        version: 1,
        name: slug,
    };
    writing.note_facts(
        Operation::TopicCreate,
        Translated::Topic,
        &facts,
        (None, Some(1)),
    );
    Ok(id)
}

/// Change the facts of a topic; with nothing to change, nothing is written.
pub(super) async fn update(
    writing: &mut Writing,
    id: i64,
    input: &TopicUpdateInput,
) -> Result<(), Refused> {
    let mut checks = Input::default();
    checks.slug("slug", input.slug.as_ref().map(|slug| slug.0.as_str()));
    checks.at_least("position", input.position, 0);
    checks.end()?;
    let tx = writing.tx();
    let read = Some(input.expected_version);
    let facts = check_facts(tx, Translated::Topic, ("id", id), read).await?;
    let mut changed = Vec::new();
    let slug = input.slug.as_ref().filter(|slug| slug.0 != facts.name);
    if let Some(slug) = slug {
        check_slug(tx, SPACE, Some(id), &slug.0).await?;
        leave(tx, SPACE, id, &facts.name, &slug.0).await?;
        changed.push(("slug", slug.0.clone().into()));
    }
    if let Some(position) = input.position
        && store::position(tx, id).await? != Some(position)
    {
        changed.push(("position", position.into()));
    }
    if changed.is_empty() {
        return Ok(());
    }
    update_thing(tx, Translated::Topic, id, changed).await?;
    let versions = (Some(facts.version), Some(facts.version + 1));
    writing.note_facts(Operation::TopicUpdate, Translated::Topic, &facts, versions);
    Ok(())
}

/// Remove a topic.
pub(super) async fn delete(
    writing: &mut Writing,
    id: i64,
    expected_version: i32,
) -> Result<(), Refused> {
    let tx = writing.tx();
    let read = Some(expected_version);
    let facts = check_facts(tx, Translated::Topic, ("id", id), read).await?;
    let articles = store::articles_with(tx, id, MAX_USES as u64).await?;
    if !articles.is_empty() {
        let articles = articles.into_iter().map(|id| encode("Article", id));
        let message = "articles refer to it: give them another topic, or delete them, first";
        return Err(UserError::in_use("id", message, articles.collect()).into());
    }
    remove_thing(tx, Translated::Topic, id).await?;
    writing.note_facts(
        Operation::TopicDelete,
        Translated::Topic,
        &facts,
        (Some(facts.version), None),
    );
    Ok(())
}

/// Give a topic words in another locale.
pub(super) async fn add_words(
    writing: &mut Writing,
    id: i64,
    input: &TopicTranslationCreateInput,
) -> Result<(), Refused> {
    let mut checks = Input::default();
    checks.words("name", Some(&input.name), MAX_TITLE);
    checks.text("description", input.description.as_deref(), MAX_LEAD);
    checks.end()?;
    let words = Words {
        heading: Some(input.name.clone()),
        text: Some(input.description.clone().unwrap_or_default()),
    };
    let operation = Operation::TopicTranslationCreate;
    writing::add_words(writing, operation, &TOPICS, id, (&input.locale, words)).await
}

/// Change words of a topic.
pub(super) async fn change_words(
    writing: &mut Writing,
    id: i64,
    input: &TopicTranslationUpdateInput,
) -> Result<(), Refused> {
    let mut checks = Input::default();
    checks.words("name", input.name.as_deref(), MAX_TITLE);
    checks.text("description", input.description.as_deref(), MAX_LEAD);
    checks.end()?;
    let operation = Operation::TopicTranslationUpdate;
    let read = (id, &input.locale, input.expected_version);
    writing::change_words(writing, operation, &TOPICS, read, |words| {
        if let Some(name) = &input.name {
            words.heading = Some(name.clone());
        }
        if let Some(text) = &input.description {
            words.text = Some(text.clone());
        }
    })
    .await
}

/// Let words of a topic read as they did.
pub(super) async fn restore_words(
    writing: &mut Writing,
    id: i64,
    input: &TopicTranslationRestoreInput,
) -> Result<(), Refused> {
    let operation = Operation::TopicTranslationRestore;
    let read = (id, &input.locale, input.expected_version);
    writing::restore_words(writing, operation, &TOPICS, read, input.version).await
}

/// Remove words of a topic.
pub(super) async fn remove_words(
    writing: &mut Writing,
    id: i64,
    input: &TopicTranslationDeleteInput,
) -> Result<(), Refused> {
    let operation = Operation::TopicTranslationDelete;
    let read = (id, &input.locale, input.expected_version);
    writing::remove_words(writing, operation, &TOPICS, read).await
}

async fn check(tx: &DatabaseTransaction, input: &TopicCreateInput) -> Result<(), Refused> {
    let mut checks = Input::default();
    checks.slug("slug", input.slug.as_ref().map(|slug| slug.0.as_str()));
    checks.at_least("position", input.position, 0);
    let tags = input.translations.iter().map(|words| &words.locale);
    checks.locales("translations", tags, &locales(tx).await?);
    for (place, words) in input.translations.iter().enumerate() {
        let field = |name: &str| format!("translations.{place}.{name}");
        checks.words(&field("name"), Some(&words.name), MAX_TITLE);
        checks.text(
            &field("description"),
            words.description.as_deref(),
            MAX_LEAD,
        );
    }
    checks.end()
}

/// The slug that a topic comes with, if it is free; else one of its first
/// name.
async fn slug(tx: &DatabaseTransaction, input: &TopicCreateInput) -> Result<String, Refused> {
    if let Some(slug) = &input.slug {
        check_slug(tx, SPACE, None, &slug.0).await?;
        return Ok(slug.0.clone());
    }
    let wishes: Vec<Wish> = input
        .translations
        .iter()
        .take(1)
        .map(|words| Wish::of_name(&words.locale.0, &words.name, "topic"))
        .collect();
    let made = make(tx, SPACE, Default::default(), &wishes).await?;
    Ok(made.into_iter().next().unwrap_or_default())
}

fn words_of(words: &TopicWordsInput) -> Words {
    Words {
        heading: Some(words.name.clone()),
        text: Some(words.description.clone().unwrap_or_default()),
    }
}
