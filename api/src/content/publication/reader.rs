//! Who reads: the publication as it stands, the reader's locales, and whether
//! drafts are seen.

use std::sync::Arc;

use async_graphql::Context;
use masthead_entities::article_translation::State as StoredState;

use crate::access::Operation;
use crate::content::language::{Locales, Sight, States};
use crate::content::publication::address::Shown;
use crate::content::publication::settings::{Settings, SettingsCache};
use crate::content::translation::State;
use crate::database::Database;
use crate::error::Error;
use crate::graphql::context::ContextExt as _;
use crate::graphql::notes::Notes;
use crate::graphql::scalar::Locale;

/// A reader: what every object was asked for by, and hands on to what is
/// below it.
#[derive(Clone, Debug)]
pub struct Reader {
    pub locales: Locales,
    pub settings: Arc<Settings>,
    /// What is told of the answer: whatever is made for the reader notes itself.
    pub notes: Notes,
}

/// The reader of a root field without `states`: who sees what is public, and
/// what the request has a token to preview.
///
/// # Errors
/// If `locales` names one that the publication lacks, or the database does not
/// answer.
pub async fn reader(ctx: &Context<'_>, locales: Option<Vec<Locale>>) -> Result<Reader, Error> {
    reader_of(ctx, locales, None).await
}

/// The reader of a root field: of the locales of its argument, else of the
/// `Accept-Language` header, else the publication's default; who sees what is in
/// these states, else what [`reader`] says.
///
/// # Errors
/// If there are states that the caller may not see, or an empty list of them,
/// `locales` names one that the publication lacks, or the database does not
/// answer.
pub async fn reader_of(
    ctx: &Context<'_>,
    locales: Option<Vec<Locale>>,
    states: Option<Vec<State>>,
) -> Result<Reader, Error> {
    let sight = sight(ctx, states)?;
    let settings = ctx
        .data_unchecked::<Arc<SettingsCache>>()
        .get(ctx.db())
        .await?;
    let locales = match locales {
        Some(asked) => Locales::of_argument(&asked, &settings.locales)?,
        None => Locales::of_header(
            ctx.accept_language(),
            &settings.locales,
            &settings.default_locale,
        ),
    };
    Ok(Reader {
        locales: locales.by(sight),
        settings,
        notes: ctx.notes().clone(),
    })
}

/// The locales of a reader who names none but in this `Accept-Language` header,
/// as a text that is equal for equal lists.
///
/// # Errors
/// If the database does not answer.
pub async fn locales_in_force(
    settings: &SettingsCache,
    database: &Database,
    accept_language: Option<&str>,
) -> Result<String, Error> {
    let settings = settings.get(database).await?;
    let locales = Locales::of_header(accept_language, &settings.locales, &settings.default_locale);
    Ok(locales.iter().collect::<Vec<_>>().join(","))
}

fn sight(ctx: &Context<'_>, states: Option<Vec<State>>) -> Result<Sight, Error> {
    let Some(states) = states else {
        let preview = ctx.request().preview;
        return Ok(preview.map_or(Sight::Public, Sight::Preview));
    };
    ctx.caller().may(Operation::DraftsRead, None)?;
    let states: Vec<StoredState> = states.into_iter().map(StoredState::from).collect();
    let states = States::of(&states).ok_or_else(|| Error::InvalidValue {
        argument: "states",
        what: "a list of at least one state; leave it out for what readers see".to_owned(),
    })?;
    Ok(Sight::States(states))
}

/// Whoever wrote something, as the reader of the payload: served in `first` if
/// it has words there, then as the `Accept-Language` header says, else in any
/// locale of the publication; whether or not it is published.
///
/// # Errors
/// If the database does not answer.
pub async fn writer(ctx: &Context<'_>, first: Option<&str>) -> Result<Reader, Error> {
    let Reader {
        locales,
        settings,
        notes,
    } = reader(ctx, None).await?;
    let locales = locales.and_all_others(first, &settings.locales);
    Ok(Reader {
        locales: locales.by(Sight::States(States::ALL)),
        settings,
        notes,
    })
}

impl Reader {
    /// This reader, who sees what is public alone.
    #[must_use]
    pub fn of_what_is_public(self) -> Self {
        Self {
            locales: self.locales.by(Sight::Public),
            ..self
        }
    }

    /// The reader of an edge: of the locales of its argument, else this one.
    ///
    /// # Errors
    /// If the argument names a locale that the publication lacks.
    pub fn or(&self, asked: Option<Vec<Locale>>) -> Result<Self, Error> {
        match asked {
            None => Ok(self.clone()),
            Some(asked) => Ok(Self {
                locales: Locales::of_argument(&asked, &self.settings.locales)?
                    .by(self.locales.sight()),
                settings: Arc::clone(&self.settings),
                notes: self.notes.clone(),
            }),
        }
    }

    /// Where the website shows a thing.
    #[must_use]
    pub fn url(&self, shown: Shown<'_>) -> String {
        format!("{}{}", self.settings.url, self.settings.paths.path(shown))
    }
}
