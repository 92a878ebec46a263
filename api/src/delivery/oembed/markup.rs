//! The few elements that answers are made of. They are written as XHTML, which
//! HTML reads in the same way; all texts are escaped.

use std::io;

use quick_xml::Writer;
use quick_xml::events::BytesText;

use crate::content::script::{Direction, direction};
use crate::delivery::text::legal;

/// Where markup is written to.
pub(super) type Html = Writer<Vec<u8>>;

/// A name or a title, in its language, that leads somewhere.
#[derive(Clone, Debug)]
pub(super) struct Link {
    pub(super) text: String,
    pub(super) url: String,
    pub(super) locale: String,
}

impl Link {
    pub(super) fn new(text: &str, url: String, locale: &str) -> Self {
        Self {
            text: legal(text),
            url,
            locale: locale.to_owned(),
        }
    }

    /// Write it where all around is in `around`.
    pub(super) fn write(&self, html: &mut Html, around: &str) -> io::Result<()> {
        let mut element = html
            .create_element("a")
            .with_attribute(("href", &*self.url));
        if self.locale != around {
            element = element.with_attributes(in_language(&self.locale));
        }
        element
            .write_text_content(BytesText::new(&self.text))
            .map(drop)
    }
}

/// What tells the language of an element.
pub(super) fn in_language(locale: &str) -> [(&'static str, &str); 2] {
    let way = match direction(locale) {
        Direction::Ltr => "ltr",
        Direction::Rtl => "rtl",
    };
    [("lang", locale), ("dir", way)]
}

/// Write plain words.
pub(super) fn words(html: &mut Html, text: &str) -> io::Result<()> {
    html.write_event(quick_xml::events::Event::Text(BytesText::new(text)))
}

/// What was written.
///
/// # Errors
/// None that is known: only texts were.
pub(super) fn text(html: Html) -> io::Result<String> {
    String::from_utf8(html.into_inner()).map_err(io::Error::other)
}
