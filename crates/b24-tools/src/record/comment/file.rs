//! Files of comments: what they are called, and nothing that opens them.

use b24_rest::wire;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::record::text;

/// A file that hangs on a comment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Attached {
    /// Of the file on the drive.
    pub file_id: u64,
    pub name: String,
    /// In bytes.
    pub size: Option<u64>,
}

impl Attached {
    /// A file beside the messages of a chat.
    pub(super) fn of_chat(row: &Map<String, Value>) -> Option<Self> {
        let size = row.get("size").and_then(wire::id);
        Some(Self { file_id: wire::id(row.get("id")?)?, name: text(row, "name").unwrap_or_default(), size })
    }

    fn of_forum(row: &Map<String, Value>) -> Option<Self> {
        let size = row.get("SIZE").and_then(wire::id);
        Some(Self {
            file_id: wire::id(row.get("FILE_ID")?)?,
            name: text(row, "NAME").unwrap_or_default(),
            size,
        })
    }
}

/// The files of a comment of the forum: a map by attachment.
pub(super) fn of_forum(row: &Map<String, Value>) -> Vec<Attached> {
    let files = row.get("ATTACHED_OBJECTS").and_then(wire::map);
    files
        .into_iter()
        .flat_map(Map::values)
        .filter_map(Value::as_object)
        .filter_map(Attached::of_forum)
        .collect()
}

/// The files that a message names in `params.FILE_ID`.
pub(super) fn of_chat(row: &Map<String, Value>, known: &[Attached]) -> Vec<Attached> {
    let named = row.get("params").and_then(|params| params.get("FILE_ID"));
    let ids = named.and_then(wire::rows).unwrap_or_default().into_iter().filter_map(wire::id);
    ids.filter_map(|id| known.iter().find(|file| file.file_id == id)).cloned().collect()
}

/// Whether a text of the portal's making holds what opens a file or a session without a sign-in.
pub(super) fn holds_credential(html: &str) -> bool {
    const SIGNS: [&str; 8] =
        ["uf.php", "auth%5b", "auth[", "auth=", "_esd=", "signature=", "sessid=", "access_token="];
    let html = html.to_lowercase();
    SIGNS.iter().any(|sign| html.contains(sign))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_file_is_told_by_name_and_never_by_its_address() {
        let row = json!({ "ATTACHED_OBJECTS": { "973": {
            "ATTACHMENT_ID": "973", "NAME": "photo.png", "SIZE": "1495700", "FILE_ID": "4755",
            "DOWNLOAD_URL": "/bitrix/tools/disk/uf.php?attachedId=973&auth%5Bauth%5D=3edf7ca92", "VIEW_URL": "/x",
        } } });
        let told = of_forum(row.as_object().expect("an object"));
        assert_eq!(told, [Attached { file_id: 4755, name: "photo.png".into(), size: Some(1_495_700) }]);
        assert_eq!(of_forum(json!({ "ATTACHED_OBJECTS": [] }).as_object().expect("an object")), []);
    }

    #[test]
    fn html_with_an_address_that_opens_something_is_known() {
        assert!(holds_credential("<img src=\"/bitrix/tools/disk/uf.php?attachedId=1&AUTH%5Bauth%5D=3e\">"));
        assert!(!holds_credential("<b>The author signed</b>"));
    }
}
