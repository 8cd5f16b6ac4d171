//! A group, a stage, a department, as a model names one: by id, by name, or 0 for none.

use std::{borrow::Cow, marker::PhantomData};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, de};
use serde_json::Value;

/// The longest name that is looked up.
const LONGEST: usize = 200;

/// A kind of record that has a name.
pub(crate) trait Noun: Send + Sync + 'static {
    /// The word for it in sentences.
    const WORD: &'static str;
}

macro_rules! noun {
    ($noun:ident, $reference:ident, $word:literal) => {
        #[doc = concat!("Marks a ", $word, ".")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) struct $noun;
        impl Noun for $noun {
            const WORD: &'static str = $word;
        }
        #[doc = concat!("A ", $word, " that has not been looked up yet.")]
        pub(crate) type $reference = Called<$noun>;
    };
}

noun!(Group, GroupRef, "group");
noun!(Stage, StageRef, "stage");
noun!(Department, DepartmentRef, "department");

/// Something that has a name, and has not been looked up yet.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Called<N> {
    /// The id, given as a number or as digits; 0 for none.
    Id(u64, PhantomData<N>),
    /// Anything else.
    Name(String),
}

impl<N: Noun> std::fmt::Debug for Called<N> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", N::WORD, self.to_value())
    }
}

impl<N: Noun> Called<N> {
    /// Reads a value of a field.
    pub(crate) fn of_value(value: &Value) -> Result<Self, String> {
        serde_json::from_value(value.clone()).map_err(|error| error.to_string())
    }

    /// The way it was said, for code that reads fields by their kind.
    pub(crate) fn to_value(&self) -> Value {
        match self {
            Self::Id(id, _) => (*id).into(),
            Self::Name(name) => name.as_str().into(),
        }
    }

    fn numbered(number: u64) -> Option<Self> {
        (number <= b24_model::id::MAX_ID).then_some(Self::Id(number, PhantomData))
    }

    fn read(text: &str) -> Result<Self, String> {
        let (text, word) = (text.trim(), N::WORD);
        if text.is_empty() || !text.chars().any(char::is_alphanumeric) {
            return Err(format!("a {word} has a name, or an id"));
        }
        if text.chars().count() > LONGEST || text.chars().any(char::is_control) {
            return Err(format!(
                "the name of a {word} is at most {LONGEST} characters, without control characters"
            ));
        }
        if text.bytes().all(|b| b.is_ascii_digit()) {
            let number = text.parse().ok().and_then(Self::numbered);
            return number.ok_or_else(|| format!("the id of a {word} is a whole number"));
        }
        Ok(Self::Name(text.to_owned()))
    }
}

impl<'de, N: Noun> Deserialize<'de> for Called<N> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader<N>(PhantomData<N>);
        impl<N: Noun> de::Visitor<'_> for Reader<N> {
            type Value = Called<N>;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "a {}: an id, a name, or 0 for none", N::WORD)
            }
            fn visit_u64<E: de::Error>(self, number: u64) -> Result<Called<N>, E> {
                Called::numbered(number)
                    .ok_or_else(|| E::invalid_value(de::Unexpected::Unsigned(number), &self))
            }
            fn visit_f64<E: de::Error>(self, number: f64) -> Result<Called<N>, E> {
                b24_model::id::whole(number)
                    .and_then(Called::numbered)
                    .ok_or_else(|| E::invalid_value(de::Unexpected::Float(number), &self))
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Called<N>, E> {
                Called::read(text).map_err(E::custom)
            }
        }
        deserializer.deserialize_any(Reader(PhantomData))
    }
}

impl<N: Noun> JsonSchema for Called<N> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        N::WORD.into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["integer", "string"] })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn digits_are_an_id_and_anything_else_with_a_letter_is_a_name() {
        let read = |value: Value| match GroupRef::of_value(&value) {
            Ok(read) => read.to_value().to_string(),
            Err(error) => error,
        };
        assert_eq!(read(json!(7)), "7");
        assert_eq!(read(json!(" 7 ")), "7");
        assert_eq!(read(json!(0)), "0");
        assert_eq!(read(json!(" Отдел 7 ")), "\"Отдел 7\"");
        insta::assert_snapshot!(
            [
                json!(""),
                json!("--"),
                json!("a\u{0}"),
                json!("x".repeat(201)),
                json!(-1),
                json!(1.5),
                json!([7]),
                json!("99999999999999999999")
            ]
            .map(read)
            .join("\n")
        );
    }
}
