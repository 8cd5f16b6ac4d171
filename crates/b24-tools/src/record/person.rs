//! A person of the portal, from `user.get`, `user.search` and `user.current`.

use b24_model::UserId;
use b24_rest::wire;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use super::text;

/// A person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Person {
    pub id: UserId,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    /// Patronymic.
    pub second_name: Option<String>,
    pub email: Option<String>,
    pub position: Option<String>,
    pub department_ids: Vec<u64>,
    /// False for people who left.
    pub active: bool,
    pub is_online: bool,
}

impl Person {
    /// Reads a list; rows without an id are not people.
    pub(crate) fn rows(result: &Value) -> Vec<Self> {
        let rows = wire::rows(result).unwrap_or_default();
        rows.into_iter().filter_map(Value::as_object).filter_map(Self::read).collect()
    }

    pub(crate) fn read(row: &Map<String, Value>) -> Option<Self> {
        let id = wire::id(row.get("ID")?).and_then(|id| UserId::new(id).ok())?;
        let departments = row.get("UF_DEPARTMENT").and_then(Value::as_array);
        Some(Self {
            id,
            first_name: text(row, "NAME"),
            last_name: text(row, "LAST_NAME"),
            second_name: text(row, "SECOND_NAME"),
            email: text(row, "EMAIL"),
            position: text(row, "WORK_POSITION"),
            department_ids: departments.into_iter().flatten().filter_map(wire::id).collect(),
            active: row.get("ACTIVE").is_none_or(|active| wire::yes(active).unwrap_or(true)),
            is_online: row.get("IS_ONLINE").is_some_and(|online| online == "Y"),
        })
    }

    /// First name and surname, or the e-mail, or the id.
    pub(crate) fn short_name(&self) -> String {
        self.named([&self.first_name, &self.last_name, &None])
    }

    /// First name, patronymic and surname.
    pub(crate) fn full_name(&self) -> String {
        self.named([&self.first_name, &self.second_name, &self.last_name])
    }

    fn named(&self, parts: [&Option<String>; 3]) -> String {
        let name = parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ");
        match (name.is_empty(), &self.email) {
            (false, _) => name,
            (true, Some(email)) => email.clone(),
            (true, None) => format!("user {}", self.id),
        }
    }
}
