//! CommonMark to a tree.

use std::borrow::Cow;
use std::collections::HashMap;

use comrak::nodes::{ListType, Node, NodeLink, NodeList, NodeValue, TableAlignment};
use comrak::{Arena, Options, parse_document};

use super::address::{self, Target};
use super::anchor::Anchors;
use super::text;
use super::tree::{
    Alignment, Block, Cell, Column, Document, Footnote, Image, Inline, Item, Link, List, Table,
    VERSION,
};

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

    fn inlines(&mut self, parent: Node<'a>, depth: usize) -> Vec<Inline> {
        let mut inlines = Vec::new();
        for node in parent.children() {
            if depth == MAX_DEPTH && is_mark(node) {
                for leaf in ends(node) {
                    self.inline(leaf, depth, &mut inlines);
                }
            } else {
                self.inline(node, depth, &mut inlines);
            }
        }
        inlines
    }

    fn inline(&mut self, node: Node<'a>, depth: usize, inlines: &mut Vec<Inline>) {
        match node.data().value {
            NodeValue::Text(ref text) => push_text(inlines, text),
            NodeValue::SoftBreak => push_text(inlines, " "),
            NodeValue::LineBreak => inlines.push(Inline::LineBreak),
            NodeValue::Code(ref code) => inlines.push(Inline::Code {
                text: clean(&code.literal).into_owned(),
            }),
            NodeValue::Emph => inlines.push(Inline::Emphasis {
                content: self.inlines(node, depth + 1),
            }),
            NodeValue::Strong => inlines.push(Inline::Strong {
                content: self.inlines(node, depth + 1),
            }),
            NodeValue::Strikethrough => inlines.push(Inline::Strikethrough {
                content: self.inlines(node, depth + 1),
            }),
            NodeValue::Link(ref link) => {
                let content = self.inlines(node, depth + 1);
                push_link(inlines, link, content);
            }
            NodeValue::Image(ref image) => push_image(inlines, image, &node.collect_text()),
            NodeValue::FootnoteReference(ref reference) => {
                inlines.extend(self.reference(&reference.name));
            }
            // Raw HTML.
            _ => {}
        }
    }

    fn reference(&mut self, name: &str) -> Option<Inline> {
        let definition = *self.definitions.get(name)?;
        let number = match self.numbers.get(name) {
            Some(number) => *number,
            None => {
                self.cited.push((definition, 0));
                self.numbers.insert(name.to_owned(), self.cited.len());
                self.cited.len()
            }
        };
        let (_, references) = self.cited.get_mut(number - 1)?;
        *references += 1;
        Some(Inline::FootnoteReference {
            number,
            nth: *references,
        })
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

/// The inlines below `node` that hold no others.
fn ends<'a>(node: Node<'a>) -> impl Iterator<Item = Node<'a>> {
    node.descendants().filter(|node| !is_mark(node))
}

fn is_mark(node: Node<'_>) -> bool {
    matches!(
        node.data().value,
        NodeValue::Emph | NodeValue::Strong | NodeValue::Strikethrough | NodeValue::Link(_)
    )
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

fn push_text(inlines: &mut Vec<Inline>, more: &str) {
    let more = clean(more);
    match inlines.last_mut() {
        Some(Inline::Text { text }) => text.push_str(&more),
        _ if more.is_empty() => {}
        _ => inlines.push(Inline::Text {
            text: more.into_owned(),
        }),
    }
}

/// A link that may not lead where it does is its content.
fn push_link(inlines: &mut Vec<Inline>, link: &NodeLink, content: Vec<Inline>) {
    let (href, article) = match address::link(&link.url) {
        None => {
            for inline in content {
                match inline {
                    Inline::Text { text } => push_text(inlines, &text),
                    inline => inlines.push(inline),
                }
            }
            return;
        }
        Some(Target::Address(href)) => (href, None),
        Some(Target::Article(reference)) => (reference.href(), Some(reference.key)),
    };
    inlines.push(Inline::Link(Link {
        href,
        article,
        title: title(&link.title),
        content,
    }));
}

/// An image that may not be shown is what it says.
fn push_image(inlines: &mut Vec<Inline>, image: &NodeLink, alt: &str) {
    match address::image(&image.url) {
        None => push_text(inlines, alt),
        Some(src) => inlines.push(Inline::Image(Image {
            src,
            alt: clean(alt).into_owned(),
            title: title(&image.title),
        })),
    }
}

fn title(title: &str) -> Option<String> {
    (!title.is_empty()).then(|| clean(title).into_owned())
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

/// `text` without the control characters that numeric references can name: a
/// page drops some, and a feed may not hold them.
fn clean(text: &str) -> Cow<'_, str> {
    let is_bad = |character: char| character.is_control() && !matches!(character, '\n' | '\t');
    if text.contains(is_bad) {
        Cow::Owned(text.replace('\r', " ").replace(is_bad, "\u{fffd}"))
    } else {
        Cow::Borrowed(text)
    }
}
