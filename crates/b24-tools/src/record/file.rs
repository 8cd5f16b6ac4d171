//! A file that hangs on a record, from `disk.attachedObject.get`. Source: `disk/attached-object/`.

use b24_rest::wire;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use super::text;

/// What is told of an attached file. Its link is not: it opens the file to everybody.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct File {
    /// The attachment: what the other tools call `fileId`.
    pub id: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub name: Option<String>,
    /// In bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u64")]
    pub size: Option<u64>,
    /// The file of the drive behind it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u64")]
    pub disk_id: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub attached_at: Option<String>,
    /// The person who attached it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u64")]
    pub attached_by: Option<u64>,
}

impl File {
    /// Reads an answer; `None` when it is no attachment.
    pub(crate) fn read(record: &Map<String, Value>) -> Option<Self> {
        Some(Self {
            id: wire::id(record.get("ID")?)?,
            name: text(record, "NAME"),
            size: record.get("SIZE").and_then(wire::int).and_then(|size| u64::try_from(size).ok()),
            disk_id: record.get("OBJECT_ID").and_then(wire::id),
            attached_at: text(record, "CREATE_TIME"),
            attached_by: record.get("CREATED_BY").and_then(wire::id),
        })
    }
}
