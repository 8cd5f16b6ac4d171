//! A whole number among the parameters of a call that binds by name.

use serde_json::Value;

use crate::methods::Call;
use crate::wire::answer_v2::Refusal;
use crate::wire::lenient;

/// The number under `name`: absent and of another kind are both code 100, with different words.
pub(crate) fn required(call: &Call<'_>, name: &str) -> Result<i64, Refusal> {
    optional(call, name)?.ok_or_else(|| Refusal::missing(name))
}

/// The id under `name`; a number that is none finds nothing.
pub(crate) fn id(call: &Call<'_>, name: &str) -> Result<u64, Refusal> {
    required(call, name).map(|id| u64::try_from(id).unwrap_or(0))
}

/// The number under `name`, if it is there.
pub(crate) fn optional(call: &Call<'_>, name: &str) -> Result<Option<i64>, Refusal> {
    match call.params.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => lenient::int(value).map(Some).ok_or_else(|| {
            let shown = lenient::text(value).unwrap_or_default();
            let text = format!(
                "Invalid value {{{shown}}} to match with parameter {{{name}}}. Should be value of type int."
            );
            Refusal::new(400, "100", text)
        }),
    }
}
