//! Takes secrets out of a text: those that are known, and whatever in a log looks like one.

use serde_json::Value;
use zeroize::Zeroizing;

use crate::config::Written;

/// What stands where a secret stood.
const GONE: &str = "***";
/// A shorter word is too common to be searched for.
const SHORTEST: usize = 4;
/// A run of letters and digits this long is taken for a key. Ids of requests have sixteen.
const KEY_LENGTH: usize = 20;

/// The secrets of this configuration, and the parts that would give them away.
#[derive(Default)]
pub(super) struct Secrets(Vec<Zeroizing<String>>);

impl Secrets {
    /// Learns every secret that was said.
    pub(super) fn learn(&mut self, written: &Written) {
        for (key, said) in written.all() {
            if key.entry().secret {
                self.add(&said.text);
            }
        }
        for bearer in &written.bearers {
            self.add(&bearer.token);
        }
        // The longest first: a part must not leave the rest of the whole behind.
        self.0.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
    }

    /// A list of Bearers is taken apart, and so is an address, but for the names of its hosts.
    fn add(&mut self, text: &str) {
        for item in text.split(',').map(str::trim) {
            self.keep(item);
            if let Some((_label, token)) = item.split_once('=') {
                self.keep(token.trim_end_matches('='));
            }
            if let Some((_scheme, rest)) = item.split_once("://") {
                let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
                if let Some((user, _host)) = authority.rsplit_once('@') {
                    user.split(':').for_each(|part| self.keep(part));
                }
                let parts = path.split(['/', '?', '&', '=']);
                parts
                    .filter(|part| *part != "rest" && part.parse::<u64>().is_err())
                    .for_each(|part| self.keep(part));
            }
        }
    }

    fn keep(&mut self, secret: &str) {
        if secret.len() >= SHORTEST {
            self.0.push(Zeroizing::new(secret.to_owned()));
            let encoded: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
            if encoded != secret {
                self.0.push(Zeroizing::new(encoded));
            }
        }
    }

    /// Takes them out of every text in there.
    pub(super) fn leave(&self, value: &mut Value) {
        match value {
            Value::String(text) => {
                for secret in
                    self.0.iter().filter(|secret| text.contains(secret.as_str())).collect::<Vec<_>>()
                {
                    *text = text.replace(secret.as_str(), GONE);
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.leave(item)),
            Value::Object(entries) => entries.values_mut().for_each(|item| self.leave(item)),
            _ => {}
        }
    }
}

/// A line of a log, without anything that looks like a key: a long run of letters and digits in whatever encoding, what
/// follows `Bearer`, and the part of an address that is a webhook's secret.
pub(super) fn line(line: &str) -> String {
    let mut safe = String::with_capacity(line.len());
    let mut run = String::new();
    for c in line.chars().chain(['\n']) {
        if c.is_ascii_alphanumeric() || matches!(c, '+' | '_' | '-' | '%') {
            run.push(c);
            continue;
        }
        let is_hidden = is_key(&run) || after_bearer(&safe) || after_webhook(&safe);
        safe.push_str(if is_hidden && !run.is_empty() { GONE } else { &run });
        run.clear();
        safe.push(c);
    }
    safe.pop();
    safe
}

fn is_key(run: &str) -> bool {
    let ours = run.starts_with("b24_") || run.starts_with("bx24mcp_");
    let mixed =
        run.bytes().any(|b| b.is_ascii_digit() || b == b'%') || run.bytes().any(|b| b.is_ascii_uppercase());
    run.len() >= KEY_LENGTH && mixed && !ours
}

fn after_bearer(before: &str) -> bool {
    before.trim_end().to_ascii_lowercase().ends_with("bearer") && before.ends_with([' ', '\t'])
}

fn after_webhook(before: &str) -> bool {
    let mut parts = before.rsplit('/').skip(1);
    let (person, rest) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    before.ends_with('/') && rest == "rest" && person.parse::<u64>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_a_key_goes_and_what_helps_stays() {
        for (told, safe) in [
            ("http://acme.example/rest/1/abc/task.json", "http://acme.example/rest/1/***/task.json"),
            ("authorization: Bearer short", "authorization: Bearer ***"),
            ("x QUJDREVGR0hJSktMTU5PUFFSU1Q= y", "x ***= y"),
            (
                "tool.name=b24_task_checklist_item_add1 took_ms=3",
                "tool.name=b24_task_checklist_item_add1 took_ms=3",
            ),
            (
                "2026-11-22T15:52:57.539551Z WARN b24_mcp::serve::http",
                "2026-11-22T15:52:57.539551Z WARN b24_mcp::serve::http",
            ),
            ("request.id=b54743a3a9490876", "request.id=b54743a3a9490876"),
        ] {
            assert_eq!(line(told), safe);
        }
    }
}
