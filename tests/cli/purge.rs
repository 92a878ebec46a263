//! A cache in front that can't be told what changed.

use std::fs::write;
use std::time::{Duration, Instant};

use support::TestApp;
use support::seed::topic;
use tokio::task::yield_now;

use super::Process;

#[tokio::test]
async fn a_cdn_that_cant_be_told_is_logged_without_its_token() {
    TestApp::on_each_engine(async |app| {
        app.seed(topic("water")).await;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("masthead.toml");
        // Nobody listens there.
        let settings = "[purge.fastly]\nservice = \"SU1Z0\"\ntoken = \"tell-nobody\"\n\
                        url = \"http://127.0.0.1:1/\"\n";
        write(&file, settings).unwrap();
        let file = file.to_str().unwrap();
        let server = Process::serve(&["--database-url", app.url(), "--config", file]);

        app.seed(topic("roads")).await;

        let begun = Instant::now();
        let log = loop {
            let log = server.log();
            if log.contains("Fastly's service SU1Z0 still shows what changed") {
                break log;
            }
            assert!(begun.elapsed() < Duration::from_secs(30), "{log}");
            yield_now().await;
        };
        assert!(!log.contains("tell-nobody"), "{log}");
    })
    .await;
}
