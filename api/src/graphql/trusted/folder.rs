//! A folder of documents and manifests.

use std::path::{Path, PathBuf};

use super::{Trusted, TrustedError, wrong};

/// How deep folders may stand in each other: a link may lead back.
const MAX_DEPTH: usize = 16;

/// Add all documents below `folder` to `set`.
///
/// # Errors
/// Those of [`Trusted::load`].
pub(super) fn load(set: &mut Trusted, folder: &Path) -> Result<(), TrustedError> {
    load_within(set, folder, MAX_DEPTH)
}

fn load_within(set: &mut Trusted, folder: &Path, depth: usize) -> Result<(), TrustedError> {
    for path in paths(folder)? {
        if path.is_dir() {
            if depth == 0 {
                let reason = format!("folders are nested at most {MAX_DEPTH} deep");
                return Err(wrong(path.display().to_string(), reason));
            }
            load_within(set, &path, depth - 1)?;
            continue;
        }
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("graphql" | "gql") => set.load_document(&path)?,
            Some("json") => set.load_manifest(&path)?,
            _ => {}
        }
    }
    Ok(())
}

/// What is in `folder`, by name, without what is hidden: mounted volumes keep
/// their versions there.
fn paths(folder: &Path) -> Result<Vec<PathBuf>, TrustedError> {
    let unreadable = |cause| TrustedError::Unreadable {
        file: folder.display().to_string(),
        cause,
    };
    let mut paths = Vec::new();
    for entry in folder.read_dir().map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        if !entry.file_name().as_encoded_bytes().starts_with(b".") {
            paths.push(entry.path());
        }
    }
    paths.sort_unstable();
    Ok(paths)
}
