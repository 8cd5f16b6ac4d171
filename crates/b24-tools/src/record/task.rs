//! A task, from the answers of `tasks.task.*` (classic). Source: `tasks/fields.md`.

use b24_model::{TaskId, UserId, moment::to_wire};
use b24_rest::wire;
use jiff::{Timestamp, tz::TimeZone};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use super::text;

/// What every answer about a task holds. Absent fields were not selected or are unset.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Task {
    pub id: TaskId,
    pub title: String,
    /// 2 pending, 3 in progress, 4 awaiting control, 5 completed, 6 deferred.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i64")]
    pub status: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub deadline: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "UserId")]
    pub responsible_id: Option<UserId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub responsible_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub created_date: Option<String>,
    /// 0 low, 1 medium, 2 high.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i64")]
    pub priority: Option<i64>,
    /// Other selected fields, as the portal sent them.
    #[serde(flatten)]
    pub others: Map<String, Value>,
}

impl Task {
    /// Reads one; `None` without an id.
    pub(crate) fn read(row: &Map<String, Value>) -> Option<Self> {
        let id = wire::id(row.get("id")?).and_then(|id| TaskId::new(id).ok())?;
        let responsible = row.get("responsible").and_then(wire::map);
        Some(Self {
            id,
            title: text(row, "title").unwrap_or_default(),
            status: row.get("status").and_then(wire::int),
            deadline: text(row, "deadline"),
            responsible_id: row.get("responsibleId").and_then(wire::id).and_then(|id| UserId::new(id).ok()),
            responsible_name: responsible.and_then(|person| text(person, "name")),
            created_date: text(row, "createdDate"),
            priority: row.get("priority").and_then(wire::int),
            others: Map::new(),
        })
    }

    /// Tells its dates in a zone. A portal answers in its own, which is not that of everybody who works in it.
    pub(crate) fn in_zone(&mut self, zone: &TimeZone) {
        for date in [&mut self.deadline, &mut self.created_date].into_iter().flatten() {
            *date = local(date, zone);
        }
        for value in self.others.values_mut() {
            *value = in_zone(value, zone);
        }
    }

    /// Reads `{task: {…}}`. `None` for `[]`, which is how the portal says "not found, or not yours".
    pub(crate) fn of_reply(result: &Value) -> Option<Self> {
        Self::read(Self::body(result)?)
    }

    /// The record inside `{task: {…}}`.
    pub(crate) fn body(result: &Value) -> Option<&Map<String, Value>> {
        result.get("task")?.as_object()
    }

    /// Keeps the named fields of `row` that have no member of their own.
    pub(crate) fn keep(&mut self, row: &Map<String, Value>, fields: impl Iterator<Item = String>) {
        const OWN: [&str; 8] = [
            "id",
            "title",
            "status",
            "deadline",
            "responsibleId",
            "responsibleName",
            "createdDate",
            "priority",
        ];
        for field in fields.filter(|field| !OWN.contains(&field.as_str())) {
            if let Some(value) = row.get(&field).filter(|value| !is_unset(value)) {
                let value = if is_text(&field) { cleaned(value) } else { numbered(&cleaned(value)) };
                self.others.insert(field, value);
            }
        }
    }
}

/// A value with the moment in it told in a zone; anything else stays as it is.
pub(crate) fn in_zone(value: &Value, zone: &TimeZone) -> Value {
    value.as_str().map_or_else(|| value.clone(), |text| local(text, zone).into())
}

/// A moment as a portal writes it, in a zone. Text that is none stays as it is.
fn local(text: &str, zone: &TimeZone) -> String {
    let shape = text.len() == 25 && text.as_bytes().get(10) == Some(&b'T');
    match text.parse::<Timestamp>() {
        Ok(instant) if shape => to_wire(&instant.to_zoned(zone.clone())),
        _ => text.to_owned(),
    }
}

/// Whether a field holds words, of which some may look like numbers.
fn is_text(field: &str) -> bool {
    field.starts_with("uf") || matches!(field, "description" | "tags" | "xmlId" | "siteId" | "mark" | "guid")
}

/// Ids and counts as numbers: the portal writes them as texts, in lists too.
fn numbered(value: &Value) -> Value {
    match value {
        Value::String(text) if (1..=15).contains(&text.len()) => {
            let plain = text.bytes().all(|b| b.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
            if plain {
                text.parse::<u64>().map_or_else(|_| value.clone(), Value::from)
            } else {
                value.clone()
            }
        }
        Value::Array(list) => list.iter().map(numbered).collect(),
        other => other.clone(),
    }
}

/// Whether a value says nothing: null, `""`, `[]`, `{}`.
pub(crate) fn is_unset(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(map) => map.is_empty(),
        _ => false,
    }
}

/// A value with every text in it cleaned, and without the addresses by which the portal opens files: they carry
/// credentials.
pub(crate) fn cleaned(value: &Value) -> Value {
    match value {
        Value::String(text) => crate::hygiene::clean(text).into(),
        Value::Array(items) => items.iter().map(cleaned).collect(),
        Value::Object(map) => {
            let kept = map.iter().filter(|(key, _)| !opens_a_file(key));
            kept.map(|(key, value)| (key.clone(), cleaned(value))).collect()
        }
        other => other.clone(),
    }
}

/// Whether a member of that name holds an address that opens a file: `downloadUrl`, `VIEW_URL`, `urlShow` …
fn opens_a_file(key: &str) -> bool {
    let key = key.replace('_', "").to_lowercase();
    let verb = ["download", "show", "view", "preview", "machine"].iter().any(|verb| key.contains(verb));
    (key.contains("url") && verb) || key == "archivelink"
}

/// The words for a status, for people and models.
pub(crate) fn status_word(status: i64) -> &'static str {
    match status {
        1 => "new",
        2 => "pending",
        3 => "in progress",
        4 => "awaiting control",
        5 => "completed",
        6 => "deferred",
        7 => "declined",
        _ => "unknown",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_value_of_a_field_is_told_without_the_addresses_that_open_files() {
        let held = json!([{ "id": 7, "showUrl": "/x?auth=1", "DOWNLOAD_URL": "/y", "urlMachine": "/z", "url": "https://a.example\u{0}" }]);
        assert_eq!(cleaned(&held), json!([{ "id": 7, "url": "https://a.example" }]));
    }
}
