//! An answer in the format that was asked for (section 2.3.4).

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::request::Format;
use super::response::Response;
use crate::error::Error;

impl Format {
    /// The type that it is sent as.
    pub(super) const fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json; charset=utf-8",
            Self::Xml => "text/xml; charset=utf-8",
        }
    }

    /// `response` in this format.
    ///
    /// # Errors
    /// None that is known: it is written to memory.
    pub(super) fn written(self, response: &Response) -> Result<Vec<u8>, Error> {
        match self {
            Self::Json => {
                serde_json::to_vec(response).map_err(|error| Error::Internal(error.into()))
            }
            Self::Xml => xml(response).map_err(|error| Error::Internal(error.into())),
        }
    }
}

fn xml(response: &Response) -> io::Result<Vec<u8>> {
    let numbers = [response.cache_age, response.width, response.height].map(|it| it.to_string());
    let [cache_age, width, height] = &numbers;
    let elements = [
        ("type", Some(response.kind)),
        ("version", Some(response.version)),
        ("title", Some(&*response.title)),
        ("author_name", response.author_name.as_deref()),
        ("author_url", response.author_url.as_deref()),
        ("provider_name", response.provider_name.as_deref()),
        ("provider_url", Some(&*response.provider_url)),
        ("cache_age", Some(cache_age)),
        ("html", Some(&*response.html)),
        ("width", Some(width)),
        ("height", Some(height)),
    ];
    let mut xml = Writer::new(Vec::new());
    let declaration = BytesDecl::new("1.0", Some("utf-8"), Some("yes"));
    xml.write_event(Event::Decl(declaration))?;
    xml.create_element("oembed").write_inner_content(|xml| {
        let present = elements
            .iter()
            .filter_map(|(name, text)| Some((*name, (*text)?)));
        for (name, text) in present {
            let element = xml.create_element(name);
            element.write_text_content(BytesText::new(text))?;
        }
        Ok(())
    })?;
    Ok(xml.into_inner())
}
