//! A group, a column, a department by id or by name, in either script. Several matches are told, nobody guesses.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, de};

use crate::directory::spelling::{self, Fit};

/// The longest name that is looked up.
const LONGEST: usize = 200;

/// A record as a model names it. A text of digits is an id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::tools) enum Named {
    /// By id.
    Id(u64),
    /// By name.
    Name(String),
}

/// What a name came to.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::tools) enum Choice<'a, T> {
    /// Exactly one.
    One(&'a T),
    /// None.
    Nothing,
    /// More than one.
    Several(Vec<&'a T>),
}

/// Whether `said` may mean a record of that name: its words are parts of it, or in another spelling their beginnings.
pub(in crate::tools) fn matches(said: &str, name: &str) -> bool {
    let lower = name.to_lowercase();
    said.to_lowercase().split_whitespace().all(|word| lower.contains(word))
        || has_numbers(said, name) && spelling::begins(&spelling::words(said), &spelling::words(name))
}

/// Whether every number that was said stands in the name: numbers have one spelling.
fn has_numbers(said: &str, name: &str) -> bool {
    let written = spelling::words(name);
    let is_number = |word: &String| word.contains(|c: char| c.is_numeric());
    spelling::words(said).iter().filter(|word| is_number(word)).all(|word| written.contains(word))
}

/// How near a name is to what was said; the nearest is the smallest.
fn nearness(said: &str, name: &str) -> Option<u8> {
    if name.trim().to_lowercase() == said.to_lowercase() {
        return Some(0);
    }
    match spelling::fit(&spelling::words(said), &spelling::words(name)) {
        Some(Fit::Whole) => Some(1),
        Some(Fit::Same) => Some(2),
        Some(Fit::Alike) if has_numbers(said, name) => Some(3),
        _ => matches(said, name).then_some(4),
    }
}

impl Named {
    /// The record that is meant: by id, or the one whose name is nearest to what was said.
    pub(in crate::tools) fn choose<'a, T>(
        &self,
        all: &'a [T],
        id: impl Fn(&T) -> u64,
        name: impl Fn(&T) -> &str,
    ) -> Choice<'a, T> {
        let found: Vec<&T> = match self {
            Self::Id(wanted) => all.iter().filter(|record| id(record) == *wanted).collect(),
            Self::Name(said) => {
                let near = |record: &'a T| Some((nearness(said, name(record))?, record));
                let near: Vec<(u8, &T)> = all.iter().filter_map(near).collect();
                let nearest = near.iter().map(|(nearness, _)| *nearness).min();
                near.into_iter()
                    .filter(|(near, _)| Some(*near) == nearest)
                    .map(|(_, record)| record)
                    .collect()
            }
        };
        match found.as_slice() {
            [] => Choice::Nothing,
            [only] => Choice::One(only),
            _ => Choice::Several(found),
        }
    }
}

impl std::fmt::Display for Named {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Id(id) => id.fmt(f),
            Self::Name(name) => write!(f, "\"{}\"", crate::input::shorten(name, 60)),
        }
    }
}

impl<'de> Deserialize<'de> for Named {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl de::Visitor<'_> for Reader {
            type Value = Named;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an id (a whole number from 0) or a name")
            }
            fn visit_u64<E: de::Error>(self, number: u64) -> Result<Named, E> {
                Ok(Named::Id(number))
            }
            fn visit_f64<E: de::Error>(self, number: f64) -> Result<Named, E> {
                let whole = b24_model::id::whole(number).map(Named::Id);
                whole.ok_or_else(|| E::invalid_value(de::Unexpected::Float(number), &self))
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Named, E> {
                let text = text.trim();
                if text.is_empty() || text.chars().count() > LONGEST || text.chars().any(char::is_control) {
                    return Err(E::custom("a name has from 1 to 200 characters, and no control characters"));
                }
                match text.bytes().all(|b| b.is_ascii_digit()) {
                    true => text.parse().map(Named::Id).map_err(|_| E::custom("an id is a whole number")),
                    false => Ok(Named::Name(text.to_owned())),
                }
            }
        }
        deserializer.deserialize_any(Reader)
    }
}

impl JsonSchema for Named {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Named".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["integer", "string"] })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [(u64, &str); 6] = [
        (1, "Sales"),
        (2, "Sales North"),
        (3, "Отдел Продаж"),
        (4, "2026"),
        (5, "Смена 19"),
        (6, "Смена 119"),
    ];

    fn choose(said: &str) -> Vec<u64> {
        let named: Named = serde_json::from_value(said.into()).expect("a name");
        match named.choose(&ALL, |record| record.0, |record| record.1) {
            Choice::One(one) => vec![one.0],
            Choice::Nothing => Vec::new(),
            Choice::Several(several) => several.into_iter().map(|record| record.0).collect(),
        }
    }

    #[test]
    fn the_whole_name_wins_over_a_part_and_a_part_that_several_have_is_told() {
        assert_eq!(choose("sales"), [1]);
        assert_eq!(choose("north sales"), [2]);
        assert_eq!(choose("отдел"), [3]);
        assert_eq!(choose("otdel prodazh"), [3]);
        assert_eq!(choose("smena 119"), [6]);
        assert_eq!(choose("al"), [1, 2]);
        assert!(choose("Marketing").is_empty());
    }

    #[test]
    fn digits_are_an_id_and_never_a_name() {
        assert_eq!(choose("3"), [3]);
        assert!(choose("2026").is_empty());
        for wrong in ["", " ", "a\u{0}b"] {
            assert!(serde_json::from_value::<Named>(wrong.into()).is_err());
        }
    }
}
