//! Values of conditions, by the kind of their field.

use b24_model::moment::{EXAMPLES, Moment, to_wire};
use b24_rest::wire;
use jiff::{Zoned, civil};
use serde_json::Value;

use super::{
    Condition,
    field::Kind,
    key::{Key, Operator},
};
use crate::{Refusal, input::PersonRef};

/// The most values of one condition, and the longest text.
const MOST_VALUES: usize = 500;
const LONGEST_TEXT: usize = 1000;

/// One person or several.
pub(super) fn people(written: &str, value: &Value) -> Result<Condition, Refusal> {
    let person = |value: &Value| {
        serde_json::from_value::<PersonRef>(value.clone())
            .map_err(|error| Refusal::invalid(format!("`{written}`: {error}")))
    };
    match value {
        Value::Array(values) => {
            check_count(written, values)?;
            values.iter().map(person).collect::<Result<_, _>>().map(Condition::People)
        }
        one => person(one).map(Condition::Person),
    }
}

/// A moment; a whole day becomes its first or last second, or both.
pub(super) fn date(
    written: &str,
    operator: Operator,
    value: &Value,
    now: &Zoned,
) -> Result<Vec<(Operator, Value)>, Refusal> {
    let said = match value {
        // "Has no deadline" and "has one".
        Value::String(text) if text.is_empty() => return Ok(vec![(operator, "".into())]),
        Value::Bool(false) | Value::Null => return Ok(vec![(operator, "".into())]),
        Value::String(text) => text,
        _ => {
            return Err(
                Refusal::invalid(format!("`{written}` takes a date")).hint(format!("for example {EXAMPLES}"))
            );
        }
    };
    let refuse = |error: b24_model::moment::Unread| {
        Refusal::invalid(format!("`{written}`: {error}")).hint(format!("say it like one of: {EXAMPLES}"))
    };
    let moment = Moment::read(said, now).map_err(refuse)?;
    let at = |time: civil::Time| moment.at(time).map(|zoned| Value::String(to_wire(&zoned))).map_err(refuse);
    let (first, last) = (civil::Time::midnight(), civil::time(23, 59, 59, 0));
    Ok(match (&moment, operator) {
        (Moment::Day { .. }, Operator::Equals | Operator::Contains) => {
            vec![(Operator::AtLeast, at(first)?), (Operator::AtMost, at(last)?)]
        }
        (Moment::Day { .. }, Operator::Differs) => {
            return Err(Refusal::invalid(format!("`{written}`: \"not on that day\" cannot be asked"))
                .hint("use `<` with that day, or `>` with that day"));
        }
        (Moment::Day { .. }, Operator::More | Operator::AtMost) => vec![(operator, at(last)?)],
        _ => vec![(operator, at(first)?)],
    })
}

/// Everything that is neither a person nor a date: one value, or a list of them.
pub(super) fn plain(written: &str, key: &Key, value: &Value) -> Result<Value, Refusal> {
    match value {
        Value::Array(values) => {
            check_count(written, values)?;
            values.iter().map(|value| single(written, key, value)).collect()
        }
        one => single(written, key, one),
    }
}

fn single(written: &str, key: &Key, value: &Value) -> Result<Value, Refusal> {
    let wrong = |what: &str| Err(Refusal::invalid(format!("`{written}` takes {what}")));
    let number_in = |range: std::ops::RangeInclusive<i64>| wire::int(value).filter(|n| range.contains(n));
    match key.field.kind {
        Kind::Number => match wire::int(value).filter(|number| *number >= 0) {
            Some(number) => Ok(number.into()),
            None => wrong("a whole number, or a list of them"),
        },
        Kind::Status => match status(value).filter(|status| (1..=7).contains(status)) {
            Some(status) => Ok(status.into()),
            None => wrong("a status: 2 pending, 3 in progress, 4 awaiting control, 5 completed, 6 deferred"),
        },
        Kind::MetaStatus => match status(value).filter(|status| (-3..=7).contains(status) && *status != 0) {
            Some(status) => Ok(status.into()),
            None => wrong("a status: 2 to 6, or -3 almost overdue, -2 not viewed, -1 overdue"),
        },
        Kind::Priority => match number_in(0..=2) {
            Some(priority) => Ok(priority.into()),
            None => wrong("a priority: 0 low, 1 medium, 2 high"),
        },
        Kind::Flag => match wire::yes(value) {
            Some(flag) => Ok(if flag { "Y" } else { "N" }.into()),
            None => wrong("true or false"),
        },
        Kind::Mark | Kind::Text | Kind::Words => match value.as_str() {
            Some(text) if text.chars().count() <= LONGEST_TEXT && !text.contains('\0') => {
                Ok(pattern(key, text))
            }
            _ => wrong("text of at most 1000 characters"),
        },
        Kind::Custom | Kind::Person | Kind::People | Kind::Date => match value {
            Value::String(text) if text.chars().count() <= LONGEST_TEXT && !text.contains('\0') => {
                Ok(value.clone())
            }
            Value::Number(_) | Value::Bool(_) => Ok(value.clone()),
            _ => wrong("a text, a number, or a list of them"),
        },
    }
}

/// The portal looks for parts of a title by a pattern inside the value, not by an operator.
fn pattern(key: &Key, text: &str) -> Value {
    if key.operator == Operator::Contains { format!("%{text}%").into() } else { text.into() }
}

/// A status by number or by word.
fn status(value: &Value) -> Option<i64> {
    if let Some(number) = wire::int(value) {
        return Some(number);
    }
    let word = value.as_str()?.to_lowercase().replace(['_', '-'], " ");
    (2..=7).find(|status| crate::record::task::status_word(*status) == word)
}

fn check_count(written: &str, values: &[Value]) -> Result<(), Refusal> {
    match values.len() {
        0 => Err(Refusal::invalid(format!("`{written}` is an empty list, which matches nothing"))),
        1..=MOST_VALUES => Ok(()),
        _ => Err(Refusal::invalid(format!("`{written}` has more than {MOST_VALUES} values"))),
    }
}
