//! Ids: positive whole numbers that a JSON reader of any language can hold.
//!
//! The portal writes them as numbers or as numeric strings, family by family; that is undone where
//! answers are read. Here an id is a number from 1 to 2^53 − 1, and nothing else.

use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, de};

/// The largest whole number that every JSON reader holds exactly (RFC 8259 §6, RFC 7493 §2.2).
pub const MAX_ID: u64 = (1 << 53) - 1;

/// Why a number or text is not an id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an id is a whole number from 1 to {MAX_ID}")]
pub struct NotAnId;

/// The whole number that a float is, if it is one and small enough to be exact.
pub fn whole(number: f64) -> Option<u64> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "whole, positive and below 2^53"
    )]
    (number.fract() == 0.0 && (0.0..9_007_199_254_740_992.0).contains(&number)).then_some(number as u64)
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $noun:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(transparent)]
        pub struct $name(u64);

        impl $name {
            /// Takes a number from 1 to [`MAX_ID`].
            pub const fn new(number: u64) -> Result<Self, NotAnId> {
                if number == 0 || number > MAX_ID { Err(NotAnId) } else { Ok(Self(number)) }
            }

            /// The number.
            pub const fn get(self) -> u64 {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = NotAnId;

            /// Reads decimal digits, as the portal writes ids.
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                if !text.bytes().all(|b| b.is_ascii_digit()) {
                    return Err(NotAnId);
                }
                text.parse().map_err(|_| NotAnId).and_then(Self::new)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Reader;
                impl de::Visitor<'_> for Reader {
                    type Value = $name;
                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        write!(f, "{} id: a whole number from 1 to {MAX_ID}", $noun)
                    }
                    fn visit_u64<E: de::Error>(self, number: u64) -> Result<$name, E> {
                        $name::new(number)
                            .map_err(|_| E::invalid_value(de::Unexpected::Unsigned(number), &self))
                    }
                    // JSON has one kind of number: 7.0 is a whole one.
                    fn visit_f64<E: de::Error>(self, number: f64) -> Result<$name, E> {
                        whole(number)
                            .and_then(|number| $name::new(number).ok())
                            .ok_or_else(|| E::invalid_value(de::Unexpected::Float(number), &self))
                    }
                }
                deserializer.deserialize_u64(Reader)
            }
        }

        impl JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                // The bounds are said in a refusal: every tool would carry them, and nobody goes beyond.
                json_schema!({ "type": "integer" })
            }
        }
    };
}

id!(
    /// A task.
    TaskId,
    "task"
);
id!(
    /// A person of the portal.
    UserId,
    "user"
);
id!(
    /// A workgroup or project.
    GroupId,
    "group"
);
id!(
    /// A file that is attached to a record: the attachment, not the file of the drive behind it.
    FileId,
    "file"
);
id!(
    /// A file of the drive.
    DiskId,
    "disk file"
);
id!(
    /// An item of a checklist, or the heading of one.
    ItemId,
    "checklist item"
);
id!(
    /// A result of a task.
    ResultId,
    "result"
);
id!(
    /// A record of time spent on a task.
    EntryId,
    "time entry"
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_positive_and_fits_every_json_reader() {
        let read = |number: u64| TaskId::new(number).map(TaskId::get);
        assert_eq!(read(1), Ok(1));
        assert_eq!(read(MAX_ID), Ok(MAX_ID));
        assert_eq!(read(0), Err(NotAnId));
        assert_eq!(read(1 << 53), Err(NotAnId));
    }

    #[test]
    fn text_is_an_id_only_when_it_is_all_digits() {
        let read = |text: &str| text.parse::<UserId>().ok().map(UserId::get);
        assert_eq!(read("42"), Some(42));
        for text in ["", "+42", "-1", " 42", "4e2", "9007199254740992", "99999999999999999999", "٤٢"] {
            assert_eq!(read(text), None, "{text:?}");
        }
    }
}
