//! HTML as a browser reads it: what it holds that it may not.

use std::rc::Rc;

use html5ever::tendril::TendrilSink as _;
use html5ever::{ParseOpts, QualName, local_name, ns, parse_fragment};
use markup5ever_rcdom::{Node, NodeData, RcDom};
use masthead::content::rich_text::ELEMENTS;

/// An element of a page.
#[derive(Debug)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
}

impl Element {
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        let mut all = self.attributes.iter();
        all.find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }
}

/// What HTML holds, as the parser of a browser reads it within a page.
#[derive(Debug, Default)]
pub(crate) struct Page {
    pub(crate) elements: Vec<Element>,
    /// Its words, without the numbers of footnotes and the ways back from
    /// them; images are what they say.
    pub(crate) text: String,
    /// What is neither element nor text: comments and the like.
    pub(crate) others: usize,
    /// What the parser found wrong.
    pub(crate) errors: Vec<String>,
}

pub(crate) fn read(html: &str) -> Page {
    let body = QualName::new(None, ns!(html), local_name!("body"));
    let dom = parse_fragment(RcDom::default(), ParseOpts::default(), body, vec![], false).one(html);
    let mut page = Page::default();
    let errors = dom.errors.borrow();
    page.errors = errors.iter().map(ToString::to_string).collect();
    for child in dom.document.children.borrow().iter() {
        walk(child, &mut page);
    }
    page
}

fn walk(node: &Rc<Node>, page: &mut Page) {
    let mut is_silent = false;
    match &node.data {
        NodeData::Text { contents } => page.text.push_str(&contents.borrow()),
        NodeData::Element { name, attrs, .. } => {
            let element = Element {
                name: name.local.to_string(),
                attributes: attrs
                    .borrow()
                    .iter()
                    .map(|attribute| {
                        let name = attribute.name.local.to_string();
                        (name, attribute.value.to_string())
                    })
                    .collect(),
            };
            // The root of the fragment is the page's, and has no attributes.
            if element.name != "html" || !element.attributes.is_empty() {
                page.text.push_str(element.attribute("alt").unwrap_or(""));
                let class = element.attribute("class").unwrap_or_default();
                is_silent = ["footnote-ref", "footnote-backref"].contains(&class);
                page.elements.push(element);
            }
        }
        NodeData::Document => {}
        _ => page.others += 1,
    }
    let before = page.text.len();
    for child in node.children.borrow().iter() {
        walk(child, page);
    }
    if is_silent {
        page.text.truncate(before);
    }
}

/// Whatever HTML holds that it may not: an element, an attribute or a scheme
/// that is not on the list. The list is that of the program; the schemes are
/// stated here anew.
pub(super) fn forbidden(page: &Page) -> Vec<String> {
    let mut found = Vec::new();
    if page.others > 0 {
        found.push(format!("{} comments or the like", page.others));
    }
    for element in &page.elements {
        let Some((_, allowed)) = ELEMENTS.iter().find(|(name, _)| *name == element.name) else {
            found.push(format!("<{}>", element.name));
            continue;
        };
        for (name, value) in &element.attributes {
            if !allowed.contains(&name.as_str()) || name.starts_with("on") {
                found.push(format!("<{} {name}>", element.name));
            }
            let schemes: &[&str] = match name.as_str() {
                "href" => &["http", "https", "mailto", "tel", "article"],
                "src" => &["http", "https"],
                _ => continue,
            };
            if scheme(value).is_some_and(|scheme| !schemes.contains(&scheme.as_str())) {
                found.push(format!("<{} {name}={value:?}>", element.name));
            }
        }
    }
    found
}

/// The scheme of an address, read as browsers read it (WHATWG URL, basic URL
/// parser): leading controls and spaces go, tabs and line ends wherever they
/// stand.
fn scheme(url: &str) -> Option<String> {
    let url: String = url
        .trim_start_matches(|character: char| character <= ' ')
        .chars()
        .filter(|character| !matches!(character, '\t' | '\n' | '\r'))
        .collect();
    let (scheme, _) = url.split_once(':')?;
    let mut letters = scheme.chars();
    let is_scheme = letters.next()?.is_ascii_alphabetic()
        && letters.all(|letter| letter.is_ascii_alphanumeric() || "+-.".contains(letter));
    is_scheme.then(|| scheme.to_ascii_lowercase())
}
