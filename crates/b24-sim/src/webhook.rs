//! Incoming webhooks: a person, a secret, scopes, perhaps an expiry. The secret never reaches `Debug`.

use std::fmt;

use jiff::Timestamp;

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
        Self {
            user,
            secret: None,
            scopes: ALL_SCOPES.map(str::to_owned).to_vec(),
            expires: None,
        }
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
    secret: String,
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
        Ok(Self {
            user: spec.user,
            secret,
            scopes: spec.scopes,
            expires: spec.expires,
        })
    }

    /// Whether this webhook answers to the pair of the address at `now`.
    pub(crate) fn opens(&self, user: u64, secret: &str, now: Timestamp) -> bool {
        self.user == user && self.secret == secret && self.expires.is_none_or(|expires| now < expires)
    }

    pub(crate) fn scopes(&self) -> &[String] {
        &self.scopes
    }

    /// The address under `base`, secret included.
    pub(crate) fn grant(&self, base: &str) -> GrantedWebhook {
        GrantedWebhook(format!("{base}/rest/{}/{}/", self.user, self.secret))
    }
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
fn random_secret() -> Result<String, getrandom::Error> {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes)?;
    Ok(bytes
        .iter()
        .map(|byte| char::from(LETTERS[usize::from(byte % 32)]))
        .collect())
}
