//! The sample publication, in the content format.

/// Six weekly issues in English, Belarusian and Russian.
pub const PUBLICATION: &[u8] = include_bytes!("../../demo/publication.jsonl");
