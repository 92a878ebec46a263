//! `masthead schema`

use super::terminal;
use crate::graphql::limits::Limits;
use crate::schema;

pub(super) fn run() -> anyhow::Result<()> {
    let schema = schema::build(&Limits::default());
    terminal::say(schema::sdl(&schema).trim_end())?;
    Ok(())
}
