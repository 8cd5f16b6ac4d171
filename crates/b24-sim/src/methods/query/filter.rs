//! The classic filter: a prefix, a field name, a value. Which fields exist is the family's business.

use std::cmp::Ordering;

use jiff::tz::TimeZone;
use serde_json::Value;

use super::cell::Cell;
use crate::wire::lenient;
use crate::world::moment;

/// What a prefix asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operator {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Contains,
    NotContains,
    /// LIKE with the wildcards of the value.
    Like,
    NotLike,
}

/// The longest prefix comes first, so that `!=%` is not read as `!`.
const PREFIXES: [(&str, Operator); 14] = [
    ("!=%", Operator::NotLike),
    ("!%=", Operator::NotLike),
    ("=%", Operator::Like),
    ("%=", Operator::Like),
    ("!%", Operator::NotContains),
    ("!@", Operator::NotEqual),
    ("!=", Operator::NotEqual),
    (">=", Operator::GreaterOrEqual),
    ("<=", Operator::LessOrEqual),
    ("%", Operator::Contains),
    ("@", Operator::Equal),
    ("!", Operator::NotEqual),
    (">", Operator::Greater),
    ("<", Operator::Less),
];

/// The prefix of a filter key and the bare field name.
pub(crate) fn key(text: &str) -> (Operator, &str) {
    for (prefix, operator) in PREFIXES {
        if let Some(bare) = text.strip_prefix(prefix) {
            return (operator, bare);
        }
    }
    (Operator::Equal, text.strip_prefix('=').unwrap_or(text))
}

/// Whether `cell` passes. An array of values means any of them, or none of them when negated.
pub(crate) fn passes(operator: Operator, cell: &Cell, value: &Value, zone: &TimeZone) -> bool {
    let (operator, negated) = match operator {
        Operator::NotEqual => (Operator::Equal, true),
        Operator::NotContains => (Operator::Contains, true),
        Operator::NotLike => (Operator::Like, true),
        other => (other, false),
    };
    let any = match value {
        Value::Array(_) | Value::Object(_) => {
            lenient::list(value).into_iter().any(|one| single(operator, cell, one, zone))
        }
        scalar => single(operator, cell, scalar, zone),
    };
    any != negated
}

fn single(operator: Operator, cell: &Cell, value: &Value, zone: &TimeZone) -> bool {
    let text = lenient::text(value).unwrap_or_default();
    match operator {
        Operator::Contains => words(cell).iter().any(|word| word.contains(&text.to_lowercase())),
        Operator::Like => words(cell).iter().any(|word| like(word, &text.to_lowercase())),
        _ => match cell {
            Cell::Int(own) => ordered(operator, own.cmp(&lenient::int(value).unwrap_or(0))),
            Cell::Text(own) => ordered(operator, own.to_lowercase().cmp(&text.to_lowercase())),
            Cell::Ids(own) => match lenient::id(value) {
                Some(id) => own.contains(&id),
                None => own.is_empty(),
            },
            Cell::Words(own) => own.iter().any(|word| word.to_lowercase() == text.to_lowercase()),
            Cell::Moment(own) => in_time(operator, *own, &text, zone),
        },
    }
}

/// An empty value asks for records without the date; one that is no date finds nothing.
fn in_time(operator: Operator, own: Option<jiff::Timestamp>, text: &str, zone: &TimeZone) -> bool {
    if text.is_empty() {
        return operator == Operator::Equal && own.is_none();
    }
    match (own, moment::parse(text, zone)) {
        (Some(own), Some(asked)) => ordered(operator, own.cmp(&asked)),
        _ => false,
    }
}

fn ordered(operator: Operator, order: Ordering) -> bool {
    match operator {
        Operator::Less => order.is_lt(),
        Operator::LessOrEqual => order.is_le(),
        Operator::Greater => order.is_gt(),
        Operator::GreaterOrEqual => order.is_ge(),
        _ => order.is_eq(),
    }
}

fn words(cell: &Cell) -> Vec<String> {
    match cell {
        Cell::Int(own) => vec![own.to_string()],
        Cell::Text(own) => vec![own.to_lowercase()],
        Cell::Words(own) => own.iter().map(|word| word.to_lowercase()).collect(),
        Cell::Ids(own) => own.iter().map(u64::to_string).collect(),
        Cell::Moment(_) => Vec::new(),
    }
}

/// SQL's LIKE: `%` is any text, `_` is any one letter.
pub(crate) fn like(text: &str, pattern: &str) -> bool {
    let text: Vec<char> = text.chars().collect();
    let pattern: Vec<char> = pattern.chars().collect();
    let (mut at, mut want) = (0, 0);
    // Where to go back to when a letter after the last `%` does not fit.
    let mut back: Option<(usize, usize)> = None;
    while at < text.len() {
        match pattern.get(want) {
            Some('%') => {
                back = Some((at, want));
                want += 1;
            }
            Some(&letter) if letter == '_' || letter == text[at] => {
                at += 1;
                want += 1;
            }
            _ => match &mut back {
                Some((start, percent)) => {
                    *start += 1;
                    at = *start;
                    want = *percent + 1;
                }
                None => return false,
            },
        }
    }
    pattern[want..].iter().all(|letter| *letter == '%')
}
