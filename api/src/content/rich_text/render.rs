//! A body to all of its forms.

use std::collections::HashSet;

use async_graphql::SimpleObject;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::address::ARTICLE;
use super::tree::{Block, Document, Inline, Item};
use super::{html, parse, sanitize, text};

/// The forms of one body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rendered {
    /// Sanitized HTML; its links to articles are not resolved.
    pub html: String,
    /// Plain words, a block a line.
    pub text: String,
    /// The tree, as JSON; its links to articles are not resolved.
    pub blocks: String,
    /// The headings, as JSON: a list of [`Heading`].
    pub headings: String,
    /// How many words `text` has.
    pub word_count: usize,
    /// The keys of the articles that it links to, each once, in their order.
    pub links: Vec<String>,
}

/// A heading of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, SimpleObject)]
pub struct Heading {
    /// From 1 to 6.
    pub level: i32,
    /// Its words without markup.
    pub text: String,
    /// The id that it has in the HTML; unique in the text.
    pub anchor: String,
}

/// All forms of `body`, which is CommonMark with tables, strikethrough and
/// footnotes. Any text has forms: nothing that CommonMark can't read exists.
#[must_use]
pub fn render(body: &str) -> Rendered {
    let document = parse::parse(body);
    let mark = format!("{:08x}", xxh3_64(body.as_bytes()) >> 32);
    let text = text::write(&document);
    let mut found = Found::default();
    found.document(&document);
    Rendered {
        html: sanitize::sanitize(&html::write(&document, &mark)),
        blocks: json(&document),
        headings: json(&found.headings),
        word_count: text::count_words(&text),
        text,
        links: found.links,
    }
}

/// The keys of the articles that `body` links to, each once, in their order.
#[must_use]
pub fn links(body: &str) -> Vec<String> {
    if !may_link(body) {
        return Vec::new();
    }
    let mut found = Found::default();
    found.document(&parse::parse(body));
    found.links
}

/// Whether it is worth reading `body` for links to articles. A few characters
/// can be written in other ways, as `&#97;` or `\a`.
fn may_link(body: &str) -> bool {
    let bytes = body.as_bytes();
    body.contains(['[', '<'])
        && (body.contains(['&', '\\'])
            || bytes
                .windows(ARTICLE.len())
                .any(|part| part.eq_ignore_ascii_case(ARTICLE.as_bytes())))
}

/// What a walk through a tree finds.
#[derive(Default)]
struct Found {
    headings: Vec<Heading>,
    links: Vec<String>,
}

impl Found {
    fn document(&mut self, document: &Document) {
        self.blocks(&document.blocks);
        for footnote in &document.footnotes {
            self.blocks(&footnote.blocks);
        }
        let mut known = HashSet::new();
        self.links.retain(|key| known.insert(key.clone()));
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Heading {
                    level,
                    anchor,
                    content,
                } => {
                    self.headings.push(Heading {
                        level: i32::from(*level),
                        text: text::of_inlines(content),
                        anchor: anchor.clone(),
                    });
                    self.inlines(content);
                }
                Block::Paragraph { content } => self.inlines(content),
                Block::Quote { blocks } => self.blocks(blocks),
                Block::List(list) => {
                    for Item { blocks } in &list.items {
                        self.blocks(blocks);
                    }
                }
                Block::Table(table) => {
                    let cells = table.header.iter().chain(table.rows.iter().flatten());
                    for cell in cells {
                        self.inlines(&cell.content);
                    }
                }
                Block::Code { .. } | Block::Image(_) | Block::ThematicBreak => {}
            }
        }
    }

    fn inlines(&mut self, content: &[Inline]) {
        for inline in content {
            match inline {
                Inline::Link(link) => {
                    self.links.extend(link.article.clone());
                    self.inlines(&link.content);
                }
                Inline::Emphasis { content }
                | Inline::Strong { content }
                | Inline::Strikethrough { content } => self.inlines(content),
                _ => {}
            }
        }
    }
}

/// Trees of texts and numbers always have a JSON form.
fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
