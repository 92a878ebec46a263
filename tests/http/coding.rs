//! Answers in the codings that clients take.

use std::io::Read;

use flate2::read::GzDecoder;

use super::{Answered, Server};

/// An answer of more than a packet.
fn long() -> String {
    let fields: Vec<String> = (0..50)
        .map(|number| format!("field_of_number_{number}: __typename"))
        .collect();
    let query = format!("{{ {} }}", fields.join(" "));
    format!(
        "/graphql?query={}",
        query
            .replace(' ', "%20")
            .replace('{', "%7B")
            .replace('}', "%7D")
    )
}

fn unpacked(answered: &Answered) -> Vec<u8> {
    let mut bytes = Vec::new();
    GzDecoder::new(&*answered.body)
        .read_to_end(&mut bytes)
        .unwrap();
    bytes
}

#[tokio::test]
async fn whatever_is_long_is_coded_for_those_who_take_it() {
    let server = Server::new().await;
    let missing = format!("{}%20%23", long());
    for path in [
        "/",
        "/schema.graphql",
        "/schemas/blocks-1.json",
        "/graphiql/graphiql.css",
        "/graphiql/graphiql.js",
        &*long(),
        &*missing,
    ] {
        let plain = server.get(path, &[]).await;

        assert_eq!(plain.status, 200, "{path}");
        assert_eq!(plain.header("content-encoding"), "", "{path}");
        for encoding in ["gzip", "br", "zstd"] {
            let coded = server.get(path, &[("accept-encoding", encoding)]).await;

            assert_eq!(coded.header("content-encoding"), encoding, "{path}");
            assert!(coded.body.len() < plain.body.len(), "{path}");
            assert!(coded.header("vary").contains("accept-encoding"), "{path}");
        }
        let packed = server.get(path, &[("accept-encoding", "gzip")]).await;
        assert_eq!(unpacked(&packed), plain.body, "{path}");
    }
}

#[tokio::test]
async fn what_is_in_no_cache_is_coded_too() {
    let server = Server::new().await;
    let headers = [("accept-encoding", "zstd"), ("masthead-cost", "1")];

    let answered = server.get(&long(), &headers).await;

    assert_eq!(answered.status, 200);
    assert_eq!(answered.header("content-encoding"), "zstd");
}

#[tokio::test]
async fn a_page_that_is_known_is_not_sent_again() {
    let server = Server::new().await;
    for path in ["/", "/schema.graphql", "/graphiql/graphiql.css"] {
        let first = server.get(path, &[]).await;
        let known = [("if-none-match", first.header("etag"))];

        let again = server.get(path, &known).await;

        assert_eq!(again.status, 304, "{path}");
        assert!(again.body.is_empty());
    }
}
