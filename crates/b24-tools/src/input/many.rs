//! One id or a list of ids: the argument that makes a call single or batch.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, de};

/// One id (single) or a non-empty list (batch, even with one element).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum OneOrMany<T> {
    /// A single record.
    One(T),
    /// A batch.
    Many(Vec<T>),
}

impl<T: Copy> OneOrMany<T> {
    pub(crate) fn ids(&self) -> Vec<T> {
        match self {
            Self::One(id) => vec![*id],
            Self::Many(ids) => ids.clone(),
        }
    }
}

impl<T: Copy + Ord> OneOrMany<T> {
    /// The ids in their order, each once.
    pub(crate) fn distinct(&self) -> Vec<T> {
        let mut ids = self.ids();
        ids.sort_unstable();
        ids.dedup();
        ids
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OneOrMany<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader<T>(std::marker::PhantomData<T>);
        impl<'de, T: Deserialize<'de>> de::Visitor<'de> for Reader<T> {
            type Value = OneOrMany<T>;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an id (a positive whole number) or a non-empty list of ids")
            }
            fn visit_u64<E: de::Error>(self, number: u64) -> Result<Self::Value, E> {
                T::deserialize(de::value::U64Deserializer::new(number)).map(OneOrMany::One)
            }
            fn visit_f64<E: de::Error>(self, number: f64) -> Result<Self::Value, E> {
                T::deserialize(de::value::F64Deserializer::new(number)).map(OneOrMany::One)
            }
            fn visit_seq<A: de::SeqAccess<'de>>(self, sequence: A) -> Result<Self::Value, A::Error> {
                let ids = Vec::deserialize(de::value::SeqAccessDeserializer::new(sequence))?;
                if ids.is_empty() {
                    Err(de::Error::invalid_length(0, &self))
                } else {
                    Ok(OneOrMany::Many(ids))
                }
            }
        }
        deserializer.deserialize_any(Reader(std::marker::PhantomData))
    }
}

impl<T: JsonSchema> JsonSchema for OneOrMany<T> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        format!("OneOrMany{}", T::schema_name()).into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["integer", "array"], "items": T::json_schema(generator) })
    }
}

#[cfg(test)]
mod tests {
    use b24_model::TaskId;
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn a_number_is_single_and_any_list_but_the_empty_one_is_a_batch() {
        let read =
            |value: Value| serde_json::from_value::<OneOrMany<TaskId>>(value).map_err(|e| e.to_string());
        let id = |number| TaskId::new(number).expect("an id");
        assert_eq!(read(json!(7)), Ok(OneOrMany::One(id(7))));
        assert_eq!(read(json!(7.0)), Ok(OneOrMany::One(id(7))));
        assert_eq!(read(json!([7])), Ok(OneOrMany::Many(vec![id(7)])));
        insta::assert_snapshot!(read(json!([])).expect_err("refused"), @"invalid length 0, expected an id (a positive whole number) or a non-empty list of ids");
        insta::assert_snapshot!(read(json!([7, 0])).expect_err("refused"), @"invalid value: integer `0`, expected task id: a whole number from 1 to 9007199254740991");
        insta::assert_snapshot!(read(json!(-7)).expect_err("refused"), @"invalid type: integer `-7`, expected an id (a positive whole number) or a non-empty list of ids");
        insta::assert_snapshot!(read(json!("7")).expect_err("refused"), @r#"invalid type: string "7", expected an id (a positive whole number) or a non-empty list of ids"#);
        insta::assert_snapshot!(read(json!(7.5)).expect_err("refused"), @"invalid value: floating point `7.5`, expected task id: a whole number from 1 to 9007199254740991");
    }
}
