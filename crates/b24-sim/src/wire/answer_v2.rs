//! The classic envelope: success with `result`, its siblings and `time`; an error with a string code. REST 3.0
//! writes its own, in `answer_v3`; the types keep them apart.

use std::borrow::Cow;

use serde_json::{Map, Value, json};

use super::words;
use crate::settings::Language;

/// What a method answers when it worked.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) result: Value,
    /// Only list methods have it.
    pub(crate) total: Option<usize>,
    /// Only when more rows follow.
    pub(crate) next: Option<usize>,
}

impl From<Value> for Answer {
    fn from(result: Value) -> Self {
        Self { result, total: None, next: None }
    }
}

/// A refusal, as the error table of the portal has it.
#[derive(Clone, Debug)]
pub(crate) struct Refusal {
    pub(crate) code: Cow<'static, str>,
    pub(crate) description: String,
    pub(crate) status: u16,
}

/// What a classic method ends with.
pub(crate) type Outcome = Result<Answer, Refusal>;

impl Refusal {
    pub(crate) fn new(status: u16, code: &'static str, description: impl Into<String>) -> Self {
        Self { code: Cow::Borrowed(code), description: description.into(), status }
    }

    pub(crate) fn no_auth() -> Self {
        Self::new(401, "NO_AUTH_FOUND", "Wrong authorization data")
    }

    /// The general table says 403; portals were measured to answer 401.
    pub(crate) fn invalid_credentials() -> Self {
        Self::new(401, "INVALID_CREDENTIALS", "Invalid request credentials")
    }

    pub(crate) fn not_authorized() -> Self {
        Self::new(401, "authorization_error", "Unable to authorize user")
    }

    pub(crate) fn intranet_only() -> Self {
        let text = "Action is allowed only for intranet users";
        Self::new(403, "allowed_only_intranet_user", text)
    }

    pub(crate) fn method_not_found() -> Self {
        Self::new(404, "ERROR_METHOD_NOT_FOUND", "Method not found!")
    }

    pub(crate) fn insufficient_scope() -> Self {
        Self::new(
            403,
            "insufficient_scope",
            "The request requires higher privileges than provided by the webhook token",
        )
    }

    pub(crate) fn not_for_batch() -> Self {
        Self::new(405, "ERROR_BATCH_METHOD_NOT_ALLOWED", "Method is not allowed for batch usage")
    }

    pub(crate) fn batch_too_long() -> Self {
        Self::new(400, "ERROR_BATCH_LENGTH_EXCEEDED", "Max batch length exceeded")
    }

    pub(crate) fn operation_time_limit() -> Self {
        Self::new(429, "OPERATION_TIME_LIMIT", "Method is blocked due to operation time limit.")
    }

    pub(crate) fn query_limit() -> Self {
        Self::new(503, "QUERY_LIMIT_EXCEEDED", "Too many requests")
    }

    /// A parameter that argument binding could not find.
    pub(crate) fn missing(name: &str) -> Self {
        Self::new(400, "100", format!("Could not find value for parameter {{{name}}}"))
    }

    /// A parameter that should have been an array.
    pub(crate) fn wrong_type(value: &Value, name: &str) -> Self {
        let shown = super::lenient::text(value).unwrap_or_default();
        let text = format!(
            "Invalid value {{{shown}}} to match with parameter {{{name}}}. Should be value of type array."
        );
        Self::new(400, "100", text)
    }

    /// A broken business rule.
    pub(crate) fn core(description: impl Into<String>) -> Self {
        Self::new(400, "ERROR_CORE", description)
    }

    /// The two keys every classic error has, the words in the language of the portal.
    pub(crate) fn body(&self, language: Language) -> Value {
        json!({ "error": self.code, "error_description": words::said(&self.description, language) })
    }

    /// The same inside a batch, where a missing scope comes without words.
    pub(crate) fn body_in_batch(&self, language: Language) -> Value {
        if self.code == "insufficient_scope" {
            json!({ "error": self.code, "error_description": "" })
        } else {
            self.body(language)
        }
    }
}

/// The body of a success.
pub(crate) fn success(answer: Answer, time: Value) -> Value {
    let mut body = Map::new();
    body.insert("result".to_owned(), answer.result);
    if let Some(next) = answer.next {
        body.insert("next".to_owned(), next.into());
    }
    if let Some(total) = answer.total {
        body.insert("total".to_owned(), total.into());
    }
    body.insert("time".to_owned(), time);
    Value::Object(body)
}
