//! A fact: one request, and what the documentation says comes back. Facts are data; who asks and who judges
//! stands elsewhere. A fact is never taken from what some portal happens to answer.

use super::want::Want;

/// One sentence of the documentation that can be checked with one request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fact {
    /// Unique, and the same for ever: people compare runs by it.
    pub(crate) id: &'static str,
    /// The fact in one sentence.
    pub(crate) says: &'static str,
    /// The page of the official documentation, as a path in `bitrix24/b24restdocs`.
    pub(crate) page: &'static str,
    pub(crate) ask: Ask,
    pub(crate) wants: &'static [Want],
    /// What later facts need from the answer: a name and where it stands.
    pub(crate) keeps: &'static [(&'static str, &'static str)],
}

/// Facts about one part of the API, in the order they are asked in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Family {
    pub(crate) name: &'static str,
    /// The scopes that the family's methods need, all of them.
    pub(crate) scopes: &'static [&'static str],
    pub(crate) facts: &'static [Fact],
    /// Whether the facts leave tasks behind, which are deleted at the end.
    pub(crate) writes: bool,
}

/// A request. `<name>` in any text stands for what was kept under that name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ask {
    pub(crate) base: Base,
    pub(crate) method: &'static str,
    pub(crate) sent: Sent,
    pub(crate) caller: Caller,
    /// The `Idempotency-Key`.
    pub(crate) key: Option<&'static str>,
}

/// Which dialect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Base {
    Classic,
    Third,
}

/// How the parameters travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sent {
    /// POST with JSON.
    Json(&'static str),
    /// POST with a body of this kind.
    Text(&'static str, &'static str),
    /// GET with a query.
    Query(&'static str),
}

/// With which credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Caller {
    Webhook,
    /// The webhook's user with a secret that opens nothing.
    WrongSecret,
    Nobody,
}

const FORM: &str = "application/x-www-form-urlencoded";

/// A classic call with JSON.
pub(crate) const fn v2(method: &'static str, json: &'static str) -> Ask {
    Ask { base: Base::Classic, method, sent: Sent::Json(json), caller: Caller::Webhook, key: None }
}

/// A REST 3.0 call.
pub(crate) const fn v3(method: &'static str, json: &'static str) -> Ask {
    Ask { base: Base::Third, ..v2(method, json) }
}

/// A classic call with an encoded form.
pub(crate) const fn form(method: &'static str, body: &'static str) -> Ask {
    Ask { sent: Sent::Text(FORM, body), ..v2(method, "") }
}

/// A classic call with everything in the address.
pub(crate) const fn get(method: &'static str, query: &'static str) -> Ask {
    Ask { sent: Sent::Query(query), ..v2(method, "") }
}

impl Ask {
    pub(crate) const fn by(self, caller: Caller) -> Self {
        Self { caller, ..self }
    }

    pub(crate) const fn key(self, key: &'static str) -> Self {
        Self { key: Some(key), ..self }
    }

    pub(crate) const fn sent(self, sent: Sent) -> Self {
        Self { sent, ..self }
    }
}

/// A fact that keeps nothing.
pub(crate) const fn fact(
    id: &'static str,
    page: &'static str,
    says: &'static str,
    ask: Ask,
    wants: &'static [Want],
) -> Fact {
    Fact { id, says, page, ask, wants, keeps: &[] }
}

impl Fact {
    pub(crate) const fn keeping(self, keeps: &'static [(&'static str, &'static str)]) -> Self {
        Self { keeps, ..self }
    }
}
