//! Which address a request comes from, when proxies stand in front.

use std::net::{IpAddr, SocketAddr};

use ipnet::IpNet;

/// The proxies that are believed when they say whom they ask for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrustedProxies(Vec<IpNet>);

impl TrustedProxies {
    /// Those in these networks.
    #[must_use]
    pub const fn new(networks: Vec<IpNet>) -> Self {
        Self(networks)
    }

    /// The networks.
    #[must_use]
    pub fn networks(&self) -> &[IpNet] {
        &self.0
    }

    /// Whether a proxy at this address is believed.
    #[must_use]
    pub fn trusts(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|network| network.contains(&address))
    }

    /// The client behind `peer`, given the addresses that were `forwarded`, the
    /// nearest last. Each proxy adds whom it was asked by: as long as they are
    /// trusted, the next before is believed. What is no address ends that.
    pub fn client<'a>(
        &self,
        peer: IpAddr,
        forwarded: impl DoubleEndedIterator<Item = &'a str>,
    ) -> IpAddr {
        let mut client = peer;
        for text in forwarded.rev() {
            if !self.trusts(client) {
                break;
            }
            let Some(address) = address(text) else {
                break;
            };
            client = address;
        }
        client
    }
}

/// An address as proxies write it: with a port or without, in brackets or not.
fn address(text: &str) -> Option<IpAddr> {
    let text = text.trim().trim_matches('"');
    let bare = text
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    let with_port = || text.parse::<SocketAddr>().map(|address| address.ip());
    bare.unwrap_or(text).parse().or_else(|_| with_port()).ok()
}

#[cfg(test)]
mod tests {
    use super::TrustedProxies;

    fn client(peer: &str, forwarded: &[&str]) -> String {
        let networks = ["10.0.0.0/8", "192.0.2.7/32", "fd00::/8"];
        let proxies = TrustedProxies::new(networks.map(|text| text.parse().unwrap()).to_vec());
        let client = proxies.client(peer.parse().unwrap(), forwarded.iter().copied());
        client.to_string()
    }

    #[test]
    fn a_client_is_the_last_whom_a_trusted_proxy_names() {
        for (peer, forwarded, expected) in [
            // Nobody in front.
            ("198.51.100.1", &[][..], "198.51.100.1"),
            ("10.0.0.1", &[], "10.0.0.1"),
            // Who is not trusted is not believed.
            ("198.51.100.1", &["203.0.113.9"], "198.51.100.1"),
            ("10.0.0.1", &["203.0.113.9"], "203.0.113.9"),
            // What the client itself sent before the proxy added its address.
            ("10.0.0.1", &["8.8.8.8", "203.0.113.9"], "203.0.113.9"),
            (
                "10.0.0.1",
                &["203.0.113.9", "10.9.9.9", "192.0.2.7"],
                "203.0.113.9",
            ),
            ("::ffff:10.0.0.1", &["203.0.113.9"], "203.0.113.9"),
            ("fd00::1", &["\"[2001:db8::5]:4711\""], "2001:db8::5"),
            ("10.0.0.1", &["[2001:db8::5]"], "2001:db8::5"),
            ("10.0.0.1", &["203.0.113.9:80"], "203.0.113.9"),
            ("10.0.0.1", &["203.0.113.9", "unknown"], "10.0.0.1"),
            ("10.0.0.1", &["203.0.113.9", ""], "10.0.0.1"),
        ] {
            assert_eq!(client(peer, forwarded), expected, "{peer} {forwarded:?}");
        }
    }
}
