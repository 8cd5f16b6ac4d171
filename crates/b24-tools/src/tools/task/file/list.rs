//! `b24_task_file_list`: what hangs on a task.

use b24_model::{Effect, Scope, TaskId, effect::Read};
use b24_rest::methods::{attachment, task};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::attached;
use crate::{
    Gate, Permit, Plan, Refusal, Rows, Spec, Tool, Toolset, link,
    record::{file::File, text},
    tool::Agreement,
};

/// Lists the files of a task.
pub struct FileList;

/// Of which task.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Ask {
    task_id: TaskId,
}

impl Agreement for Ask {}

/// The files.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    task_id: u64,
    title: Option<String>,
    returned: usize,
    files: Vec<Row>,
    link: String,
}

/// A file, or why nothing is known of it but its id.
#[derive(Serialize, JsonSchema)]
pub struct Row {
    #[serde(flatten)]
    file: File,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    error: Option<String>,
}

impl Tool for FileList {
    const SPEC: Spec = Spec {
        name: "b24_task_file_list",
        title: "List the files of a task",
        description: "Lists the files attached to a task: id, name, size in bytes, disk id, who attached each and when. Files in its \
                      chat or comments are not among them. To read one use `b24_task_file_get`.",
        toolset: Toolset::File,
        effect: Effect::Read,
        idempotent: true,
        gate: Gate::Open,
        scope: Scope::DISK,
        methods: &[task::GET.facts(), attachment::GET.facts()],
        core: true,
    };
    const ROWS: Option<Rows> = Some(Rows { member: "files", start: None });
    type Effect = Read;
    type Ask = Ask;
    type Found = ();
    type Answer = Answer;

    async fn run(ask: Ask, _: Plan, permit: Permit<Read>) -> Result<Answer, Refusal> {
        let on_task = attached::on_task(ask.task_id, &permit).await?;
        let described = attached::describe(&on_task.ids, &permit).await;
        let row = |(id, described): (&b24_model::FileId, Result<File, Refusal>)| match described {
            Ok(file) => Row { file, error: None },
            Err(refusal) => {
                Row { file: File { id: id.get(), ..File::default() }, error: Some(refusal.to_string()) }
            }
        };
        let files: Vec<Row> = on_task.ids.iter().zip(described).map(row).collect();
        Ok(Answer {
            task_id: ask.task_id.get(),
            title: text(&on_task.task, "title"),
            returned: files.len(),
            files,
            link: link::task(&permit, ask.task_id),
        })
    }
}
