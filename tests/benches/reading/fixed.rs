//! Answers that need no work: the least that a server of the same kind does to
//! give the same bytes.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::http::header::{CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::serve::ListenerExt;
use bytes::Bytes;
use tokio::net::TcpListener;

use crate::options::ANSWER_FIXED;
use crate::process::{Place, Server};
use crate::table::say;

/// An answer of such a server.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fixed {
    pub(crate) body: Bytes,
    /// The coding of the body; empty: none.
    pub(crate) coding: String,
    /// Its validator, where whoever asks may have it already; empty: none.
    pub(crate) etag: String,
}

/// Start a process that answers `/0`, `/1` … with these.
///
/// # Errors
/// If it does not start.
pub(crate) async fn start(place: &Place, answers: &[Fixed]) -> anyhow::Result<Server> {
    let folder = tempfile::tempdir_in(&place.folder)?;
    for (number, answer) in answers.iter().enumerate() {
        let file = |part: &str| folder.path().join(format!("{number}.{part}"));
        fs::write(file("body"), &answer.body)?;
        fs::write(file("coding"), &answer.coding)?;
        fs::write(file("etag"), &answer.etag)?;
    }
    // All is read when it tells its address.
    let path = folder.path().to_string_lossy();
    Server::own(place, &[ANSWER_FIXED, &path]).await
}

/// Be that process.
///
/// # Errors
/// If there is nothing to answer with.
pub(crate) fn serve(folder: &Path) -> anyhow::Result<()> {
    let mut router = Router::new();
    for number in 0.. {
        let file = |part: &str| folder.join(format!("{number}.{part}"));
        if !file("body").exists() {
            break;
        }
        let answer = Arc::new(Fixed {
            body: fs::read(file("body"))?.into(),
            coding: fs::read_to_string(file("coding"))?,
            etag: fs::read_to_string(file("etag"))?,
        });
        let same = Arc::clone(&answer);
        let get = get(async move |request: Request| known(&answer, &request));
        // A POST is read to its end, as any server must.
        let both = get.post(async move |_asked: Bytes| given(&same));
        router = router.route(&format!("/{number}"), both);
    }
    serve_router(async || Ok(router))
}

/// Serve what is made as Masthead does, on as many threads.
///
/// # Errors
/// If it can't be made, or there is no address to listen on.
pub(crate) fn serve_router(
    make: impl AsyncFnOnce() -> anyhow::Result<Router>,
) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let router = make().await?;
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        say(format_args!("http://{}", listener.local_addr()?))?;
        let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
        Ok(axum::serve(listener, router).await?)
    })
}

/// Give the answer, or say that it is known.
fn known(answer: &Fixed, request: &Request) -> Response {
    let known = request.headers().get(IF_NONE_MATCH);
    if known.is_some_and(|known| known.as_bytes() == answer.etag.as_bytes()) {
        let etag = HeaderValue::from_str(&answer.etag);
        let etag = etag.unwrap_or(HeaderValue::from_static(""));
        return (StatusCode::NOT_MODIFIED, [(ETAG, etag)]).into_response();
    }
    given(answer)
}

fn given(answer: &Fixed) -> Response {
    let kind = [(CONTENT_TYPE, "application/graphql-response+json")];
    let mut response = (kind, answer.body.clone()).into_response();
    if !answer.coding.is_empty()
        && let Ok(coding) = HeaderValue::from_str(&answer.coding)
    {
        response.headers_mut().insert(CONTENT_ENCODING, coding);
    }
    response
}
