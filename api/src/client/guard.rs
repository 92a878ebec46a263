//! Which addresses may be asked, where others say whom to ask: a server that
//! asked any could be made to ask its own network.

use std::net::IpAddr;
use std::sync::LazyLock;

use ipnet::IpNet;
use url::{Host, Url};

/// What may be asked, beside public addresses by HTTPS. Nothing unless told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Guard {
    /// Whether without TLS, too.
    pub allows_http: bool,
    /// Networks that may be asked although they are not public.
    pub networks: Vec<IpNet>,
}

/// Why an address is not asked.
#[derive(thiserror::Error, Clone, Debug, PartialEq, Eq)]
pub enum GuardError {
    #[error("it is no URL such as https://partner.example/hooks")]
    NoUrl,
    #[error("a URL has at most {MAX_URL} characters")]
    TooLong,
    #[error("it has to begin with https://")]
    NotHttps,
    #[error("a URL can't hold a user or a password")]
    HasUser,
    #[error("a URL can't hold a fragment")]
    HasFragment,
    #[error("{0} is not a public address")]
    NotPublic(IpAddr),
}

/// Bytes of a URL, at most.
pub const MAX_URL: usize = 2_000;

/// Networks that are not public, by the IANA IPv4 and IPv6 Special-Purpose
/// Address Registries. Of IPv6 only `2000::/3` is given out; whatever is outside
/// of it (loopback, link-local, unique local, multicast, NAT64) is not public
/// either.
const NOT_PUBLIC: [&str; 21] = [
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.88.99.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",
    "240.0.0.0/4",
    // Teredo and other protocols; addresses in it lead to others.
    "2001::/23",
    "2001:db8::/32",
    // 6to4: an IPv4 address within.
    "2002::/16",
    "3fff::/20",
    // Direct delegation of AS112, and what is left of 6bone.
    "2620:4f:8000::/48",
    "3ffe::/16",
];

static CLOSED: LazyLock<Vec<IpNet>> = LazyLock::new(|| networks(&NOT_PUBLIC));
static GIVEN_OUT: LazyLock<Vec<IpNet>> = LazyLock::new(|| networks(&["0.0.0.0/0", "2000::/3"]));

fn networks(texts: &[&str]) -> Vec<IpNet> {
    texts.iter().filter_map(|text| text.parse().ok()).collect()
}

impl Guard {
    /// Whether a connection to this address may be made. An IPv4 address in the
    /// form of an IPv6 one (`::ffff:10.0.0.1`) is judged as what it is.
    #[must_use]
    pub fn permits(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        let is_in = |networks: &[IpNet]| networks.iter().any(|network| network.contains(&address));
        is_in(&self.networks) || (is_in(&GIVEN_OUT) && !is_in(&CLOSED))
    }

    /// The URL that `text` is, if it may be asked as far as it tells: a name is
    /// judged when it is connected to.
    ///
    /// # Errors
    /// If it may not.
    pub fn url(&self, text: &str) -> Result<Url, GuardError> {
        if text.len() > MAX_URL {
            return Err(GuardError::TooLong);
        }
        let url = Url::parse(text).map_err(|_| GuardError::NoUrl)?;
        match url.scheme() {
            "https" => {}
            "http" if self.allows_http => {}
            _ => return Err(GuardError::NotHttps),
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(GuardError::HasUser);
        }
        if url.fragment().is_some() {
            return Err(GuardError::HasFragment);
        }
        let address = match url.host() {
            None => return Err(GuardError::NoUrl),
            Some(Host::Domain(_)) => return Ok(url),
            Some(Host::Ipv4(address)) => IpAddr::V4(address),
            Some(Host::Ipv6(address)) => IpAddr::V6(address),
        };
        if self.permits(address) {
            Ok(url)
        } else {
            Err(GuardError::NotPublic(address))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{CLOSED, Guard, GuardError, NOT_PUBLIC};

    #[test]
    fn every_network_of_the_list_is_one() {
        assert_eq!(CLOSED.len(), NOT_PUBLIC.len());
    }

    #[test]
    fn an_address_that_is_not_public_is_refused_in_whatever_form() {
        let guard = Guard::default();
        for address in [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.8.9.1",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.51.100.7",
            "203.0.113.9",
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::ffff:169.254.169.254",
            "::10.0.0.1",
            "64:ff9b::10.0.0.1",
            "64:ff9b::8.8.8.8",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:2::1",
            "2001:10::1",
            "2001:20::1",
            "2001:db8::1",
            "2002:a00:1::1",
            "3fff::1",
            "3ffe::1",
            "2620:4f:8000::1",
            "5f00::1",
            "fc00::1",
            "fd12:3456::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ] {
            assert!(!guard.permits(address.parse().unwrap()), "{address}");
        }
    }

    #[test]
    fn a_public_address_is_permitted() {
        let guard = Guard::default();
        for address in [
            "1.1.1.1",
            "8.8.8.8",
            "9.255.255.255",
            "11.0.0.1",
            "100.63.255.255",
            "100.128.0.1",
            "126.255.255.255",
            "172.15.0.1",
            "172.32.0.1",
            "192.0.1.1",
            "192.167.0.1",
            "198.17.0.1",
            "198.20.0.1",
            "223.255.255.255",
            "::ffff:8.8.8.8",
            "2001:4860::8888",
            "2606:4700::1111",
            "2a00:1450::1",
        ] {
            assert!(guard.permits(address.parse().unwrap()), "{address}");
        }
    }

    #[test]
    fn a_network_that_is_named_is_permitted_and_no_other() {
        let guard = Guard {
            networks: vec!["10.1.0.0/16".parse().unwrap()],
            ..Guard::default()
        };
        assert!(guard.permits("10.1.2.3".parse().unwrap()));
        assert!(guard.permits("::ffff:10.1.2.3".parse().unwrap()));
        assert!(!guard.permits("10.2.0.1".parse().unwrap()));
    }

    #[test]
    fn a_url_is_refused_for_what_it_tells() {
        let guard = Guard::default();
        for (text, error) in [
            ("partner.example", GuardError::NoUrl),
            ("https://", GuardError::NoUrl),
            ("http://partner.example/", GuardError::NotHttps),
            ("ftp://partner.example/", GuardError::NotHttps),
            ("https://me:pass@partner.example/", GuardError::HasUser),
            ("https://partner.example/#top", GuardError::HasFragment),
        ] {
            assert_eq!(guard.url(text), Err(error), "{text}");
        }
        // An address however it is spelled.
        for text in [
            "https://127.0.0.1/",
            "https://2130706433/",
            "https://0x7f.1/",
            "https://0177.0.0.1/",
            "https://[::1]/",
            "https://[::ffff:7f00:1]/",
            "https://127.1/",
            "https://0/",
        ] {
            assert!(
                matches!(guard.url(text), Err(GuardError::NotPublic(_))),
                "{text}"
            );
        }
        assert!(guard.url("https://partner.example/hooks?a=b").is_ok());
    }
}
