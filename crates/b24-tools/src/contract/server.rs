//! About the server itself.

use super::{
    entry::Entry,
    field::{Field, Kind, TEXT},
};

pub(super) static ENTRIES: [Entry; 2] = [
    Entry::same(
        "bx24mcp_submit_feedback",
        &[
            Field::required("kind", Kind::Word(&["positive", "problem", "suggestion", "issue"]), ""),
            Field::required("summary", Kind::Text { least: Some(5), most: Some(200) }, ""),
            Field::required("details", Kind::Text { least: Some(10), most: None }, ""),
            Field::optional("relatedTool", TEXT, ""),
            Field::optional("severity", Kind::Word(&["low", "medium", "high"]), ""),
        ],
    ),
    Entry::same("bx24mcp_list_session", &[]),
];
