//! Validators and codings of what is kept.

use std::io::Read as _;

use axum::body::Body;
use axum::http::Method;
use support::seed::{article, issue};
use support::{Reply, TestApp};

/// Its answer is some kilobytes long.
const PATH: &str = "/graphql?query=%7Barticles%7Bnodes%7Bslug%20title%20lead%7D%7D%7D";

async fn seed(app: &TestApp) {
    let articles = (0..20).map(|number| article(&format!("article-number-{number}")));
    app.seed(issue(1).with(articles.collect::<Vec<_>>())).await;
}

fn decoded(reply: &Reply) -> Vec<u8> {
    let bytes = &reply.body[..];
    let mut plain = Vec::new();
    match reply.header("content-encoding") {
        "" => plain.extend_from_slice(bytes),
        "gzip" => drop(
            flate2::read::GzDecoder::new(bytes)
                .read_to_end(&mut plain)
                .unwrap(),
        ),
        "br" => brotli::BrotliDecompress(&mut &*bytes, &mut plain).unwrap(),
        "zstd" => plain = zstd::decode_all(bytes).unwrap(),
        other => panic!("{other}"),
    }
    plain
}

#[tokio::test]
async fn each_coding_decodes_to_the_same_bytes_and_has_a_validator_of_its_own() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;
        let client = app.client();
        let mut etags = Vec::new();
        let plain = client.get(PATH, &[]).await;
        for (accepted, given) in [
            ("identity", ""),
            ("gzip", "gzip"),
            ("br, gzip", "br"),
            ("zstd", "zstd"),
            ("deflate", ""),
            ("gzip;q=0, br;q=0.1", "br"),
        ] {
            for _ in 0..2 {
                let reply = client.get(PATH, &[("accept-encoding", accepted)]).await;

                assert_eq!(reply.header("content-encoding"), given, "{accepted}");
                assert_eq!(decoded(&reply), plain.body, "{accepted}");
                assert!(reply.body.len() <= plain.body.len());
                etags.push((given.to_owned(), reply.header("etag").to_owned()));
            }
        }

        etags.sort();
        etags.dedup();
        let codings: Vec<&str> = etags.iter().map(|(coding, _)| coding.as_str()).collect();
        assert_eq!(codings, ["", "br", "gzip", "zstd"]);
        let mut validators: Vec<&str> = etags.iter().map(|(_, etag)| etag.as_str()).collect();
        validators.sort_unstable();
        validators.dedup();
        assert_eq!(validators.len(), 4);
    })
    .await;
}

#[tokio::test]
async fn who_has_the_answer_already_is_told_so_without_it() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;
        let client = app.client();
        let etag = client.get(PATH, &[]).await.header("etag").to_owned();
        for sent in [
            etag.clone(),
            format!("W/{etag}"),
            format!("\"other\", {etag}"),
            "*".to_owned(),
        ] {
            for method in [Method::GET, Method::HEAD] {
                let headers = [("if-none-match", sent.as_str())];
                let reply = client.send(method, PATH, &headers, Body::empty()).await;

                assert_eq!(reply.status, 304, "{sent}");
                assert_eq!(reply.body, "");
                assert_eq!(reply.header("etag"), etag);
                assert_eq!(reply.header("content-type"), "");
                // RFC 9110, section 15.4.5.
                for name in ["cache-control", "vary"] {
                    assert_ne!(reply.header(name), "", "{name}");
                }
            }
        }
        let other = client.get(PATH, &[("if-none-match", "\"other\"")]).await;
        assert_eq!(other.status, 200);
    })
    .await;
}

#[tokio::test]
async fn a_validator_is_of_the_bytes_and_changes_with_them_alone() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;
        let client = app.client();
        let newest = "/graphql?query=%7BlatestIssue%7Bnumber%7D%7D";
        let before = client.get(PATH, &[]).await;
        let before_newest = client.get(newest, &[]).await;

        app.seed(issue(2)).await;
        let after = client.get(PATH, &[]).await;
        let after_newest = client.get(newest, &[]).await;

        assert_eq!(after.header("cache-status"), "masthead; fwd=miss; stored");
        assert_eq!(after.header("etag"), before.header("etag"));
        assert_ne!(after_newest.header("etag"), before_newest.header("etag"));
    })
    .await;
}

#[tokio::test]
async fn a_post_is_not_answered_with_304() {
    TestApp::on_each_engine(async |app| {
        seed(app).await;
        let client = app.client();
        let body = r#"{"query": "{ articles { nodes { slug } } }"}"#;
        let json = ("content-type", "application/json");
        let etag = client
            .post("/graphql", &[json], body)
            .await
            .header("etag")
            .to_owned();

        let again = client
            .post("/graphql", &[json, ("if-none-match", &etag)], body)
            .await;

        assert_eq!(again.status, 200);
        assert_eq!(again.header("cache-status"), "masthead; hit");
    })
    .await;
}
