//! A client that costs little, so that it is the server that is measured: one
//! kept connection, requests that are ready to send.

use std::net::SocketAddr;

use anyhow::{Context, bail, ensure};
use bytes::Bytes;
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A connection over which one request follows the other.
#[derive(Debug)]
pub(crate) struct Connection {
    stream: TcpStream,
    received: Vec<u8>,
}

impl Connection {
    /// Connect.
    ///
    /// # Errors
    /// If nobody listens.
    pub(crate) async fn open(address: SocketAddr) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            received: Vec::new(),
        })
    }

    /// Send a request, and give the body of its answer.
    ///
    /// # Errors
    /// If the status is not 200, or the answer is cut off.
    pub(crate) async fn send(&mut self, request: &[u8]) -> anyhow::Result<&[u8]> {
        self.stream.write_all(request).await?;
        self.received.clear();
        let mut end = None;
        loop {
            let read = self.stream.read_buf(&mut self.received).await?;
            ensure!(read > 0, "the server hung up");
            if end.is_none() {
                end = head(&self.received)?;
            }
            if let Some((status, start, length)) = end
                && self.received.len() >= start + length
            {
                let body = &self.received[start..start + length];
                if status != 200 {
                    bail!("status {status}: {}", String::from_utf8_lossy(body));
                }
                return Ok(body);
            }
        }
    }

    /// Ask a GraphQL request; the answer must be without errors.
    ///
    /// # Errors
    /// If there are errors in the answer, or none comes.
    pub(crate) async fn ask(&mut self, body: &str) -> anyhow::Result<Value> {
        let answer = self.send(&request("/graphql", body)).await?;
        answered(answer)
    }
}

/// The data of an answer without errors.
///
/// # Errors
/// If it has errors, or data that is `null`.
pub(crate) fn answered(answer: &[u8]) -> anyhow::Result<Value> {
    let mut answer: Value = serde_json::from_slice(answer)?;
    ensure!(answer.get("errors").is_none(), "{}", answer["errors"]);
    let data = answer["data"].take();
    let found = data.as_object().context("it has data")?;
    ensure!(!found.values().any(Value::is_null), "nothing was found");
    Ok(data)
}

/// A request, ready to be sent.
pub(crate) fn request(path: &str, body: &str) -> Bytes {
    let length = body.len();
    Bytes::from(format!(
        "POST {path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n\
         accept: application/graphql-response+json\r\ncontent-length: {length}\r\n\r\n{body}"
    ))
}

/// The status, where the body begins, and its length; nothing while the head
/// is not whole.
fn head(received: &[u8]) -> anyhow::Result<Option<(u16, usize, usize)>> {
    let Some(end) = received.windows(4).position(|four| four == b"\r\n\r\n") else {
        return Ok(None);
    };
    let head = std::str::from_utf8(&received[..end])?;
    let status = head.split(' ').nth(1).context("an answer has a status")?;
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length")
            .then(|| value.trim())
    });
    let length = length.context("an answer tells its length")?;
    Ok(Some((status.parse()?, end + 4, length.parse()?)))
}
