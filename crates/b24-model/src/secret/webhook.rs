//! The address of an inbound webhook. Whoever has it is the person who made it.
//!
//! Source: the REST documentation, "Incoming webhooks" (`local-integrations/local-webhooks.md`).

use std::fmt;

use zeroize::{ZeroizeOnDrop, Zeroizing};

use crate::{Dialect, PortalHost, UserId, host::HostError};

/// The address of an inbound webhook: `https://{portal}/rest/{user}/{secret}/`.
///
/// Printed, it is only its host.
pub struct WebhookUrl {
    plain_http: bool,
    host: PortalHost,
    user: UserId,
    secret: Zeroizing<String>,
}

/// Why a text is not the address of a webhook. Never repeats the text: it may hold a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WebhookError {
    /// There is nothing.
    #[error("the webhook address is empty")]
    Empty,
    /// Neither `https://` nor `http://`.
    #[error("the webhook address does not begin with https://")]
    Scheme,
    /// Plain `http` to another machine would send the secret in clear.
    #[error("the webhook address uses plain http, which only a portal on this machine may")]
    PlainHttp,
    /// The host is not one.
    #[error("the webhook address has no valid host: {0}")]
    Host(#[from] HostError),
    /// The path is not `/rest/{user}/{secret}/`.
    #[error("the webhook address does not look like https://your-portal/rest/1/your-secret/")]
    Shape,
}

impl WebhookUrl {
    /// Reads an address as the portal shows it.
    ///
    /// Accepted: `https` (plain `http` only to this machine), `/rest/{digits}/{secret}` or
    /// `/rest/api/{digits}/{secret}`, with or without the last slash; the portal's own page also shows the
    /// address with a method behind it (`…/profile.json`), which is dropped. A query or fragment is refused.
    pub fn parse(text: &str) -> Result<Self, WebhookError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(WebhookError::Empty);
        }
        let (plain_http, rest) = match (strip_scheme(text, "https://"), strip_scheme(text, "http://")) {
            (Some(rest), _) => (false, rest),
            (None, Some(rest)) => (true, rest),
            (None, None) => return Err(WebhookError::Scheme),
        };
        let (authority, path) = rest.split_once('/').ok_or(WebhookError::Shape)?;
        let host = PortalHost::parse(authority)?;
        if plain_http && !host.is_loopback() {
            return Err(WebhookError::PlainHttp);
        }
        let path = path.strip_prefix("rest/").ok_or(WebhookError::Shape)?;
        let path = path.strip_prefix("api/").unwrap_or(path);
        let mut parts = path.split('/');
        let user = parts.next().and_then(|digits| digits.parse().ok()).ok_or(WebhookError::Shape)?;
        let secret = parts.next().unwrap_or_default();
        let method = parts.next().unwrap_or_default();
        let word = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
        if secret.is_empty() || !word(secret) || !method.split('.').all(word) || parts.next().is_some() {
            return Err(WebhookError::Shape);
        }
        Ok(Self { plain_http, host, user, secret: Zeroizing::new(secret.to_owned()) })
    }

    /// The portal it belongs to.
    pub fn host(&self) -> &PortalHost {
        &self.host
    }

    /// The person who made it and under whose rights every call runs.
    pub fn user(&self) -> UserId {
        self.user
    }

    /// Whether it is spoken to without TLS. Only true for portals on this machine.
    pub fn is_plain_http(&self) -> bool {
        self.plain_http
    }

    /// The same webhook on another host, after the portal was renamed.
    ///
    /// Refuses what [`WebhookUrl::parse`] would refuse. The old address is wiped with `self`.
    pub fn moved_to(self, host: PortalHost, plain_http: bool) -> Result<Self, WebhookError> {
        if plain_http && !host.is_loopback() {
            return Err(WebhookError::PlainHttp);
        }
        Ok(Self { host, plain_http, ..self })
    }

    /// The address for one method: straight into a request, and nowhere else.
    pub fn expose(&self, dialect: Dialect, method: &str) -> Zeroizing<String> {
        let scheme = if self.plain_http { "http" } else { "https" };
        let (api, suffix) = match dialect {
            Dialect::Classic => ("", ".json"),
            Dialect::V3 => ("api/", ""),
        };
        let (host, user, secret) = (&self.host, self.user, self.secret.as_str());
        Zeroizing::new(format!("{scheme}://{host}/rest/{api}{user}/{secret}/{method}{suffix}"))
    }
}

impl ZeroizeOnDrop for WebhookUrl {}

impl fmt::Debug for WebhookUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "WebhookUrl({}/rest/***)", self.host)
    }
}

/// Schemes are case-insensitive (RFC 3986 §3.1).
fn strip_scheme<'a>(text: &'a str, scheme: &str) -> Option<&'a str> {
    let head = text.get(..scheme.len())?;
    head.eq_ignore_ascii_case(scheme).then(|| &text[scheme.len()..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exposed(text: &str) -> Result<String, WebhookError> {
        WebhookUrl::parse(text).map(|webhook| webhook.expose(Dialect::Classic, "profile").to_string())
    }

    #[test]
    fn every_form_that_the_portal_shows_is_read() {
        let plain = Ok("https://acme.example/rest/1/not-a-secret/profile.json".to_owned());
        assert_eq!(exposed("https://acme.example/rest/1/not-a-secret/"), plain);
        assert_eq!(exposed(" HTTPS://acme.example/rest/1/not-a-secret\n"), plain);
        assert_eq!(exposed("https://acme.example/rest/api/1/not-a-secret/"), plain);
        assert_eq!(exposed("https://acme.example/rest/1/not-a-secret/profile.json"), plain);
        assert_eq!(
            WebhookUrl::parse("https://acme.example/rest/1/x/")
                .map(|w| w.expose(Dialect::V3, "tasks.task.get").to_string()),
            Ok("https://acme.example/rest/api/1/x/tasks.task.get".to_owned())
        );
    }

    #[test]
    fn what_is_not_a_webhook_is_refused_without_repeating_it() {
        use WebhookError::*;
        assert_eq!(exposed(" "), Err(Empty));
        assert_eq!(exposed("acme.example/rest/1/x/"), Err(Scheme));
        assert_eq!(exposed("http://acme.example/rest/1/x/"), Err(PlainHttp));
        assert_eq!(exposed("https://u:p@acme.example/rest/1/x/"), Err(Host(HostError::Userinfo)));
        for text in [
            "https://acme.example",
            "https://acme.example/rest/",
            "https://acme.example/rest/0/x/",
            "https://acme.example/rest/one/x/",
            "https://acme.example/rest/1/x y/",
            "https://acme.example/rest/1/x/?auth=y",
            "https://acme.example/rest/1/x/a/b",
            "https://acme.example/rest/1/x#y",
            "https://acme.example/other/1/x/",
        ] {
            assert_eq!(exposed(text), Err(Shape), "{text}");
        }
    }

    #[test]
    fn plain_http_is_for_this_machine_only_even_after_a_move() {
        let webhook = WebhookUrl::parse("http://127.0.0.1:9000/rest/1/x/").expect("loopback may be plain");
        let elsewhere = PortalHost::parse("acme.example").expect("a host");
        assert_eq!(webhook.moved_to(elsewhere, true).err(), Some(WebhookError::PlainHttp));
    }

    #[test]
    fn printed_it_is_only_its_host() {
        let webhook = WebhookUrl::parse("https://acme.example/rest/1/not-a-secret/").expect("valid");
        assert_eq!(format!("{webhook:?}"), "WebhookUrl(acme.example/rest/***)");
    }
}
