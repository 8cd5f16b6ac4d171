//! `b24_task_file_add`: a file hung on a task, beside those that hang there.

use b24_model::{DiskId, Effect, FileId, Scope, TaskId, effect::Write};
use b24_rest::{
    CallError, FileRef,
    methods::{attachment, disk, task},
    wire,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    attached::{self, OnTask},
    source::{NewFile, Source},
    upload,
};
use crate::{
    Code, Gate, Permit, Plan, Reader, Refusal, Spec, Tool, Toolset, link,
    record::{file::File, params},
    tool::Agreement,
    tools::task::{lookup, settle},
};

/// Attaches a file to a task.
pub struct FileAdd;

/// What, and to which task.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Ask {
    pub(super) task_id: TaskId,
    pub(super) disk_id: Option<DiskId>,
    /// "report.txt"
    pub(super) name: Option<String>,
    /// Base64.
    pub(super) content: Option<String>,
    /// Or its text.
    pub(super) text: Option<String>,
}

impl Agreement for Ask {}

/// What planning found out.
#[derive(Default)]
pub struct Found {
    on_task: OnTask,
    what: What,
}

/// What has to be done.
#[derive(Default)]
enum What {
    #[default]
    Nothing,
    /// It hangs on the task already.
    Already(File),
    Attach(DiskId),
    Upload {
        drive: u64,
        file: NewFile,
    },
}

/// What became of it.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    attached: bool,
    /// It hung on the task before; nothing was changed.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schemars(with = "bool")]
    already: bool,
    task_id: u64,
    file: File,
    /// How many files the task has now.
    files: usize,
    /// The portal did not answer; a look showed that the file is there.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schemars(with = "bool")]
    found_later: bool,
    /// Files that hung on the task before and are gone now: tell the person.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<u64>")]
    lost: Vec<u64>,
    link: String,
}

impl Tool for FileAdd {
    const SPEC: Spec = Spec {
        name: "b24_task_file_add",
        title: "Attach a file to a task",
        description: "Attaches a file to a task: one from the drive by `diskId`, or a new one by `name` with `content` (base64) or `text`, at most 10 MB.",
        toolset: Toolset::File,
        effect: Effect::Write,
        idempotent: false,
        gate: Gate::Open,
        scope: Scope::DISK,
        methods: &[
            task::FILES_ATTACH.facts(),
            task::GET.facts(),
            disk::STORAGE_GETLIST.facts(),
            disk::STORAGE_UPLOADFILE.facts(),
            disk::STORAGE_GETCHILDREN.facts(),
            attachment::GET.facts(),
            disk::FILE_GET.facts(),
        ],
        core: false,
    };
    type Effect = Write;
    type Ask = Ask;
    type Found = Found;
    type Answer = Answer;

    async fn plan(ask: &Ask, reader: &Reader) -> Result<Plan<Found>, Refusal> {
        let source = Source::read(ask)?;
        let on_task = attached::on_task(ask.task_id, reader).await?;
        let what = match source {
            Source::Drive(id) => match on_drive(id, &on_task, reader).await? {
                Some(file) => What::Already(file),
                None => What::Attach(id),
            },
            Source::New(file) => match twin(&file, &on_task, reader).await? {
                Some(twin) => What::Already(twin),
                None => What::Upload { drive: upload::own_drive(reader).await?, file },
            },
        };
        let before = json!({ attached::FIELD: on_task.ids });
        Ok(Plan {
            targets: vec![lookup::target(ask.task_id, &on_task.task)],
            before: [(ask.task_id.to_string(), before)].into_iter().collect(),
            found: Found { on_task, what },
            ..Plan::default()
        })
    }

    async fn run(ask: Ask, plan: Plan<Found>, permit: Permit<Write>) -> Result<Answer, Refusal> {
        let (task, Found { on_task, what }) = (ask.task_id, plan.found);
        let answer = |file: File, files: usize| Answer {
            attached: true,
            already: false,
            task_id: task.get(),
            file,
            files,
            found_later: false,
            lost: Vec::new(),
            link: link::task(&permit, task),
        };
        let (disk_id, size, uploaded_later) = match what {
            What::Nothing => return Err(Refusal::internal(&"nothing was planned")),
            What::Already(file) => return Ok(Answer { already: true, ..answer(file, on_task.ids.len()) }),
            What::Attach(id) => (id.get(), None, false),
            What::Upload { drive, file } => {
                let (id, found_later) = upload::upload(drive, &file, &permit).await?;
                (id, Some(file.size()), found_later)
            }
        };
        let is_new = size.is_some();
        let (said, attached_later) = match attach(task, disk_id, &permit).await {
            Ok(id) => (id, false),
            Err(error) if settle::is_open(&error) => (None, true),
            Err(error) => return Err(refused(task, disk_id, is_new, error)),
        };
        let reader = permit.reader();
        let after = attached::on_task(task, &reader).await.map_err(|refusal| unseen(&refusal, disk_id))?;
        let hung = hung(&after, said, disk_id, &reader).await.ok_or_else(|| not_there(task, disk_id))?;
        if let (Some(sent), Some(stored)) = (size, hung.size)
            && sent != stored
        {
            return Err(Refusal::new(
                Code::PORTAL_GARBLED,
                format!("the portal stored {stored} of {sent} bytes as file {} of task {task}", hung.id),
            )
            .hint("remove it with `b24_task_file_remove` and attach it again"));
        }
        let lost = on_task.ids.iter().filter(|id| !after.ids.contains(id)).map(|id| id.get()).collect();
        let found_later = uploaded_later || attached_later;
        Ok(Answer { found_later, lost, ..answer(hung, after.ids.len()) })
    }
}

/// The attachment of a file of the drive, if it hangs on the task.
async fn on_drive(id: DiskId, on_task: &OnTask, reader: &Reader) -> Result<Option<File>, Refusal> {
    let described = attached::describe(&on_task.ids, reader).await;
    let files = described.into_iter().collect::<Result<Vec<_>, _>>()?;
    Ok(files.into_iter().find(|file| file.disk_id == Some(id.get())))
}

/// A file of the same name and the same bytes on the task: the same call, made again.
async fn twin(new: &NewFile, on_task: &OnTask, reader: &Reader) -> Result<Option<File>, Refusal> {
    let described = attached::describe(&on_task.ids, reader).await;
    let alike = |file: &File| file.name.as_deref() == Some(&new.name) && file.size == Some(new.size());
    for file in described.into_iter().flatten().filter(alike) {
        if upload::is_same(FileRef::Attached(file.id), new, reader).await {
            return Ok(Some(file));
        }
    }
    Ok(None)
}

/// Attaches a file of the drive; the id of the attachment, if the portal says it.
async fn attach(task: TaskId, file: u64, permit: &Permit<Write>) -> Result<Option<FileId>, CallError> {
    let asked = params(json!({ "taskId": task, "fileId": file }));
    let reply = permit.call(&task::FILES_ATTACH, asked).await?;
    Ok(reply.result.get("attachmentId").and_then(wire::id).and_then(|id| FileId::new(id).ok()))
}

/// The file as it hangs on the task now: by the id that the portal said, or else by the file behind it.
async fn hung(after: &OnTask, said: Option<FileId>, disk_id: u64, reader: &Reader) -> Option<File> {
    let ids: Vec<FileId> = match said.filter(|id| after.ids.contains(id)) {
        Some(id) => vec![id],
        None => after.ids.clone(),
    };
    let described = attached::describe(&ids, reader).await;
    described.into_iter().flatten().find(|file| file.disk_id == Some(disk_id))
}

fn refused(task: TaskId, disk_id: u64, is_new: bool, error: CallError) -> Refusal {
    let on_drive =
        if is_new { format!("; the file is on the drive (diskId {disk_id})") } else { String::new() };
    let code = error.portal_code().unwrap_or_default().to_owned();
    match code.as_str() {
        "0" | "1048582" => Refusal::new(
            Code::ACTION_NOT_ALLOWED,
            format!("the acting person may not attach files to task {task}{on_drive}"),
        )
        .hint("its creator, or who may edit it, can"),
        "ERROR_CORE" if !is_new => Refusal::new(
            Code::NOT_FOUND,
            format!("file {disk_id} is not on the drive, or the acting person may not read it"),
        )
        .hint("`diskId` is the id of a file of the drive, not of an attachment"),
        _ => {
            let refusal = Refusal::from(error);
            match is_new {
                true => refusal.hint(format!(
                    "the file is on the drive: attach it with `diskId: {disk_id}`, do not upload it again"
                )),
                false => refusal,
            }
        }
    }
}

fn unseen(refusal: &Refusal, disk_id: u64) -> Refusal {
    Refusal::new(
        "WRITE_UNSETTLED",
        format!(
            "the file (diskId {disk_id}) was sent to the task, and then the task could not be read: {refusal}"
        ),
    )
    .hint("look with `b24_task_file_list` before attaching it again")
}

fn not_there(task: TaskId, disk_id: u64) -> Refusal {
    Refusal::new(
        Code::WRITE_LOST,
        format!("the file is on the drive (diskId {disk_id}), but task {task} does not show it"),
    )
    .hint(format!("attach it with `diskId: {disk_id}`"))
}
