//! Listening to PostgreSQL, which tells at each commit that the log grew.

use std::time::Duration;

use sea_orm::sqlx::postgres::{PgListener, PgPoolOptions};
use sea_orm::{DbErr, RuntimeErr, SqlxError};

use super::CHANNEL;
use crate::database::{Database, Engine};

/// A connection that does nothing but listen.
pub(in crate::change_log) struct Listener(PgListener);

/// Begin to listen. `None`: the engine tells nothing.
pub(in crate::change_log) async fn listen(database: &Database) -> Result<Option<Listener>, DbErr> {
    if database.engine() != Engine::Postgres {
        return Ok(None);
    }
    // Of its own, so that it takes none from those who read and write.
    let options = database.reader().get_postgres_connection_pool();
    let pool = PgPoolOptions::new()
        .max_connections(1)
        .max_lifetime(None)
        .idle_timeout(None)
        .acquire_timeout(PATIENCE)
        .connect_lazy_with(options.connect_options().as_ref().clone());
    let mut listener = PgListener::connect_with(&pool).await.map_err(failed)?;
    listener.ignore_pool_close_event(true);
    listener.listen(CHANNEL).await.map_err(failed)?;
    Ok(Some(Listener(listener)))
}

/// How long to wait for the connection.
const PATIENCE: Duration = Duration::from_secs(10);

impl Listener {
    /// Wait until the log grew, or may have.
    ///
    /// # Errors
    /// If the connection is lost: what follows is not heard.
    pub(in crate::change_log) async fn heard(&mut self) -> Result<(), DbErr> {
        let heard = self.0.try_recv().await.map_err(failed)?;
        // Many commits at once are one piece of news.
        while self.0.next_buffered().is_some() {}
        // Without a notification the connection was lost, and is made anew.
        drop(heard);
        Ok(())
    }
}

fn failed(fault: SqlxError) -> DbErr {
    DbErr::Conn(RuntimeErr::SqlxError(fault.into()))
}
