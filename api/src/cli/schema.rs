//! `masthead schema`

use super::terminal;
use crate::schema;

pub(super) fn run() -> anyhow::Result<()> {
    let schema = schema::build();
    terminal::say(schema::sdl(&schema).trim_end())?;
    Ok(())
}
