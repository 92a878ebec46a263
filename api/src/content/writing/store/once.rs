//! Creations that are done once, however often they are asked for.

use std::fmt::Debug;

use chrono::Duration;
use masthead_entities::idempotency_key::{ActiveModel, Column, Entity};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Set};
use xxhash_rust::xxh3::xxh3_128;

use crate::access::Operation;
use crate::content::value;
use crate::content::writing::Writing;
use crate::graphql::user_error::{Refused, UserError, UserErrorCode};

/// How long a key is remembered.
const REMEMBERED: Duration = Duration::days(7);

/// Characters of an idempotency key, at most.
const MAX_KEY: usize = 200;

/// A creation that comes with an idempotency key.
#[derive(Debug)]
pub struct Once {
    key: String,
    operation: Operation,
    input: String,
}

impl Writing {
    /// What an earlier request with this idempotency key made, if there was
    /// one; else what is to be [`kept`](Self::keep) once the creation is done.
    /// Without a key nothing is remembered.
    ///
    /// # Errors
    /// If the key is not of its form, or was used for another wish.
    pub async fn once(
        &self,
        key: Option<&str>,
        operation: Operation,
        input: &(impl Debug + Sync),
    ) -> Result<Result<i64, Option<Once>>, Refused> {
        let Some(key) = key else {
            return Ok(Err(None));
        };
        let field = "idempotencyKey";
        if let Err(wrong) = value::words(key, MAX_KEY) {
            return Err(UserError::new(UserErrorCode::Invalid, field, wrong.to_string()).into());
        }
        let once = Once {
            key: key.to_owned(),
            operation,
            input: format!("{:032x}", xxh3_128(format!("{input:?}").as_bytes())),
        };
        let found = Entity::find_by_id((self.actor().name.clone(), once.key.clone()))
            .one(self.tx())
            .await?
            .filter(|found| self.now() - found.made_at < REMEMBERED);
        let Some(found) = found else {
            return Ok(Err(Some(once)));
        };
        if found.operation == operation.as_str() && found.input == once.input {
            return Ok(Ok(found.made_id));
        }
        let message = "was used for something else; take a new one for each wish";
        Err(UserError::new(UserErrorCode::IdempotencyKeyReused, field, message).into())
    }

    /// Remember what a creation made, and forget what is old.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn keep(&self, once: Option<Once>, made: i64) -> Result<(), Refused> {
        let Some(once) = once else {
            return Ok(());
        };
        Entity::delete_many()
            .filter(Column::MadeAt.lte(self.now() - REMEMBERED))
            .exec(self.tx())
            .await?;
        let row = ActiveModel {
            actor: Set(self.actor().name.clone()),
            key: Set(once.key),
            operation: Set(once.operation.as_str().to_owned()),
            input: Set(once.input),
            made_id: Set(made),
            made_at: Set(self.now()),
        };
        Entity::insert(row)
            .exec_without_returning(self.tx())
            .await?;
        Ok(())
    }
}
