//! Incoming webhooks: a person, a secret, scopes, perhaps an expiry. The secret never reaches `Debug`.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Every scope the portal knows, as `scope?full=1` lists them.
pub(crate) const ALL_SCOPES: [&str; 41] = [
    "basic",
    "bizproc",
    "booking",
    "calendar",
    "call",
    "catalog",
    "contact_center",
    "crm",
    "department",
    "disk",
    "documentgenerator",
    "entity",
    "forum",
    "humanresources",
    "iblock",
    "im",
    "imbot",
    "imopenlines",
    "landing",
    "lists",
    "log",
    "mail",
    "mailservice",
    "main",
    "messageservice",
    "mobile",
    "placement",
    "rpa",
    "sale",
    "socialnetwork",
    "sonet_group",
    "task",
    "tasks",
    "tasks_extended",
    "telephony",
    "timeman",
    "user",
    "user.userfield",
    "user_basic",
    "user_brief",
    "userconsent",
];

/// A webhook to create. Left out values are chosen by the portal.
#[derive(Clone, Default)]
pub struct WebhookSpec {
    user: u64,
    secret: Option<String>,
    scopes: Vec<String>,
    expires: Option<Timestamp>,
}

impl WebhookSpec {
    /// A webhook of `user` with every scope, a random secret and no expiry.
    #[must_use]
    pub fn of(user: u64) -> Self {
        Self { user, secret: None, scopes: ALL_SCOPES.map(str::to_owned).to_vec(), expires: None }
    }

    /// Limits it to these scopes; an empty list leaves the methods that need none.
    #[must_use]
    pub fn scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.scopes = scopes.into_iter().map(Into::into).collect();
        self
    }

    /// Sets the secret, for tests that need the same address twice.
    #[must_use]
    pub fn secret(mut self, secret: impl Into<String>) -> Self {
        self.secret = Some(secret.into());
        self
    }

    pub(crate) fn user(&self) -> u64 {
        self.user
    }

    /// Whether `hook` has the address that was asked for.
    pub(crate) fn names(&self, hook: &Webhook) -> bool {
        let secret = self.secret.as_ref();
        secret.is_some_and(|secret| hook.answers_to(self.user, secret))
    }

    /// From this moment on the webhook is refused.
    #[must_use]
    pub fn expires(mut self, at: Timestamp) -> Self {
        self.expires = Some(at);
        self
    }
}

impl fmt::Debug for WebhookSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "WebhookSpec(user {}, scopes {:?})", self.user, self.scopes)
    }
}

/// A webhook that opens the portal.
pub(crate) struct Webhook {
    pub(crate) user: u64,
    secret: Secret,
    scopes: Vec<String>,
    expires: Option<Timestamp>,
}

/// What the portal knows of a secret.
enum Secret {
    /// The secret itself: its address can be handed out again.
    Told(String),
    /// Its SHA-256, from a file: enough to recognise it.
    Hashed([u8; 32]),
}

/// A webhook in a file. Only the default one keeps its secret in clear, because its address is shown at every start.
#[derive(Serialize, Deserialize)]
pub(crate) struct StoredWebhook {
    user: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    secret: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sha256: Option<String>,
    scopes: Vec<String>,
    expires: Option<Timestamp>,
}

impl Webhook {
    /// Fails only when the machine has no source of randomness.
    pub(crate) fn create(spec: WebhookSpec) -> Result<Self, getrandom::Error> {
        let secret = match spec.secret {
            Some(secret) => secret,
            None => random_secret()?,
        };
        Ok(Self { user: spec.user, secret: Secret::Told(secret), scopes: spec.scopes, expires: spec.expires })
    }

    /// Whether this webhook answers to the pair of the address; an expired one does too, and is refused later.
    pub(crate) fn answers_to(&self, user: u64, secret: &str) -> bool {
        self.user == user
            && match &self.secret {
                Secret::Told(own) => own == secret,
                Secret::Hashed(own) => *own == digest(secret),
            }
    }

    pub(crate) fn has_expired(&self, now: Timestamp) -> bool {
        self.expires.is_some_and(|expires| expires <= now)
    }

    /// Whether it is what `spec` asks for, and its address can still be told.
    pub(crate) fn serves(&self, spec: &WebhookSpec) -> bool {
        let Secret::Told(secret) = &self.secret else {
            return false;
        };
        self.user == spec.user
            && self.scopes == spec.scopes
            && self.expires == spec.expires
            && spec.secret.as_ref().is_none_or(|asked| asked == secret)
    }

    pub(crate) fn scopes(&self) -> &[String] {
        &self.scopes
    }

    /// The address under `base`, secret included; none when only the digest of the secret is known.
    pub(crate) fn grant(&self, base: &str) -> Option<GrantedWebhook> {
        match &self.secret {
            Secret::Told(secret) => Some(GrantedWebhook(format!("{base}/rest/{}/{secret}/", self.user))),
            Secret::Hashed(_) => None,
        }
    }

    /// Its form in a file; `in_clear` for the one whose address is shown at every start.
    pub(crate) fn stored(&self, in_clear: bool) -> StoredWebhook {
        let (secret, sha256) = match &self.secret {
            Secret::Told(secret) if in_clear => (Some(secret.clone()), None),
            Secret::Told(secret) => (None, Some(hex(&digest(secret)))),
            Secret::Hashed(digest) => (None, Some(hex(digest))),
        };
        StoredWebhook { user: self.user, secret, sha256, scopes: self.scopes.clone(), expires: self.expires }
    }

    /// Reads it back; `None` when the file holds neither a secret nor a digest.
    pub(crate) fn restored(stored: StoredWebhook) -> Option<Self> {
        let secret = match (stored.secret, stored.sha256) {
            (Some(secret), _) => Secret::Told(secret),
            (None, Some(digest)) => Secret::Hashed(unhex(&digest)?),
            (None, None) => return None,
        };
        Some(Self { user: stored.user, secret, scopes: stored.scopes, expires: stored.expires })
    }
}

fn digest(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<[u8; 32]> {
    let bytes = text
        .as_bytes()
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect::<Option<Vec<u8>>>()?;
    bytes.try_into().ok()
}

/// The address of a webhook. It is a password: `Debug` hides it, and it leaves through one method.
#[derive(Clone, PartialEq, Eq)]
pub struct GrantedWebhook(String);

impl GrantedWebhook {
    /// `http://127.0.0.1:PORT/rest/USER/SECRET/`, for a client's configuration.
    #[must_use]
    pub fn expose_webhook_url(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for GrantedWebhook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("GrantedWebhook(***)")
    }
}

/// Sixteen letters and digits, as the portal makes them.
pub(crate) fn random_secret() -> Result<String, getrandom::Error> {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes)?;
    Ok(bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect())
}
