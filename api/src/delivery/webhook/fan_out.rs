//! From the change log to what waits for each endpoint.

use std::collections::HashMap;
use std::collections::hash_map::Entry as Place;

use chrono::{DateTime, Utc};

use super::endpoint::{Endpoint, reader};
use super::event::Event;
use super::payload::messages;
use super::store;
use crate::change_log::{self, Entry, Position};
use crate::content::publication::SettingsCache;
use crate::database::Database;
use crate::error::Error;

/// How many deliveries wait for one endpoint, at most: what it has still to be
/// told beyond these stays in the change log, which keeps it for its reader.
pub const MAX_WAITING: u64 = 1_000;

/// Entries that are dealt with at a time, at most.
const STEP: u64 = 500;

/// Let wait for each endpoint what it is to be told, as far as there is room.
/// The answer is whether there may be more.
///
/// # Errors
/// If the database does not answer. What was done by then stays so.
pub(super) async fn fan_out(
    database: &Database,
    settings: &SettingsCache,
    endpoints: &[Endpoint],
    now: DateTime<Utc>,
) -> Result<bool, Error> {
    let names = endpoints.iter().map(|endpoint| reader(endpoint.id));
    let positions = change_log::positions(database.reader(), names.collect()).await?;
    let head = change_log::position(database.reader()).await?;
    let behind = endpoints.iter().filter_map(|endpoint| {
        let position = *positions.get(&reader(endpoint.id))?;
        (position < head).then_some((endpoint, position))
    });
    let behind: Vec<(&Endpoint, Position)> = behind.collect();
    if behind.is_empty() {
        return Ok(false);
    }
    let waiting = store::waiting(database).await?;
    // Most are where others are.
    let mut read: HashMap<Position, Vec<Entry>> = HashMap::new();
    let mut more = false;
    for (endpoint, position) in behind {
        let waiting = waiting.get(&endpoint.id).copied().unwrap_or(0);
        let room = MAX_WAITING.saturating_sub(waiting);
        if room == 0 {
            continue;
        }
        let entries = match read.entry(position) {
            Place::Occupied(known) => known.into_mut(),
            Place::Vacant(place) => {
                place.insert(change_log::read(database.reader(), position, STEP).await?)
            }
        };
        let step = step(endpoint, entries, room);
        let Some(to) = step.to else {
            continue;
        };
        more |= to < head;
        let settings = settings.get(database).await?;
        let messages = messages(database, &settings, &step.wanted).await?;
        add(database, endpoint, (position, to), messages, now).await?;
    }
    Ok(more)
}

/// What one endpoint is to be told of some entries.
struct Step {
    wanted: Vec<Entry>,
    /// The last entry that is dealt with by that; `None`: none is.
    to: Option<Position>,
}

/// The first of `entries` that it wants, as many as there is room for.
fn step(endpoint: &Endpoint, entries: &[Entry], room: u64) -> Step {
    let mut step = Step {
        wanted: Vec::new(),
        to: None,
    };
    for entry in entries {
        let told = &entry.told;
        if endpoint.wants(Event::of(told.thing, told.change), told.locale.as_deref()) {
            if step.wanted.len() as u64 == room {
                break;
            }
            step.wanted.push(entry.clone());
        }
        step.to = Some(entry.position);
    }
    step
}

/// Let messages wait for an endpoint and move its position on, in one
/// transaction: if another process was faster, neither.
async fn add(
    database: &Database,
    endpoint: &Endpoint,
    (from, to): (Position, Position),
    messages: Vec<store::NewMessage>,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let turn = database.turn().await?;
    let tx = database.begin_maintenance().await?;
    if change_log::advance(&tx, &reader(endpoint.id), (from, to), now).await? {
        store::add(&tx, endpoint.id, messages, now).await?;
        tx.commit().await?;
    } else {
        tx.rollback().await?;
    }
    drop(turn);
    Ok(())
}
