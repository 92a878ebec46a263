//! How a server ends: no request that has begun to arrive is dropped.

use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};

use super::Process;

const HEAD: &str = "POST /graphql HTTP/1.1\r\nhost: localhost\r\n\
    content-type: application/json\r\ncontent-length: 24\r\n\r\n";
const BODY: &str = r#"{"query":"{__typename}"}"#;
const DATA: &str = r#"{"data":{"__typename":"Query"}}"#;

fn connect(address: SocketAddr) -> TcpStream {
    TcpStream::connect(address).unwrap()
}

/// Wait until the server takes no more connections.
fn wait_until_closed(address: SocketAddr) {
    while let Ok(stream) = TcpStream::connect(address) {
        drop(stream);
        std::thread::yield_now();
    }
}

fn rest(stream: &mut TcpStream) -> String {
    let mut text = String::new();
    match stream.read_to_string(&mut text) {
        Err(fault) if fault.kind() != ErrorKind::ConnectionReset => panic!("{fault}"),
        _ => text,
    }
}

#[test]
fn every_request_that_has_begun_is_answered_after_a_signal() {
    for signal in ["TERM", "INT"] {
        let server = Process::serve(&[]);
        let request = format!("{HEAD}{BODY}");
        // Cut in the first word, in the head, in the body, and not at all.
        let cuts = [2, 30, HEAD.len() + 5, request.len()];
        let mut begun: Vec<_> = (0..40)
            .map(|number| (connect(server.address), cuts[number % cuts.len()]))
            .collect();
        for (stream, cut) in &mut begun {
            stream.write_all(&request.as_bytes()[..*cut]).unwrap();
        }

        server.signal(signal);
        wait_until_closed(server.address);

        for (mut stream, cut) in begun {
            stream.write_all(&request.as_bytes()[cut..]).unwrap();
            let answer = rest(&mut stream);
            assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{cut}: {answer}");
            assert!(answer.ends_with(DATA), "{cut}: {answer}");
        }
        assert_eq!(server.end(), Some(0));
    }
}

#[test]
fn connections_without_a_request_do_not_keep_a_server_from_its_end() {
    let server = Process::serve(&[]);
    let mut silent = connect(server.address);
    let mut idle = connect(server.address);
    idle.write_all(format!("{HEAD}{BODY}").as_bytes()).unwrap();
    let mut answer = vec![0; 1024];
    let read = idle.read(&mut answer).unwrap();
    assert!(read > 0);

    server.signal("TERM");

    assert_eq!(rest(&mut silent), "");
    assert_eq!(rest(&mut idle), "");
    assert_eq!(server.end(), Some(0));
}

#[test]
fn a_request_that_does_not_end_is_dropped_after_the_grace() {
    let server = Process::serve(&["--shutdown-grace", "50ms"]);
    let mut endless = connect(server.address);
    endless.write_all(HEAD.as_bytes()).unwrap();

    server.signal("TERM");

    assert_eq!(rest(&mut endless), "");
    assert_eq!(server.end(), Some(0));
}

#[test]
fn more_connections_than_the_limit_wait_for_their_turn() {
    let server = Process::serve(&["--max-connections", "1"]);
    let request = format!("{HEAD}{BODY}");
    let mut first = connect(server.address);
    first.write_all(HEAD.as_bytes()).unwrap();
    let mut second = connect(server.address);
    let last = request.replace("\r\n\r\n", "\r\nconnection: close\r\n\r\n");
    second.write_all(last.as_bytes()).unwrap();

    first.write_all(BODY.as_bytes()).unwrap();
    let mut answer = [0; 1024];
    let read = first.read(&mut answer).unwrap();
    drop(first);

    assert!(answer[..read].starts_with(b"HTTP/1.1 200 OK\r\n"));
    assert!(rest(&mut second).ends_with(DATA));
}

#[test]
fn connections_that_wait_for_their_turn_are_answered_after_a_signal() {
    let server = Process::serve(&["--max-connections", "1"]);
    let request = format!("{HEAD}{BODY}");
    let mut first = connect(server.address);
    first.write_all(HEAD.as_bytes()).unwrap();
    let mut waiting: Vec<_> = (0..5).map(|_| connect(server.address)).collect();
    for stream in &mut waiting {
        stream.write_all(request.as_bytes()).unwrap();
    }

    server.signal("TERM");
    wait_until_closed(server.address);
    first.write_all(BODY.as_bytes()).unwrap();

    assert!(rest(&mut first).ends_with(DATA));
    for mut stream in waiting {
        assert!(rest(&mut stream).ends_with(DATA));
    }
    assert_eq!(server.end(), Some(0));
}
