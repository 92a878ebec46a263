//! Who reads: the publication as it stands, the reader's locales, and whether
//! drafts are seen.

use std::sync::Arc;

use async_graphql::Context;
use masthead_entities::article_translation::State as StoredState;

use crate::access::{Contract, Operation, OutOfScope};
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
    /// What a partner may be served; `None`: what everyone may.
    pub contract: Option<Arc<Contract>>,
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
    let contract = ctx.request().caller.contract().cloned();
    let settings = ctx
        .data_unchecked::<Arc<SettingsCache>>()
        .get(ctx.db())
        .await?;
    let locales = match locales {
        Some(asked) => of_argument(&asked, &settings, contract.as_deref())?,
        None => of_header(ctx.accept_language(), &settings, contract.as_deref()),
    };
    Ok(Reader {
        locales: locales.by(sight),
        settings,
        contract,
        notes: ctx.notes().clone(),
    })
}

/// The locales of an argument, as far as a contract lets them be asked for.
fn of_argument(
    asked: &[Locale],
    settings: &Settings,
    contract: Option<&Contract>,
) -> Result<Locales, Error> {
    let locales = Locales::of_argument(asked, &settings.locales)?;
    if let Some(contract) = contract {
        contract.check_locales(locales.iter())?;
    }
    Ok(locales)
}

/// The locales of a header, of those that a contract binds to: the
/// publication's default if it is one of them, else the first.
fn of_header(header: Option<&str>, settings: &Settings, contract: Option<&Contract>) -> Locales {
    let default = settings.default_locale.as_str();
    let Some(own) = contract.and_then(|contract| contract.locales.as_ref()) else {
        return Locales::of_header(header, &settings.locales, default);
    };
    let known = settings.locales.iter().filter(|tag| own.contains(tag));
    let known: Vec<String> = known.cloned().collect();
    let first = known.first().map_or(default, String::as_str);
    let default = known.iter().find(|tag| *tag == default);
    Locales::of_header(header, &known, default.map_or(first, String::as_str))
}

/// The locales of a reader who names none but in this `Accept-Language` header,
/// and has this contract, as a text that is equal for equal lists.
///
/// # Errors
/// If the database does not answer.
pub async fn locales_in_force(
    settings: &SettingsCache,
    database: &Database,
    (accept_language, contract): (Option<&str>, Option<&Contract>),
) -> Result<String, Error> {
    let settings = settings.get(database).await?;
    let locales = of_header(accept_language, &settings, contract);
    Ok(locales.iter().collect::<Vec<_>>().join(","))
}

fn sight(ctx: &Context<'_>, states: Option<Vec<State>>) -> Result<Sight, Error> {
    let Some(states) = states else {
        let request = ctx.request();
        return match (request.preview, request.caller.scope()) {
            (Some(_), Some(_)) => Err(OutOfScope::Preview.into()),
            (Some(preview), None) => Ok(Sight::Preview(preview)),
            (None, scope) => Ok(Sight::of_scope(scope)),
        };
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
    let reader = reader(ctx, None).await?;
    let locales = reader
        .locales
        .and_all_others(first, &reader.settings.locales);
    Ok(Reader {
        locales: locales.by(Sight::States(States::ALL)),
        ..reader
    })
}

impl Reader {
    /// A reader of these locales who sees what is public, as far as a contract
    /// lets.
    #[must_use]
    pub fn new(
        locales: Locales,
        settings: Arc<Settings>,
        contract: Option<Arc<Contract>>,
        notes: Notes,
    ) -> Self {
        let reader = Self {
            locales,
            settings,
            contract,
            notes,
        };
        reader.of_what_is_public()
    }

    /// This reader, who sees what is public alone, as far as a contract lets.
    #[must_use]
    pub fn of_what_is_public(self) -> Self {
        let sight = self.public_sight();
        Self {
            locales: self.locales.by(sight),
            ..self
        }
    }

    /// How this reader sees what is public.
    #[must_use]
    pub fn public_sight(&self) -> Sight {
        let contract = self.contract.as_ref();
        Sight::of_scope(contract.and_then(|contract| contract.scope()))
    }

    /// What `look_up` finds for this reader.
    ///
    /// # Errors
    /// `left_out` if it finds something for everyone in the same locales, and
    /// nothing for this reader: the contract leaves it out. Or as `look_up`.
    pub async fn within_scope<Found, Fault, Looking>(
        &self,
        left_out: OutOfScope,
        look_up: impl Fn(Locales) -> Looking,
    ) -> Result<Option<Found>, Fault>
    where
        Looking: Future<Output = Result<Option<Found>, Fault>>,
        Fault: From<Error>,
    {
        let found = look_up(self.locales.clone()).await?;
        if found.is_none() && matches!(self.locales.sight(), Sight::Scoped(_)) {
            let everyones = self.locales.clone().by(Sight::Public);
            if look_up(everyones).await?.is_some() {
                return Err(Error::from(left_out).into());
            }
        }
        Ok(found)
    }

    /// The reader of an edge: of the locales of its argument, else this one.
    ///
    /// # Errors
    /// If the argument names a locale that the publication lacks.
    pub fn or(&self, asked: Option<Vec<Locale>>) -> Result<Self, Error> {
        match asked {
            None => Ok(self.clone()),
            Some(asked) => {
                let contract = self.contract.as_deref();
                let locales = of_argument(&asked, &self.settings, contract)?;
                Ok(Self {
                    locales: locales.by(self.locales.sight()),
                    ..self.clone()
                })
            }
        }
    }

    /// Where the website shows a thing.
    #[must_use]
    pub fn url(&self, shown: Shown<'_>) -> String {
        format!("{}{}", self.settings.url, self.settings.paths.path(shown))
    }
}
