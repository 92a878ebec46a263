//! Who computed while a load ran.

use std::time::Duration;

use masthead::database::Engine;
use support::TestApp;

use crate::load::Load;
use crate::process::Server;
use crate::usage::{backends, cpu, machine};

/// Watches the processes that take part.
pub(crate) struct Meter {
    masthead: u32,
    fixed: u32,
    /// The database on PostgreSQL.
    database: Option<String>,
}

/// A load, and what was used meanwhile. Nothing is known beside Linux, and of
/// PostgreSQL nothing if it runs elsewhere.
#[derive(Debug, Default)]
pub(crate) struct Used {
    pub(crate) load: Load,
    pub(crate) masthead: Option<Duration>,
    pub(crate) fixed: Option<Duration>,
    pub(crate) postgres: Option<Duration>,
    others: Option<Duration>,
}

/// What each has computed so far.
struct Reading {
    masthead: Option<Duration>,
    fixed: Option<Duration>,
    postgres: Option<Duration>,
    own: Option<Duration>,
    machine: Option<Duration>,
}

impl Meter {
    pub(crate) fn of(masthead: &Server, fixed: &Server, app: &TestApp) -> Self {
        let database = app.url().split('?').next().unwrap_or_default();
        let database = database.rsplit('/').next().unwrap_or_default();
        Self {
            masthead: masthead.process,
            fixed: fixed.process,
            database: (app.engine() == Engine::Postgres).then(|| database.to_owned()),
        }
    }

    /// Run a load, and tell what it used.
    ///
    /// # Errors
    /// If the load has one.
    pub(crate) async fn watch(
        &self,
        load: impl Future<Output = anyhow::Result<Load>>,
    ) -> anyhow::Result<Used> {
        let before = self.read();
        let load = load.await?;
        let after = self.read();

        let since =
            |of: fn(&Reading) -> Option<Duration>| Some(of(&after)?.saturating_sub(of(&before)?));
        let [masthead, fixed, postgres, own] = [
            since(|reading| reading.masthead),
            since(|reading| reading.fixed),
            since(|reading| reading.postgres),
            since(|reading| reading.own),
        ];
        let ours = [masthead, fixed, postgres, own].into_iter().flatten().sum();
        let others = since(|reading| reading.machine).map(|all| all.saturating_sub(ours));
        Ok(Used {
            load,
            masthead,
            fixed,
            postgres,
            others,
        })
    }

    fn read(&self) -> Reading {
        let database = self.database.as_deref();
        let backends = database.map(backends).unwrap_or_default();
        Reading {
            masthead: cpu(self.masthead),
            fixed: cpu(self.fixed),
            postgres: backends
                .into_iter()
                .filter_map(cpu)
                .reduce(|sum, one| sum + one),
            own: cpu(std::process::id()),
            machine: machine(),
        }
    }
}

impl Used {
    /// Add what was used at another time.
    pub(crate) fn add(&mut self, other: Self) {
        let Self {
            load,
            masthead,
            fixed,
            postgres,
            others,
        } = other;
        self.load.add(load);
        for (sum, more) in [
            (&mut self.masthead, masthead),
            (&mut self.fixed, fixed),
            (&mut self.postgres, postgres),
            (&mut self.others, others),
        ] {
            let more = more.map(|more| sum.unwrap_or_default() + more);
            *sum = more.or(*sum);
        }
    }

    /// How many cores worked for others.
    pub(crate) fn others(&self) -> Option<f64> {
        let others = self.others?;
        Some(others.as_secs_f64() / self.load.took.as_secs_f64())
    }
}
