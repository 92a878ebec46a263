//! What a message says: JSON by Standard Webhooks (`type`, `timestamp`, `data`),
//! as `assets/webhook.schema.json` describes it. What changes or removes anything
//! of it is another version. It tells what readers see, and nothing else.

use async_graphql::ID;
use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use sea_orm::DbErr;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::event::Event;
use super::store::{Facts, IssueFacts, NewMessage, facts};
use crate::change_log::{Entry, NewEntry, Thing};
use crate::content::language::Translated;
use crate::content::publication::{Place, Settings, Shown};
use crate::database::Database;
use crate::graphql::id::encode;

/// The version of all payloads.
const VERSION: u8 = 1;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Payload {
    #[serde(rename = "type")]
    event: &'static str,
    timestamp: String,
    payload_version: u8,
    data: Data,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Data {
    Publication(PublicationData),
    Issue(IssueData),
    Article(ArticleData),
    /// A topic or an author.
    Named(NamedData),
    Ping(PingData),
}

#[derive(Serialize)]
struct PublicationData {
    position: i64,
    url: String,
    locales: Vec<String>,
}

/// What all things tell that have words.
#[derive(Serialize)]
struct Common {
    position: i64,
    id: ID,
    locale: String,
    slug: Option<String>,
    url: Option<String>,
    version: Option<i32>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct IssueData {
    #[serde(flatten)]
    common: Common,
    number: Option<i32>,
    title: Option<String>,
    starts_on: Option<NaiveDate>,
    ends_on: Option<NaiveDate>,
    published_at: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArticleData {
    #[serde(flatten)]
    common: Common,
    key: Option<String>,
    title: Option<String>,
    published_at: Option<String>,
    issue: Option<IssueRef>,
    topic: Option<TopicRef>,
}

#[derive(Serialize)]
struct NamedData {
    #[serde(flatten)]
    common: Common,
    name: Option<String>,
}

#[derive(Serialize)]
struct IssueRef {
    id: ID,
    number: i32,
    slug: String,
}

#[derive(Serialize)]
struct TopicRef {
    id: ID,
    slug: String,
}

#[derive(Serialize)]
struct PingData {
    endpoint: ID,
}

/// The messages that tell `entries`, in their order.
///
/// # Errors
/// If the database does not answer.
pub(super) async fn messages(
    database: &Database,
    settings: &Settings,
    entries: &[Entry],
) -> Result<Vec<NewMessage>, DbErr> {
    let facts = facts(database, entries).await?;
    let messages = entries.iter().map(|entry| {
        let event = Event::of(entry.told.thing, entry.told.change);
        let data = data(settings, &facts, entry);
        NewMessage {
            public_id: public_id(entry),
            event,
            of: Some((entry.position, entry.told.thing, entry.told.id)),
            happened_at: entry.happened_at,
            payload: written(event, entry.happened_at, data),
        }
    });
    Ok(messages.collect())
}

/// A message that tells nothing but that it comes through to `endpoint`. `chance`
/// tells it from others.
pub(super) fn ping(endpoint: ID, chance: [u8; 16], now: DateTime<Utc>) -> NewMessage {
    NewMessage {
        public_id: named(&chance),
        event: Event::Ping,
        of: None,
        happened_at: now,
        payload: written(Event::Ping, now, Data::Ping(PingData { endpoint })),
    }
}

fn written(event: Event, at: DateTime<Utc>, data: Data) -> String {
    let payload = Payload {
        event: event.as_str(),
        timestamp: moment(at),
        payload_version: VERSION,
        data,
    };
    // Text, numbers and lists of them can always be written.
    serde_json::to_string(&payload).unwrap_or_default()
}

fn moment(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

/// The id of the message that tells `entry`. It follows from that alone: however
/// often, to whomever and by whichever process it is told, it is the same.
fn public_id(entry: &Entry) -> String {
    let NewEntry {
        thing,
        id,
        locale,
        change,
        ..
    } = &entry.told;
    let (position, at) = (entry.position, entry.happened_at.timestamp_micros());
    let told = format!("{position} {at} {thing:?} {id} {locale:?} {change:?}");
    named(&Sha256::digest(told)[..16])
}

fn named(bytes: &[u8]) -> String {
    let digits = bytes.iter().map(|byte| format!("{byte:02x}"));
    format!("msg_{}", digits.collect::<String>())
}

fn data(settings: &Settings, facts: &Facts, entry: &Entry) -> Data {
    let told = &entry.told;
    let words = facts.words(told);
    let issue_id = match told.thing {
        Thing::Issue => Some(told.id),
        _ => told.issue_id,
    };
    let issue = issue_id.and_then(|id| facts.issues.get(&id));
    let topic = told
        .topic_id
        .and_then(|id| Some((id, facts.topics.get(&id)?)));
    let common = |what: Translated| Common {
        position: entry.position.get(),
        id: encode(what.type_name(), told.id),
        locale: told.locale.clone().unwrap_or_default(),
        slug: told.slug.clone(),
        url: url(
            settings,
            told,
            what,
            (issue, topic.map(|(_, slug)| slug.as_str())),
        ),
        version: words.map(|words| words.version),
    };
    let name = words.and_then(|words| words.name.clone());
    let published_at = words.and_then(|words| words.public_at).map(moment);
    match told.thing {
        Thing::Publication => Data::Publication(PublicationData {
            position: entry.position.get(),
            url: settings.url.clone(),
            locales: settings.locales.clone(),
        }),
        Thing::Issue => Data::Issue(IssueData {
            common: common(Translated::Issue),
            number: told.key.as_ref().and_then(|number| number.parse().ok()),
            title: name,
            starts_on: issue.map(|issue| issue.starts_on),
            ends_on: issue.map(|issue| issue.ends_on),
            published_at,
        }),
        Thing::Article => Data::Article(ArticleData {
            common: common(Translated::Article),
            key: told.key.clone(),
            title: name,
            published_at,
            issue: issue.map(|issue| IssueRef {
                id: encode(Translated::Issue.type_name(), issue.id),
                number: issue.number,
                slug: issue.slug.clone(),
            }),
            topic: topic.map(|(id, slug)| TopicRef {
                id: encode(Translated::Topic.type_name(), id),
                slug: slug.clone(),
            }),
        }),
        Thing::Topic => Data::Named(NamedData {
            common: common(Translated::Topic),
            name,
        }),
        Thing::Author => Data::Named(NamedData {
            common: common(Translated::Author),
            name,
        }),
    }
}

/// Where the website shows a thing, or showed it; `None` where its address takes
/// what readers don't see.
fn url(
    settings: &Settings,
    told: &NewEntry,
    what: Translated,
    (issue, topic): (Option<&IssueFacts>, Option<&str>),
) -> Option<String> {
    let place = issue.map(|issue| Place {
        topic: topic.unwrap_or_default().to_owned(),
        issue: issue.slug.clone(),
        number: issue.number,
        starts_on: issue.starts_on,
    });
    let needed: &[&str] = match what {
        Translated::Article => &["{topic}", "{issue}", "{number}", "{week}"],
        Translated::Issue => &["{issue}", "{number}", "{week}"],
        Translated::Topic | Translated::Author => &[],
    };
    let template = settings.paths.template(what);
    let needs = |name: &&str| template.contains(*name);
    let lacks_topic = template.contains("{topic}") && topic.is_none();
    if needed.iter().any(needs) && (place.is_none() || (what == Translated::Article && lacks_topic))
    {
        return None;
    }
    let path = settings.paths.path(Shown {
        what,
        locale: told.locale.as_deref()?,
        slug: told.slug.as_deref()?,
        place: place.as_ref(),
    });
    Some(format!("{}{path}", settings.url))
}
