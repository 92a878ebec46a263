//! Making an article with its first words.

use masthead_entities::article::{Model as Article, Trend};
use masthead_entities::article_translation::State;
use sea_orm::{ActiveEnum as _, DatabaseTransaction, DbErr};

use super::input::{ArticleCreateInput, ArticleWordsInput};
use super::reference::References;
use super::words::{Texts, slug};
use crate::access::Operation;
use crate::audit::Deed;
use crate::content::article::store::{self, IssueFacts, Owner};
use crate::content::article::writing::{Words, write_translation};
use crate::content::language::Translated;
use crate::content::slug::{Space, taken};
use crate::content::writing::{Input, MAX_LIST, Writing, insert_thing, locales};
use crate::graphql::scalar::Locale;
use crate::graphql::user_error::{Refused, UserError, UserErrorCode};

/// Make an article, whose words are drafts. The answer is its id.
pub(super) async fn create(
    writing: &mut Writing,
    input: &ArticleCreateInput,
    refers: &References,
) -> Result<i64, Refused> {
    let operation = Operation::ArticleCreate;
    let key = input.idempotency_key.as_deref();
    let once = match writing.once(key, operation, input).await? {
        Ok(made) => return Ok(made),
        Err(once) => once,
    };
    let issue = check(writing.tx(), input, refers).await?;
    let owner = insert(writing.tx(), input, refers, issue).await?;
    let id = owner.article.id;
    writing.note(Deed {
        operation: operation.as_str(),
        thing: Some((Translated::Article.type_name(), id)),
        name: Some(owner.article.key.clone()),
        to_version: Some(1),
        ..Deed::default()
    });
    writing.touch(Translated::Article, id);
    for words in &input.translations {
        let wanted = words.slug.as_ref();
        let after = Words {
            slug: slug(writing.tx(), &owner, &words.locale, wanted, &words.title).await?,
            title: words.title.clone(),
            lead: words.lead.clone().unwrap_or_default(),
            body: words.body.clone().unwrap_or_default(),
            state: State::Draft,
            published_at: None,
            source_version: 1,
            approved: None,
        };
        let place = (&owner, words.locale.0.as_str());
        write_translation(writing, operation, place, None, after, None).await?;
    }
    writing.keep(once, id).await?;
    Ok(id)
}

/// All that is wrong with the input; the answer is the issue.
async fn check(
    tx: &DatabaseTransaction,
    input: &ArticleCreateInput,
    refers: &References,
) -> Result<IssueFacts, Refused> {
    let mut checks = Input::default();
    checks.key("key", input.key.as_deref());
    checks.at_least("position", input.position, 1);
    check_locales(&mut checks, input, &locales(tx).await?);
    if input.translations.len() > MAX_LIST {
        // Each asks the database: told at once, before any is looked at.
        checks.end()?;
        checks = Input::default();
    }
    for (place, words) in input.translations.iter().enumerate() {
        let field = format!("translations.{place}.");
        Texts::of(words).check(&mut checks, &field);
        check_slug(tx, &mut checks, &field, words).await?;
    }
    let issue = refers.check(tx, &mut checks).await?;
    if let (Some(id), Some(position)) = (refers.issue, input.position) {
        check_position(tx, &mut checks, (id, position), None).await?;
    }
    if let Some(key) = &input.key
        && !store::taken_keys(tx, std::slice::from_ref(key))
            .await?
            .is_empty()
    {
        let message = format!("\"{key}\" is the key of another article");
        checks.wrong(UserError::new(UserErrorCode::Taken, "key", message));
    }
    checks.end()?;
    issue.ok_or_else(|| super::reference::nothing("issue", Translated::Issue).into())
}

fn check_locales(checks: &mut Input, input: &ArticleCreateInput, known: &[String]) {
    let tags = input.translations.iter().map(|words| &words.locale);
    checks.locales("translations", tags, known);
    let Locale(original) = &input.original_locale;
    if !known.contains(original) {
        checks.locale("originalLocale", &input.original_locale, known);
    } else if input
        .translations
        .iter()
        .all(|words| words.locale.0 != *original)
    {
        let message = format!("there are no words in \"{original}\"; the original is one of them");
        checks.wrong(UserError::new(
            UserErrorCode::NotFound,
            "originalLocale",
            message,
        ));
    }
}

async fn check_slug(
    tx: &DatabaseTransaction,
    checks: &mut Input,
    field: &str,
    words: &ArticleWordsInput,
) -> Result<(), DbErr> {
    let Some(slug) = &words.slug else {
        return Ok(());
    };
    let owners = taken(
        tx,
        Space::articles(&words.locale.0),
        std::slice::from_ref(&slug.0),
    )
    .await?;
    if !owners.is_empty() {
        let message = format!("\"{}\" is the slug of another article, or was", slug.0);
        let field = format!("{field}slug");
        checks.wrong(UserError::new(UserErrorCode::Taken, &field, message));
    }
    Ok(())
}

/// That no other article than `own` stands at a place of an issue.
pub(super) async fn check_position(
    tx: &DatabaseTransaction,
    checks: &mut Input,
    (issue, position): (i64, i32),
    own: Option<i64>,
) -> Result<(), DbErr> {
    let there = store::at_position(tx, issue, position).await?;
    if there.is_some() && there != own {
        let message = format!("{position} is the place of another article of the issue");
        checks.wrong(UserError::new(UserErrorCode::Taken, "position", message));
    }
    Ok(())
}

/// Write the facts and the byline of a new article.
async fn insert(
    tx: &DatabaseTransaction,
    input: &ArticleCreateInput,
    refers: &References,
    issue: IssueFacts,
) -> Result<Owner, Refused> {
    let issue_id = refers.issue.unwrap_or_default();
    let position = match input.position {
        Some(position) => position,
        None => store::last_position(tx, issue_id).await?.saturating_add(1),
    };
    let mut checks = Input::default();
    check_position(tx, &mut checks, (issue_id, position), None).await?;
    checks.end()?;
    let mut article = Article {
        id: 0,
        key: match &input.key {
            Some(key) => key.clone(),
            None => made_key(tx, issue.number, position).await?,
        },
        issue_id,
        position,
        topic_id: refers.topic.unwrap_or_default(),
        trend: input.trend.map(Trend::from),
        original_locale: input.original_locale.0.clone(),
        version: 1,
    };
    let facts = vec![
        ("key", article.key.clone().into()),
        ("issue_id", article.issue_id.into()),
        ("position", article.position.into()),
        ("topic_id", article.topic_id.into()),
        ("trend", article.trend.map(|trend| trend.to_value()).into()),
        ("original_locale", article.original_locale.clone().into()),
    ];
    article.id = insert_thing(tx, Translated::Article, facts).await?;
    let authors = refers.authors.as_deref().unwrap_or_default();
    store::write_byline(tx, article.id, authors).await?;
    Ok(Owner {
        article,
        issue_published_at: issue.published_at,
    })
}

/// The first key of the form `423-1` that no article has, from its place on.
async fn made_key(tx: &DatabaseTransaction, number: i32, position: i32) -> Result<String, DbErr> {
    /// How many are asked about at once.
    const TRIED: i64 = 100;
    let mut from = i64::from(position);
    loop {
        let keys: Vec<String> = (from..from + TRIED)
            .map(|place| format!("{number}-{place}"))
            .collect();
        let taken = store::taken_keys(tx, &keys).await?;
        if let Some(free) = keys.into_iter().find(|key| !taken.contains(key)) {
            return Ok(free);
        }
        from += TRIED;
    }
}
