//! `masthead keys`

use chrono::{DateTime, SecondsFormat, Utc};

use super::arguments::keys::{End, Keys, NewKey};
use super::{connect, migrate, terminal};
use crate::administration::api_key::{
    self, ApiKeyState, KeyError, Made, Row, Which, all, create, revoke, rotate,
};
use crate::audit::Actor;
use crate::clock::Clock;
use crate::config::Config;
use crate::content::writing::{Patience, Writing};
use crate::database::Database;

pub(super) async fn run(config: Config, what: Keys) -> anyhow::Result<()> {
    let database = connect(&config).await?;
    // Who only asks changes nothing.
    if !matches!(what, Keys::List) {
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
    if let Keys::List = what {
        return Ok(list(&all(database).await?, clock.now()));
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
        Keys::List => String::new(),
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
    api_key::NewKey {
        name: new.name,
        role: new.role,
        locales: new.locales,
        expires_at: new.expires.map(|end| match end {
            End::At(moment) => moment,
            End::After(time) => now + time,
        }),
    }
}

fn secret(made: &Made) -> String {
    made.secret.reveal().to_owned()
}

/// A line a key: name, role, state, locales, and when it was made, ends and was
/// last used.
fn list(keys: &[Row], now: DateTime<Utc>) -> String {
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
        let locales = key.locales.as_ref().map(|tags| tags.join(","));
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
