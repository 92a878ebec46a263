//! What an input may look like, and what can go wrong around it.

use std::io::{self, Read, Write};
use std::sync::{Arc, Mutex};

use flate2::Compression;
use flate2::write::GzEncoder;
use masthead::content::exchange::{
    self, Advance, ExportError, ImportError, ImportOptions, MAX_LINE, Progress,
};
use support::TestApp;

use super::{
    SAMPLE, article, export, faults_in, import, import_with, lines, publication, with_articles,
};

fn packed(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

#[tokio::test]
async fn gzip_is_recognised_also_in_several_members() {
    TestApp::on_each_engine(async |app| {
        let (head, tail) = SAMPLE.split_at(SAMPLE.len() / 2);
        let mut input = packed(head);
        input.extend(packed(tail));

        let report = import_with(app, input, ImportOptions::default())
            .await
            .unwrap();

        assert_eq!(report.articles.created, 32);
    })
    .await;
}

#[tokio::test]
async fn blank_lines_at_the_end_and_carriage_returns_are_fine() {
    TestApp::on_each_engine(async |app| {
        let text = lines(&[publication()]).replace('\n', "\r\n") + "\r\n\n \n";

        let report = app.import(&text).await.unwrap();

        assert_eq!(report.publication.created, 1);
    })
    .await;
}

#[tokio::test]
async fn a_blank_line_before_the_end_is_told() {
    TestApp::on_each_engine(async |app| {
        let faults = faults_in(app, format!("{}\n\n{}\n", publication(), super::topic("a"))).await;

        insta::assert_snapshot!(faults[0], @"line 2: is blank; only the end may be");
        assert_eq!(faults.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn an_empty_input_is_refused() {
    TestApp::on_each_engine(async |app| {
        for input in ["", "\n\n"] {
            let error = app.import(input).await.unwrap_err();

            assert!(matches!(error, ImportError::Empty), "{error}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_line_has_a_limit_however_small_it_was_packed() {
    TestApp::on_each_engine(async |app| {
        let bomb = "x".repeat(MAX_LINE + 1);
        let text = format!("{}\n{bomb}\n{}\n", publication(), super::topic("a b"));

        let faults = faults_in(app, packed(&text)).await;

        let lines: Vec<u64> = faults.iter().map(|fault| fault.line).collect();
        assert_eq!(lines, [2, 3]);
        insta::assert_snapshot!(faults[0], @"line 2: has more than 16777216 bytes, the most of a line");
    })
    .await;
}

#[tokio::test]
async fn an_input_that_breaks_off_leaves_nothing_behind() {
    TestApp::on_each_engine(async |app| {
        let whole = packed(SAMPLE);

        let half = whole[..whole.len() / 2].to_vec();
        let error = import_with(app, half, ImportOptions::default())
            .await
            .unwrap_err();

        assert!(matches!(error, ImportError::Read { .. }), "{error}");
        assert_nothing_is_stored(app).await;
    })
    .await;
}

#[tokio::test]
async fn a_dropped_import_leaves_nothing_behind() {
    TestApp::on_each_engine(async |app| {
        let (told, telling) = tokio::sync::oneshot::channel();
        let told = Mutex::new(Some(told));
        let options = ImportOptions {
            progress: Some(Progress::new(move |_| {
                if let Some(told) = told.lock().unwrap().take() {
                    told.send(()).unwrap();
                }
            })),
            ..ImportOptions::default()
        };
        let endless = Endless::new(lines(&with_articles(&[])));
        let import = exchange::import(app.database(), app.clock(), endless, options);

        tokio::select! {
            result = import => panic!("it can't end: {result:?}"),
            _ = telling => {}
        }

        assert_nothing_is_stored(app).await;
        app.import(SAMPLE).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn progress_is_told_to_the_last_byte() {
    TestApp::on_each_engine(async |app| {
        let told = Arc::new(Mutex::new(Vec::new()));
        let listener = Arc::clone(&told);
        let options = ImportOptions {
            progress: Some(Progress::new(move |advance| {
                listener.lock().unwrap().push(advance);
            })),
            ..ImportOptions::default()
        };

        import_with(app, SAMPLE, options).await.unwrap();

        let expected = Advance {
            records: SAMPLE.lines().count() as u64,
            bytes: SAMPLE.len() as u64,
        };
        assert_eq!(told.lock().unwrap().last(), Some(&expected));
    })
    .await;
}

#[tokio::test]
async fn nothing_can_be_exported_before_something_came_in() {
    TestApp::on_each_engine(async |app| assert_nothing_is_stored(app).await).await;
}

#[tokio::test]
async fn an_output_that_is_full_is_told() {
    TestApp::on_each_engine(async |app| {
        import(app, &with_articles(&[article("ice", 1, 1)]))
            .await
            .unwrap();

        let error = exchange::export(app.database(), Full).await.unwrap_err();

        insta::assert_snapshot!(error, @"the output can't be written: no storage space");
        assert_eq!(export(app).await.lines().count(), 6);
    })
    .await;
}

async fn assert_nothing_is_stored(app: &TestApp) {
    let error = exchange::export(app.database(), io::sink())
        .await
        .unwrap_err();

    assert!(matches!(error, ExportError::NoPublication), "{error}");
}

/// A publication with ever more articles in its first issue.
struct Endless {
    waiting: Vec<u8>,
    articles: i32,
}

impl Endless {
    fn new(start: String) -> Self {
        Self {
            waiting: start.into_bytes(),
            articles: 0,
        }
    }
}

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.waiting.is_empty() {
            self.articles += 1;
            let key = format!("article-{}", self.articles);
            self.waiting = lines(&[article(&key, 1, self.articles)]).into_bytes();
        }
        let count = self.waiting.len().min(buffer.len());
        buffer[..count].copy_from_slice(&self.waiting[..count]);
        self.waiting.drain(..count);
        Ok(count)
    }
}

/// A disk that has no room.
struct Full;

impl Write for Full {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::StorageFull.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
