//! `masthead keys`

use std::collections::HashMap;

use async_graphql::MaybeUndefined;
use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};

use super::arguments::keys::{Bound, ChangedKey, Contract, End, Keys, NewKey};
use super::{connect, migrate, terminal};
use crate::access::Role;
use crate::administration::api_key::{
    self, ApiKeyState, KeyChange, KeyError, Made, Row, Terms, TermsChange, TopicName, Which, all,
    create, first_of, revoke, rotate, update, used_since,
};
use crate::audit::Actor;
use crate::clock::Clock;
use crate::config::Config;
use crate::content::writing::{Patience, Writing};
use crate::database::Database;

pub(super) async fn run(config: Config, what: Keys) -> anyhow::Result<()> {
    let database = connect(&config).await?;
    // Who only asks changes nothing.
    if !matches!(what, Keys::List | Keys::Usage { .. }) {
        migrate::bring_up_to_date(&database).await?;
    }
    let said = done(&database, &Clock::System, what).await;
    database.close().await;
    terminal::say(said?)?;
    Ok(())
}

/// Do it, and say what was done. A new secret is all that is said, so that a
/// script can take it as it is.
async fn done(database: &Database, clock: &Clock, what: Keys) -> Result<String, KeyError> {
    match what {
        Keys::List => {
            let keys = all(database).await?;
            let agreed = agreed(database, &keys).await?;
            return Ok(list(&keys, &agreed, clock.now()));
        }
        Keys::Usage { name, days } => {
            let today = clock.now().date_naive();
            return usage(database, name, first_of(today, days)).await;
        }
        _ => {}
    }
    let actor = Actor::command_line();
    let mut writing = Writing::begin(database, actor, clock, Patience::Short).await?;
    let said = match change(&mut writing, what).await {
        Ok(said) => said,
        Err(error) => {
            writing.abandon().await;
            return Err(error);
        }
    };
    writing.commit().await?;
    Ok(said)
}

async fn change(writing: &mut Writing, what: Keys) -> Result<String, KeyError> {
    Ok(match what {
        Keys::List | Keys::Usage { .. } => String::new(),
        Keys::Update(changed) => {
            let which = Which::Name(changed.name.clone());
            let change = changes(changed, writing.now());
            let key = update(writing, &which, change).await?;
            format!("updated {}", key.name)
        }
        Keys::Create(new) => {
            let new = wanted(new, writing.now());
            secret(&create(writing, new).await?)
        }
        Keys::Rotate { name, overlap } => {
            secret(&rotate(writing, &Which::Name(name), overlap).await?)
        }
        Keys::Revoke { name } => {
            let key = revoke(writing, &Which::Name(name)).await?;
            format!("revoked {}", key.name)
        }
    })
}

fn wanted(new: NewKey, now: DateTime<Utc>) -> api_key::NewKey {
    // A translator writes in its locales; a partner reads in them.
    let (own, agreed) = match new.role {
        Role::Partner => (Vec::new(), new.locales),
        _ => (new.locales, Vec::new()),
    };
    api_key::NewKey {
        name: new.name,
        role: new.role,
        locales: own,
        contract: terms_of(agreed, new.contract),
        expires_at: new.expires.map(|end| moment_of(end, now)),
    }
}

fn changes(changed: ChangedKey, now: DateTime<Utc>) -> KeyChange {
    KeyChange {
        expires_at: bound(changed.expires).map_value(|end| moment_of(end, now)),
        contract: terms_of(changed.locales, changed.contract),
    }
}

fn moment_of(end: End, now: DateTime<Utc>) -> DateTime<Utc> {
    match end {
        End::At(moment) => moment,
        End::After(time) => now + time,
    }
}

fn terms_of(locales: Vec<String>, contract: Contract) -> TermsChange {
    let topics = listed(contract.topics, "all");
    TermsChange {
        locales: listed(locales, "all"),
        topics: topics.map_value(|slugs| slugs.into_iter().map(TopicName::Slug).collect()),
        content: contract.content,
        daily_quota: bound(contract.quota),
        origins: listed(contract.origins, "any"),
    }
}

/// A list that is bound to; the one word `lifted` lifts the bound.
fn listed(list: Vec<String>, lifted: &str) -> MaybeUndefined<Vec<String>> {
    match &*list {
        [] => MaybeUndefined::Undefined,
        [word] if word == lifted => MaybeUndefined::Null,
        _ => MaybeUndefined::Value(list),
    }
}

fn bound<T>(bound: Option<Bound<T>>) -> MaybeUndefined<T> {
    match bound {
        None => MaybeUndefined::Undefined,
        Some(Bound::Lifted) => MaybeUndefined::Null,
        Some(Bound::At(value)) => MaybeUndefined::Value(value),
    }
}

/// What is agreed with the holders of these keys.
async fn agreed(database: &Database, keys: &[Row]) -> Result<HashMap<i64, Terms>, KeyError> {
    let ids: Vec<i64> = keys.iter().map(|key| key.id).collect();
    Ok(api_key::terms(database.reader(), &ids).await?)
}

/// A line a key and day: what it was used for, the last day first.
async fn usage(
    database: &Database,
    name: Option<String>,
    since: NaiveDate,
) -> Result<String, KeyError> {
    let mut keys = all(database).await?;
    if let Some(name) = name {
        keys.retain(|key| key.name == name);
        if keys.is_empty() {
            return Err(KeyError::Unknown);
        }
    }
    let agreed = agreed(database, &keys).await?;
    let ids: Vec<i64> = keys.iter().map(|key| key.id).collect();
    let mut used = used_since(database, &ids, since).await?;
    let head = ["NAME", "DAY", "REQUESTS", "COST", "QUOTA", "REFUSED"];
    let mut lines = vec![head.map(str::to_owned)];
    for key in keys {
        let quota = agreed.get(&key.id).and_then(|terms| terms.daily_quota);
        let quota = quota.map_or_else(|| "-".to_owned(), |units| units.to_string());
        for day in used.remove(&key.id).unwrap_or_default() {
            lines.push([
                key.name.clone(),
                day.day.to_string(),
                day.requests.to_string(),
                day.cost.to_string(),
                quota.clone(),
                day.refused.to_string(),
            ]);
        }
    }
    Ok(in_columns(&lines))
}

fn secret(made: &Made) -> String {
    made.secret.reveal().to_owned()
}

/// A line a key: name, role, state, the locales that it writes or may read in,
/// and when it was made, ends and was last used.
fn list(keys: &[Row], agreed: &HashMap<i64, Terms>, now: DateTime<Utc>) -> String {
    let head = [
        "NAME",
        "ROLE",
        "STATE",
        "LOCALES",
        "CREATED",
        "EXPIRES",
        "LAST USED",
    ];
    let mut lines = vec![head.map(str::to_owned)];
    lines.extend(keys.iter().map(|key| {
        let state = match key.state(now) {
            ApiKeyState::Valid => "valid",
            ApiKeyState::Expired => "expired",
            ApiKeyState::Revoked => "revoked",
        };
        let terms = agreed.get(&key.id);
        let read = terms.and_then(|terms| terms.locales.as_ref());
        let locales = key.locales.as_ref().or(read).map(|tags| tags.join(","));
        [
            key.name.clone(),
            key.role.to_string(),
            state.to_owned(),
            locales.unwrap_or_else(|| "-".to_owned()),
            moment(Some(key.created_at)),
            moment(key.expires_at),
            moment(key.last_used_at),
        ]
    }));
    in_columns(&lines)
}

fn in_columns<const WIDTH: usize>(lines: &[[String; WIDTH]]) -> String {
    let width = |column: usize| {
        let cells = lines.iter().map(|line| line[column].chars().count());
        cells.max().unwrap_or_default()
    };
    let lines = lines.iter().map(|line| {
        let cells = line.iter().enumerate();
        let cells: Vec<String> = cells
            .map(|(column, cell)| format!("{cell:width$}", width = width(column)))
            .collect();
        cells.join("  ").trim_end().to_owned()
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn moment(time: Option<DateTime<Utc>>) -> String {
    time.map_or_else(
        || "-".to_owned(),
        |time| time.to_rfc3339_opts(SecondsFormat::Secs, true),
    )
}
