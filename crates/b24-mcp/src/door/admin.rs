//! The admin's own token: for what is about the server and not about anybody's portal. Opens nothing for clients.

use std::sync::Arc;

use b24_model::secret::TokenHash;
use http::{HeaderMap, header::AUTHORIZATION};

use super::bearer::{bearer_of, hash, written_hash};

/// The admin's token. Only its hash is kept.
#[derive(Clone, Debug)]
pub(crate) struct AdminToken(Arc<TokenHash>);

impl AdminToken {
    /// Takes a token that is written as it is, or as `sha256-<hex>`; or says why it protects nothing.
    pub(crate) fn new(written: &str) -> Result<Self, String> {
        written_hash(written).map(|hash| Self(Arc::new(hash)))
    }

    /// Whether the request is the admin's. Compares in constant time.
    pub(crate) fn opens(&self, headers: &HeaderMap) -> bool {
        let token = headers.get(AUTHORIZATION).and_then(|value| bearer_of(value.to_str().ok()?));
        token.is_some_and(|token| self.0.matches(&hash(token)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_admin_s_own_token_opens_and_a_weak_one_is_none() {
        const TOKEN: &str = "admin-token-0123456789-abcdefghij";
        let admin = AdminToken::new(TOKEN).expect("strong enough");
        let opens = |header: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(AUTHORIZATION, header.parse().expect("a header value"));
            admin.opens(&headers)
        };
        assert!(opens(&format!("Bearer {TOKEN}")) && opens(&format!("bearer  {TOKEN} ")));
        for wrong in ["", "Bearer", "Basic dTpw", TOKEN, "Bearer admin-token-0123456789-abcdefghiJ"] {
            assert!(!opens(wrong), "{wrong}");
        }
        assert!(!admin.opens(&HeaderMap::new()));
        assert!(AdminToken::new("short").is_err() && AdminToken::new("sha256-12").is_err());
    }
}
