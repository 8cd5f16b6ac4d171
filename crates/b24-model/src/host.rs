//! The host of a portal: the part of its address that may be shown to anybody.

use std::{fmt, net::IpAddr};

use serde::Serialize;

/// A portal's host name, with its port when the address names one: `acme.bitrix24.com`, `127.0.0.1:8080`.
///
/// Lower-case. Never holds a path, a query or credentials, so it is safe to print.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct PortalHost(String);

/// Why a text is not the host of a portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HostError {
    /// The text is empty.
    #[error("the host is missing")]
    Missing,
    /// User name or password before `@`.
    #[error("the host carries a user name or password before `@`")]
    Userinfo,
    /// The part after the last colon is not a port.
    #[error("the port is not a number from 1 to 65535")]
    Port,
    /// A character that no host name has.
    #[error("the host has a character that host names cannot have")]
    Character,
}

impl PortalHost {
    /// Reads `name`, `name:port`, `1.2.3.4:port` or `[::1]:port`.
    pub fn parse(text: &str) -> Result<Self, HostError> {
        if text.contains('@') {
            return Err(HostError::Userinfo);
        }
        let (name, port) = match text.rfind(':') {
            Some(at) if !text[at..].contains(']') => (&text[..at], Some(&text[at + 1..])),
            _ => (text, None),
        };
        if name.is_empty() {
            return Err(HostError::Missing);
        }
        if let Some(port) = port
            && port.parse::<u16>().map_or(true, |number| number == 0)
        {
            return Err(HostError::Port);
        }
        let bracketed = name.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        let legal = match bracketed {
            Some(inner) => inner.parse::<std::net::Ipv6Addr>().is_ok(),
            None => {
                name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.' || b == b'_')
                    && !name.starts_with(['.', '-'])
                    && name.len() <= 253
            }
        };
        if legal { Ok(Self(text.to_ascii_lowercase())) } else { Err(HostError::Character) }
    }

    /// Host and port, as written into an address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The host without its port (and without the brackets of an IPv6 literal).
    pub fn name(&self) -> &str {
        match self.0.strip_prefix('[') {
            Some(rest) => rest.split(']').next().unwrap_or(rest),
            None => self.0.split(':').next().unwrap_or(&self.0),
        }
    }

    /// Whether the host is this machine: `localhost`, 127.0.0.0/8 or `::1`.
    ///
    /// Only such portals may be spoken to over plain `http`.
    pub fn is_loopback(&self) -> bool {
        let name = self.name();
        name == "localhost" || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
    }
}

impl fmt::Display for PortalHost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_a_name_or_an_address_with_an_optional_port() {
        for text in ["acme.bitrix24.com", "portal.example:8443", "127.0.0.1:9000", "[::1]:80", "localhost"] {
            assert_eq!(PortalHost::parse(text).map(|host| host.to_string()), Ok(text.to_string()));
        }
        assert_eq!(
            PortalHost::parse("ACME.Bitrix24.COM").map(|host| host.to_string()),
            Ok("acme.bitrix24.com".into())
        );
    }

    #[test]
    fn what_could_smuggle_another_host_or_a_secret_is_refused() {
        let read = |text| PortalHost::parse(text).err();
        assert_eq!(read(""), Some(HostError::Missing));
        assert_eq!(read(":80"), Some(HostError::Missing));
        assert_eq!(read("user:pass@acme.example"), Some(HostError::Userinfo));
        assert_eq!(read("acme.example:"), Some(HostError::Port));
        assert_eq!(read("acme.example:0"), Some(HostError::Port));
        assert_eq!(read("acme.example:99999"), Some(HostError::Port));
        for text in
            ["acme example", "acme/rest", "a?b", "a#b", "[::1", "[not-v6]", "акме.рф", ".acme", "a\\b"]
        {
            assert_eq!(read(text), Some(HostError::Character), "{text:?}");
        }
    }

    #[test]
    fn only_this_machine_is_loopback() {
        let loopback = |text: &str| PortalHost::parse(text).is_ok_and(|host| host.is_loopback());
        assert!(loopback("localhost:3000") && loopback("127.9.9.9") && loopback("[::1]:1"));
        assert!(
            !loopback("localhost.evil.example")
                && !loopback("127.0.0.1.nip.example")
                && !loopback("10.0.0.1")
        );
    }
}
