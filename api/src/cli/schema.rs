//! `masthead schema`

use super::terminal;
use crate::graphql::limits::Limits;
use crate::schema;

pub(super) fn run() -> anyhow::Result<()> {
    terminal::say(schema::build(&Limits::default()).sdl().trim_end())?;
    Ok(())
}
