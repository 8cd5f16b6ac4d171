//! The address of an incoming webhook, which is a password: it is read, used and masked here, and printed nowhere.

use std::fmt;
use std::thread;
use std::time::Duration;

use serde_json::Value;

use crate::plain::{Answer, Host, Request};

/// How often a call is made again when the portal says that there were too many, a second apart.
const TURNED_AWAY: usize = 40;

/// `SCHEME://HOST/rest/USER/SECRET/`, taken apart.
#[derive(Clone)]
pub(crate) struct Webhook {
    host: Host,
    user: String,
    secret: String,
}

impl Webhook {
    /// Reads an address. What is wrong with it is told without it.
    pub(crate) fn read(address: &str) -> Result<Self, String> {
        let (host, path) = Host::split(address.trim())?;
        let mut parts = path.split('/').filter(|part| !part.is_empty());
        let (Some("rest"), Some(user), Some(secret), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err("a webhook's address ends with /rest/USER/SECRET/".to_owned());
        };
        let digits = user.chars().all(|letter| letter.is_ascii_digit());
        let letters = secret.chars().all(|letter| letter.is_ascii_alphanumeric());
        if !digits || !letters {
            return Err(
                "a webhook's address holds a user's number and a secret of letters and digits".to_owned()
            );
        }
        Ok(Self { host, user: user.to_owned(), secret: secret.to_owned() })
    }

    /// Whether the portal is on this machine.
    pub(crate) fn is_loopback(&self) -> bool {
        matches!(self.host, Host::Loopback(_))
    }

    /// `/rest/USER/SECRET/METHOD` or `/rest/api/USER/SECRET/METHOD`.
    pub(crate) fn path(&self, base: &str, method: &str) -> String {
        format!("{base}{}/{}/{method}", self.user, self.secret)
    }

    /// The same user with a secret that opens nothing.
    pub(crate) fn stranger(&self) -> Self {
        Self { secret: "not0the0secret00".to_owned(), ..self.clone() }
    }

    /// `text` without the secret.
    pub(crate) fn mask(&self, text: &str) -> String {
        text.replace(&self.secret, "***")
    }

    /// Sends one request, and again when the portal was too busy to look at it. The second value tells what the
    /// portal said then, if it did.
    pub(crate) fn send(&self, request: &Request) -> Result<(Answer, Option<Answer>), String> {
        let mut busy = None;
        for _ in 0..TURNED_AWAY {
            let answer = self.host.send(request).map_err(|why| self.mask(&why))?;
            if answer.status != 503 {
                return Ok((answer, busy));
            }
            busy = Some(answer);
            thread::sleep(Duration::from_secs(1));
        }
        Err(format!("the portal turned a call away {TURNED_AWAY} times"))
    }

    /// Calls a method with JSON, and returns what it answered.
    pub(crate) fn call(&self, base: &str, method: &str, params: &Value) -> Result<Value, String> {
        let request = Request {
            verb: "POST",
            path: self.path(base, method),
            headers: vec![("Content-Type", "application/json".to_owned())],
            body: params.to_string().into_bytes(),
        };
        Ok(self.send(&request)?.0.json)
    }
}

impl fmt::Debug for Webhook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Webhook({:?}, user {})", self.host, self.user)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_taken_apart_and_never_shown() {
        let webhook = Webhook::read(" http://127.0.0.1:8024/rest/7/abc123/\n").expect("it is one");

        assert_eq!(webhook.path("/rest/", "profile"), "/rest/7/abc123/profile");
        assert_eq!(webhook.mask("POST /rest/7/abc123/x"), "POST /rest/7/***/x");
        assert_eq!(format!("{webhook:?}"), "Webhook(Loopback(\"127.0.0.1:8024\"), user 7)");
    }

    #[test]
    fn what_is_no_webhook_is_refused_without_repeating_it() {
        for address in [
            "http://127.0.0.1:1/rest/7/",
            "http://127.0.0.1:1/rest/x/hunter2/",
            "http://127.0.0.1:1/rest/7/hunter2/profile",
        ] {
            let why = Webhook::read(address).expect_err("it is none");
            assert!(!why.contains("hunter2"), "{why}");
        }
    }
}
