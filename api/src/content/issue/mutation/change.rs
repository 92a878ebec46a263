//! What the mutations of issues do to their facts.

use chrono::NaiveDate;
use sea_orm::DatabaseTransaction;

use super::input::{IssueCreateInput, IssueUpdateInput};
use crate::access::Operation;
use crate::content::issue::store::write;
use crate::content::language::Translated;
use crate::content::slug::{Space, Wish, leave, make};
use crate::content::value::MAX_TITLE;
use crate::content::writing::words::{self, ISSUES, Row, Words};
use crate::content::writing::{
    Facts, Input, Writing, check_facts, check_slug, insert_thing, locales, remove_thing,
    update_thing,
};
use crate::graphql::id::encode;
use crate::graphql::user_error::{MAX_USES, Refused, UserError, UserErrorCode};

const SPACE: Space<'static> = Space::of(Translated::Issue);

/// Make an issue. The answer is its id.
pub(super) async fn create(
    writing: &mut Writing,
    input: &IssueCreateInput,
) -> Result<i64, Refused> {
    let key = input.idempotency_key.as_deref();
    let once = match writing.once(key, Operation::IssueCreate, input).await? {
        Ok(made) => return Ok(made),
        Err(once) => once,
    };
    let tx = writing.tx();
    check(tx, input).await?;
    let number = match input.number {
        Some(number) => number,
        None => write::last_number(tx).await?.saturating_add(1),
    };
    check_number(tx, number).await?;
    let slug = slug(tx, input).await?;
    let facts = vec![
        ("number", number.into()),
        ("slug", slug.into()),
        ("starts_on", input.starts_on.0.into()),
        ("ends_on", input.ends_on.0.into()),
    ];
    let id = insert_thing(tx, Translated::Issue, facts).await?;
    let rows = input.translations.iter().map(|words| Row {
        id: None,
        owner: id,
        locale: words.locale.0.clone(),
        words: titled(words.title.clone()),
        version: 1,
    });
    let by = (writing.actor().name.as_str(), writing.now());
    words::write(tx, &ISSUES, rows.collect(), by).await?;
    writing.keep(once, id).await?;
    let facts = Facts {
        id,
        version: 1,
        name: number.to_string(),
    };
    writing.note_facts(
        Operation::IssueCreate,
        Translated::Issue,
        &facts,
        (None, Some(1)),
    );
    Ok(id)
}

/// Change the facts of an issue; with nothing to change, nothing is written.
pub(super) async fn update(
    writing: &mut Writing,
    id: i64,
    input: &IssueUpdateInput,
) -> Result<(), Refused> {
    let mut checks = Input::default();
    checks.at_least("number", input.number, 0);
    checks.slug("slug", input.slug.as_ref().map(|slug| slug.0.as_str()));
    checks.end()?;
    let tx = writing.tx();
    let read = Some(input.expected_version);
    let facts = check_facts(tx, Translated::Issue, ("id", id), read).await?;
    let Some(stored) = write::find(tx, id).await? else {
        return Ok(());
    };
    let mut changed = Vec::new();
    if let Some(number) = input.number.filter(|number| *number != stored.number) {
        check_number(tx, number).await?;
        changed.push(("number", number.into()));
    }
    let slug = input.slug.as_ref().filter(|slug| slug.0 != stored.slug);
    if let Some(slug) = slug {
        check_slug(tx, SPACE, Some(id), &slug.0).await?;
        leave(tx, SPACE, id, &stored.slug, &slug.0).await?;
        changed.push(("slug", slug.0.clone().into()));
    }
    let first = input.starts_on.map_or(stored.starts_on, |day| day.0);
    let last = input.ends_on.map_or(stored.ends_on, |day| day.0);
    let mut checks = Input::default();
    check_days(&mut checks, first, last);
    checks.end()?;
    if (first, last) != (stored.starts_on, stored.ends_on) {
        changed.extend([("starts_on", first.into()), ("ends_on", last.into())]);
    }
    if changed.is_empty() {
        return Ok(());
    }
    update_thing(tx, Translated::Issue, id, changed).await?;
    let versions = (Some(facts.version), Some(facts.version + 1));
    writing.note_facts(Operation::IssueUpdate, Translated::Issue, &facts, versions);
    Ok(())
}

/// Remove an issue that is not published and has no articles.
pub(super) async fn delete(
    writing: &mut Writing,
    id: i64,
    expected_version: i32,
) -> Result<(), Refused> {
    let tx = writing.tx();
    let read = Some(expected_version);
    let facts = check_facts(tx, Translated::Issue, ("id", id), read).await?;
    let issue = write::find(tx, id).await?;
    if issue.is_some_and(|issue| issue.published_at.is_some()) {
        let message = "it is published: unpublish it first";
        return Err(UserError::new(UserErrorCode::WrongState, "id", message).into());
    }
    let articles = write::articles(tx, id).await?;
    if !articles.is_empty() {
        let articles = articles.into_iter().take(MAX_USES);
        let articles = articles
            .map(|article| encode("Article", article.id))
            .collect();
        let message = "it has articles: give them another issue, or delete them, first";
        return Err(UserError::in_use("id", message, articles).into());
    }
    remove_thing(tx, Translated::Issue, id).await?;
    let versions = (Some(facts.version), None);
    writing.note_facts(Operation::IssueDelete, Translated::Issue, &facts, versions);
    Ok(())
}

/// Words that are a title, or none.
pub(super) const fn titled(title: Option<String>) -> Words {
    Words {
        heading: title,
        text: None,
    }
}

async fn check(tx: &DatabaseTransaction, input: &IssueCreateInput) -> Result<(), Refused> {
    let mut checks = Input::default();
    checks.at_least("number", input.number, 0);
    checks.slug("slug", input.slug.as_ref().map(|slug| slug.0.as_str()));
    check_days(&mut checks, input.starts_on.0, input.ends_on.0);
    let tags = input.translations.iter().map(|words| &words.locale);
    checks.locales("translations", tags, &locales(tx).await?);
    for (place, words) in input.translations.iter().enumerate() {
        let field = format!("translations.{place}.title");
        checks.words(&field, words.title.as_deref(), MAX_TITLE);
    }
    checks.end()
}

fn check_days(checks: &mut Input, first: NaiveDate, last: NaiveDate) {
    if last < first {
        let message = format!("{last} is before the first day, {first}");
        checks.wrong(UserError::new(UserErrorCode::Invalid, "endsOn", message));
    }
}

async fn check_number(tx: &DatabaseTransaction, number: i32) -> Result<(), Refused> {
    if write::numbered(tx, number).await?.is_none() {
        return Ok(());
    }
    let message = format!("{number} is the number of another issue");
    Err(UserError::new(UserErrorCode::Taken, "number", message).into())
}

/// The slug that an issue comes with, if it is free; else one of its week.
async fn slug(tx: &DatabaseTransaction, input: &IssueCreateInput) -> Result<String, Refused> {
    if let Some(slug) = &input.slug {
        check_slug(tx, SPACE, None, &slug.0).await?;
        return Ok(slug.0.clone());
    }
    let wish = Wish::of_issue(input.starts_on.0, None);
    let made = make(tx, SPACE, Default::default(), &[wish]).await?;
    Ok(made.into_iter().next().unwrap_or_default())
}
