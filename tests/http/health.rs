//! Whether a process should be restarted, and whether it should be asked.

use std::time::Duration;

use super::Server;

#[tokio::test]
async fn a_server_with_its_database_is_alive_and_ready() {
    let server = Server::new().await;

    let alive = server.get("/livez", &[]).await;
    let ready = server.get("/readyz", &[]).await;

    assert_eq!((alive.status.as_u16(), alive.text()), (200, "alive\n"));
    assert_eq!((ready.status.as_u16(), ready.text()), (200, "ready\n"));
    assert_eq!(ready.header("cache-control"), "no-store");
}

#[tokio::test]
async fn without_its_database_a_server_is_alive_but_not_ready() {
    let server = Server::with(|options, _| {
        options.busy_timeout = Duration::from_millis(200);
    })
    .await;
    let held = server.all_connections().await;

    let alive = server.get("/livez", &[]).await;
    let ready = server.get("/readyz", &[("x-request-id", "r-1")]).await;

    assert_eq!(alive.status, 200);
    assert_eq!(ready.status, 503);
    assert_eq!(
        ready.header("content-type"),
        "application/json; charset=utf-8"
    );
    assert_eq!(
        ready.text(),
        r#"{"errors":[{"message":"the database does not answer at the moment","extensions":{"code":"DATABASE_UNAVAILABLE","requestId":"r-1"}}]}"#
    );

    drop(held);
    assert_eq!(server.get("/readyz", &[]).await.status, 200);
}
