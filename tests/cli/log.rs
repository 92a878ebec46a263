//! What the server logs, and what it never does.

use std::io::{Read, Write};
use std::net::TcpStream;

use masthead::database::{Database, Options};
use sea_orm::ConnectionTrait;
use serde_json::Value;

use super::{Process, masthead, run};

/// Post a query under a request id, with more headers; the whole answer.
fn post(server: &Process, headers: &str, query: &str) -> String {
    let body = serde_json::json!({ "query": query }).to_string();
    let request = format!(
        "POST /graphql HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\nx-request-id: r-77\r\n\
         {headers}content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut stream = TcpStream::connect(server.address).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

fn events(server: &Process) -> Vec<Value> {
    let log = server.log();
    let lines = log.lines().map(serde_json::from_str);
    lines.map(Result::unwrap).collect()
}

#[test]
fn a_request_is_a_line_without_its_body_and_its_keys() {
    let server = Process::serve(&["--log", "debug", "--log-format", "json"]);

    let make = ["keys", "create", "--name", "hush", "--role", "reader"];
    let made = run(masthead(server.folder()).args(make));
    let key = made.out.trim();

    let bearer = format!("authorization: Bearer {key}\r\n");
    let answer = post(&server, &bearer, "{ __typename }");

    assert!(answer.contains("x-request-id: r-77\r\n"), "{answer}");
    let events = events(&server);
    let line = events.iter().find(|event| event["request.id"] == "r-77");
    let line = line.unwrap();
    assert_eq!(line["message"], "POST /graphql answered with 200");
    assert_eq!(line["response.status"], 200);
    assert!(line["duration_ms"].is_f64());
    let (_, secret) = key.split_at(16);
    for secret in ["__typename", "hush", secret, "127.0.0.1"] {
        assert!(!server.log().contains(secret), "{secret}");
    }
}

#[tokio::test]
async fn the_cause_of_a_fault_is_in_the_log_once_and_not_in_the_answer() {
    let server = Process::serve(&["--log-format", "json"]);
    let file = server.folder().join("masthead.db");
    let options = Options::new(format!("sqlite://{}", file.display()));
    let database = Database::connect(&options).await.unwrap();
    let drop = "DROP TABLE publication_locales; DROP TABLE publications";
    database.writer().execute_unprepared(drop).await.unwrap();
    database.close().await;

    let answer = post(&server, "", "{ latestIssue { number } }");

    let cause = "no such table";
    assert!(
        answer.contains("\"message\":\"internal error\""),
        "{answer}"
    );
    assert!(answer.contains("\"requestId\":\"r-77\""), "{answer}");
    assert!(!answer.contains(cause));
    let events = events(&server);
    let told = events.iter().filter(|event| {
        event["request.id"] == "r-77" && event["message"].as_str().unwrap().contains(cause)
    });
    assert_eq!(told.count(), 1, "{events:#?}");
}
