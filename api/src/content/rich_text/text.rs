//! A tree to plain words: what excerpts, word counts and search read.

use unicode_segmentation::UnicodeSegmentation as _;

use super::tree::{Block, Cell, Document, Inline};

/// The words of a text without any markup, a block a line; lines of code and
/// rows of tables have lines of their own, cells are set apart by tabs, and
/// footnotes come last. Images are what they say.
#[must_use]
pub fn write(document: &Document) -> String {
    let mut text = String::new();
    write_blocks(&mut text, &document.blocks);
    for footnote in &document.footnotes {
        write_blocks(&mut text, &footnote.blocks);
    }
    text.truncate(text.trim_end().len());
    text
}

/// The words of some inlines, in one line.
#[must_use]
pub fn of_inlines(content: &[Inline]) -> String {
    let mut text = String::new();
    write_inlines(&mut text, content);
    text
}

/// How many words a text has, by the boundaries of Unicode (UAX 29, section
/// 4): a run between two that holds a letter or a digit. An ideograph is one
/// by itself.
#[must_use]
pub fn count_words(text: &str) -> usize {
    text.unicode_words().count()
}

fn write_blocks(text: &mut String, blocks: &[Block]) {
    for block in blocks {
        match block {
            Block::Paragraph { content } | Block::Heading { content, .. } => {
                write_inlines(text, content);
                end_line(text);
            }
            Block::List(list) => {
                for item in &list.items {
                    write_blocks(text, &item.blocks);
                }
            }
            Block::Quote { blocks } => write_blocks(text, blocks),
            Block::Code { text: code, .. } => {
                text.push_str(code);
                end_line(text);
            }
            Block::Table(table) => {
                write_row(text, &table.header);
                for row in &table.rows {
                    write_row(text, row);
                }
            }
            Block::Image(image) => {
                text.push_str(&image.alt);
                end_line(text);
            }
            Block::ThematicBreak => {}
        }
    }
}

fn write_row(text: &mut String, cells: &[Cell]) {
    for (place, cell) in cells.iter().enumerate() {
        if place > 0 {
            text.push('\t');
        }
        write_inlines(text, &cell.content);
    }
    end_line(text);
}

fn write_inlines(text: &mut String, content: &[Inline]) {
    for inline in content {
        match inline {
            Inline::Text { text: words } | Inline::Code { text: words } => text.push_str(words),
            Inline::Emphasis { content }
            | Inline::Strong { content }
            | Inline::Strikethrough { content } => write_inlines(text, content),
            Inline::Link(link) => write_inlines(text, &link.content),
            Inline::Image(image) => text.push_str(&image.alt),
            Inline::LineBreak => text.push(' '),
            Inline::FootnoteReference { .. } => {}
        }
    }
}

/// A block without words has no line.
fn end_line(text: &mut String) {
    text.truncate(text.trim_end_matches([' ', '\t']).len());
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
}
