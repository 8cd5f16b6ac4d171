//! Which Bearers open the door, and whom each of them stands for.
//!
//! Only hashes are kept. The order of the checks, the statuses and the words are those of the reference
//! system, so that its deployment checks pass here too.

use std::collections::BTreeSet;

use b24_model::secret::{Bearer, TokenHash, Weakness};
use http::{HeaderMap, header::AUTHORIZATION};
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::visitor::Visitor;
use crate::config::{ConfigError, Key, Written};

/// The Bearers that were configured.
#[derive(Debug, Default)]
pub(crate) struct Bearers {
    strong: Vec<Known>,
    /// What is wrong with those that protect nothing, each named by its label or position.
    pub(crate) weak: Vec<String>,
}

/// A Bearer that opens the door. Its own text is not kept.
#[derive(Debug)]
struct Known {
    hash: TokenHash,
    expires: Option<Timestamp>,
    visitor: Visitor,
}

/// Why the door stays shut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shut {
    /// No strong Bearer is configured. Nobody is told which of the reasons it is.
    Unavailable,
    /// The request has no `Authorization` header.
    Missing,
    /// It has one that opens nothing.
    Invalid,
    /// It has several: who stands in front may have looked at another one.
    Ambiguous,
}

impl Shut {
    /// The reason, in one word that is never renamed: dashboards rely on it.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Unavailable => "unavailable",
            Self::Missing => "missing",
            Self::Invalid => "invalid",
            Self::Ambiguous => "ambiguous",
        }
    }
}

impl Bearers {
    /// Judges what was configured.
    pub(crate) fn settle(said: &Written) -> Result<Self, ConfigError> {
        let mut bearers = Self::default();
        let mut labels = Labels::default();
        if let Some(said) = said.about(Key::McpToken) {
            for (index, part) in said.text.expose().split(',').map(str::trim).enumerate() {
                let (label, token) = split_label(part);
                let name = label.map_or_else(|| format!("{} no. {}", said.source, index + 1), str::to_owned);
                let label = labels.take(label, &said.source.to_string())?;
                bearers.add(name, token, None, Visitor::named(&label));
            }
        }
        for (index, bearer) in said.bearers.iter().enumerate() {
            let place = format!("[[bearer]] no. {}", index + 1);
            let wrong =
                |name, wanted: &str| ConfigError::Value { name, wanted: wanted.into(), place: place.clone() };
            let expires = bearer.expires.as_deref().map(expiry).transpose();
            let expires =
                expires.map_err(|()| wrong("expires", "a moment such as 2027-01-31T00:00:00Z, or a date"))?;
            let label = labels.take(bearer.label.as_deref(), &place)?;
            let visitor = Visitor::of_file(&label, bearer, &place)?;
            bearers.add(label, bearer.token.expose().trim(), expires, visitor);
        }
        Ok(bearers)
    }

    /// Adds a Bearer that was made a moment ago.
    pub(crate) fn add_fresh(&mut self, label: &str, bearer: &Bearer) {
        self.add(label.to_owned(), bearer.expose(), None, Visitor::named(label));
    }

    fn add(&mut self, name: String, token: &str, expires: Option<Timestamp>, visitor: Visitor) {
        match written_hash(token) {
            Ok(hash) => self.strong.push(Known { hash, expires, visitor }),
            Err(why) => self.weak.push(format!("the Bearer `{name}` is ignored: {why}")),
        }
    }

    /// How many open the door.
    pub(crate) fn strong(&self) -> usize {
        self.strong.len()
    }

    /// The labels of those that no longer open the door.
    pub(crate) fn expired(&self, now: Timestamp) -> impl Iterator<Item = &str> {
        let over = move |known: &&Known| known.expires.is_some_and(|moment| moment <= now);
        self.strong.iter().filter(over).map(|known| known.visitor.caller.label.as_str())
    }

    /// Whether a Bearer with this label opens the door now.
    pub(crate) fn holds(&self, label: &str, now: Timestamp) -> bool {
        let current = |known: &Known| known.expires.is_none_or(|moment| now < moment);
        self.strong.iter().any(|known| known.visitor.caller.label == label && current(known))
    }

    /// Says who is at the door.
    ///
    /// Compares with every known Bearer, whole, whatever matches: the time taken tells nothing.
    pub(crate) fn identify(&self, headers: &HeaderMap, now: Timestamp) -> Result<Visitor, Shut> {
        if self.strong.is_empty() {
            return Err(Shut::Unavailable);
        }
        let header = headers.get(AUTHORIZATION).ok_or(Shut::Missing)?;
        if headers.get_all(AUTHORIZATION).iter().count() > 1 {
            return Err(Shut::Ambiguous);
        }
        let token = header.to_str().ok().and_then(bearer_of).ok_or(Shut::Invalid)?;
        let hash = hash(token);
        let mut found = None;
        for known in &self.strong {
            let same = known.hash.matches(&hash);
            let current = known.expires.is_none_or(|moment| now < moment);
            if same && current {
                found = Some(known);
            }
        }
        found.map(|known| known.visitor.clone()).ok_or(Shut::Invalid)
    }
}

/// The labels that were given. No two Bearers share one: sessions and answers belong to a label.
#[derive(Default)]
struct Labels {
    given: BTreeSet<String>,
    count: usize,
}

impl Labels {
    /// The label that was written, or else `default` for the first Bearer and `bearer-2`, `bearer-3`… for others.
    fn take(&mut self, written: Option<&str>, place: &str) -> Result<String, ConfigError> {
        self.count += 1;
        let label = match (written, self.count) {
            (Some(label), _) => label.to_owned(),
            (None, 1) => "default".to_owned(),
            (None, count) => format!("bearer-{count}"),
        };
        if self.given.insert(label.clone()) {
            Ok(label)
        } else {
            Err(ConfigError::SameLabel { label, place: place.to_owned() })
        }
    }
}

/// The hash of a token that is written as it is, or as `sha256-<hex>`; or why it protects nothing.
pub(crate) fn written_hash(token: &str) -> Result<TokenHash, String> {
    match token.strip_prefix("sha256-") {
        Some(hex) => unhex(hex)
            .map(TokenHash::new)
            .ok_or_else(|| "it is not `sha256-` and 64 hexadecimal digits".to_owned()),
        None => strong_hash(token).map_err(|weakness| weakness.to_string()),
    }
}

/// The token of `Bearer <token>`. The scheme is case-insensitive (RFC 9110 §11.1).
pub(super) fn bearer_of(header: &str) -> Option<&str> {
    let (scheme, token) = header.trim().split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}

/// Tells `label=token` from a token that only ends in the padding of base64.
fn split_label(part: &str) -> (Option<&str>, &str) {
    let legal = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.' | b'@');
    match part.split_once('=') {
        Some((label, token))
            if !label.is_empty()
                && label.len() <= 32
                && label.bytes().all(legal)
                && !token.trim_matches('=').is_empty() =>
        {
            (Some(label), token)
        }
        _ => (None, part),
    }
}

fn strong_hash(token: &str) -> Result<TokenHash, Weakness> {
    Bearer::new(token).strength().map(|()| hash(token))
}

pub(crate) fn hash(token: &str) -> TokenHash {
    TokenHash::new(Sha256::digest(token.as_bytes()).into())
}

fn unhex(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(bytes)
}

/// A moment, or a date: a date means that its first second in UTC is too late.
fn expiry(text: &str) -> Result<Timestamp, ()> {
    let date = |text: &str| {
        let midnight = text.parse::<jiff::civil::Date>().ok()?.to_zoned(jiff::tz::TimeZone::UTC).ok()?;
        Some(midnight.timestamp())
    };
    text.parse().ok().or_else(|| date(text)).ok_or(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Source;

    const TOKEN: &str = "test-token-0123456789-abcdefghij";
    const OTHER: &str = "other-test-token-0123456789-abcd";

    fn bearers(text: &str) -> Bearers {
        let mut said = Written::default();
        said.say(Key::McpToken, text, Source::Variable("B24_MCP_TOKEN"));
        Bearers::settle(&said).expect("nothing but labels and tokens")
    }

    fn knock(bearers: &Bearers, header: Option<&str>) -> Result<String, Shut> {
        let mut headers = HeaderMap::new();
        if let Some(text) = header {
            headers.insert(AUTHORIZATION, text.parse().expect("a header value"));
        }
        bearers.identify(&headers, Timestamp::UNIX_EPOCH).map(|visitor| visitor.caller.label)
    }

    #[test]
    fn the_door_opens_for_each_strong_bearer_under_its_own_label() {
        let door = bearers(&format!("anna={TOKEN}, kitten, {OTHER}"));
        assert_eq!(knock(&door, Some(&format!("Bearer {TOKEN}"))), Ok("anna".into()));
        assert_eq!(knock(&door, Some(&format!("  bEARER   {OTHER} "))), Ok("bearer-3".into()));
        assert_eq!(knock(&door, Some("Bearer kitten")), Err(Shut::Invalid));
        assert_eq!(
            door.weak,
            ["the Bearer `B24_MCP_TOKEN no. 2` is ignored: it is shorter than 32 characters"]
        );
    }

    #[test]
    fn two_bearers_never_share_a_label() {
        let door = bearers(&format!("{TOKEN},{OTHER}"));
        let labels = [TOKEN, OTHER].map(|token| knock(&door, Some(&format!("Bearer {token}"))));
        assert_eq!(labels, [Ok("default".into()), Ok("bearer-2".into())]);
        let mut said = Written::default();
        said.say(Key::McpToken, format!("anna={TOKEN},anna={OTHER}"), Source::Variable("B24_MCP_TOKEN"));
        let refused = Bearers::settle(&said).expect_err("two of one label").to_string();
        assert_eq!(refused, "two Bearers have the label `anna` (the second is said by B24_MCP_TOKEN)");
    }

    #[test]
    fn of_two_authorizations_none_counts() {
        let mut headers = HeaderMap::new();
        for token in [TOKEN, OTHER] {
            headers.append(AUTHORIZATION, format!("Bearer {token}").parse().expect("a header value"));
        }
        let told = bearers(TOKEN).identify(&headers, Timestamp::UNIX_EPOCH);
        assert_eq!(told.map(|visitor| visitor.caller.label), Err(Shut::Ambiguous));
    }

    #[test]
    fn a_hashed_bearer_opens_the_door_and_base64_padding_is_no_label() {
        let hex: String = Sha256::digest(TOKEN).iter().map(|byte| format!("{byte:02x}")).collect();
        let door = bearers(&format!("ci=sha256-{hex},AAAABBBBCCCCDDDDEEEEFFFFGGGGHHHHIIIIJJJJKKK="));
        assert_eq!(knock(&door, Some(&format!("Bearer {TOKEN}"))), Ok("ci".into()));
        assert_eq!(
            knock(&door, Some("Bearer AAAABBBBCCCCDDDDEEEEFFFFGGGGHHHHIIIIJJJJKKK=")),
            Ok("bearer-2".into())
        );
        assert_eq!(knock(&door, Some(&format!("Bearer sha256-{hex}"))), Err(Shut::Invalid));
    }

    #[test]
    fn without_a_strong_bearer_nobody_learns_more_than_that() {
        for text in ["", "replace-with-secure-token", "short"] {
            assert_eq!(knock(&bearers(text), None), Err(Shut::Unavailable));
        }
        let door = bearers(TOKEN);
        assert_eq!(knock(&door, None), Err(Shut::Missing));
        for wrong in ["", "Bearer", "Basic dTpw", "Bearer nonsense"] {
            assert_eq!(knock(&door, Some(wrong)), Err(Shut::Invalid));
        }
    }

    #[test]
    fn an_expired_bearer_is_an_invalid_one() {
        let mut said = Written::default();
        said.bearers.push(crate::config::written::WrittenBearer {
            label: Some("intern".into()),
            token: b24_model::secret::SecretText::new(TOKEN),
            expires: Some("1970-01-01".into()),
            ..Default::default()
        });
        let door = Bearers::settle(&said).expect("a date is an expiry");
        assert_eq!(knock(&door, Some(&format!("Bearer {TOKEN}"))), Err(Shut::Invalid));
        assert_eq!(door.expired(Timestamp::UNIX_EPOCH).collect::<Vec<_>>(), ["intern"]);
        let before = Timestamp::UNIX_EPOCH - std::time::Duration::from_secs(1);
        let held = [("intern", before), ("intern", Timestamp::UNIX_EPOCH), ("anna", before)];
        assert_eq!(held.map(|(label, now)| door.holds(label, now)), [true, false, false]);
    }
}
