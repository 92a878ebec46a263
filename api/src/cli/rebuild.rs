//! `masthead rebuild`

use anyhow::Context;
use indicatif::ProgressBar;

use super::{connect, migrate, terminal};
use crate::config::Config;
use crate::content::derived;

pub(super) async fn run(config: Config) -> anyhow::Result<()> {
    let database = connect(&config).await?;
    // Not rebuilt here as well: what follows does.
    migrate::migrate(&database).await?;
    let spinner = ProgressBar::new_spinner();
    let shown = spinner.clone();
    let rebuilt = derived::rebuild(&database, move |translations| {
        shown.set_message(format!("{translations} translations"));
        shown.tick();
    })
    .await
    .context("the forms of the words can't be made anew; all is as it was");
    spinner.finish_and_clear();
    database.close().await;
    let translations = rebuilt?.translations;
    terminal::say(format_args!(
        "made the forms of {translations} translations anew"
    ))?;
    Ok(())
}
