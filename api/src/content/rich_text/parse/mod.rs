//! CommonMark to a tree.

mod inline;

use std::collections::HashMap;

use comrak::nodes::{ListType, Node, NodeList, NodeValue, TableAlignment};
use comrak::{Arena, Options, parse_document};

use super::anchor::Anchors;
use super::text;
use super::tree::{
    Alignment, Block, Cell, Column, Document, Footnote, Inline, Item, List, Table, VERSION,
};
use inline::clean;

/// How deep blocks (quotes, lists) and inlines (emphasis, links) are nested in
/// the tree. What is nested deeper stands in the innermost that is kept: no
/// reader can tell the difference, and no program that walks the tree runs out
/// of stack. All of it is within the 128 levels that readers of JSON allow.
pub const MAX_DEPTH: usize = 16;

/// The tree of a source: CommonMark with the tables, strikethrough and
/// footnotes of GitHub Flavored Markdown. Raw HTML is left out; what stands
/// between two tags within a line is text and stays.
#[must_use]
pub fn parse(source: &str) -> Document {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.footnotes = true;
    let arena = Arena::new();
    let root = parse_document(&arena, source, &options);

    let mut definitions = HashMap::new();
    for node in root.children() {
        if let NodeValue::FootnoteDefinition(ref definition) = node.data().value
            && definition.total_references > 0
        {
            definitions.insert(definition.name.clone(), node);
        }
    }
    let mut parser = Parser {
        definitions,
        numbers: HashMap::new(),
        cited: Vec::new(),
        anchors: Anchors::default(),
        in_link: None,
    };
    let blocks = parser.blocks(root, 0);
    Document {
        version: VERSION,
        blocks,
        footnotes: parser.footnotes(),
    }
}

struct Parser<'a> {
    /// The footnotes of the source by name.
    definitions: HashMap<String, Node<'a>>,
    numbers: HashMap<String, usize>,
    /// The footnotes that were referred to, and how often.
    cited: Vec<(Node<'a>, usize)>,
    anchors: Anchors,
    /// Within a link: its references to footnotes, which are links themselves
    /// and so stand behind it.
    in_link: Option<Vec<Inline>>,
}

impl<'a> Parser<'a> {
    fn blocks(&mut self, parent: Node<'a>, depth: usize) -> Vec<Block> {
        let mut blocks = Vec::new();
        for node in parent.children() {
            let is_nested = matches!(
                node.data().value,
                NodeValue::BlockQuote | NodeValue::List(_)
            );
            if is_nested && depth == MAX_DEPTH {
                for leaf in leaves(node) {
                    blocks.extend(self.block(leaf, depth));
                }
            } else {
                blocks.extend(self.block(node, depth));
            }
        }
        blocks
    }

    /// `None` where nothing of the block is kept.
    fn block(&mut self, node: Node<'a>, depth: usize) -> Option<Block> {
        let block = match node.data().value {
            NodeValue::Paragraph => paragraph(self.inlines(node, 0))?,
            NodeValue::Heading(heading) => {
                let content = self.inlines(node, 0);
                let anchor = self.anchors.next(&text::of_inlines(&content));
                Block::Heading {
                    level: heading.level,
                    anchor,
                    content,
                }
            }
            NodeValue::BlockQuote => Block::Quote {
                blocks: self.blocks(node, depth + 1),
            },
            NodeValue::List(list) => Block::List(self.list(node, list, depth)),
            NodeValue::CodeBlock(ref code) => Block::Code {
                language: language(&code.info),
                text: clean(code.literal.strip_suffix('\n').unwrap_or(&code.literal)).into_owned(),
            },
            NodeValue::Table(ref table) => {
                let columns = table.alignments.iter().copied().map(column).collect();
                Block::Table(self.table(node, columns))
            }
            NodeValue::ThematicBreak => Block::ThematicBreak,
            // Raw HTML, and footnotes that nothing refers to.
            _ => return None,
        };
        Some(block)
    }

    fn list(&mut self, node: Node<'a>, list: NodeList, depth: usize) -> List {
        let ordered = list.list_type == ListType::Ordered;
        let items = node.children().map(|item| Item {
            blocks: self.blocks(item, depth + 1),
        });
        List {
            ordered,
            start: ordered.then_some(list.start),
            tight: list.tight,
            items: items.collect(),
        }
    }

    fn table(&mut self, node: Node<'a>, columns: Vec<Column>) -> Table {
        let mut rows = node.children().map(|row| {
            let cells = row.children().map(|cell| Cell {
                content: self.inlines(cell, 0),
            });
            let mut cells: Vec<Cell> = cells.collect();
            cells.resize_with(columns.len(), Cell::default);
            cells
        });
        let header = rows.next().unwrap_or_default();
        let rows = rows.collect();
        Table {
            columns,
            header,
            rows,
        }
    }

    /// Those that the text refers to, and those that these refer to.
    fn footnotes(&mut self) -> Vec<Footnote> {
        let mut footnotes = Vec::new();
        while let Some((definition, _)) = self.cited.get(footnotes.len()).copied() {
            footnotes.push(Footnote {
                number: footnotes.len() + 1,
                blocks: self.blocks(definition, 1),
                references: 0,
            });
        }
        for (footnote, (_, references)) in footnotes.iter_mut().zip(&self.cited) {
            footnote.references = *references;
        }
        footnotes
    }
}

/// The blocks below `node` that hold no others.
fn leaves<'a>(node: Node<'a>) -> impl Iterator<Item = Node<'a>> {
    node.descendants().filter(|node| {
        let value = &node.data().value;
        value.block()
            && !matches!(
                value,
                NodeValue::BlockQuote
                    | NodeValue::List(_)
                    | NodeValue::Item(_)
                    | NodeValue::TableRow(_)
                    | NodeValue::TableCell
                    | NodeValue::FootnoteDefinition(_)
            )
    })
}

/// An image by itself is a block; a paragraph of which nothing is left is none.
fn paragraph(mut content: Vec<Inline>) -> Option<Block> {
    match content.as_mut_slice() {
        [] => None,
        [Inline::Image(_)] => match content.pop() {
            Some(Inline::Image(image)) => Some(Block::Image(image)),
            _ => None,
        },
        _ => Some(Block::Paragraph { content }),
    }
}

fn column(alignment: TableAlignment) -> Column {
    let alignment = match alignment {
        TableAlignment::None => None,
        TableAlignment::Left => Some(Alignment::Left),
        TableAlignment::Center => Some(Alignment::Center),
        TableAlignment::Right => Some(Alignment::Right),
    };
    Column { alignment }
}

/// The first word of a code block's information, if it looks like the name of
/// a language.
fn language(info: &str) -> Option<String> {
    let name = info.split_whitespace().next()?;
    is_language(name).then(|| name.to_owned())
}

/// Whether `name` can be the name of a programming language.
pub fn is_language(name: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"+-#._".contains(&byte);
    (1..=40).contains(&name.len()) && name.bytes().all(is_plain)
}
