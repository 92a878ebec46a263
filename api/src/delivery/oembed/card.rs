//! An article as a card: static markup that needs no script and no rule, and
//! whose sense stays where a consumer leaves out what it does not know.

use std::io;

use quick_xml::Writer;
use quick_xml::events::BytesText;

use super::markup::{Html, Link, in_language, text, words};
use super::size::{Most, Size};

/// What stands between the parts of the last line.
const BETWEEN: &str = " · ";

/// What a card says.
#[derive(Clone, Debug)]
pub(super) struct Card {
    pub(super) title: Link,
    /// Plain words; empty where there is none, or no room for it.
    pub(super) lead: String,
    pub(super) authors: Vec<Link>,
    pub(super) topic: Option<Link>,
    /// When it was published, in words of its language.
    pub(super) day: String,
    pub(super) publication: Option<Link>,
}

impl Card {
    /// The same, without its lead where there is no room for it; and the room
    /// that it takes.
    pub(super) fn fitted(self, most: Most) -> (Self, Size) {
        let [title, lead, end] = [
            self.title.text.chars().count(),
            self.lead.chars().count(),
            self.end_length(),
        ];
        if lead > 0 && most.has_room(&[title, lead, end]) {
            return (self, most.of_paragraphs(&[title, lead, end]));
        }
        let card = Self {
            lead: String::new(),
            ..self
        };
        (card, most.of_paragraphs(&[title, end]))
    }

    /// It as markup.
    ///
    /// # Errors
    /// None that is known: it is written to memory.
    pub(super) fn html(&self) -> io::Result<String> {
        let mut html = Writer::new(Vec::new());
        let locale = &*self.title.locale;
        html.create_element("blockquote")
            .with_attributes([("class", "masthead-card"), ("cite", &*self.title.url)])
            .with_attributes(in_language(locale))
            .write_inner_content(|html| {
                html.create_element("p").write_inner_content(|html| {
                    html.create_element("strong")
                        .write_inner_content(|html| self.title.write(html, locale))
                        .map(drop)
                })?;
                if !self.lead.is_empty() {
                    let lead = html.create_element("p");
                    lead.write_text_content(BytesText::new(&self.lead))?;
                }
                let end = html.create_element("p");
                end.write_inner_content(|html| self.end(html)).map(drop)
            })?;
        text(html)
    }

    /// Who wrote it, on what, when, and where it is from.
    fn end(&self, html: &mut Html) -> io::Result<()> {
        let locale = &*self.title.locale;
        for (place, author) in self.authors.iter().enumerate() {
            words(html, if place > 0 { ", " } else { "" })?;
            author.write(html, locale)?;
        }
        let mut between = if self.authors.is_empty() { "" } else { BETWEEN };
        if let Some(topic) = &self.topic {
            words(html, between)?;
            topic.write(html, locale)?;
            between = BETWEEN;
        }
        words(html, &format!("{between}{}", self.day))?;
        match &self.publication {
            None => Ok(()),
            Some(publication) => {
                words(html, BETWEEN)?;
                publication.write(html, locale)
            }
        }
    }

    fn end_length(&self) -> usize {
        let links = self
            .authors
            .iter()
            .chain(&self.topic)
            .chain(&self.publication);
        let texts = links.map(|link| link.text.as_str()).chain([&*self.day]);
        texts.map(|text| text.chars().count() + BETWEEN.len()).sum()
    }
}
