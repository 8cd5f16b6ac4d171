//! `b24_task_comment_add`: something said under a task.

use b24_model::{Effect, Scope, TaskId, effect::Write};
use b24_rest::{
    CallError,
    methods::{comment, task, user},
    wire,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    Code, Gate, Permit, Plan, Reader, Refusal, Spec, Tool, Toolset,
    directory::people,
    input::PersonRef,
    link,
    record::{comment::Comment, params},
    tool::Agreement,
    tools::task::{lookup, settle},
};

/// The longest comment.
const LONGEST: usize = 60_000;

/// Adds a comment.
pub struct CommentAdd;

/// What is said, and where.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Ask {
    task_id: TaskId,
    /// BBCode; a person is mentioned by [USER=12]Anna[/USER].
    #[schemars(length(min = 1))]
    text: String,
    /// Post in the name of another person: id, name or e-mail. Recorded as such.
    author_id: Option<PersonRef>,
}

impl Agreement for Ask {}

/// The author, when it is not the acting person.
#[derive(Default)]
pub struct Found(Option<u64>);

/// What was posted.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    posted: bool,
    task_id: u64,
    comment_id: u64,
    /// The portal did not answer; a look at the comments showed that it is there.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schemars(with = "bool")]
    found_later: bool,
    link: String,
}

impl Tool for CommentAdd {
    const SPEC: Spec = Spec {
        name: "b24_task_comment_add",
        title: "Comment on a task",
        description: "Posts a comment under a task, as the acting person. Everybody on the task is told. Not idempotent: after an \
                      unclear failure look at the comments with `b24_task_get` before posting again.",
        toolset: Toolset::Task,
        effect: Effect::Write,
        idempotent: false,
        gate: Gate::Open,
        scope: Scope::TASK,
        methods: &[
            comment::ADD.facts(),
            comment::GETLIST.facts(),
            task::GET.facts(),
            user::SEARCH.facts(),
            user::GET.facts(),
        ],
        core: false,
        contract: true,
    };
    type Effect = Write;
    type Ask = Ask;
    type Found = Found;
    type Answer = Answer;

    async fn plan(ask: &Ask, reader: &Reader) -> Result<Plan<Found>, Refusal> {
        if ask.text.trim().is_empty() || ask.text.chars().count() > LONGEST || ask.text.contains('\0') {
            return Err(Refusal::invalid(format!("`text` has from 1 to {LONGEST} characters, without NUL")));
        }
        let author = match &ask.author_id {
            Some(person) => Some(people::id_of(person, reader).await?.get()),
            None => None,
        };
        // The portal has one code for every fault here, and a localised sentence: whether the task is there is read.
        let row = lookup::one(ask.task_id, &lookup::fields(&["ID", "TITLE"]), reader).await?;
        Ok(Plan { targets: vec![lookup::target(ask.task_id, &row)], found: Found(author), ..Plan::default() })
    }

    async fn run(ask: Ask, plan: Plan<Found>, permit: Permit<Write>) -> Result<Answer, Refusal> {
        let mut fields = params(json!({ "POST_MESSAGE": ask.text }));
        if let Some(author) = plan.found.0 {
            fields.insert("AUTHOR_ID".into(), author.into());
        }
        let asked = params(json!({ "TASKID": ask.task_id, "FIELDS": fields }));
        let (id, found_later) = match permit.call(&comment::ADD, asked).await {
            Err(error) if settle::is_open(&error) => (look_for(&ask, error, &permit.reader()).await?, true),
            reply => (wire::id(&reply?.result).ok_or_else(unnamed)?, false),
        };
        let link = link::task(&permit, ask.task_id);
        Ok(Answer { posted: true, task_id: ask.task_id.get(), comment_id: id, found_later, link })
    }
}

/// The comment that an unanswered call made, when the forum shows it. In the chat of a new card it cannot be seen.
async fn look_for(ask: &Ask, error: CallError, reader: &Reader) -> Result<u64, Refusal> {
    let reply = reader.call(&comment::GETLIST, params(json!({ "TASKID": ask.task_id }))).await;
    let comments = reply.map(|reply| Comment::rows(&reply.result)).unwrap_or_default();
    let same = comments.iter().rev().find(|comment| comment.text == ask.text);
    same.map(|comment| comment.id).ok_or_else(|| error.into())
}

fn unnamed() -> Refusal {
    Refusal::new(Code::PORTAL_GARBLED, "the portal took the comment, but did not say its id").hint(
        "look for it with `b24_task_get` and `include: [\"comments\"]`; do not post it again before that",
    )
}
