//! `masthead schema`

use super::terminal;
use crate::schema;

pub(super) fn run() -> anyhow::Result<()> {
    terminal::say(schema::build().sdl().trim_end())?;
    Ok(())
}
