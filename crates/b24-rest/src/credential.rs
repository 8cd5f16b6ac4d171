//! What opens the door of a portal: an inbound webhook now, an OAuth grant with its renewal later.
//!
//! The webhook's address is its password. It leaves here only as an address for one request.

use std::sync::{Arc, PoisonError, RwLock};

use b24_model::{
    Dialect, PortalHost,
    secret::{WebhookError, WebhookUrl},
};
use zeroize::Zeroizing;

/// Secrets shorter than this cannot be told from ordinary words, and no portal makes such ones.
const SHORTEST_MASKED: usize = 8;

/// An inbound webhook, which may move to another host when its portal is renamed.
///
/// An OAuth grant will be a second variant; renewing it belongs here as well.
pub(crate) struct Credential {
    webhook: RwLock<Arc<WebhookUrl>>,
    secret: Zeroizing<String>,
}

impl Credential {
    pub(crate) fn webhook(webhook: WebhookUrl) -> Self {
        let address = webhook.expose(Dialect::Classic, "x");
        let secret = address.rsplit('/').nth(1).unwrap_or_default().to_owned();
        Self { webhook: RwLock::new(Arc::new(webhook)), secret: Zeroizing::new(secret) }
    }

    /// The webhook, on the host where the portal lives now.
    pub(crate) fn current(&self) -> Arc<WebhookUrl> {
        Arc::clone(&self.webhook.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The same webhook on `host`, not yet believed.
    pub(crate) fn on(&self, host: PortalHost) -> Result<Arc<WebhookUrl>, WebhookError> {
        let here = self.current();
        let plain_http = here.is_plain_http();
        let copy = WebhookUrl::parse(&here.expose(Dialect::V3, ""))?;
        copy.moved_to(host, plain_http).map(Arc::new)
    }

    /// Calls go to `webhook` from now on.
    pub(crate) fn settle(&self, webhook: Arc<WebhookUrl>) {
        *self.webhook.write().unwrap_or_else(PoisonError::into_inner) = webhook;
    }

    /// `bytes` without the secret, wherever a portal or a proxy repeated it.
    pub(crate) fn mask(&self, bytes: Vec<u8>) -> Vec<u8> {
        let secret = self.secret.as_bytes();
        let echoed =
            secret.len() >= SHORTEST_MASKED && bytes.windows(secret.len()).any(|window| window == secret);
        if !echoed {
            return bytes;
        }
        // The secret is plain ASCII, so reading the bytes as text loses nothing that was legal JSON.
        String::from_utf8_lossy(&bytes).replace(self.secret.as_str(), "***").into_bytes()
    }

    /// `text` without the secret.
    pub(crate) fn mask_text(&self, text: String) -> String {
        if self.secret.len() >= SHORTEST_MASKED && text.contains(self.secret.as_str()) {
            text.replace(self.secret.as_str(), "***")
        } else {
            text
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_masked_wherever_it_is_repeated() {
        let webhook = WebhookUrl::parse("https://acme.example/rest/1/not-a-secret/").expect("valid");
        let credential = Credential::webhook(webhook);
        let masked = credential.mask(b"{\"error\":\"/rest/1/not-a-secret/x not-a-secret\"}".to_vec());
        assert_eq!(masked, b"{\"error\":\"/rest/1/***/x ***\"}");
        assert_eq!(credential.mask_text("nothing to hide".into()), "nothing to hide");
    }

    #[test]
    fn a_webhook_moves_only_when_it_is_settled() {
        let webhook = WebhookUrl::parse("https://acme.example/rest/1/not-a-secret/").expect("valid");
        let credential = Credential::webhook(webhook);
        let moved = credential.on(PortalHost::parse("new.example").expect("a host")).expect("may move");
        assert_eq!(credential.current().host().as_str(), "acme.example");
        credential.settle(moved);
        let address = credential.current().expose(Dialect::Classic, "profile").to_string();
        assert_eq!(address, "https://new.example/rest/1/not-a-secret/profile.json");
    }
}
