//! Answering out of a publication, and out of one that is many times as large.

use crate::bars::{Bar, Bars};
use crate::client::Connection;
use crate::load::Load;
use crate::meter::Used;
use crate::process::Server;
use crate::questions::{Cursors, QUESTIONS};
use crate::scene::Scene;
use crate::table::{Table, figure, ratio, say};
use crate::varied::{Prepared, TURNS};

/// Ask all questions of both, in turn.
///
/// # Errors
/// If an answer is not right, or a server does not start.
pub(crate) async fn measure(
    small: &Scene<'_>,
    large: &Scene<'_>,
    scale: u32,
) -> anyhow::Result<Bars> {
    let mut bars = Bars::default();
    let [small, large] = [Side::of(small).await?, Side::of(large).await?];
    let options = small.scene.options;
    say(format_args!(
        "\nVaried questions, of {} issues and of {}:\n",
        small.scene.corpus.issues(),
        large.scene.corpus.issues()
    ))?;
    let mut table = Table::of(&HEADS);
    for (less, more) in small.prepared.iter().zip(&large.prepared) {
        for connections in &options.connections {
            let mut used = [Used::default(), Used::default()];
            for _ in 0..TURNS {
                for ((side, asked), used) in
                    [(&small, less), (&large, more)].into_iter().zip(&mut used)
                {
                    let time = options.seconds / TURNS;
                    let address = side.server.address;
                    let load = Load::run(address, &asked.exchanges, *connections, time);
                    used.add(side.scene.meter.watch(side.server.process, load).await?);
                }
            }
            let pair = Pair::of(used);
            let most = Bar::AtMost(if scale <= 10 { 1.3 } else { 2.0 });
            let what = format!("{scale} times the content, {connections} connections");
            bars.hold(&format!("{what}: p50"), most, less.name, pair.slower());
            bars.hold(&format!("{what}: CPU"), most, less.name, pair.dearer());
            table.push(pair.row(less.name, *connections));
        }
    }
    table.say()?;
    Ok(bars)
}

/// One of the two.
struct Side<'a> {
    scene: &'a Scene<'a>,
    server: Server,
    prepared: Vec<Prepared>,
}

impl<'a> Side<'a> {
    async fn of(scene: &'a Scene<'a>) -> anyhow::Result<Self> {
        let server = scene.masthead().await?;
        let mut client = Connection::open(server.address).await?;
        let cursors = Cursors::read(&mut client, scene.corpus).await?;
        let mut prepared = Vec::new();
        for question in &QUESTIONS {
            prepared.push(Prepared::of(question, scene, &mut client, &cursors).await?);
        }
        Ok(Self {
            scene,
            server,
            prepared,
        })
    }
}

const HEADS: [&str; 8] = [
    "question",
    "connections",
    "p50, ms",
    "large: p50, ms",
    "times as slow",
    "CPU, µs",
    "large: CPU, µs",
    "times the CPU",
];

struct Pair {
    small: Used,
    large: Used,
    p50: [f64; 2],
}

impl Pair {
    fn of(used: [Used; 2]) -> Self {
        let [mut small, mut large] = used;
        let p50 = [&mut small, &mut large].map(|used| used.load.within(50).as_secs_f64());
        Self { small, large, p50 }
    }

    fn slower(&self) -> Option<f64> {
        ratio(Some(self.p50[1]), Some(self.p50[0]))
    }

    fn dearer(&self) -> Option<f64> {
        ratio(self.large.both(), self.small.both())
    }

    fn row(&self, name: &str, connections: usize) -> Vec<String> {
        let hundredths = |value: Option<f64>| figure(value.map(|value| format!("{value:.2}")));
        let whole = |value: Option<f64>| figure(value.map(|value| format!("{value:.0}")));
        vec![
            name.to_owned(),
            connections.to_string(),
            format!("{:.2}", self.p50[0] * 1e3),
            format!("{:.2}", self.p50[1] * 1e3),
            hundredths(self.slower()),
            whole(self.small.both()),
            whole(self.large.both()),
            hundredths(self.dearer()),
        ]
    }
}
