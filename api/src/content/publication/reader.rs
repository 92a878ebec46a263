//! Who reads: the publication as it stands, and the reader's locales.

use std::sync::Arc;

use async_graphql::Context;

use crate::content::language::Locales;
use crate::content::publication::address::Shown;
use crate::content::publication::settings::{Settings, SettingsCache};
use crate::error::Error;
use crate::graphql::context::ContextExt as _;
use crate::graphql::scalar::Locale;

/// A reader: what every object was asked for by, and hands on to what is
/// below it.
#[derive(Clone, Debug)]
pub struct Reader {
    pub locales: Locales,
    pub settings: Arc<Settings>,
}

/// The reader of a root field: by its argument, else by the `Accept-Language`
/// header, else the publication's default.
///
/// # Errors
/// If the argument names a locale that the publication lacks, or the database
/// does not answer.
pub async fn reader(ctx: &Context<'_>, asked: Option<Vec<Locale>>) -> Result<Reader, Error> {
    let settings = ctx.data_unchecked::<SettingsCache>().get(ctx.db()).await?;
    let locales = match asked {
        Some(asked) => Locales::of_argument(&asked, &settings.locales)?,
        None => Locales::of_header(
            ctx.request().accept_language.as_deref(),
            &settings.locales,
            &settings.default_locale,
        ),
    };
    Ok(Reader { locales, settings })
}

/// Whoever wrote something, as the reader of the payload: served in `first` if
/// it has words there, then as the `Accept-Language` header says, else in any
/// locale of the publication.
///
/// # Errors
/// If the database does not answer.
pub async fn writer(ctx: &Context<'_>, first: Option<&str>) -> Result<Reader, Error> {
    let Reader { locales, settings } = reader(ctx, None).await?;
    Ok(Reader {
        locales: locales.and_all_others(first, &settings.locales),
        settings,
    })
}

impl Reader {
    /// The reader of an edge: by its argument, else this one.
    ///
    /// # Errors
    /// If the argument names a locale that the publication lacks.
    pub fn or(&self, asked: Option<Vec<Locale>>) -> Result<Self, Error> {
        match asked {
            None => Ok(self.clone()),
            Some(asked) => Ok(Self {
                locales: Locales::of_argument(&asked, &self.settings.locales)?,
                settings: Arc::clone(&self.settings),
            }),
        }
    }

    /// Where the website shows a thing.
    #[must_use]
    pub fn url(&self, shown: Shown<'_>) -> String {
        format!("{}{}", self.settings.url, self.settings.paths.path(shown))
    }
}
