//! What hangs on a task. A part that cannot be read is told with the reason, and hides nothing else.

use std::collections::BTreeSet;

use b24_model::TaskId;
use b24_rest::{CallError, Reply};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use super::{
    checklist, comments, dependencies, files,
    history::{self, Change},
    part::Part,
    results::{self, Finished},
    subtasks,
    time::{self, Entry},
};
use crate::{
    Code, Reader, Refusal,
    record::{checklist::Item, comment::Comment, file::File, task::Task},
    tools::task::{dependency::Links, roster},
};

/// The parts that were asked for and could be read.
#[derive(Default, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Parts {
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<Item>")]
    checklist: Option<Vec<Item>>,
    /// From the forum and from the task's chat, oldest first.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<Comment>")]
    comments: Option<Vec<Comment>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<Task>")]
    subtasks: Option<Vec<Task>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<File>")]
    files: Option<Vec<File>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<Finished>")]
    results: Option<Vec<Finished>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<Entry>")]
    time: Option<Vec<Entry>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Links")]
    dependencies: Option<Links>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<Change>")]
    history: Option<Vec<Change>>,
}

type Answered = Result<Reply, CallError>;

/// Reads what was answered with the task, and asks for the rest in one more request (and REST 3.0, which goes alone).
pub(super) async fn read(
    id: TaskId,
    row: &Map<String, Value>,
    wanted: &BTreeSet<Part>,
    first: Vec<(Part, Answered)>,
    reader: &Reader,
) -> (Parts, Vec<String>) {
    let mut parts = Parts::default();
    let mut missing = Vec::new();
    let (mut forum, mut after) = (None, None);
    for (part, reply) in first {
        match part {
            Part::Comments => forum = Some(reply),
            Part::Dependencies => after = Some(reply),
            part => parts.take(part, reply, &mut missing),
        }
    }

    let before = match after {
        Some(_) => Some(dependencies::before(id, reader).await),
        None => None,
    };
    let mut chat = forum.as_ref().and_then(|_| comments::chat(id, row));
    let attached = if wanted.contains(&Part::Files) { files::ids(row) } else { Vec::new() };

    let page: Vec<_> = chat.iter().filter_map(|chat| chat.next()).collect();
    let files = files::calls(&attached);
    let names = roster::calls(before.iter().flatten().flat_map(|before| before.ids.iter().copied()));
    let (pages, named) = (page.len(), files.len());
    let calls: Vec<_> = page.into_iter().chain(files).chain(names).collect();
    let mut replies = if calls.is_empty() { Vec::new() } else { reader.all(calls).await }.into_iter();

    if let (Some(chat), Some(reply)) = (&mut chat, replies.by_ref().take(pages).next()) {
        chat.take(reply);
    }
    if wanted.contains(&Part::Files) {
        parts.files = Some(files::read(&attached, replies.by_ref().take(named), &mut missing));
    }
    if let Some(forum) = forum {
        parts.comments = comments::read(id, forum, chat, &mut missing);
    }
    if let (Some(before), Some(after)) = (before, after) {
        let (links, more) = dependencies::told(before, after, replies);
        missing.extend(more);
        parts.dependencies = Some(links);
    }
    (parts, missing)
}

impl Parts {
    /// Adds a part that one answer tells whole.
    fn take(&mut self, part: Part, reply: Answered, missing: &mut Vec<String>) {
        let read = reply.map_err(Refusal::from).and_then(|reply| self.add(part, &reply));
        match read {
            Ok(Some(note)) => missing.push(format!("{}: {note}", part.word())),
            Ok(None) => {}
            Err(refusal) => missing.push(format!("{}: {}", part.word(), refusal.told_whole())),
        }
    }

    /// The note, if there is one, says what was left out.
    fn add(&mut self, part: Part, reply: &Reply) -> Result<Option<String>, Refusal> {
        let mut note = None;
        match part {
            Part::Checklist => self.checklist = Some(checklist::read(reply)?),
            Part::Subtasks => {
                let (subtasks, more) = subtasks::read(reply)?;
                (self.subtasks, note) = (Some(subtasks), more);
            }
            Part::Results => {
                let (results, more) = results::read(reply)?;
                (self.results, note) = (Some(results), more);
            }
            Part::Time => {
                let (entries, more) = time::read(reply)?;
                (self.time, note) = (Some(entries), more);
            }
            Part::History => {
                let (changes, more) = history::read(reply)?;
                (self.history, note) = (Some(changes), more);
            }
            Part::Comments | Part::Dependencies | Part::Files | Part::All => {}
        }
        Ok(note)
    }
}

/// The rows of an answer, or the refusal that says that there are none to be read.
pub(super) fn rows(result: &Value) -> Result<Vec<&Value>, Refusal> {
    b24_rest::wire::rows(result)
        .ok_or_else(|| Refusal::new(Code::PORTAL_GARBLED, "the portal's answer cannot be read"))
}

/// The first `most` of them, and a note when there are more.
pub(super) fn first<T>(mut rows: Vec<T>, most: usize, total: usize) -> (Vec<T>, Option<String>) {
    rows.truncate(most);
    let shown = rows.len();
    let total = total.max(shown);
    (rows, (total > shown).then(|| format!("the newest {shown} of {total}")))
}
