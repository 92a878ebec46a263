//! What figures are to be, and whether they are.

use crate::table::{Table, say};

/// How a figure is held to its bar.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Bar {
    AtLeast(f64),
    AtMost(f64),
}

/// The worst figure for each bar.
#[derive(Debug, Default)]
pub(crate) struct Bars(Vec<Held>);

#[derive(Debug)]
struct Held {
    what: String,
    bar: Bar,
    worst: f64,
    /// Of what the worst is.
    of: String,
}

impl Bars {
    /// Hold a figure to a bar. Of several figures of the same thing the worst
    /// counts. One that this system does not tell is left out.
    pub(crate) fn hold(&mut self, what: &str, bar: Bar, of: &str, figure: Option<f64>) {
        let Some(figure) = figure else {
            return;
        };
        let known = self.0.iter_mut().find(|held| held.what == what);
        match known {
            Some(held) if bar.is_worse(figure, held.worst) => {
                held.worst = figure;
                of.clone_into(&mut held.of);
            }
            Some(_) => {}
            None => self.0.push(Held {
                what: what.to_owned(),
                bar,
                worst: figure,
                of: of.to_owned(),
            }),
        }
    }

    /// Print them.
    ///
    /// # Errors
    /// If nobody reads.
    pub(crate) fn say(&self) -> anyhow::Result<()> {
        if self.0.is_empty() {
            return Ok(());
        }
        let mut table = Table::of(&["bar", "wanted", "worst figure", "met", "of"]);
        for held in &self.0 {
            let (wanted, is_met) = match held.bar {
                Bar::AtLeast(least) => (format!("at least {least}"), held.worst >= least),
                Bar::AtMost(most) => (format!("at most {most}"), held.worst <= most),
            };
            table.push(vec![
                held.what.clone(),
                wanted,
                format!("{:.2}", held.worst),
                if is_met { "yes" } else { "NO" }.to_owned(),
                held.of.clone(),
            ]);
        }
        say("\nThe bars:\n")?;
        table.say()
    }
}

impl Bar {
    fn is_worse(self, figure: f64, than: f64) -> bool {
        match self {
            Self::AtLeast(_) => figure < than,
            Self::AtMost(_) => figure > than,
        }
    }
}
