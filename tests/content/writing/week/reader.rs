//! A reader who asks for the newest issue again and again.

use std::collections::BTreeSet;

use serde_json::Value;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::content::writing::desk::Desk;

/// What there is of the newest issue.
const LATEST: &str = "{ latestIssue { number articles { nodes { slug } } } }";
const WORDS: &str = "{ latestIssue(locales: [en, be, ru]) { number
    articles { nodes { slug translations { locale } } } } }";

/// How many articles, and how many of their words, a reader was shown.
type Shown = (usize, usize);

/// A reader who goes on until told to stop.
pub struct Watching {
    asked: watch::Receiver<u64>,
    stop: watch::Sender<bool>,
    shown: JoinHandle<BTreeSet<Shown>>,
}

impl Watching {
    /// Begin; the first answer has come in.
    pub async fn begin(reader: Desk) -> Self {
        let (asking, asked) = watch::channel(0);
        let (stop, stopped) = watch::channel(false);
        let shown = tokio::spawn(async move {
            let mut shown = BTreeSet::new();
            while !*stopped.borrow() {
                let articles = articles(&reader.ask(LATEST).await).len();
                let words = self::articles(&reader.ask(WORDS).await);
                let words = words
                    .iter()
                    .map(|article| article["translations"].as_array().unwrap().len());
                shown.insert((articles, words.sum()));
                asking.send_modify(|asked| *asked += 1);
            }
            shown
        });
        let mut watching = Self { asked, stop, shown };
        watching.asks_again().await;
        watching
    }

    /// Wait until the reader has asked twice more: once from now on at least.
    pub async fn asks_again(&mut self) {
        let before = *self.asked.borrow();
        let asked = self.asked.wait_for(|asked| *asked >= before + 2).await;
        drop(asked.unwrap());
    }

    /// Stop, and tell what was shown.
    pub async fn end(self) -> BTreeSet<Shown> {
        self.stop.send(true).unwrap();
        self.shown.await.unwrap()
    }
}

fn articles(data: &Value) -> Vec<Value> {
    let nodes = &data["latestIssue"]["articles"]["nodes"];
    nodes.as_array().cloned().unwrap_or_default()
}
