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

/// What came back.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reply<'a> {
    pub(crate) status: u16,
    head: &'a str,
    pub(crate) body: &'a [u8],
}

/// Where the parts of an answer are.
#[derive(Clone, Copy)]
struct Parts {
    status: u16,
    start: usize,
    length: usize,
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

    /// Send a request, and give its answer, whatever that is.
    ///
    /// # Errors
    /// If the answer is cut off, or is none of HTTP.
    pub(crate) async fn send(&mut self, request: &[u8]) -> anyhow::Result<Reply<'_>> {
        self.stream.write_all(request).await?;
        self.received.clear();
        let mut found = None;
        loop {
            self.receive().await?;
            if found.is_none() {
                found = parts(&self.received)?;
            }
            if let Some(parts) = found
                && self.received.len() >= parts.start + parts.length
            {
                return self.reply(parts);
            }
        }
    }

    /// Send a request whose answer is known. That the right one came is seen
    /// by its ends, without reading what is between.
    ///
    /// # Errors
    /// If another answer comes.
    pub(crate) async fn exchange(
        &mut self,
        request: &[u8],
        status: u16,
        body: &[u8],
    ) -> anyhow::Result<()> {
        self.stream.write_all(request).await?;
        self.received.clear();
        let mut found = None;
        loop {
            self.receive().await?;
            if self.is_whole(status, body) {
                return Ok(());
            }
            if found.is_none() {
                found = parts(&self.received)?;
            }
            if let Some(parts) = found
                && self.received.len() >= parts.start + parts.length
            {
                let reply = self.reply(parts)?;
                let start = &reply.body[..reply.body.len().min(300)];
                bail!(
                    "an answer is not the right one: status {}, {}",
                    reply.status,
                    String::from_utf8_lossy(start)
                );
            }
        }
    }

    /// Ask a GraphQL request; the answer must be without errors.
    ///
    /// # Errors
    /// If there are errors in the answer, or none comes.
    pub(crate) async fn ask(&mut self, body: &str) -> anyhow::Result<Value> {
        self.send(&post("/graphql", body)).await?.data()
    }

    async fn receive(&mut self) -> anyhow::Result<()> {
        let read = self.stream.read_buf(&mut self.received).await?;
        ensure!(read > 0, "the server hung up");
        Ok(())
    }

    fn is_whole(&self, status: u16, body: &[u8]) -> bool {
        let Some(head) = self.received.strip_suffix(body) else {
            return false;
        };
        let told = head.get(9..12).and_then(|digits| digits.try_into().ok());
        let told: [u8; 3] = told.unwrap_or_default();
        told == digits(status) && head.ends_with(b"\r\n\r\n")
    }

    fn reply(&self, parts: Parts) -> anyhow::Result<Reply<'_>> {
        Ok(Reply {
            status: parts.status,
            head: std::str::from_utf8(&self.received[..parts.start])?,
            body: &self.received[parts.start..parts.start + parts.length],
        })
    }
}

impl Reply<'_> {
    /// The value of a header; empty if there is none.
    pub(crate) fn header(&self, name: &str) -> &str {
        let mut lines = self.head.lines();
        let value = lines.find_map(|line| {
            let (told, value) = line.split_once(':')?;
            told.eq_ignore_ascii_case(name).then(|| value.trim())
        });
        value.unwrap_or_default()
    }

    /// The data of an answer without errors.
    ///
    /// # Errors
    /// If it has errors, or data that is `null`.
    pub(crate) fn data(&self) -> anyhow::Result<Value> {
        let text = || String::from_utf8_lossy(self.body);
        ensure!(self.status == 200, "status {}: {}", self.status, text());
        let mut answer: Value = serde_json::from_slice(self.body)?;
        ensure!(answer.get("errors").is_none(), "{}", answer["errors"]);
        let data = answer["data"].take();
        let found = data.as_object().context("it has data")?;
        ensure!(!found.values().any(Value::is_null), "nothing was found");
        Ok(data)
    }
}

/// A POST of a body in JSON, ready to be sent.
pub(crate) fn post(path: &str, body: &str) -> Bytes {
    post_with("", path, body)
}

/// The same with more header lines, each with its end.
pub(crate) fn post_with(headers: &str, path: &str, body: &str) -> Bytes {
    let length = body.len();
    Bytes::from(format!(
        "POST {path} HTTP/1.1\r\nhost: 127.0.0.1\r\n{headers}content-type: application/json\r\n\
         accept: application/graphql-response+json\r\ncontent-length: {length}\r\n\r\n{body}"
    ))
}

/// A GET, with more header lines, each with its end.
pub(crate) fn get(headers: &str, path: &str) -> Bytes {
    Bytes::from(format!(
        "GET {path} HTTP/1.1\r\nhost: 127.0.0.1\r\n{headers}\
         accept: application/graphql-response+json\r\n\r\n"
    ))
}

/// Where the parts are; nothing while the head is not whole.
fn parts(received: &[u8]) -> anyhow::Result<Option<Parts>> {
    let Some(end) = received.windows(4).position(|four| four == b"\r\n\r\n") else {
        return Ok(None);
    };
    let head = std::str::from_utf8(&received[..end])?;
    let status = head.split(' ').nth(1).context("an answer has a status")?;
    let status = status.parse()?;
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length")
            .then(|| value.trim())
    });
    let length = match length {
        Some(length) => length.parse()?,
        None => {
            ensure!(status == 304, "an answer tells its length");
            0
        }
    };
    Ok(Some(Parts {
        status,
        start: end + 4,
        length,
    }))
}

fn digits(status: u16) -> [u8; 3] {
    [100, 10, 1].map(|place| b'0' + (status / place % 10) as u8)
}
