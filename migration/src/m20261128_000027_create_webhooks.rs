//! Webhooks: who is told of what changed, what there is to tell, how far each
//! has been told it, and how that went.

use sea_orm_migration::prelude::{
    DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait,
};

use crate::dialect::execute;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for statement in TABLES.iter().chain(&INDEXES) {
            execute(manager, statement).await?;
        }
        Ok(())
    }
}

const TABLES: [&str; 4] = [
    "CREATE TABLE webhook_endpoints (
        id {once},
        url {text} NOT NULL,
        description {text} NOT NULL,
        -- JSON lists; NULL: all.
        events {text},
        locales {text},
        secret {text} NOT NULL,
        former_secret {text},
        former_secret_until {time},
        created_at {time} NOT NULL,
        created_by {text} NOT NULL,
        disabled_at {time},
        disabled_because {text} CHECK (disabled_because IN ('ADMIN', 'GONE', 'FAILING')),
        failing_since {time},
        last_delivered_at {time},
        CHECK ((former_secret IS NULL) = (former_secret_until IS NULL)),
        CHECK ((disabled_at IS NULL) = (disabled_because IS NULL))
    ) {strict}",
    "CREATE TABLE webhook_messages (
        id {id},
        -- What receivers know it by: is it here already?
        public_id {text} NOT NULL UNIQUE,
        event {text} NOT NULL,
        -- Of the change log: which message tells this entry? NULL: none does.
        position {ref} UNIQUE,
        thing {text},
        thing_id {ref},
        happened_at {time} NOT NULL,
        payload {text} NOT NULL,
        CHECK ((position IS NULL) = (thing IS NULL)),
        CHECK ((position IS NULL) = (thing_id IS NULL))
    ) {strict}",
    // What the message is of is repeated, for one index that tells whether
    // another has to go before.
    "CREATE TABLE webhook_deliveries (
        id {once},
        endpoint_id {ref} NOT NULL REFERENCES webhook_endpoints (id) ON DELETE CASCADE,
        message_id {ref} NOT NULL REFERENCES webhook_messages (id),
        position {ref},
        thing {text},
        thing_id {ref},
        state {text} NOT NULL
            CHECK (state IN ('PENDING', 'DELIVERED', 'FAILED', 'CANCELLED')),
        attempts {int} NOT NULL,
        made_at {time} NOT NULL,
        first_tried_at {time},
        due_at {time} NOT NULL,
        -- Until then it is somebody's to send.
        leased_until {time},
        ended_at {time},
        CHECK ((ended_at IS NULL) = (state = 'PENDING')),
        CHECK (leased_until IS NULL OR state = 'PENDING'),
        -- What of this message is with this endpoint?
        UNIQUE (endpoint_id, message_id)
    ) {strict}",
    "CREATE TABLE webhook_attempts (
        id {id},
        delivery_id {ref} NOT NULL REFERENCES webhook_deliveries (id) ON DELETE CASCADE,
        began_at {time} NOT NULL,
        duration_ms {int} NOT NULL,
        -- Of the answer; NULL: there was none, and `failure` says why.
        status {int},
        failure {text},
        response {text} NOT NULL,
        CHECK ((status IS NULL) = (failure IS NOT NULL))
    ) {strict}",
];

const INDEXES: [&str; 6] = [
    // What is due, and when is the next?
    "CREATE INDEX webhook_deliveries_due ON webhook_deliveries (due_at, id)
        WHERE state = 'PENDING'",
    // Has another of the same thing to go before? How many wait?
    "CREATE INDEX webhook_deliveries_waiting
        ON webhook_deliveries (endpoint_id, thing, thing_id, position) WHERE state = 'PENDING'",
    // What was an endpoint told last?
    "CREATE INDEX webhook_deliveries_of_endpoints ON webhook_deliveries (endpoint_id, id)",
    // Does any delivery hold this message still?
    "CREATE INDEX webhook_deliveries_of_messages ON webhook_deliveries (message_id)",
    // What ended long ago?
    "CREATE INDEX webhook_deliveries_ended ON webhook_deliveries (ended_at)
        WHERE ended_at IS NOT NULL",
    // How did it go?
    "CREATE INDEX webhook_attempts_of_deliveries ON webhook_attempts (delivery_id, id)",
];
