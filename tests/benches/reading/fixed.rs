//! Answers that need no work: the least that a server of the same kind does to
//! give the same bytes.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::extract::{Path as Segment, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use bytes::Bytes;
use tokio::net::TcpListener;

use crate::options::ANSWER_FIXED;
use crate::process::Server;
use crate::table::say;

/// Start a process that answers `/0`, `/1` … with these bytes.
///
/// # Errors
/// If it does not start.
pub(crate) async fn start(folder: &Path, answers: &[Bytes]) -> anyhow::Result<Server> {
    let place = folder.join("answers");
    fs::create_dir_all(&place)?;
    for (number, answer) in answers.iter().enumerate() {
        fs::write(place.join(number.to_string()), answer)?;
    }
    let place = place.to_string_lossy();
    Server::own(folder, &[ANSWER_FIXED, &place]).await
}

/// Be that process.
///
/// # Errors
/// If there is nothing to answer with.
pub(crate) fn serve(folder: &Path) -> anyhow::Result<()> {
    let mut answers: HashMap<usize, Bytes> = HashMap::new();
    for entry in fs::read_dir(folder)? {
        let path: PathBuf = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        answers.insert(name.parse()?, fs::read(&path)?.into());
    }
    let router = Router::new()
        .route("/{number}", post(answer))
        .with_state(Arc::new(answers));
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        say(format_args!("http://{}", listener.local_addr()?))?;
        Ok(axum::serve(listener, router).await?)
    })
}

/// Read what was asked, and give the answer that is there.
async fn answer(
    State(answers): State<Arc<HashMap<usize, Bytes>>>,
    Segment(number): Segment<usize>,
    _asked: Bytes,
) -> Response {
    match answers.get(&number) {
        Some(answer) => {
            let kind = [(CONTENT_TYPE, "application/graphql-response+json")];
            (kind, answer.clone()).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
