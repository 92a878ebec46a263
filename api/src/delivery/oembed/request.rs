//! What is asked of oEmbed (section 2.2).

use axum::http::StatusCode;

use super::size::Most;
use crate::delivery::Document;
use crate::delivery::parameters::Parameters;
use crate::error::{Code, shown};

/// What a consumer asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The address of a page, as it was given.
    pub(super) url: String,
    pub(super) format: Format,
    pub(super) most: Most,
    /// The reader's locales, the preferred one first, as they were written: an
    /// own parameter.
    pub(super) locales: Option<Vec<String>>,
}

/// In which format the answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Json,
    Xml,
}

impl Request {
    /// What a query string asks. Parameters that it does not know are passed
    /// over.
    ///
    /// # Errors
    /// The answer, where it can't be answered whatever there is.
    pub fn parse(query: Option<&str>) -> Result<Self, Box<Document>> {
        let parameters = Parameters::read(query);
        let get = |name: &str| parameters.get(name);
        let wrong = |status, message: String| {
            let code = Code::InvalidValue;
            Box::new(Document::refused_with(status, code, &message))
        };
        let Some(url) = get("url").filter(|url| !url.is_empty()) else {
            let message = "\"url\" is the address of a page, and is not there";
            return Err(wrong(StatusCode::BAD_REQUEST, message.to_owned()));
        };
        let format = match get("format") {
            None | Some("json") => Format::Json,
            Some("xml") => Format::Xml,
            Some(other) => {
                let message = format!("\"format\" is json or xml, not \"{}\"", shown(other));
                return Err(wrong(StatusCode::NOT_IMPLEMENTED, message));
            }
        };
        let most = |name: &str| match get(name) {
            None => Ok(None),
            Some(text) => pixels(text).map(Some).ok_or_else(|| {
                let message = format!(
                    "\"{name}\" is a number of pixels from 1, not \"{}\"",
                    shown(text)
                );
                wrong(StatusCode::BAD_REQUEST, message)
            }),
        };
        Ok(Self {
            url: url.to_owned(),
            format,
            most: Most {
                width: most("maxwidth")?,
                height: most("maxheight")?,
            },
            locales: get("locales").map(|text| text.split(',').map(str::to_owned).collect()),
        })
    }

    /// What its answer is found by: equal for requests of the same.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{} {self:?}", super::PATH)
    }
}

fn pixels(text: &str) -> Option<u32> {
    text.parse().ok().filter(|pixels| *pixels > 0)
}
