//! `masthead locale`

use super::arguments::{Locale, NewLocale};
use super::{connect, migrate, terminal};
use crate::clock::Clock;
use crate::config::Config;
use crate::content::publication::{
    self, Listed, LocaleError, add_locale, locales, make_default, remove_locale,
};
use crate::database::Database;

pub(super) async fn run(config: Config, what: Locale) -> anyhow::Result<()> {
    let database = connect(&config).await?;
    // Who only asks changes nothing.
    if !matches!(what, Locale::List) {
        migrate::bring_up_to_date(&database).await?;
    }
    let said = done(&database, &Clock::System, what).await;
    database.close().await;
    terminal::say(said?)?;
    Ok(())
}

/// Do it, and say what was done.
async fn done(database: &Database, clock: &Clock, what: Locale) -> Result<String, LocaleError> {
    Ok(match what {
        Locale::List => list(&locales(database).await?),
        Locale::Add(new) => {
            let NewLocale {
                tag,
                name,
                description,
                position,
            } = new;
            let new = publication::NewLocale {
                tag,
                name,
                description,
                place: position,
            };
            format!("added; {}", all(&add_locale(database, clock, new).await?))
        }
        Locale::Remove { tag } => {
            format!(
                "removed; {}",
                all(&remove_locale(database, clock, &tag).await?)
            )
        }
        Locale::Default { tag } => {
            format!(
                "the default is {}",
                make_default(database, clock, &tag).await?
            )
        }
    })
}

/// A line a locale: its tag, whether it is the default, the name in it.
fn list(locales: &[Listed]) -> String {
    let width = locales.iter().map(|locale| locale.tag.len()).max();
    let lines = locales.iter().map(|locale| {
        let default = if locale.is_default { "default" } else { "" };
        let name = locale.name.as_deref().unwrap_or_default();
        let width = width.unwrap_or_default();
        let line = format!("{:width$}  {default:7}  {name}", locale.tag);
        line.trim_end().to_owned()
    });
    let lines: Vec<String> = lines.collect();
    lines.join("\n")
}

fn all(locales: &[Listed]) -> String {
    let tags: Vec<&str> = locales.iter().map(|locale| locale.tag.as_str()).collect();
    format!("the locales are {}", tags.join(", "))
}
