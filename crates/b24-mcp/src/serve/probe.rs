//! Ways to give secrets away, in a build that `cargo xtask leak` makes and nobody ships. The first ones go through the
//! sinks of this program, which must not let them pass; the `leak-` ones go around the sinks, so that it is known whether
//! the test would notice.
//!
//! Any tool does it, over any transport, when its arguments are `{"probe": WAY}`.

#[cfg(not(debug_assertions))]
compile_error!("the feature `probe` is for tests: build it without --release");

use std::{fmt, io::Write};

use b24_tools::{Answer, Refusal};
use serde_json::{Map, Value, json};

use crate::{cli::say, redact};

/// What the arguments ask for, if they ask for anything.
pub(super) fn answer(arguments: &Map<String, Value>) -> Option<Answer> {
    let way = arguments.get("probe")?.as_str()?;
    let secrets = redact::expose_known();
    let all = secrets.join(" and ");
    let mut answer = Answer::refused(&Refusal::new("INTERNAL", format!("it was {all}")).hint(&all), 0);
    match way {
        "refusal" => {}
        "panic" => panic!("a panic that quotes {all}"),
        "log" => secrets.iter().for_each(|secret| log(secret)),
        "say" => {
            say::talk(&all);
            say::warning(&all, Some(&all));
            secrets.iter().for_each(|secret| say::error(&Caused::by(secret), Some(secret)));
        }
        "metric" => {
            for secret in secrets {
                metrics::counter!("b24_probe_total", "value" => secret).increment(1);
            }
        }
        "answer" => {
            let object = json!({ "text": all, all.as_str(): [secrets] });
            answer.text = object.to_string();
            answer.structured = object.as_object().cloned();
            (answer.is_error, answer.code) = (false, None);
        }
        "leak-plain" => spill(&all),
        "leak-hex" => spill(&all.bytes().map(|byte| format!("{byte:02X}")).collect::<String>()),
        "leak-part" => secrets.iter().for_each(|secret| spill(&secret[..secret.len().min(14)])),
        "leak-address" => spill(&all.bytes().map(|byte| format!("%{byte:02x}")).collect::<String>()),
        "leak-file" => {
            let _ = std::fs::write("probe.txt", all);
        }
        _ => return None,
    }
    Some(answer)
}

/// Around every sink.
fn spill(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// At every level, in every place of a line.
fn log(secret: &str) {
    let url = format!("https://acme.example/x?y={secret}");
    let json = json!({ "said": json!({ "token": secret, "id": 7 }).to_string() }).to_string();
    let error = Caused::by(secret);
    tracing::error!(secret, %url, json, error = %error, cause = ?error.1, "it is {secret}");
    tracing::warn!(bytes = ?secret.as_bytes(), quoted = ?secret, "Authorization: Bearer {secret}");
    tracing::info!("in two {}{}", &secret[..secret.len() / 2], &secret[secret.len() / 2..]);
    tracing::debug!("{json}");
    tracing::trace!("{url}");
    let span = tracing::error_span!("probe", secret);
    tracing::error!(parent: &span, "in the span around a line");
}

/// An error whose cause quotes a secret.
#[derive(Debug)]
struct Caused(&'static str, Option<Box<Caused>>, String);

impl Caused {
    fn by(secret: &str) -> Self {
        let inner = Self("the portal said", None, format!("{{\"auth\":\"{secret}\"}}"));
        Self("it did not work", Some(Box::new(inner)), secret.to_owned())
    }
}

impl fmt::Display for Caused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.0, self.2)
    }
}

impl std::error::Error for Caused {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.1.as_deref().map(|inner| inner as _)
    }
}
