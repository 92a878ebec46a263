//! Links between articles, resolved for a reader.

use async_graphql::Value;
use url::{ParseError, Url};

use super::address::Reference;
use super::html::escape;

/// How a link to an article begins in stored HTML, whose attributes have one
/// order and whose text has neither `<` nor `>`.
const OPENING: &str = "<a href=\"";
const CLOSING: &str = "</a>";

/// How an image begins, likewise.
const IMAGE: &str = "<img src=\"";

/// The articles that stored HTML links to.
#[must_use]
pub fn in_html(html: &str) -> Vec<Reference> {
    html.split(OPENING)
        .skip(1)
        .filter_map(|rest| Reference::parse(rest.split('"').next()?))
        .collect()
}

/// The articles that stored blocks link to.
#[must_use]
pub fn in_blocks(blocks: &Value) -> Vec<Reference> {
    let mut found = Vec::new();
    collect(blocks, &mut found);
    found
}

/// Stored HTML with links to the addresses that `address` has for them. A link
/// without an address is its content.
#[must_use]
pub fn resolve_html(html: &str, address: impl Fn(&Reference) -> Option<String>) -> String {
    let mut resolved = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(place) = rest.find(OPENING) {
        let (before, link) = rest.split_at(place + OPENING.len());
        let href = link.split('"').next().unwrap_or_default();
        let Some(reference) = Reference::parse(href) else {
            resolved.push_str(before);
            rest = link;
            continue;
        };
        let after = link.get(href.len()..).unwrap_or_default();
        match address(&reference) {
            Some(address) => {
                resolved.push_str(before);
                escape(&mut resolved, &address);
                rest = after;
            }
            None => {
                // Links don't nest: the next end is the end of this one.
                let content = after.split_once('>').map_or("", |(_, content)| content);
                let (content, after) = content.split_once(CLOSING).unwrap_or((content, ""));
                resolved.push_str(before.strip_suffix(OPENING).unwrap_or(before));
                resolved.push_str(content);
                rest = after;
            }
        }
    }
    resolved.push_str(rest);
    resolved
}

/// Stored HTML whose links and images have addresses that lead there from
/// anywhere, where it is shown at `base`.
#[must_use]
pub fn absolute_html(html: &str, base: &Url) -> String {
    let links = absolute(html, OPENING, base);
    absolute(&links, IMAGE, base)
}

/// The same for what follows each `opening`.
fn absolute(html: &str, opening: &str, base: &Url) -> String {
    let mut parts = html.split(opening);
    let mut written = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        written.push_str(opening);
        let (address, rest) = part.split_at(part.find('"').unwrap_or(part.len()));
        match absolute_address(address, base) {
            Some(address) => escape(&mut written, &address),
            None => written.push_str(address),
        }
        written.push_str(rest);
    }
    written
}

/// An address, as an attribute has it, that leads somewhere only from `base`;
/// `None`: it is one that leads there from anywhere.
fn absolute_address(address: &str, base: &Url) -> Option<String> {
    let plain = address.replace("&quot;", "\"").replace("&amp;", "&");
    match Url::parse(&plain) {
        Err(ParseError::RelativeUrlWithoutBase) => base.join(&plain).ok().map(String::from),
        _ => None,
    }
}

/// The same for blocks.
pub fn resolve_blocks(blocks: &mut Value, address: &impl Fn(&Reference) -> Option<String>) {
    match blocks {
        Value::Object(fields) => {
            if let Some(address) = reference(fields).and_then(|link| address(&link)) {
                fields.insert(async_graphql::Name::new("href"), Value::String(address));
            }
            for field in fields.values_mut() {
                resolve_blocks(field, address);
            }
        }
        Value::List(items) => {
            let mut kept = Vec::with_capacity(items.len());
            for item in std::mem::take(items) {
                match item {
                    Value::Object(mut fields)
                        if reference(&fields).is_some_and(|link| address(&link).is_none()) =>
                    {
                        if let Some(Value::List(content)) = fields.swap_remove("content") {
                            kept.extend(content);
                        }
                    }
                    item => kept.push(item),
                }
            }
            *items = kept;
            for item in items {
                resolve_blocks(item, address);
            }
        }
        _ => {}
    }
}

fn collect(blocks: &Value, found: &mut Vec<Reference>) {
    match blocks {
        Value::Object(fields) => {
            found.extend(reference(fields));
            for field in fields.values() {
                collect(field, found);
            }
        }
        Value::List(items) => {
            for item in items {
                collect(item, found);
            }
        }
        _ => {}
    }
}

type Fields = async_graphql::indexmap::IndexMap<async_graphql::Name, Value>;

/// The article that an object of blocks links to; `None` where it does not.
fn reference(fields: &Fields) -> Option<Reference> {
    fields.get("article")?;
    match fields.get("href")? {
        Value::String(href) => Reference::parse(href),
        _ => None,
    }
}
