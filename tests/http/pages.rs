//! What a browser sees.

use axum::body::Body;
use axum::http::Method;

use super::Server;

/// What browsers send when an address is opened.
const BROWSER: (&str, &str) = (
    "accept",
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8",
);

#[tokio::test]
async fn a_browser_that_opens_the_api_gets_graphiql_and_a_client_does_not() {
    let server = Server::new().await;
    let query = "/graphql?query=%7B__typename%7D";

    let opened = server.get("/graphql", &[BROWSER]).await;
    let queried = server.get(query, &[BROWSER]).await;
    let asked = server.get("/graphql", &[("accept", "*/*")]).await;

    assert_eq!(opened.status, 200);
    assert_eq!(opened.header("content-type"), "text/html; charset=utf-8");
    assert!(opened.text().contains("<title>GraphiQL"));
    assert_eq!(queried.text(), r#"{"data":{"__typename":"Query"}}"#);
    assert_eq!(asked.code(), "BAD_REQUEST");
}

#[tokio::test]
async fn a_page_loads_nothing_from_elsewhere() {
    let server = Server::new().await;
    for path in ["/", "/graphql", "/embed"] {
        let page = server.get(path, &[BROWSER]).await;

        assert_eq!(page.status, 200, "{path}");
        assert!(
            !page.text().contains("://"),
            "{path} names a remote address"
        );
        let policy = page.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; "), "{policy}");
        assert!(!policy.contains("http"), "{policy}");
        assert_eq!(page.header("x-content-type-options"), "nosniff");
        assert_eq!(page.header("referrer-policy"), "no-referrer");
    }
}

#[tokio::test]
async fn every_address_that_a_page_names_is_served() {
    let server = Server::new().await;
    for path in ["/", "/graphql", "/embed"] {
        let page = server.get(path, &[BROWSER]).await;
        let text = page.text();
        let named = ["href=\"", "src=\""]
            .iter()
            .flat_map(|attribute| text.split(attribute).skip(1))
            .filter_map(|rest| rest.split('"').next())
            .filter(|address| !address.starts_with("data:"));

        for address in named {
            let answered = server.get(&format!("/{address}"), &[BROWSER]).await;
            assert_eq!(answered.status, 200, "{address} on {path}");
        }
    }
}

#[tokio::test]
async fn assets_are_packed_for_those_who_can_unpack_them() {
    let server = Server::new().await;
    for (accepted, encoding) in [
        ("gzip, deflate, br", "br"),
        ("GZIP;q=0.5", "gzip"),
        ("br", "br"),
        ("gzip;q=0", ""),
    ] {
        let answered = server
            .get("/graphiql/graphiql.css", &[("accept-encoding", accepted)])
            .await;

        assert_eq!(answered.status, 200);
        assert_eq!(answered.header("content-encoding"), encoding, "{accepted}");
        assert_eq!(answered.header("vary"), "accept-encoding");
        assert_eq!(answered.body.starts_with(&[0x1f, 0x8b]), encoding == "gzip");
    }
}

#[tokio::test]
async fn the_schema_is_served_as_text() {
    let server = Server::new().await;

    let answered = server.get("/schema.graphql", &[]).await;

    assert_eq!(answered.status, 200);
    assert_eq!(answered.header("content-type"), "text/plain; charset=utf-8");
    assert!(answered.text().contains("type Query {"));
}

#[tokio::test]
async fn other_paths_and_methods_are_coded_errors() {
    let server = Server::new().await;

    for path in ["/nowhere", "/graphql/", "/graphiql/other.js"] {
        let answered = server.get(path, &[BROWSER]).await;
        assert_eq!(answered.status, 404, "{path}");
        assert_eq!(
            answered.header("content-type"),
            "application/json; charset=utf-8"
        );
        assert_eq!(answered.code(), "NOT_FOUND");
    }
    for path in ["/", "/livez", "/readyz", "/schema.graphql"] {
        let answered = server.send(Method::POST, path, &[], Body::empty()).await;
        assert_eq!(answered.status, 405, "{path}");
        assert_eq!(answered.header("allow"), "GET, HEAD");
        assert_eq!(answered.code(), "METHOD_NOT_ALLOWED");
    }
}

#[tokio::test]
async fn the_schema_of_blocks_is_served() {
    let server = Server::new().await;

    let reply = server.get("/schemas/blocks-1.json", &[]).await;

    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("content-type"), "application/schema+json");
    let schema: serde_json::Value = serde_json::from_str(reply.text()).unwrap();
    assert_eq!(schema["properties"]["version"]["const"], 1);
}
