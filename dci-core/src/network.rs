//! Which addresses may be reached on a peer's behalf.

use ipnet::IpNet;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::LazyLock;
use url::{Host, Url};

/// The addresses a peer may make this system connect to: public ones, and the private networks its registration names.
///
/// Checked for literal addresses before anything is sent, and for names when the connection is made, so that an answer of
/// the name service that changes in between changes nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Networks(Vec<IpNet>);

/// A text is no network.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} must be an address or a network like 10.20.0.0/16")]
pub struct NotANetwork(String);

impl Networks {
    /// Public addresses only.
    pub fn public() -> Self {
        Self::default()
    }

    /// Adds a private network: `10.20.0.0/16`, or one address.
    pub fn with(mut self, network: &str) -> Result<Self, NotANetwork> {
        let parsed = network.parse::<IpNet>().or_else(|_| network.parse::<IpAddr>().map(IpNet::from));
        self.0.push(parsed.map_err(|_| NotANetwork(network.to_owned()))?);
        Ok(self)
    }

    /// Adds one address.
    pub fn with_address(mut self, address: IpAddr) -> Self {
        self.0.push(IpNet::from(address));
        self
    }

    /// Adds what `other` allows.
    pub fn and(mut self, other: &Self) -> Self {
        self.0.extend(other.0.iter().filter(|network| !self.0.contains(network)).copied().collect::<Vec<_>>());
        self
    }

    /// Every address. For what the operator of this system named itself, never for what a message names.
    #[cfg(feature = "client")]
    pub(crate) fn any() -> Self {
        let v4 = IpNet::new(Ipv4Addr::UNSPECIFIED.into(), 0).ok();
        let v6 = IpNet::new(std::net::Ipv6Addr::UNSPECIFIED.into(), 0).ok();
        Self(v4.into_iter().chain(v6).collect())
    }

    /// Whether `address` may be connected to.
    pub fn allow(&self, address: IpAddr) -> bool {
        is_public(address)
            || self.0.iter().any(|network| network.contains(&address.to_canonical()))
            || self.0.iter().any(|network| network.contains(&address))
    }
}

/// Addresses that are not anybody's on the public internet (IANA special-purpose registries).
static SPECIAL: LazyLock<Vec<IpNet>> = LazyLock::new(|| {
    const LIST: &str = "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 \
        192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4 \
        2001::/23 2001:db8::/32 3fff::/20";
    LIST.split_whitespace().filter_map(|network| network.parse().ok()).collect()
});

/// Whether `address` is one of the public internet. An IPv6 address that carries an IPv4 address counts as that one.
fn is_public(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => !SPECIAL.iter().any(|network| network.contains(&IpAddr::V4(address))),
        IpAddr::V6(address) => {
            let parts = address.segments();
            let inner = |high: u16, low: u16| IpAddr::V4(Ipv4Addr::from((u32::from(high) << 16) | u32::from(low)));
            match parts {
                [0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..] => is_public(inner(high, low)),
                // Only 2000::/3 is given out.
                [first, ..] if first & 0xe000 == 0x2000 => {
                    !SPECIAL.iter().any(|network| network.contains(&IpAddr::V6(address)))
                }
                _ => false,
            }
        }
    }
}

/// The address an URL names literally.
pub(crate) fn literal_address(url: &Url) -> Option<IpAddr> {
    match url.host()? {
        Host::Ipv4(address) => Some(address.into()),
        Host::Ipv6(address) => Some(address.into()),
        Host::Domain(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_addresses_need_a_registration() {
        let address = |text: &str| text.parse::<IpAddr>().unwrap();
        for public in ["8.8.8.8", "1.1.1.1", "2606:4700::1111", "64:ff9b::808:808", "2002:808:808::1", "::ffff:8.8.8.8"]
        {
            assert!(Networks::public().allow(address(public)), "{public}");
        }
        for inner in [
            "127.0.0.1",
            "127.8.9.1",
            "0.0.0.0",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "100.64.0.1",
            "169.254.169.254",
            "192.0.0.1",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "fe80::1",
            "fc00::1",
            "fd00::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2001:db8::1",
            "2001::1",
            "::7f00:1",
            "100::1",
        ] {
            assert!(!Networks::public().allow(address(inner)), "{inner}");
        }
        let registered = Networks::public().with("10.20.0.0/16").unwrap();
        assert!(registered.allow(address("10.20.3.4")) && registered.allow(address("::ffff:10.20.3.4")));
        assert!(!registered.allow(address("10.21.0.1")) && !registered.allow(address("127.0.0.1")));
        assert!(Networks::public().with("10.20.0.0/40").is_err() && Networks::public().with("localhost").is_err());
    }
}
