//! The secrets of this server, as hashes: enough to see that one stands in a text, and not enough to tell it.

use std::{collections::BTreeSet, fmt};

use crate::{
    config::Written,
    door::bearer::{hash, written_hash},
};

/// A shorter word is too common to be forbidden.
const SHORTEST: usize = 6;

/// Hashes of every configured secret and of the parts that would give it away.
#[derive(Default)]
pub(crate) struct Known(BTreeSet<[u8; 32]>);

impl Known {
    /// Learns every secret that was said.
    pub(crate) fn learn(written: &Written) -> Self {
        let mut known = Self::default();
        for (_, said) in written.all().filter(|(key, _)| key.entry().secret) {
            known.add(said.text.expose());
        }
        for bearer in &written.bearers {
            known.add(bearer.token.expose());
        }
        known
    }

    /// A list of Bearers is taken apart, and so is an address: its hosts are no secrets, what stands behind them is.
    fn add(&mut self, text: &str) {
        for item in text.split(',').map(str::trim) {
            let token = item.split_once('=').map_or(item, |(_label, token)| token);
            for token in [item, token] {
                if let (true, Ok(hash)) = (token.starts_with("sha256-"), written_hash(token)) {
                    self.0.insert(*hash.expose());
                }
            }
            match item.split_once("://") {
                None => pieces(item).chain(pieces(token)).for_each(|piece| self.keep(piece)),
                Some((_, rest)) => {
                    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
                    let user = authority.rsplit_once('@').map_or("", |(user, _)| user);
                    pieces(user).chain(pieces(path)).for_each(|piece| self.keep(piece));
                }
            }
        }
    }

    fn keep(&mut self, piece: &str) {
        if piece.len() >= SHORTEST {
            self.0.insert(*hash(piece).expose());
        }
    }

    /// Whether one of them stands in a text, as a word or between the slashes of an address.
    pub(crate) fn stands_in(&self, text: &str) -> bool {
        pieces(text).any(|piece| self.0.contains(hash(piece).expose()))
    }
}

/// The words of a text, and the runs of letters and digits in them.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let blank = |c: char| c.is_whitespace() || "\"'`<>()[]{},;".contains(c);
    let inner = |c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    let words = text.split(blank);
    words
        .flat_map(move |word| [word, word.trim_matches(inner)].into_iter().chain(word.split(inner)))
        .filter(|piece| !piece.is_empty())
}

impl fmt::Debug for Known {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Known({} hashes)", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Key, Source};

    #[test]
    fn a_secret_is_known_in_a_sentence_and_a_host_is_none() {
        let mut written = Written::default();
        let mut say = |key, text: &str| written.say(key, text, Source::Variable("TEST"));
        say(Key::WebhookUrl, "https://acme.example/rest/1/not-a-secret-1/");
        say(Key::McpToken, "anna=test-token-0123456789-abcdefghij, x+y/z0123456789012345678901==");
        say(Key::DatabaseUrl, "postgres://me:p4ssw0rd@db.example/b24data");
        let hex: String = hash("only-its-hash-is-configured-0123")
            .expose()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        say(Key::AdminToken, &format!("sha256-{hex}"));
        let known = Known::learn(&written);

        for text in [
            "I called https://acme.example/rest/1/not-a-secret-1/profile",
            "token: `test-token-0123456789-abcdefghij`.",
            "Bearer x+y/z0123456789012345678901==",
            "(p4ssw0rd)",
            "only-its-hash-is-configured-0123",
        ] {
            assert!(known.stands_in(text), "{text}");
        }
        for text in ["acme.example is slow", "the rest of it", "db.example", "anna"] {
            assert!(!known.stands_in(text), "{text}");
        }
        assert_eq!(format!("{known:?}"), format!("Known({} hashes)", known.0.len()));
    }
}
