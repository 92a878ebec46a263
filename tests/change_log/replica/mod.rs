//! Whoever reads the log rebuilds what is published: after any writes, from any
//! position, in batches of any size.

mod correction;
pub(crate) mod draft;
mod fresh;
mod mutation;

use std::collections::BTreeMap;

use masthead::change_log::{self, Position, Thing, compact};
use masthead::content::exchange::{self, ImportOptions};
use masthead::content::language::Translated;
use masthead::content::publication::{NewLocale, add_locale, make_default, remove_locale};
use masthead::content::visibility::Touched;
use masthead::database::Engine;
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value;
use support::{TestApp, cluster};

use draft::{Round, Write, rounds};
use fresh::{Copies, copies, present};

/// What is published, as far as it is known from reading the log.
#[derive(Clone, Debug, Default)]
struct Replica {
    position: Position,
    copies: Copies,
}

impl Replica {
    /// Read the next entries, at most `limit`; how many there were.
    async fn read(&mut self, app: &TestApp, limit: u64) -> usize {
        let entries = change_log::read(app.database().reader(), self.position, limit);
        let entries = entries.await.unwrap();
        let mut things: BTreeMap<Option<String>, Vec<(Thing, i64)>> = BTreeMap::new();
        for entry in &entries {
            assert!(entry.position > self.position, "{entry:?}");
            self.position = entry.position;
            let thing = (entry.told.thing, entry.told.id);
            things
                .entry(entry.told.locale.clone())
                .or_default()
                .push(thing);
        }
        for (locale, things) in things {
            for ((thing, id), copy) in copies(app, locale.as_deref(), &things).await {
                let place = (thing, id, locale.clone());
                match copy {
                    Value::Null => drop(self.copies.remove(&place)),
                    copy => drop(self.copies.insert(place, copy)),
                }
            }
        }
        entries.len()
    }

    async fn read_to_the_end(&mut self, app: &TestApp, limit: u64) {
        while self.read(app, limit).await > 0 {}
    }
}

#[test]
fn whoever_reads_the_log_rebuilds_what_is_published() {
    let config = Config {
        cases: 10,
        max_shrink_iters: 40,
        failure_persistence: None,
        ..Config::default()
    };
    let runtime = tokio::runtime::Runtime::new().unwrap();

    let outcome = TestRunner::new(config).run(&rounds(), |rounds| {
        for engine in cluster::engines() {
            runtime.block_on(rebuild(engine, &rounds));
        }
        Ok(())
    });

    outcome.unwrap();
}

async fn rebuild(engine: Engine, rounds: &[Round]) {
    let app = TestApp::on(engine).await;
    let (mut often, mut late) = (Replica::default(), Replica::default());
    for (number, round) in rounds.iter().enumerate() {
        write(&app, &round.write).await;
        for limit in &round.reads {
            often.read(&app, *limit).await;
        }
        // From somewhere in the middle on, it reads no more until the end.
        if number == rounds.len() / 2 {
            late = often.clone();
        }
    }
    let mut last = Replica::default();

    often.read_to_the_end(&app, 3).await;
    late.read_to_the_end(&app, 7).await;
    last.read_to_the_end(&app, 100).await;

    let present = present(&app).await;
    for replica in [&often, &late, &last] {
        assert_eq!(replica.copies, present);
        assert_eq!(replica.position, super::position(&app).await);
    }
    nothing_is_untold(&app).await;
    app.end().await;
}

/// A write. One that is refused tells nothing.
pub(crate) async fn write(app: &TestApp, write: &Write) {
    let before = super::position(app).await;
    let (database, clock) = (app.database(), app.clock());
    let done = match write {
        Write::Import { records, prune } => {
            let input = std::io::Cursor::new(records.clone().into_bytes());
            let options = ImportOptions {
                prune: *prune,
                ..ImportOptions::default()
            };
            exchange::import(database, clock, input, options)
                .await
                .is_ok()
        }
        Write::AddLocale(tag) => {
            let locale = NewLocale {
                tag: (*tag).to_owned(),
                ..NewLocale::default()
            };
            add_locale(database, clock, locale).await.is_ok()
        }
        Write::RemoveLocale(tag) => remove_locale(database, clock, tag).await.is_ok(),
        Write::MakeDefault(tag) => make_default(database, clock, tag).await.is_ok(),
        Write::Mutation(mutation) => mutation.make(app).await,
        Write::Correct(correcting) => correcting.make(app).await,
        Write::Compact => {
            clock.advance(chrono::Duration::days(31));
            compact(database, clock.now()).await.unwrap();
            false
        }
    };
    app.forget_settings();
    if !done {
        assert_eq!(super::position(app).await, before, "{write:?}");
    }
}

/// Whoever reads the log from its beginning has what readers are served, and
/// nothing that they are served was left out of it.
pub async fn rebuilds_what_is_published(app: &TestApp) {
    let mut replica = Replica::default();
    replica.read_to_the_end(app, 100).await;
    assert_eq!(replica.copies, present(app).await);
    assert_eq!(replica.position, super::position(app).await);
    nothing_is_untold(app).await;
}

/// What was noted of what readers see is true of everything.
pub async fn nothing_is_untold(app: &TestApp) {
    let before = super::position(app).await;
    let mut all = Touched::default();
    all.publication();
    for what in [
        Translated::Article,
        Translated::Issue,
        Translated::Topic,
        Translated::Author,
    ] {
        // More than any test makes.
        (1..=1_000).for_each(|id| all.one(what, id));
    }
    let mut writing = app.writing().await;
    writing.touch_all(all);
    writing.commit().await.unwrap();
    assert_eq!(super::told(app, before).await, [""; 0]);
}
