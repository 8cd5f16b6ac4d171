//! What an address asks for: dialect, credential, method, form of the answer.

/// Which API an address belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// `/rest/…`
    Classic,
    /// `/rest/api/…`
    V3,
}

/// An address under `/rest/`, taken apart.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Target {
    pub(crate) dialect: Dialect,
    /// The webhook's person and secret, when the address carries them.
    pub(crate) webhook: Option<(u64, String)>,
    /// In lower case, without the suffix.
    pub(crate) method: String,
    pub(crate) form: Form,
}

/// The form of the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Json,
    /// `.xml`: the same tree in tags.
    Xml,
}

/// Takes an address apart; `None` for one that is no REST address.
pub(crate) fn target(path: &str) -> Option<Target> {
    let rest = path.strip_prefix("/rest/")?;
    let (dialect, rest) = match rest.strip_prefix("api/") {
        Some(rest) => (Dialect::V3, rest),
        None => (Dialect::Classic, rest),
    };
    let decoded = percent_encoding::percent_decode_str(rest.trim_end_matches('/')).decode_utf8().ok()?;
    let parts: Vec<&str> = decoded.split('/').collect();
    let (webhook, method) = match parts.as_slice() {
        [user, secret, method] => (Some((user.parse().ok()?, (*secret).to_owned())), *method),
        // The address of a webhook without a method.
        [user, secret] if user.parse::<u64>().is_ok() => {
            (Some((user.parse().ok()?, (*secret).to_owned())), "")
        }
        [method] => (None, *method),
        _ => return None,
    };
    let (method, form) = suffix(&method.to_ascii_lowercase(), dialect);
    Some(Target { dialect, webhook, method, form })
}

/// A method name may hold dots, so only a final `.json` or `.xml` is one; REST 3.0 has no suffixes.
fn suffix(method: &str, dialect: Dialect) -> (String, Form) {
    if dialect == Dialect::Classic {
        if let Some(bare) = method.strip_suffix(".json") {
            return (bare.to_owned(), Form::Json);
        }
        if let Some(bare) = method.strip_suffix(".xml") {
            return (bare.to_owned(), Form::Xml);
        }
    }
    (method.to_owned(), Form::Json)
}
