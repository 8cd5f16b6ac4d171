//! Values of conditions, by the kind of their field.

use b24_model::moment::{EXAMPLES, Moment, to_wire};
use b24_rest::wire;
use jiff::Zoned;
use serde_json::Value;

use super::{
    Condition,
    field::Kind,
    key::{Key, Operator, Slot},
};
use crate::{
    Refusal,
    directory::fields::{CustomField, CustomKind},
    input::{GroupRef, PersonRef, plain_words},
};

/// The most values of one condition, and the longest text.
const MOST_VALUES: usize = 500;
const LONGEST_TEXT: usize = 1000;

/// What a value of a key means: one condition, or two for a whole day.
pub(super) fn conditions(
    written: &str,
    key: &Key<'_>,
    value: &Value,
    now: &Zoned,
) -> Result<Vec<(Operator, Condition)>, Refusal> {
    let one = |condition: Condition| Ok(vec![(key.operator, condition)]);
    let dates = || {
        let read = date(written, key.operator, value, now)?;
        Ok(read.into_iter().map(|(operator, value)| (operator, Condition::Ready(value))).collect())
    };
    match key.field {
        Slot::Standard(Kind::Person | Kind::People) => one(people(written, value)?),
        Slot::Standard(Kind::Group) => one(groups(written, value)?),
        Slot::Standard(Kind::Date) => dates(),
        Slot::Standard(kind) => one(Condition::Ready(plain(written, key.operator, kind, value)?)),
        Slot::Custom(field) => match field.kind {
            CustomKind::Person => one(people(written, value)?),
            CustomKind::Moment | CustomKind::Day => dates(),
            _ => one(Condition::Ready(custom(written, field, value)?)),
        },
    }
}

/// One person or several.
fn people(written: &str, value: &Value) -> Result<Condition, Refusal> {
    let person = |value: &Value| {
        serde_json::from_value::<PersonRef>(value.clone())
            .map_err(|error| Refusal::invalid(format!("`{written}`: {}", plain_words(&error.to_string()))))
    };
    match value {
        Value::Array(values) => {
            check_count(written, values)?;
            values.iter().map(person).collect::<Result<_, _>>().map(Condition::People)
        }
        one => person(one).map(Condition::Person),
    }
}

/// One group or several.
fn groups(written: &str, value: &Value) -> Result<Condition, Refusal> {
    let group = |value: &Value| {
        GroupRef::of_value(value)
            .map_err(|error| Refusal::invalid(format!("`{written}`: {}", plain_words(&error))))
    };
    match value {
        Value::Array(values) => {
            check_count(written, values)?;
            values.iter().map(group).collect::<Result<_, _>>().map(Condition::Groups)
        }
        one => group(one).map(Condition::Group),
    }
}

/// Values of a custom field that is neither a person nor a date.
fn custom(written: &str, field: &CustomField, value: &Value) -> Result<Value, Refusal> {
    let single = |value: &Value| {
        let wrong = |what: &str| Err(Refusal::invalid(format!("`{written}` takes {what}")));
        match (field.kind, value) {
            // "Has no value".
            (_, Value::String(text)) if text.is_empty() => Ok(value.clone()),
            (CustomKind::Choice, value) => field.choice(written, value).map(Value::from),
            (CustomKind::Flag, value) => match wire::yes(value) {
                Some(flag) => Ok(Value::from(u8::from(flag))),
                None => wrong("true or false"),
            },
            (CustomKind::Number, value) => match wire::number(value) {
                Some(_) => Ok(value.clone()),
                None => wrong("a number, or a list of them"),
            },
            (_, value) => {
                text_or_number(value).map_or_else(|| wrong("a text, a number, or a list of them"), Ok)
            }
        }
    };
    match value {
        Value::Array(values) => {
            check_count(written, values)?;
            values.iter().map(single).collect()
        }
        one => single(one),
    }
}

/// A moment; a whole day becomes its first or last second, or both.
fn date(
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
    let wire = |zoned: Zoned| Value::String(to_wire(&zoned));
    let first = || moment.first().map(wire).map_err(refuse);
    let last = || moment.last().map(wire).map_err(refuse);
    Ok(match (&moment, operator) {
        (Moment::Day { .. }, Operator::Equals | Operator::Contains) => {
            vec![(Operator::AtLeast, first()?), (Operator::AtMost, last()?)]
        }
        (Moment::Day { .. }, Operator::Differs) => {
            return Err(Refusal::invalid(format!("`{written}`: \"not on that day\" cannot be asked"))
                .hint("use `<` with that day, or `>` with that day"));
        }
        (Moment::Day { .. }, Operator::More | Operator::AtMost) => vec![(operator, last()?)],
        _ => vec![(operator, first()?)],
    })
}

/// Everything that is neither a person, a group nor a date: one value, or a list of them.
pub(super) fn plain(written: &str, operator: Operator, kind: Kind, value: &Value) -> Result<Value, Refusal> {
    match value {
        Value::Array(values) => {
            check_count(written, values)?;
            values.iter().map(|value| single(written, operator, kind, value)).collect()
        }
        one => single(written, operator, kind, one),
    }
}

fn single(written: &str, operator: Operator, kind: Kind, value: &Value) -> Result<Value, Refusal> {
    let wrong = |what: &str| Err(Refusal::invalid(format!("`{written}` takes {what}")));
    let number_in = |range: std::ops::RangeInclusive<i64>| wire::int(value).filter(|n| range.contains(n));
    match kind {
        Kind::Number | Kind::Stage => match wire::int(value).filter(|number| *number >= 0) {
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
        Kind::Mark | Kind::Text | Kind::Words => match value.as_str().filter(|text| is_harmless(text)) {
            Some(text) => pattern(written, operator, text),
            None => wrong("text of at most 1000 characters, without control characters"),
        },
        Kind::Plain | Kind::Parameters | Kind::Person | Kind::People | Kind::Group | Kind::Date => {
            text_or_number(value).map_or_else(|| wrong("a text, a number, or a list of them"), Ok)
        }
    }
}

/// The portal looks for parts of a title by a pattern inside the value, not by an operator. It documents the signs of
/// the pattern and no way to mean them as they are.
fn pattern(written: &str, operator: Operator, text: &str) -> Result<Value, Refusal> {
    if operator != Operator::Contains {
        return Ok(text.into());
    }
    if text.contains(['%', '_']) {
        return Err(Refusal::invalid(format!(
            "`{written}`: for the portal `%` is any text and `_` any letter, and there is no way to look for them as they are"
        ))
        .hint("look for a part of the title without them; or, to mean a pattern, use {\"filter\": {\"TITLE\": \"%50_%\"}}"));
    }
    Ok(format!("%{text}%").into())
}

/// Text that can be sent: not endless, and nothing in it that cannot be seen.
fn is_harmless(text: &str) -> bool {
    text.chars().count() <= LONGEST_TEXT && !text.chars().any(char::is_control)
}

/// A value that is passed on as it is.
fn text_or_number(value: &Value) -> Option<Value> {
    match value {
        Value::String(text) if is_harmless(text) => Some(value.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.clone()),
        _ => None,
    }
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
