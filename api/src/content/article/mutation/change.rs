//! Changing and removing articles: what all their locales share.

use masthead_entities::article::{Model as Article, Trend};
use masthead_entities::article_translation::State;
use sea_orm::{ActiveEnum as _, DatabaseTransaction};

use super::create::check_position;
use super::input::ArticleUpdateInput;
use super::reference::{References, nothing};
use crate::access::Operation;
use crate::audit::Deed;
use crate::content::article::store::{self, IssueFacts, Owner};
use crate::content::language::Translated;
use crate::content::writing::{Input, Writing, locales, remove_thing, update_thing};
use crate::graphql::user_error::{Refused, UserError, UserErrorCode, check_version};

/// Change the facts of an article; with nothing to change, nothing is written.
/// `may_publish` says whether the writer may show and hide what is published.
pub(super) async fn update(
    writing: &mut Writing,
    id: i64,
    input: &ArticleUpdateInput,
    refers: &References,
    may_publish: bool,
) -> Result<(), Refused> {
    let tx = writing.tx();
    let owner = read(tx, id, input.expected_version).await?;
    let before = &owner.article;
    let after = check(tx, &owner, input, refers, may_publish).await?;
    let byline = changed_byline(tx, id, refers).await?;
    if after == *before && byline.is_none() {
        return Ok(());
    }
    let facts = vec![
        ("issue_id", after.issue_id.into()),
        ("position", after.position.into()),
        ("topic_id", after.topic_id.into()),
        ("trend", after.trend.map(|trend| trend.to_value()).into()),
        ("original_locale", after.original_locale.clone().into()),
    ];
    update_thing(tx, Translated::Article, id, facts).await?;
    if let Some(authors) = byline {
        store::write_byline(tx, id, authors).await?;
    }
    if after.issue_id != before.issue_id {
        store::refresh_public_at_of_articles(tx, &[id]).await?;
    }
    if after.original_locale != before.original_locale {
        let original = store::stages(tx, id).await?.into_iter();
        let original = original.filter(|stage| stage.locale == after.original_locale);
        for stage in original {
            store::set_source(tx, id, stage.version).await?;
        }
    }
    let versions = (before.version, Some(before.version + 1));
    note(writing, Operation::ArticleUpdate, before, versions);
    Ok(())
}

/// Remove an article that is published in no locale.
pub(super) async fn delete(
    writing: &mut Writing,
    id: i64,
    expected_version: i32,
) -> Result<(), Refused> {
    let tx = writing.tx();
    let Owner { article, .. } = read(tx, id, expected_version).await?;
    let stages = store::stages(tx, id).await?;
    let published: Vec<&str> = stages
        .iter()
        .filter(|stage| stage.state == State::Published)
        .map(|stage| stage.locale.as_str())
        .collect();
    if !published.is_empty() {
        let message = format!(
            "it is published in {}: unpublish it first",
            published.join(", ")
        );
        return Err(UserError::new(UserErrorCode::WrongState, "id", message).into());
    }
    remove_thing(tx, Translated::Article, id).await?;
    let versions = (article.version, None);
    note(writing, Operation::ArticleDelete, &article, versions);
    Ok(())
}

async fn read(tx: &DatabaseTransaction, id: i64, expected_version: i32) -> Result<Owner, Refused> {
    let Some(owner) = store::owner(tx, id).await? else {
        return Err(nothing("id", Translated::Article).into());
    };
    check_version(expected_version, owner.article.version)?;
    Ok(owner)
}

/// The facts as they are wanted, once all that is wrong with that is told.
async fn check(
    tx: &DatabaseTransaction,
    owner: &Owner,
    input: &ArticleUpdateInput,
    refers: &References,
    may_publish: bool,
) -> Result<Article, Refused> {
    let mut checks = Input::default();
    checks.at_least("position", input.position, 1);
    let issue = refers.check(tx, &mut checks).await?;
    let mut after = owner.article.clone();
    after.topic_id = refers.topic.unwrap_or(after.topic_id);
    if !input.trend.is_undefined() {
        after.trend = input.trend.value().copied().map(Trend::from);
    }
    if let Some(issue) = issue {
        after.issue_id = refers.issue.unwrap_or(after.issue_id);
        if !may_publish {
            check_move(tx, &mut checks, owner, (after.issue_id, issue)).await?;
        }
    }
    let moved = after.issue_id != owner.article.issue_id;
    after.position = match input.position {
        Some(position) => position,
        None if moved => store::last_position(tx, after.issue_id)
            .await?
            .saturating_add(1),
        None => after.position,
    };
    let place = (after.issue_id, after.position);
    check_position(tx, &mut checks, place, Some(after.id)).await?;
    if let Some(locale) = &input.original_locale {
        checks.locale("originalLocale", locale, &locales(tx).await?);
        after.original_locale.clone_from(&locale.0);
    }
    if after.original_locale != owner.article.original_locale {
        check_original(tx, &mut checks, &after).await?;
    }
    checks.end()?;
    Ok(after)
}

/// That a move to another issue neither shows nor hides what is published.
async fn check_move(
    tx: &DatabaseTransaction,
    checks: &mut Input,
    owner: &Owner,
    (to, issue): (i64, IssueFacts),
) -> Result<(), Refused> {
    let shown = owner.issue_published_at.is_some() || issue.published_at.is_some();
    if to == owner.article.issue_id || !shown {
        return Ok(());
    }
    let stages = store::stages(tx, owner.article.id).await?;
    if stages.iter().any(|stage| stage.state == State::Published) {
        let message = "words of it are published: a publisher moves it, or unpublishes them first";
        checks.wrong(UserError::new(UserErrorCode::WrongState, "issue", message));
    }
    Ok(())
}

async fn check_original(
    tx: &DatabaseTransaction,
    checks: &mut Input,
    after: &Article,
) -> Result<(), Refused> {
    let locale = &after.original_locale;
    let stages = store::stages(tx, after.id).await?;
    if stages.iter().all(|stage| stage.locale != *locale) {
        let message = format!("it has no words in \"{locale}\"; the original is one of them");
        let error = UserError::new(UserErrorCode::NotFound, "originalLocale", message);
        checks.wrong(error);
    }
    Ok(())
}

/// The byline that is wanted, where it is another than there is.
async fn changed_byline<'a>(
    tx: &DatabaseTransaction,
    id: i64,
    refers: &'a References,
) -> Result<Option<&'a [i64]>, Refused> {
    let Some(authors) = refers.authors.as_deref() else {
        return Ok(None);
    };
    let stored = store::authors_of(tx, id).await?;
    Ok((stored != authors).then_some(authors))
}

fn note(
    writing: &mut Writing,
    operation: Operation,
    article: &Article,
    (from_version, to_version): (i32, Option<i32>),
) {
    writing.note(Deed {
        operation: operation.as_str(),
        thing: Some((Translated::Article.type_name(), article.id)),
        name: Some(article.key.clone()),
        from_version: Some(from_version),
        to_version,
        ..Deed::default()
    });
    writing.touch(Translated::Article, article.id);
}
