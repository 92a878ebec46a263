//! What stands within a line.

use std::borrow::Cow;

use comrak::nodes::{Node, NodeLink, NodeValue};

use super::{MAX_DEPTH, Parser};
use crate::content::rich_text::address::{self, Target};
use crate::content::rich_text::tree::{Image, Inline, Link};

impl<'a> Parser<'a> {
    pub(super) fn inlines(&mut self, parent: Node<'a>, depth: usize) -> Vec<Inline> {
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
                let outer = self.in_link.replace(Vec::new());
                let content = self.inlines(node, depth + 1);
                let references = std::mem::replace(&mut self.in_link, outer);
                push_link(inlines, link, content);
                inlines.extend(references.unwrap_or_default());
            }
            NodeValue::Image(ref image) => push_image(inlines, image, &node.collect_text()),
            NodeValue::FootnoteReference(ref reference) => {
                let reference = self.reference(&reference.name);
                self.in_link.as_mut().unwrap_or(inlines).extend(reference);
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

/// `text` without the control characters that numeric references can name: a
/// page drops some, and a feed may not hold them.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    let is_bad = |character: char| character.is_control() && !matches!(character, '\n' | '\t');
    if text.contains(is_bad) {
        Cow::Owned(text.replace('\r', " ").replace(is_bad, "\u{fffd}"))
    } else {
        Cow::Borrowed(text)
    }
}
