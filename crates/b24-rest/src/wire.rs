//! Reading values the way PHP writes them: an empty map comes as `[]`, a number as text, a flag as `Y`.
//!
//! Each function reads one value and says `None` when it is something else. None of them guesses.

use serde_json::Value;

use crate::Params;

/// An empty map to lend out.
static EMPTY: std::sync::LazyLock<Params> = std::sync::LazyLock::new(Params::new);

/// A map. `[]` is how PHP writes an empty one.
pub fn map(value: &Value) -> Option<&Params> {
    match value {
        Value::Object(map) => Some(map),
        Value::Array(rows) if rows.is_empty() => Some(&EMPTY),
        _ => None,
    }
}

/// Rows: an array, or a map with numeric keys, which is how PHP writes an array with gaps.
pub fn rows(value: &Value) -> Option<Vec<&Value>> {
    match value {
        Value::Array(rows) => Some(rows.iter().collect()),
        Value::Object(map) if map.keys().all(|key| key.bytes().all(|b| b.is_ascii_digit())) => {
            Some(map.values().collect())
        }
        _ => None,
    }
}

/// A positive whole number, written as a number or as digits. `0`, `"0"` and `""` mean "nobody" and are `None`.
pub fn id(value: &Value) -> Option<u64> {
    int(value).and_then(|number| u64::try_from(number).ok()).filter(|number| *number > 0)
}

/// A whole number, written as a number or as digits.
pub fn int(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64().or_else(|| {
            let float = number.as_f64()?;
            // A float that is whole and within 2^53 says exactly one whole number.
            #[expect(clippy::cast_possible_truncation, reason = "whole and within 2^53")]
            (float.fract() == 0.0 && float.abs() < 9_007_199_254_740_992.0).then_some(float as i64)
        }),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// A number, written as one or as text. Never infinite.
pub fn number(value: &Value) -> Option<f64> {
    let number = match value {
        Value::Number(number) => number.as_f64()?,
        Value::String(text) => text.trim().parse().ok()?,
        _ => return None,
    };
    number.is_finite().then_some(number)
}

/// Text. `""`, `null` and `false` all mean that there is none; a number is text as well.
pub fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A flag: `Y`/`N`, `true`/`false`, `1`/`0`, as letters, text or numbers.
pub fn yes(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(flag) => Some(*flag),
        Value::Number(number) => match number.as_i64()? {
            1 => Some(true),
            0 => Some(false),
            _ => None,
        },
        Value::String(text) => match text.as_str() {
            "Y" | "y" | "1" | "true" => Some(true),
            "N" | "n" | "0" | "false" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_empty_list_is_an_empty_map_and_a_full_one_is_not() {
        assert_eq!(map(&json!([])).map(Params::len), Some(0));
        assert_eq!(map(&json!({"a": 1})).map(Params::len), Some(1));
        assert_eq!(map(&json!([1])), None);
        assert_eq!(map(&json!(null)), None);
    }

    #[test]
    fn rows_come_as_a_list_or_as_a_map_with_numeric_keys() {
        assert_eq!(rows(&json!({"3": "a", "7": "b"})), Some(vec![&json!("a"), &json!("b")]));
        assert_eq!(rows(&json!([])).map(|rows| rows.len()), Some(0));
        assert_eq!(rows(&json!({"id": 1})), None);
    }

    #[test]
    fn numbers_come_as_numbers_or_as_text() {
        assert_eq!([json!("12"), json!(12), json!(12.0)].map(|v| id(&v)), [Some(12); 3]);
        assert_eq!(
            [json!(0), json!("0"), json!(""), json!(null), json!(-4), json!("x")].map(|v| id(&v)),
            [None; 6]
        );
        assert_eq!([json!(-2), json!("-2"), json!(1.5)].map(|v| int(&v)), [Some(-2), Some(-2), None]);
        assert_eq!(
            [json!("0.25"), json!(1), json!("inf")].map(|v| number(&v)),
            [Some(0.25), Some(1.0), None]
        );
    }

    #[test]
    fn nothing_has_many_spellings_and_a_flag_too() {
        assert_eq!([json!(""), json!(null), json!(false)].map(|v| text(&v)), [None, None, None]);
        assert_eq!(text(&json!(7)).as_deref(), Some("7"));
        assert_eq!([json!("Y"), json!(true), json!(1), json!("1")].map(|v| yes(&v)), [Some(true); 4]);
        assert_eq!([json!("N"), json!(false), json!(0), json!("0")].map(|v| yes(&v)), [Some(false); 4]);
        assert_eq!([json!(""), json!(2), json!(null), json!([])].map(|v| yes(&v)), [None; 4]);
    }
}
