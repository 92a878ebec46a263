//! The queries that GraphiQL opens with.

use std::path::Path;

use masthead::content::demo;
use support::TestApp;

#[tokio::test]
async fn every_query_of_the_first_tabs_finds_something_in_the_sample_publication() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../api/assets/graphiql/queries");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    files.sort();
    assert_eq!(files.len(), 8);
    let queries = files
        .iter()
        .map(|file| std::fs::read_to_string(file).unwrap());
    let queries: Vec<_> = queries.collect();

    TestApp::on_each_engine(async |app| {
        let sample = std::str::from_utf8(demo::PUBLICATION).unwrap();
        app.import(sample).await.unwrap();

        for query in &queries {
            let answer = app.query(query).await;

            let data = answer.expect_data();
            let found = data.as_object().unwrap().values();
            for value in found {
                assert!(!value.is_null(), "{query}");
                for list in ["nodes", "edges", "years"] {
                    assert_ne!(value[list], serde_json::json!([]), "{query}");
                }
            }
        }
    })
    .await;
}
