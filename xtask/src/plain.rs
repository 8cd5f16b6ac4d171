//! HTTP by hand, so that nothing between a request and its answer can be polite: no decoder, no redirect, no
//! retry. Loopback is spoken to over a socket; a portal elsewhere through `curl`, which reads its orders from stdin,
//! because an address on its command line would show the webhook's secret to every process list.

mod answer;
mod curl;
mod socket;

pub(crate) use answer::Answer;

/// One request. The path carries the credential, so this is never printed.
pub(crate) struct Request {
    pub(crate) verb: &'static str,
    /// Path and query, from the slash on.
    pub(crate) path: String,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
}

/// Where requests go: `http://` on this machine, or `https://` anywhere.
#[derive(Clone, Debug)]
pub(crate) enum Host {
    /// `host:port`.
    Loopback(String),
    /// `https://host`, perhaps with a port.
    Distant(String),
}

impl Host {
    /// Reads the beginning of an address, and returns it with what follows from the first slash on.
    pub(crate) fn split(address: &str) -> Result<(Self, &str), String> {
        let (scheme, rest) = address
            .split_once("://")
            .ok_or("an address starts with https:// or, on this machine, http://")?;
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let name = authority.rsplit_once(':').map_or(authority, |(name, _)| name);
        match scheme {
            "https" => Ok((Self::Distant(format!("https://{authority}")), path)),
            "http" if ["127.0.0.1", "localhost", "[::1]"].contains(&name) => {
                Ok((Self::Loopback(authority.to_owned()), path))
            }
            _ => {
                Err("plain http is only spoken on this machine: a webhook's address is a password".to_owned())
            }
        }
    }

    /// Sends one request and reads the whole answer, whatever its status.
    pub(crate) fn send(&self, request: &Request) -> Result<Answer, String> {
        match self {
            Self::Loopback(authority) => socket::send(authority, request),
            Self::Distant(origin) => curl::send(origin, request),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_split_after_the_host_and_plain_http_leaves_this_machine_never() {
        let split = |address| Host::split(address).map(|(host, path)| (format!("{host:?}"), path.to_owned()));
        let parts = |host: &str, path: &str| Ok((host.to_owned(), path.to_owned()));

        assert_eq!(
            split("http://127.0.0.1:8024/rest/1/x/"),
            parts("Loopback(\"127.0.0.1:8024\")", "/rest/1/x/")
        );
        assert_eq!(
            split("https://acme.example/rest/1/x"),
            parts("Distant(\"https://acme.example\")", "/rest/1/x")
        );
        assert!(split("http://acme.example/rest/1/x/").is_err());
        assert!(split("acme.example/rest/1/x/").is_err());
    }
}
