//! Pages elsewhere.

use std::fmt;
use std::str::FromStr;

use url::Url;

/// The origins of pages that may read answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Origins {
    /// All of them.
    #[default]
    Any,
    /// These, as browsers write them: `https://example.org`.
    Listed(Vec<String>),
}

impl FromStr for Origins {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text.trim() == "*" {
            return Ok(Self::Any);
        }
        let listed = text
            .split(',')
            .map(str::trim)
            .filter(|text| !text.is_empty());
        listed
            .map(origin)
            .collect::<Option<_>>()
            .map(Self::Listed)
            .ok_or_else(|| "give origins such as https://example.org, *, or nothing".to_owned())
    }
}

/// The text as browsers write it; `None` if it is more than an origin.
#[must_use]
pub fn origin(text: &str) -> Option<String> {
    let url = Url::parse(text).ok()?;
    let origin = url.origin().ascii_serialization();
    let written = text.trim_end_matches('/');
    // A default port is left out.
    let same = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
    let is_page = matches!(url.scheme(), "http" | "https") && url.username().is_empty();
    (same && is_page && !written.ends_with('?')).then_some(origin)
}

impl fmt::Display for Origins {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => formatter.write_str("*"),
            Self::Listed(origins) => formatter.write_str(&origins.join(",")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Origins;

    #[test]
    fn origins_are_kept_as_browsers_write_them() {
        for (text, expected) in [
            ("*", "*"),
            ("", ""),
            ("https://example.org", "https://example.org"),
            ("https://Example.org:443/", "https://example.org"),
            (
                "http://localhost:3000, https://a.example",
                "http://localhost:3000,https://a.example",
            ),
        ] {
            let origins: Origins = text.parse().unwrap();

            assert_eq!(origins.to_string(), expected, "{text}");
        }
        for wrong in [
            "example.org",
            "https://a.example/page",
            "null",
            "https://*.a b",
            "ftp://a",
        ] {
            assert!(wrong.parse::<Origins>().is_err(), "{wrong}");
        }
    }
}
