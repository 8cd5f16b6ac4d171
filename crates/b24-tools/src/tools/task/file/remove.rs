//! `b24_task_file_remove`: files taken off a task.
//!
//! There is no method to take off one file. The field that holds them is written anew without it; this is documented
//! (`files/how-to-update-files.md`), and what is not in the new list is gone. So the list is read right before it is
//! written, and read back: a file that somebody attaches in that very moment could be lost with it.

use b24_model::{Effect, FileId, Scope, TaskId, effect::Destroy};
use b24_rest::{
    CallError,
    methods::{attachment, task},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::attached::{self, stranger, target};
use crate::{
    Code, Gate, Permit, Plan, Reader, Refusal, Spec, Tool, Toolset,
    batch::Outcome,
    input::OneOrMany,
    link,
    record::{file::File, params},
    tool::Agreement,
    tools::task::{lookup, settle},
};

/// More files than this are never taken off in one call.
const MOST: usize = 100;

/// Takes files off a task.
pub struct FileRemove;

/// Which.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Ask {
    task_id: TaskId,
    /// A file (`id` in `b24_task_file_list`), or a list of them.
    file_id: OneOrMany<FileId>,
    /// Only after the person agreed.
    confirm_delete: Option<bool>,
}

impl Agreement for Ask {
    fn to_delete(&self) -> bool {
        self.confirm_delete == Some(true)
    }

    fn to_change(&self) -> bool {
        self.to_delete()
    }
}

/// The files of the question that hang on the task, as they were.
#[derive(Default)]
pub struct Found(Vec<File>);

/// What became of them: one row for each id, in their order.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    /// All of them are gone from the task.
    removed: bool,
    task_id: u64,
    ok: usize,
    failed: usize,
    results: Vec<Row>,
    /// How many files the task has left.
    files: usize,
    /// Files that were to stay and are gone too: tell the person.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<u64>")]
    lost: Vec<u64>,
    link: String,
}

/// One file. It stays on the drive, under its disk id.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    file_id: u64,
    ok: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u64")]
    disk_id: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    error: Option<String>,
}

impl Outcome for Row {
    fn is_ok(&self) -> bool {
        self.ok
    }
}

impl Tool for FileRemove {
    const SPEC: Spec = Spec {
        name: "b24_task_file_remove",
        title: "Take files off a task",
        description: "Takes a file, or a list of files, off a task; the others stay, and the files themselves stay on the drive. Needs \
                      `confirmDelete: true`, given only after the person agreed. Find ids with `b24_task_file_list`.",
        toolset: Toolset::File,
        effect: Effect::Destroy,
        idempotent: false,
        gate: Gate::Delete,
        scope: Scope::DISK,
        methods: &[task::UPDATE.facts(), task::GET.facts(), attachment::GET.facts()],
        core: false,
    };
    type Effect = Destroy;
    type Ask = Ask;
    type Found = Found;
    type Answer = Answer;

    async fn plan(ask: &Ask, reader: &Reader) -> Result<Plan<Found>, Refusal> {
        let wanted = ask.file_id.ids();
        lookup::check_count(wanted.len(), MOST, MOST, false)?;
        let on_task = attached::on_task(ask.task_id, reader).await?;
        if let OneOrMany::One(id) = ask.file_id
            && !on_task.ids.contains(&id)
        {
            return Err(stranger(ask.task_id, id));
        }
        let there: Vec<FileId> = on_task.ids.iter().copied().filter(|id| wanted.contains(id)).collect();
        let described = attached::describe(&there, reader).await;
        // A file that cannot be described can be taken off all the same; it only has no name.
        let nameless = |id: FileId| File { id: id.get(), ..File::default() };
        let files: Vec<File> =
            there.iter().zip(described).map(|(id, file)| file.unwrap_or_else(|_| nameless(*id))).collect();
        let before = json!({ attached::FIELD: on_task.ids, "removed": files });
        Ok(Plan {
            targets: there.iter().zip(&files).map(|(id, file)| target(*id, file.name.clone())).collect(),
            before: [(ask.task_id.to_string(), before)].into_iter().collect(),
            found: Found(files),
            ..Plan::default()
        })
    }

    async fn run(ask: Ask, plan: Plan<Found>, permit: Permit<Destroy>) -> Result<Answer, Refusal> {
        let (task, wanted, reader) = (ask.task_id, ask.file_id.ids(), permit.reader());
        let planned = |id: &FileId| plan.found.0.iter().find(|file| file.id == id.get());
        let now = attached::on_task(task, &reader).await?;
        let goes = |id: &FileId| wanted.contains(id) && planned(id).is_some();
        let kept: Vec<FileId> = now.ids.iter().copied().filter(|id| !goes(id)).collect();
        let mut after = now.ids.clone();
        if kept.len() < now.ids.len() {
            match write(task, &kept, &permit).await {
                Ok(()) => {}
                Err(error) if settle::is_open(&error) => {}
                Err(error) => return Err(refused(task, error)),
            }
            after = attached::on_task(task, &reader).await.map_err(|refusal| unseen(task, &refusal))?.ids;
        }
        let row = |id: &FileId| {
            let (file, error) = (
                planned(id),
                match planned(id) {
                    None => Some(stranger(task, *id).to_string()),
                    Some(_) if after.contains(id) => Some(settle::not_there(task).to_string()),
                    Some(_) => None,
                },
            );
            Row {
                file_id: id.get(),
                ok: error.is_none(),
                name: file.and_then(|file| file.name.clone()),
                disk_id: file.and_then(|file| file.disk_id),
                error,
            }
        };
        let results: Vec<Row> = wanted.iter().map(row).collect();
        let ok = results.iter().filter(|row| row.is_ok()).count();
        if let (OneOrMany::One(_), Some(error)) =
            (&ask.file_id, results.iter().find_map(|row| row.error.as_ref()))
        {
            return Err(Refusal::new(Code::WRITE_LOST, error.clone()).hint("call again to take it off"));
        }
        Ok(Answer {
            removed: ok == results.len(),
            task_id: task.get(),
            ok,
            failed: results.len() - ok,
            results,
            files: after.len(),
            lost: kept.iter().filter(|id| !after.contains(id)).map(|id| id.get()).collect(),
            link: link::task(&permit, task),
        })
    }
}

/// Writes the list of files anew. The ids of attachments as numbers: with an `n` they would be files of the drive.
async fn write(task: TaskId, kept: &[FileId], permit: &Permit<Destroy>) -> Result<(), CallError> {
    let fields = json!({ attached::FIELD: kept.iter().map(|id| Value::from(id.get())).collect::<Vec<_>>() });
    permit.call(&task::UPDATE, params(json!({ "taskId": task, "fields": fields }))).await.map(drop)
}

fn refused(task: TaskId, error: CallError) -> Refusal {
    match error.portal_code() {
        Some("0" | "1048582") => Refusal::new(
            Code::ACTION_NOT_ALLOWED,
            format!("the acting person may not take files off task {task}"),
        )
        .hint("its creator, or who may edit it, can"),
        _ => error.into(),
    }
}

fn unseen(task: TaskId, refusal: &Refusal) -> Refusal {
    Refusal::new("WRITE_UNSETTLED", format!("task {task} was changed, and then could not be read: {refusal}"))
        .hint("look with `b24_task_file_list` before anything else")
}
