//! A server on a port, for what needs connections.

use std::net::SocketAddr;
use std::time::Duration;

use masthead::http::server::{self, Answers, Options};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::task::JoinHandle;

/// A server that listens until it is dropped.
pub(super) struct Listening {
    pub(super) address: SocketAddr,
    task: JoinHandle<()>,
}

impl Listening {
    /// Serve `site` with so many places, closing what is idle for so long.
    pub(super) async fn start(site: impl Answers, places: u32, header_timeout: Duration) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let options = Options {
            max_connections: places,
            header_timeout,
            shutdown_grace: Duration::from_secs(1),
        };
        let never = std::future::pending();
        let task = tokio::spawn(server::serve(listener, site, options, never));
        Self { address, task }
    }

    /// A connection from this address of the loopback network.
    pub(super) async fn connect_from(&self, from: &str) -> TcpStream {
        let socket = TcpSocket::new_v4().unwrap();
        socket
            .bind(SocketAddr::new(from.parse().unwrap(), 0))
            .unwrap();
        socket.connect(self.address).await.unwrap()
    }

    pub(super) async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }

    /// Post a query over a connection of its own, with these lines in the head;
    /// the answer as it comes.
    pub(super) async fn query(&self, from: &str, head: &str, query: &str) -> String {
        let mut stream = self.connect_from(from).await;
        let body = serde_json::json!({ "query": query }).to_string();
        let request = format!(
            "POST /graphql HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n{head}\r\n{body}",
            body.len()
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        answer
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.task.abort();
    }
}
