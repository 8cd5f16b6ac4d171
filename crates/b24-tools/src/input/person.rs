//! A person, as a model names one: by id, as "me", by e-mail, by name.

use std::borrow::Cow;

use b24_model::UserId;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, de};
use serde_json::Value;

/// The longest name that is looked up.
const LONGEST: usize = 100;

/// A person who has not been looked up yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PersonRef {
    /// The id, given as a number or as a string of digits.
    Id(UserId),
    /// The acting person.
    Me,
    /// Something with an `@`.
    Email(String),
    /// Anything else.
    Name(String),
}

impl PersonRef {
    /// The way it was said, for code that reads fields by their kind.
    pub(crate) fn to_value(&self) -> Value {
        match self {
            Self::Id(id) => id.get().into(),
            Self::Me => "me".into(),
            Self::Email(text) | Self::Name(text) => text.as_str().into(),
        }
    }

    fn read(text: &str) -> Result<Self, &'static str> {
        let text = text.trim();
        if text.is_empty() {
            return Err("a person cannot be empty");
        }
        if text.chars().count() > LONGEST {
            return Err("a person's name is at most 100 characters");
        }
        if text.bytes().all(|b| b.is_ascii_digit()) {
            return text.parse().map(Self::Id).map_err(|_| "a person's id is a whole number from 1");
        }
        if text.chars().any(char::is_control) {
            return Err("a person's name has no control characters");
        }
        if !text.chars().any(char::is_alphabetic) {
            return Err("a person's name has letters");
        }
        Ok(if text.eq_ignore_ascii_case("me") {
            Self::Me
        } else if text.contains('@') {
            Self::Email(text.to_owned())
        } else {
            Self::Name(text.to_owned())
        })
    }
}

impl<'de> Deserialize<'de> for PersonRef {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl de::Visitor<'_> for Reader {
            type Value = PersonRef;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a person: an id, a name, an e-mail address, or \"me\"")
            }
            fn visit_u64<E: de::Error>(self, number: u64) -> Result<PersonRef, E> {
                UserId::new(number)
                    .map(PersonRef::Id)
                    .map_err(|_| E::invalid_value(de::Unexpected::Unsigned(number), &self))
            }
            fn visit_f64<E: de::Error>(self, number: f64) -> Result<PersonRef, E> {
                b24_model::id::whole(number)
                    .and_then(|number| UserId::new(number).ok().map(PersonRef::Id))
                    .ok_or_else(|| E::invalid_value(de::Unexpected::Float(number), &self))
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<PersonRef, E> {
                PersonRef::read(text).map_err(E::custom)
            }
        }
        deserializer.deserialize_any(Reader)
    }
}

impl JsonSchema for PersonRef {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Person".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["integer", "string"] })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_an_id_me_is_me_and_an_at_sign_is_an_address() {
        let id = |number| PersonRef::Id(UserId::new(number).expect("an id"));
        assert_eq!(PersonRef::read("12"), Ok(id(12)));
        assert_eq!(PersonRef::read(" Me "), Ok(PersonRef::Me));
        assert_eq!(PersonRef::read("anna@example.com"), Ok(PersonRef::Email("anna@example.com".into())));
        assert_eq!(PersonRef::read("Анна Петровна"), Ok(PersonRef::Name("Анна Петровна".into())));
        assert!(
            PersonRef::read(" ").is_err()
                && PersonRef::read("0").is_err()
                && PersonRef::read("a\u{0}b").is_err()
                && PersonRef::read("%%").is_err()
        );
    }
}
