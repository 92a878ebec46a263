//! Connections: both versions of HTTP, slow senders, and those who only sit there.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::routing::get;
use bytes::Bytes;
use h2::client::{SendRequest, handshake};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::Notify;
use tokio::time::{Instant, timeout};

use super::Server;
use super::wire::Listening;

const QUERY: &str = "{ __typename }";
const LONG: Duration = Duration::from_secs(60);

async fn start(places: u32, header_timeout: Duration) -> (Server, Listening) {
    let server = Server::new().await;
    let listening = Listening::start(server.site.clone(), places, header_timeout).await;
    (server, listening)
}

/// Whether the other side ends the connection.
async fn ends(stream: &mut TcpStream) -> bool {
    let mut rest = Vec::new();
    timeout(Duration::from_secs(20), stream.read_to_end(&mut rest))
        .await
        .is_ok()
}

/// Speak HTTP/2 from the first byte on.
async fn http2(listening: &Listening) -> SendRequest<Bytes> {
    let stream = listening.connect().await;
    let (send, connection) = handshake(stream).await.unwrap();
    tokio::spawn(connection);
    send
}

async fn get2(send: &mut SendRequest<Bytes>, path: &str) -> Result<u16, h2::Error> {
    let uri = format!("http://a.example{path}");
    let request = axum::http::Request::get(uri).body(()).unwrap();
    let mut send = send.clone().ready().await?;
    let (response, _) = send.send_request(request, true)?;
    Ok(response.await?.status().as_u16())
}

#[tokio::test]
async fn a_client_may_speak_http_2_without_asking() {
    let (_server, listening) = start(10, LONG).await;
    let mut send = http2(&listening).await;

    let answers = [
        get2(&mut send, "/graphql?query=%7B__typename%7D").await,
        get2(&mut send, "/livez").await,
        get2(&mut send, "/nowhere").await,
    ];

    assert_eq!(answers.map(Result::unwrap), [200, 200, 404]);
}

#[tokio::test]
async fn a_client_that_opens_streams_to_give_them_up_is_sent_away() {
    let waits = Router::new().route("/waits", get(std::future::pending::<()>));
    let listening = Listening::start(waits, 10, LONG).await;
    let mut send = http2(&listening).await;

    let mut sent = 0;
    let started = Instant::now();
    while started.elapsed() < Duration::from_secs(20) {
        let Ok(mut ready) = send.ready().await else {
            break;
        };
        let request = axum::http::Request::get("http://a.example/waits")
            .body(())
            .unwrap();
        match ready.send_request(request, true) {
            Ok((response, mut stream)) => {
                stream.send_reset(h2::Reason::CANCEL);
                drop(response);
                sent += 1;
            }
            Err(_) => break,
        }
        send = ready;
        tokio::task::yield_now().await;
    }

    assert!(sent < 100_000, "{sent} streams were opened and given up");
}

#[tokio::test]
async fn a_head_that_is_too_large_is_refused_and_the_next_request_is_answered() {
    let (_server, listening) = start(10, LONG).await;
    let mut stream = listening.connect().await;
    let head = format!(
        "GET / HTTP/1.1\r\nhost: a\r\nx: {}\r\n\r\n",
        "a".repeat(1_000_000)
    );

    // It may be refused before it is all there.
    drop(stream.write_all(head.as_bytes()).await);
    let mut answer = Vec::new();
    drop(stream.read_to_end(&mut answer).await);

    assert!(!answer.starts_with(b"HTTP/1.1 2"));
    let next = listening.query("127.0.0.1", "", QUERY).await;
    assert!(next.starts_with("HTTP/1.1 200 "), "{next}");
}

#[tokio::test]
async fn a_head_that_comes_too_slowly_ends_its_connection_alone() {
    let (_server, listening) = start(10, Duration::from_millis(300)).await;
    let mut slow = listening.connect().await;
    slow.write_all(b"GET / HTTP/1.1\r\nhost:").await.unwrap();
    let mut silent = listening.connect().await;

    let answer = listening.query("127.0.0.1", "", QUERY).await;

    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    assert!(ends(&mut slow).await);
    assert!(ends(&mut silent).await);
}

#[tokio::test]
async fn a_body_that_comes_too_slowly_is_refused_and_others_are_answered() {
    let server = Server::with(|_, app| app.limits.timeout = Duration::from_millis(300)).await;
    let listening = Listening::start(server.site.clone(), 10, LONG).await;
    let mut slow = listening.connect().await;
    let head = "POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n\
                connection: close\r\ncontent-length: 1000\r\n\r\n{";
    slow.write_all(head.as_bytes()).await.unwrap();

    let other = listening.query("127.0.0.1", "", QUERY).await;
    let mut refused = String::new();
    slow.read_to_string(&mut refused).await.unwrap();

    assert!(other.starts_with("HTTP/1.1 200 "), "{other}");
    assert!(refused.starts_with("HTTP/1.1 408 "), "{refused}");
}

#[tokio::test]
async fn many_idle_connections_keep_nobody_out() {
    let (_server, listening) = start(20, LONG).await;
    let mut idle = Vec::new();
    for number in 0..200 {
        let mut stream = listening.connect().await;
        match number % 4 {
            // Says nothing.
            0 => {}
            // Never ends its head.
            1 => stream.write_all(b"GET /livez HT").await.unwrap(),
            // Asks, and then says nothing.
            2 => {
                let request = b"GET /livez HTTP/1.1\r\nhost: a\r\n\r\n";
                stream.write_all(request).await.unwrap();
            }
            // Speaks HTTP/2, and then says nothing.
            _ => stream
                .write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
                .await
                .unwrap(),
        }
        idle.push(stream);
    }

    for _ in 0..5 {
        let started = Instant::now();
        let answer = listening.query("127.0.0.1", "", QUERY).await;

        assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
        let waited = started.elapsed();
        assert!(waited < Duration::from_secs(15), "{waited:?}");
    }
}

#[tokio::test]
async fn a_request_that_runs_is_not_ended_for_a_new_connection() {
    let go = Arc::new(Notify::new());
    let wait = Arc::clone(&go);
    let slow = get(async move || {
        wait.notified().await;
        "done"
    });
    let router = Router::new()
        .route("/slow", slow)
        .route("/livez", get(async || "alive"));
    let listening = Listening::start(router, 1, LONG).await;
    let ask = async |path: &str| {
        let mut stream = listening.connect().await;
        let request = format!("GET {path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        stream
    };

    let mut running = ask("/slow").await;
    let mut other = ask("/livez").await;
    let mut byte = [0; 1];
    let early = timeout(Duration::from_millis(500), other.peek(&mut byte)).await;
    go.notify_one();
    let (mut first, mut second) = (String::new(), String::new());
    running.read_to_string(&mut first).await.unwrap();
    other.read_to_string(&mut second).await.unwrap();

    assert!(early.is_err(), "there is one place");
    assert!(first.ends_with("done"), "{first}");
    assert!(second.ends_with("alive"), "{second}");
}
