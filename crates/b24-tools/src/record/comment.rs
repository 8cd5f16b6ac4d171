//! What somebody said under a task, from either store: the forum (`task.commentitem.getlist`) or the chat of the task
//! (`im.dialog.messages.get`). Addresses of attached files are not read: they carry credentials.

use std::collections::BTreeMap;

use b24_rest::wire;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use super::text;

pub(crate) mod file;
pub(crate) mod mention;

use file::Attached;
use mention::Mention;

/// Which store a comment is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
pub(crate) enum Source {
    Forum,
    Chat,
}

/// What somebody said under a task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Comment {
    pub source: Source,
    pub id: u64,
    /// Null for the portal's own lines.
    pub author_id: Option<u64>,
    pub author_name: Option<String>,
    pub post_date: Option<String>,
    /// BBCode; people are mentioned as [USER=5]Anna[/USER].
    pub text: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<Attached>")]
    pub files: Vec<Attached>,
}

/// The same with everything the portal says about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FullComment {
    #[serde(flatten)]
    pub(crate) comment: Comment,
    pub task_id: u64,
    /// A line of the portal itself. In the forum nothing marks them: false there means "not known".
    pub is_system: bool,
    pub author_email: Option<String>,
    /// Forum only, and only when no address with a credential is in it.
    pub text_html: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<Mention>")]
    pub mentions: Vec<Mention>,
}

impl FullComment {
    /// A row of the forum.
    pub(crate) fn of_forum(task: u64, row: &Map<String, Value>) -> Option<Self> {
        let said = mention::read(&text(row, "POST_MESSAGE").unwrap_or_default());
        Some(Self {
            comment: Comment {
                source: Source::Forum,
                id: wire::id(row.get("ID")?)?,
                author_id: row.get("AUTHOR_ID").and_then(wire::id),
                author_name: text(row, "AUTHOR_NAME"),
                post_date: text(row, "POST_DATE"),
                text: said.text,
                files: file::of_forum(row),
            },
            task_id: task,
            is_system: false,
            author_email: text(row, "AUTHOR_EMAIL"),
            text_html: text(row, "POST_MESSAGE_HTML").filter(|html| !file::holds_credential(html)),
            mentions: said.mentions,
        })
    }

    /// A message of the chat; the names of people and files come beside the messages.
    pub(crate) fn of_chat(task: u64, row: &Map<String, Value>, beside: &Beside) -> Option<Self> {
        let author_id = row.get("author_id").and_then(wire::id);
        let said = mention::read(&text(row, "text").unwrap_or_default());
        Some(Self {
            comment: Comment {
                source: Source::Chat,
                id: wire::id(row.get("id")?)?,
                author_id,
                author_name: author_id.and_then(|id| beside.people.get(&id)).cloned(),
                post_date: text(row, "date"),
                text: said.text,
                files: file::of_chat(row, &beside.files),
            },
            task_id: task,
            // The only mark of the portal's own lines is that nobody wrote them.
            is_system: author_id.is_none(),
            author_email: None,
            text_html: None,
            mentions: said.mentions,
        })
    }

    /// When it was said.
    pub(crate) fn at(&self) -> Option<Timestamp> {
        self.comment.post_date.as_deref()?.parse().ok()
    }

    /// Who said what in which second: two comments of two stores with the same key are one. `None` without a date.
    pub(crate) fn key(&self) -> Option<(Option<u64>, i64, &str)> {
        Some((self.comment.author_id, self.at()?.as_second(), &self.comment.text))
    }
}

/// A text as it is told once it has been said: cleaned, with its mentions in one spelling.
pub(crate) fn as_told(said: &str) -> String {
    mention::read(&crate::hygiene::clean(said)).text
}

/// What stands beside the messages of a chat: names by id of people, files by id.
#[derive(Clone, Debug, Default)]
pub(crate) struct Beside {
    people: BTreeMap<u64, String>,
    files: Vec<Attached>,
}

impl Beside {
    /// Adds what stands beside one page.
    pub(crate) fn learn(&mut self, page: &Value) {
        let rows = |key: &str| {
            page.get(key).and_then(wire::rows).unwrap_or_default().into_iter().filter_map(Value::as_object)
        };
        for person in rows("users") {
            if let (Some(id), Some(name)) = (person.get("id").and_then(wire::id), text(person, "name")) {
                self.people.insert(id, name);
            }
        }
        self.files.extend(rows("files").filter_map(Attached::of_chat));
    }
}
