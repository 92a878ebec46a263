//! Which entries of the audit log to keep.

use async_graphql::{ID, InputObject};
use masthead_entities::audit_log::Column;
use sea_orm::ColumnTrait as _;
use sea_orm::sea_query::Condition;

use crate::error::Error;
use crate::graphql::id::{GlobalId, decode};
use crate::graphql::scalar::Moment;

/// Which entries of the audit log to keep. Fields combine: all must hold. An
/// absent one keeps all.
#[derive(Clone, Debug, Default, InputObject)]
pub struct AuditLogFilter {
    /// Done by this one: the name of a key, `command line` or `server`.
    actor: Option<String>,
    /// This was done: the name of a mutation or of a command.
    operation: Option<String>,
    /// It was done to the thing with this id, whether or not that is still
    /// there.
    thing: Option<ID>,
    /// It was done then or later.
    since: Option<Moment>,
    /// It was done before then.
    until: Option<Moment>,
}

impl AuditLogFilter {
    /// The condition on entries.
    ///
    /// # Errors
    /// If the id is none of this API, or a text can't be one of the log.
    pub(super) fn condition(&self) -> Result<Condition, Error> {
        let Self {
            actor,
            operation,
            thing,
            since,
            until,
        } = self;
        let thing = thing.as_ref().map(decode).transpose()?;
        let thing = thing.map(|GlobalId { type_name, key }| {
            let this = Column::ThingId.eq(key);
            Condition::all().add(Column::Thing.eq(type_name)).add(this)
        });
        let actor = text("filter.actor", actor.as_deref())?;
        let operation = text("filter.operation", operation.as_deref())?;
        Ok(Condition::all()
            .add_option(actor.map(|name| Column::Actor.eq(name)))
            .add_option(operation.map(|name| Column::Operation.eq(name)))
            .add_option(thing)
            .add_option(since.map(|Moment(time)| Column::HappenedAt.gte(time)))
            .add_option(until.map(|Moment(time)| Column::HappenedAt.lt(time))))
    }
}

/// A text that PostgreSQL can compare.
fn text<'a>(argument: &'static str, text: Option<&'a str>) -> Result<Option<&'a str>, Error> {
    if text.is_some_and(|text| text.contains('\0')) {
        let what = "a text without null characters".to_owned();
        return Err(Error::InvalidValue { argument, what });
    }
    Ok(text)
}
