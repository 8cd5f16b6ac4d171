//! What goes back to the model.

mod budget;
mod fit;
mod form;
mod table;

pub use budget::tokens_at_most;
pub use form::Form;
pub(crate) use form::Telling;
pub(crate) use table::{COLUMNS, ROWS};

use serde_json::{Map, Value};

use crate::Refusal;

/// The answer to one call.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The call was refused, or failed.
    pub is_error: bool,
    /// The answer, as the tool's output schema describes it. `None` for a refusal: clients check whatever
    /// stands here against that schema.
    pub structured: Option<Map<String, Value>>,
    /// The same as compact JSON; for a refusal its code, sentence and hint.
    pub text: String,
    /// The code of the refusal.
    pub code: Option<String>,
    /// How many REST calls were made.
    pub calls: u32,
}

impl Answer {
    pub(crate) fn from_walk(walked: Result<Value, Refusal>, calls: u32, telling: &Telling) -> Self {
        match walked {
            Ok(Value::Object(object)) => {
                let (structured, text) = telling.tell(object);
                Self { is_error: false, structured: Some(structured), text, code: None, calls }
            }
            Ok(_) => Self::refused(&Refusal::internal(&"the answer is not an object"), calls),
            Err(refusal) => Self::refused(&refusal, calls),
        }
    }

    /// A refusal from outside the path, such as a deadline that passed.
    pub fn refused(refusal: &Refusal, calls: u32) -> Self {
        Self {
            is_error: true,
            structured: None,
            text: refusal.to_json().to_string(),
            code: Some(refusal.code().to_owned()),
            calls,
        }
    }
}
