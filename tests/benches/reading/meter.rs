//! Who computed while a load ran.

use std::time::Duration;

use masthead::database::Engine;
use support::TestApp;

use crate::load::Load;
use crate::usage::{backends, cpu, machine};

/// Watches the processes that take part.
#[derive(Debug)]
pub(crate) struct Meter {
    /// The database on PostgreSQL.
    database: Option<String>,
}

/// A load, and what was used meanwhile. Nothing is known beside Linux, and of
/// PostgreSQL nothing if it runs elsewhere.
#[derive(Debug, Default)]
pub(crate) struct Used {
    pub(crate) load: Load,
    server: Option<Duration>,
    postgres: Option<Duration>,
    client: Option<Duration>,
    others: Option<Duration>,
}

/// What each has computed so far.
struct Reading {
    server: Option<Duration>,
    postgres: Option<Duration>,
    client: Option<Duration>,
    machine: Option<Duration>,
}

impl Meter {
    pub(crate) fn of(app: &TestApp) -> Self {
        let database = app.url().split('?').next().unwrap_or_default();
        let database = database.rsplit('/').next().unwrap_or_default();
        Self {
            database: (app.engine() == Engine::Postgres).then(|| database.to_owned()),
        }
    }

    /// Run a load of the process `server`, and tell what it used.
    ///
    /// # Errors
    /// If the load has one.
    pub(crate) async fn watch(
        &self,
        server: u32,
        load: impl Future<Output = anyhow::Result<Load>>,
    ) -> anyhow::Result<Used> {
        let before = self.read(server);
        let load = load.await?;
        let after = self.read(server);

        let since =
            |of: fn(&Reading) -> Option<Duration>| Some(of(&after)?.saturating_sub(of(&before)?));
        let [server, postgres, client] = [
            since(|reading| reading.server),
            since(|reading| reading.postgres),
            since(|reading| reading.client),
        ];
        let ours = [server, postgres, client].into_iter().flatten().sum();
        let others = since(|reading| reading.machine).map(|all| all.saturating_sub(ours));
        Ok(Used {
            load,
            server,
            postgres,
            client,
            others,
        })
    }

    /// The processes of PostgreSQL that serve the database.
    pub(crate) fn backends(&self) -> Vec<u32> {
        let database = self.database.as_deref();
        database.map(backends).unwrap_or_default()
    }

    fn read(&self, server: u32) -> Reading {
        Reading {
            server: cpu(server),
            postgres: self
                .backends()
                .into_iter()
                .filter_map(cpu)
                .reduce(|sum, one| sum + one),
            client: cpu(std::process::id()),
            machine: machine(),
        }
    }
}

impl Used {
    /// Add what was used at another time.
    pub(crate) fn add(&mut self, other: Self) {
        let Self {
            load,
            server,
            postgres,
            client,
            others,
        } = other;
        self.load.add(load);
        for (sum, more) in [
            (&mut self.server, server),
            (&mut self.postgres, postgres),
            (&mut self.client, client),
            (&mut self.others, others),
        ] {
            let more = more.map(|more| sum.unwrap_or_default() + more);
            *sum = more.or(*sum);
        }
    }

    /// What a request took of the server, in microseconds.
    pub(crate) fn server(&self) -> Option<f64> {
        self.per_request(self.server)
    }

    /// What a request took of PostgreSQL, in microseconds.
    pub(crate) fn postgres(&self) -> Option<f64> {
        self.per_request(self.postgres)
    }

    /// Both together.
    pub(crate) fn both(&self) -> Option<f64> {
        Some(self.server()? + self.postgres().unwrap_or_default())
    }

    /// How many cores whoever asks has used.
    pub(crate) fn client(&self) -> Option<f64> {
        self.cores(self.client)
    }

    /// How many cores worked for others.
    pub(crate) fn others(&self) -> Option<f64> {
        self.cores(self.others)
    }

    fn per_request(&self, time: Option<Duration>) -> Option<f64> {
        Some(time?.as_secs_f64() * 1e6 / self.load.times.len().max(1) as f64)
    }

    fn cores(&self, time: Option<Duration>) -> Option<f64> {
        Some(time?.as_secs_f64() / self.load.took.as_secs_f64())
    }
}
