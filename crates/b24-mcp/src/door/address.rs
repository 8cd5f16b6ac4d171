//! Under which names the server may be spoken to, and which web pages may do it.
//!
//! A page that a person merely visits can make the browser speak to `127.0.0.1` (DNS rebinding). The `Host`
//! it sends is then the page's own name, and its `Origin` is not ours: both are checked before anything else.

use http::{HeaderMap, Uri, header, uri::Authority};

use crate::config::{Listen, PublicUrl};

const LOOPBACK: [&str; 3] = ["localhost", "127.0.0.1", "::1"];

/// The names that are ours.
#[derive(Clone, Debug)]
pub(crate) struct Names {
    listen: Option<String>,
    public: Option<PublicUrl>,
}

/// Why a request is turned away.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Foreign {
    /// The request says no host at all, or not a legal one.
    #[error("the request has no valid Host header")]
    NoHost,
    /// The name is not ours.
    #[error("this server does not answer under this Host; set B24_PUBLIC_URL to the address that people use")]
    Host,
    /// The page is not ours.
    #[error("web pages of this Origin may not use this server; B24_PUBLIC_URL says which may")]
    Origin,
}

impl Foreign {
    /// The reason, in one word that is never renamed: dashboards rely on it.
    pub(crate) const fn word(&self) -> &'static str {
        match self {
            Self::NoHost => "no_host",
            Self::Host => "foreign_host",
            Self::Origin => "foreign_origin",
        }
    }
}

impl Names {
    /// Takes the names from the configuration. An address that means "every interface" names nothing.
    pub(crate) fn new(listen: &Listen, public: Option<PublicUrl>) -> Self {
        let everywhere = listen.host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_unspecified());
        Self { listen: (!everywhere).then(|| listen.host.clone()), public }
    }

    /// Turns away what comes from a foreign page or under a foreign name.
    pub(crate) fn check(&self, uri: &Uri, headers: &HeaderMap) -> Result<(), Foreign> {
        for origin in headers.get_all(header::ORIGIN) {
            let ours = origin.to_str().is_ok_and(|text| self.is_our_origin(text));
            if !ours {
                return Err(Foreign::Origin);
            }
        }
        let mut hosts = headers.get_all(header::HOST).iter();
        let (Some(host), None) = (hosts.next(), hosts.next()) else {
            return Err(Foreign::NoHost);
        };
        let host = Authority::try_from(host.as_bytes()).map_err(|_| Foreign::NoHost)?;
        for authority in uri.authority().into_iter().chain([&host]) {
            if !self.is_our_host(authority) {
                return Err(Foreign::Host);
            }
        }
        Ok(())
    }

    /// Loopback names are ours under any port: health checks and proxies on this machine use them.
    fn is_our_host(&self, authority: &Authority) -> bool {
        let name = bare(authority.host());
        LOOPBACK.contains(&name.as_str())
            || self.listen.as_deref() == Some(name.as_str())
            || self.public.as_ref().is_some_and(|public| {
                public.host() == name && authority.port_u16().is_none_or(|port| port == public.port())
            })
    }

    /// Pages of this machine may use a server that is only for this machine.
    fn is_our_origin(&self, text: &str) -> bool {
        let Ok(uri) = text.parse::<Uri>() else {
            return false;
        };
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return false;
        };
        let name = bare(authority.host());
        let default = if scheme == "https" { 443 } else { 80 };
        let port = authority.port_u16().unwrap_or(default);
        match &self.public {
            Some(public) if !LOOPBACK.contains(&public.host()) => {
                scheme == public.scheme() && name == public.host() && port == public.port()
            }
            _ => matches!(scheme, "http" | "https") && LOOPBACK.contains(&name.as_str()),
        }
    }
}

fn bare(host: &str) -> String {
    host.trim_start_matches('[').trim_end_matches(']').to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(public: Option<&str>, host: &str, origin: Option<&str>) -> Result<(), Foreign> {
        let listen = "0.0.0.0:3000".parse().expect("an address");
        let names = Names::new(&listen, public.map(|text| text.parse().expect("an address")));
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, host.parse().expect("a header value"));
        if let Some(origin) = origin {
            headers.insert(header::ORIGIN, origin.parse().expect("a header value"));
        }
        names.check(&Uri::from_static("/mcp"), &headers)
    }

    #[test]
    fn a_local_server_answers_under_loopback_names_to_local_pages_only() {
        for host in ["localhost:3000", "127.0.0.1", "[::1]:9", "LOCALHOST"] {
            assert_eq!(check(None, host, None), Ok(()), "{host}");
        }
        assert_eq!(check(None, "localhost:3000", Some("http://localhost:6274")), Ok(()));
        assert_eq!(check(None, "localhost.evil.example:3000", None), Err(Foreign::Host));
        assert_eq!(check(None, "192.0.2.7:3000", None), Err(Foreign::Host));
        for origin in
            ["http://evil.example", "null", "http://localhost.evil.example", "file://", "", "localhost"]
        {
            assert_eq!(check(None, "localhost:3000", Some(origin)), Err(Foreign::Origin), "{origin}");
        }
    }

    #[test]
    fn a_public_server_answers_under_its_public_name_to_its_own_pages_only() {
        let public = Some("https://mcp.acme.example");
        assert_eq!(check(public, "mcp.acme.example", Some("https://mcp.acme.example")), Ok(()));
        assert_eq!(check(public, "mcp.acme.example:443", None), Ok(()));
        assert_eq!(check(public, "localhost:3000", None), Ok(()));
        assert_eq!(check(public, "mcp.acme.example:8080", None), Err(Foreign::Host));
        for origin in ["http://mcp.acme.example", "https://mcp.acme.example:8443", "http://localhost:3000"] {
            assert_eq!(check(public, "mcp.acme.example", Some(origin)), Err(Foreign::Origin), "{origin}");
        }
    }

    #[test]
    fn a_request_says_exactly_one_host() {
        assert_eq!(check(None, "", None), Err(Foreign::NoHost));
        assert_eq!(check(None, "a b", None), Err(Foreign::NoHost));
    }
}
