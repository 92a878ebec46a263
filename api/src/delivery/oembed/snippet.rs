//! An issue, a topic or an author as the embed shows it: what `/embed` makes,
//! with a link in place of it until the script runs, and one to a feed where
//! none does.

use std::io;

use quick_xml::Writer;
use quick_xml::events::BytesText;

use super::markup::{Link, in_language, text, words};
use crate::app::App;
use crate::delivery::feed::{Address, Kind, Subject};

/// What an element of the embed shows.
#[derive(Clone, Debug)]
pub(super) struct Snippet {
    /// `masthead-feed` or `masthead-issue`.
    pub(super) element: &'static str,
    /// The attribute that says of what, and its value.
    pub(super) of: (&'static str, String),
    pub(super) locales: Vec<String>,
    pub(super) limit: Option<u32>,
    /// The page of the website that shows the same.
    pub(super) page: Link,
    /// What the feed of the same is of.
    pub(super) subject: Subject,
}

impl Snippet {
    /// It as markup.
    ///
    /// # Errors
    /// None that is known: it is written to memory.
    pub(super) fn html(&self, app: &App) -> io::Result<String> {
        let script = format!("{}/embed.js", app.public_url);
        let locales = self.locales.join(",");
        let limit = self.limit.map(|limit| limit.to_string());
        let mut attributes = vec![(self.of.0, &*self.of.1), ("locales", &*locales)];
        attributes.extend(limit.as_deref().map(|limit| ("limit", limit)));
        let mut html = Writer::new(Vec::new());
        html.create_element("script")
            .with_attributes([("async", "async"), ("src", &*script)])
            .write_text_content(BytesText::new(""))?;
        html.create_element(self.element)
            .with_attributes(attributes)
            .write_inner_content(|html| {
                self.page.write(html, "")?;
                html.create_element("noscript")
                    .write_inner_content(|html| {
                        words(html, " · ")?;
                        let feed = self.feed(app);
                        html.create_element("a")
                            .with_attributes([
                                ("href", &*feed),
                                ("type", Kind::Rss.bare_media_type()),
                            ])
                            .with_attributes(in_language(&self.page.locale))
                            .write_text_content(BytesText::new(&format!(
                                "{} (RSS)",
                                self.page.text
                            )))
                            .map(drop)
                    })
                    .map(drop)
            })?;
        text(html)
    }

    fn feed(&self, app: &App) -> String {
        let address = Address::new(Kind::Rss, self.locales.clone(), self.subject.clone());
        format!("{}{}", app.public_url, address.path())
    }
}
