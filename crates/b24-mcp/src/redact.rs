//! The last line before a sink: whatever leaves this process as text passes here, and leaves its secrets behind.
//!
//! Types keep secrets from being printed ([`b24_model::secret`]); this is for what no type can know: an error of a
//! library that quotes an address, an answer of a portal, a value that somebody pasted into the wrong place. It never
//! makes up for a type: nothing may rely on being cleaned here.

mod answer;
mod encodings;
mod filter;
mod foreign;
mod redactor;
mod shapes;
mod stream;
mod values;

use std::{
    borrow::Cow,
    io::Stderr,
    sync::{Arc, LazyLock, PoisonError, RwLock},
};

pub(crate) use answer::{answer, json};
pub(crate) use foreign::line as foreign_line;
pub(crate) use redactor::GONE;
use redactor::{Redactor, Rules};
use stream::Stream;

/// What is known to be secret, for the whole process: a panic and a line of the log have no other way to know.
static KNOWN: LazyLock<RwLock<Arc<Redactor>>> = LazyLock::new(RwLock::default);

/// From now on these are searched for as well. What was learnt once is searched for as long as the process lives.
pub(crate) fn learn<'a>(secrets: impl IntoIterator<Item = &'a str>) {
    let mut known = KNOWN.write().unwrap_or_else(PoisonError::into_inner);
    *known = Arc::new(known.knowing(secrets));
}

/// What is told about the server, without anything that looks like a credential.
pub(crate) fn text(text: &str) -> Cow<'_, str> {
    clean(text, Rules::All)
}

/// The same for a whole message.
pub(crate) fn bytes(message: bytes::Bytes) -> bytes::Bytes {
    known().redacted(&message, Rules::All).map_or(message, bytes::Bytes::from)
}

/// What a person or a client asked to see, without configured secrets and addresses of webhooks.
pub(crate) fn shown(text: &str) -> Cow<'_, str> {
    clean(text, Rules::Answer)
}

/// Everything that is searched for: for a build that tries to give it away.
#[cfg(feature = "probe")]
pub(crate) fn expose_known() -> Vec<String> {
    known().expose_values().map(str::to_owned).collect()
}

/// Where lines of the log go.
pub(crate) fn stderr() -> Stream<Stderr> {
    Stream::new(known(), std::io::stderr())
}

fn known() -> Arc<Redactor> {
    Arc::clone(&KNOWN.read().unwrap_or_else(PoisonError::into_inner))
}

fn clean(text: &str, rules: Rules) -> Cow<'_, str> {
    match known().redacted(text.as_bytes(), rules) {
        Some(left) => Cow::Owned(String::from_utf8_lossy(&left).into_owned()),
        None => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests;
