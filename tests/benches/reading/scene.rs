//! What is measured, and where.

use masthead::database::Engine;
use sea_orm::{ConnectionTrait, Statement};
use support::TestApp;

use crate::bars::Bars;
use crate::corpus::Corpus;
use crate::meter::Meter;
use crate::options::Options;
use crate::process::{Place, Server};
use crate::table::say;

/// A publication in a database, and who measures how it is served.
pub(crate) struct Scene<'a> {
    pub(crate) app: &'a TestApp,
    pub(crate) options: &'a Options,
    pub(crate) corpus: &'a Corpus,
    pub(crate) place: Place,
    pub(crate) meter: Meter,
    pub(crate) bars: Bars,
    /// What each varied question took of all that computes, in microseconds.
    pub(crate) varied: Vec<(&'static str, f64)>,
}

impl<'a> Scene<'a> {
    pub(crate) fn of(
        app: &'a TestApp,
        options: &'a Options,
        corpus: &'a Corpus,
        place: Place,
    ) -> Self {
        Self {
            app,
            options,
            corpus,
            place,
            meter: Meter::of(app),
            bars: Bars::default(),
            varied: Vec::new(),
        }
    }

    /// Start Masthead.
    ///
    /// # Errors
    /// If it does not start.
    pub(crate) async fn masthead(&self) -> anyhow::Result<Server> {
        Server::masthead(&self.place, self.app.url()).await
    }

    /// The number of connections whose figures are held to the bars: 32, or
    /// the most that is measured below it.
    pub(crate) fn judged(&self) -> usize {
        let measured = &self.options.connections;
        let below = measured.iter().copied().filter(|many| *many <= 32);
        below.max().unwrap_or(measured[0])
    }

    /// Say who runs where, and which PostgreSQL answers with what that matters
    /// here.
    ///
    /// # Errors
    /// If the database does not answer.
    pub(crate) async fn describe(&self) -> anyhow::Result<()> {
        if self.app.engine() == Engine::Postgres {
            let sql = "SELECT format('PostgreSQL %s, shared_buffers %s, fsync %s',
                current_setting('server_version'), current_setting('shared_buffers'),
                current_setting('fsync')) AS about";
            let statement = Statement::from_string(self.app.engine().backend(), sql);
            let row = self.app.database().reader().query_one_raw(statement);
            let about = row.await?.map(|row| row.try_get("", "about"));
            let about: Option<String> = about.transpose()?;
            say(format_args!("\n{}.", about.unwrap_or_default()))?;
        }
        say(match &self.place.cores {
            None => "\nNothing is bound to a core.",
            Some(cores) if cores.leave_first(self.app) => {
                "\nThe servers run on the first core, whoever asks and PostgreSQL on the others."
            }
            Some(_) => {
                "\nThe servers run on the first core, whoever asks on the others, PostgreSQL anywhere."
            }
        })
    }
}
