//! Custom fields of tasks: their names, types and the choices of a list.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A custom field.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct UserField {
    pub(crate) id: u64,
    /// Begins with `UF_`.
    pub(crate) name: String,
    /// `string`, `double`, `datetime`, `boolean`, `enumeration`.
    pub(crate) kind: String,
    pub(crate) xml_id: String,
    pub(crate) sort: i64,
    pub(crate) multiple: bool,
    pub(crate) mandatory: bool,
    pub(crate) label: String,
    /// The choices of an enumeration: id and words.
    pub(crate) choices: Vec<(u64, String)>,
    pub(crate) settings: Value,
}
