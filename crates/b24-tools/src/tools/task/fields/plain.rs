//! Values that nobody has to be asked about: numbers, flags, texts, and lists of them. What has something inside that no
//! field takes is refused.

use b24_rest::wire;
use serde_json::Value;

use crate::{Refusal, filter::Kind};

/// The longest text that is written.
const LONGEST_TEXT: usize = 100_000;
/// The most members of a set.
const MOST_MEMBERS: usize = 200;

/// A value of a field of that kind, as the portal takes it.
pub(super) fn plain(written: &str, kind: Kind, value: &Value) -> Result<Value, Refusal> {
    let wrong = |what: &str| Err(Refusal::invalid(format!("`{written}` takes {what}")));
    let whole = |least: i64, most: i64| wire::int(value).filter(|number| (least..=most).contains(number));
    match kind {
        Kind::Number => match whole(0, b24_model::id::MAX_ID as i64) {
            Some(number) => Ok(number.into()),
            None => wrong("a whole number; 0 for none"),
        },
        Kind::Status => match whole(2, 6) {
            Some(status) => Ok(status.into()),
            None => wrong("a status: 2 pending, 3 in progress, 4 awaiting control, 5 completed, 6 deferred"),
        },
        Kind::Priority => match whole(0, 2) {
            Some(priority) => Ok(priority.into()),
            None => wrong("a priority: 0 low, 1 medium, 2 high"),
        },
        Kind::Mark => match value {
            Value::Null => Ok(Value::Null),
            Value::String(mark) if matches!(mark.as_str(), "P" | "N" | "") => Ok(value.clone()),
            _ => wrong("`P`, `N`, or null"),
        },
        Kind::Flag => match wire::yes(value) {
            Some(flag) => Ok(if flag { "Y" } else { "N" }.into()),
            None => wrong("`Y` or `N`"),
        },
        Kind::Words => match value {
            Value::Array(words) if words.iter().all(|word| word.is_string() && is_scalar(word)) => {
                check_members(written, words)?;
                Ok(value.clone())
            }
            _ => wrong("the whole list of texts"),
        },
        Kind::Text => match value.as_str() {
            Some(text) if is_harmless(text) => Ok(value.clone()),
            Some(_) => wrong("text of at most 100000 characters, without control characters"),
            None => wrong("text"),
        },
        Kind::Parameters => match value {
            Value::Array(rows) if rows.iter().all(is_parameter) => {
                check_members(written, rows)?;
                Ok(value.clone())
            }
            _ => wrong("a list of {\"CODE\": 3, \"VALUE\": \"Y\"}"),
        },
        _ => match value {
            Value::Array(values) if values.iter().all(is_scalar) => {
                check_members(written, values)?;
                Ok(value.clone())
            }
            value if is_scalar(value) => Ok(value.clone()),
            _ => wrong("a text, a number, or a list of them"),
        },
    }
}

/// Text that can be written: not endless, and no control characters but those of lines.
fn is_harmless(text: &str) -> bool {
    text.chars().count() <= LONGEST_TEXT
        && !text.chars().any(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r'))
}

fn is_scalar(value: &Value) -> bool {
    match value {
        Value::String(text) => is_harmless(text),
        Value::Number(_) | Value::Bool(_) | Value::Null => true,
        Value::Array(_) | Value::Object(_) => false,
    }
}

/// One of the parameters that a portal keeps beside a task.
fn is_parameter(value: &Value) -> bool {
    let Value::Object(map) = value else { return false };
    map.iter().all(|(key, value)| matches!(key.as_str(), "CODE" | "VALUE" | "ID") && is_scalar(value))
}

pub(super) fn check_members(written: &str, members: &[Value]) -> Result<(), Refusal> {
    if members.len() <= MOST_MEMBERS {
        return Ok(());
    }
    Err(Refusal::invalid(format!("`{written}` has more than {MOST_MEMBERS} members")))
}
