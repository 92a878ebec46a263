//! A page as a browser reads it.

use std::rc::Rc;

use html5ever::tendril::TendrilSink as _;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Node, NodeData, RcDom};

/// An element of a page, with all of the text in it.
pub(super) struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    pub(super) text: String,
}

impl Element {
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let mut all = self.attributes.iter();
        all.find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }
}

/// The elements of a page, each after those in it.
pub(super) struct Page(Vec<Element>);

impl Page {
    pub(super) fn read(html: &str) -> Self {
        let dom = parse_document(RcDom::default(), ParseOpts::default()).one(html);
        let errors = dom.errors.borrow();
        assert!(errors.is_empty(), "{errors:?}\n{html}");
        let mut elements = Vec::new();
        walk(&dom.document, &mut elements);
        Self(elements)
    }

    /// All elements of this name.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.0.iter().filter(move |element| element.name == name)
    }

    /// The one element of this name.
    pub(super) fn only<'a>(&'a self, name: &'a str) -> &'a Element {
        let mut found = self.all(name);
        let element = found.next().unwrap();
        assert!(found.next().is_none(), "there is more than one {name}");
        element
    }
}

/// The text of a node; its elements are added.
fn walk(node: &Rc<Node>, elements: &mut Vec<Element>) -> String {
    let children = node.children.borrow();
    let inner: String = children.iter().map(|child| walk(child, elements)).collect();
    match &node.data {
        NodeData::Text { contents } => contents.borrow().to_string(),
        NodeData::Element { name, attrs, .. } => {
            let attributes = attrs.borrow();
            let attributes = attributes.iter().map(|attribute| {
                let name = attribute.name.local.to_string();
                (name, attribute.value.to_string())
            });
            elements.push(Element {
                name: name.local.to_string(),
                attributes: attributes.collect(),
                text: inner.clone(),
            });
            inner
        }
        _ => inner,
    }
}
