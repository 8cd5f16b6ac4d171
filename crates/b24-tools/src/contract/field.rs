//! An argument of a tool of the contract: its kind and its bounds.

use serde_json::{Value, json};

/// An argument.
#[derive(Clone, Copy)]
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) required: bool,
    pub(super) about: &'static str,
}

/// What an argument holds.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    /// Text, with the least and the most characters.
    Text { least: Option<u32>, most: Option<u32> },
    /// A whole number, with the least and the most.
    Number { least: u64, most: Option<u64> },
    /// True or false.
    Flag,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A list of positive numbers.
    Ids,
    /// A positive number, or a non-empty list of them.
    OneOrMany,
    /// A list of texts.
    Texts,
    /// An object with any members.
    Any,
    /// An object whose members are all `asc` or `desc`.
    Order,
    /// An object with these members.
    Object(&'static [Field]),
}

impl Field {
    pub(super) const fn required(name: &'static str, kind: Kind, about: &'static str) -> Self {
        Self { name, kind, required: true, about }
    }

    pub(super) const fn optional(name: &'static str, kind: Kind, about: &'static str) -> Self {
        Self { name, kind, required: false, about }
    }

    pub(super) fn schema(&self) -> Value {
        let mut schema = self.kind.schema();
        if !self.about.is_empty() {
            schema["description"] = self.about.into();
        }
        schema
    }
}

/// A positive whole number.
pub(super) const ID: Kind = Kind::Number { least: 1, most: None };
/// A whole number from 0.
pub(super) const COUNT: Kind = Kind::Number { least: 0, most: None };
/// Text of any length.
pub(super) const TEXT: Kind = Kind::Text { least: None, most: None };
/// A title.
pub(super) const TITLE: Kind = Kind::Text { least: Some(1), most: Some(255) };

/// The task.
pub(super) const TASK: Field = Field::required("taskId", ID, "");
/// A task, or several.
pub(super) const TASKS: Field =
    Field::required("taskId", Kind::OneOrMany, "A task, or a list of tasks for a batch.");
/// Lifts the cap of a batch.
pub(super) const FORCE: Field = Field::optional("force", Kind::Flag, "Lifts the cap of a batch.");
/// The first agreement.
pub(super) const CONFIRM_DELETE: Field =
    Field::optional("confirmDelete", Kind::Flag, "Only after the person agreed to delete it.");

impl Kind {
    fn schema(self) -> Value {
        match self {
            Self::Text { least, most } => {
                let mut schema = json!({ "type": "string" });
                bound(&mut schema, "minLength", least.map(u64::from));
                bound(&mut schema, "maxLength", most.map(u64::from));
                schema
            }
            Self::Number { least, most } => {
                let mut schema = json!({ "type": "integer", "minimum": least });
                bound(&mut schema, "maximum", most);
                schema
            }
            Self::Flag => json!({ "type": "boolean" }),
            Self::Word(words) => json!({ "type": "string", "enum": words }),
            Self::Ids => json!({ "type": "array", "items": ID.schema() }),
            Self::OneOrMany => {
                json!({ "anyOf": [ID.schema(), { "type": "array", "items": ID.schema(), "minItems": 1 }] })
            }
            Self::Texts => json!({ "type": "array", "items": { "type": "string" } }),
            Self::Any => json!({ "type": "object" }),
            Self::Order => {
                json!({ "type": "object", "additionalProperties": { "type": "string", "enum": ["asc", "desc"] } })
            }
            Self::Object(fields) => Field::object(fields),
        }
    }
}

fn bound(schema: &mut Value, name: &str, value: Option<u64>) {
    if let Some(value) = value {
        schema[name] = value.into();
    }
}
