//! `b24_task_comment_add`: something said under a task.

use b24_model::{Effect, Scope, TaskId, effect::Write};
use b24_rest::{
    CallError,
    methods::{chat, comment, task, user},
    wire,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{chat::Chat, read};
use crate::{
    Code, Gate, Permit, Plan, Reader, Refusal, Spec, Tool, Toolset,
    directory::people,
    input::PersonRef,
    link,
    record::{
        comment::{FullComment, as_told},
        params,
    },
    tool::Agreement,
    tools::task::{fields::plain_text, lookup, settle},
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

/// What planning found out.
#[derive(Default)]
pub struct Found {
    /// The author, when it is not the acting person.
    author: Option<u64>,
    /// The chat of the task: on portals with the new card the comment goes there.
    chat: Option<u64>,
}

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
                      unclear failure look with `b24_task_comment_list` before posting again.",
        toolset: Toolset::Task,
        effect: Effect::Write,
        idempotent: false,
        gate: Gate::Open,
        scope: Scope::TASK,
        methods: &[
            comment::ADD.facts(),
            comment::GETLIST.facts(),
            chat::MESSAGES.facts(),
            task::GET.facts(),
            user::SEARCH.facts(),
            user::GET.facts(),
        ],
        core: true,
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
            // Left out, the portal would take the owner of the credential, and somebody else would have said it.
            None if reader.me() != reader.acting() => Some(reader.me().get()),
            None => None,
        };
        // The portal has one code for every fault here, and a localised sentence: whether the task is there is read.
        let row = lookup::one(ask.task_id, &lookup::fields(&["ID", "TITLE", "CHAT_ID"]), reader).await?;
        let found = Found { author, chat: row.get("chatId").and_then(wire::id) };
        Ok(Plan { targets: vec![lookup::target(ask.task_id, &row)], found, ..Plan::default() })
    }

    async fn run(ask: Ask, plan: Plan<Found>, permit: Permit<Write>) -> Result<Answer, Refusal> {
        let mut fields = params(json!({ "POST_MESSAGE": ask.text }));
        if let Some(author) = plan.found.author {
            fields.insert("AUTHOR_ID".into(), author.into());
        }
        let asked = params(json!({ "TASKID": ask.task_id, "FIELDS": fields }));
        let (id, found_later) = match permit.call(&comment::ADD, asked).await {
            Err(error) if settle::is_open(&error) => {
                (look_for(&ask, &plan.found, error, &permit.reader()).await?, true)
            }
            reply => (wire::id(&reply?.result).ok_or_else(unnamed)?, false),
        };
        let link = link::task(&permit, ask.task_id);
        Ok(Answer { posted: true, task_id: ask.task_id.get(), comment_id: id, found_later, link })
    }
}

/// The comment that an unanswered call made, when a store shows it: the same words, by the same person, no older than
/// the call. An older twin, or a store that cannot be read, leaves the question open.
async fn look_for(ask: &Ask, found: &Found, error: CallError, reader: &Reader) -> Result<u64, Refusal> {
    let mut chat = found.chat.map(|id| Chat::new(ask.task_id, id));
    let page = chat.as_ref().and_then(Chat::next);
    let calls = [read::forum_call(ask.task_id)].into_iter().chain(page).collect();
    let mut replies = reader.all(calls).await.into_iter();
    let Some(forum) = replies.next() else { return Err(error.into()) };
    if let (Some(chat), Some(reply)) = (&mut chat, replies.next()) {
        chat.take(reply);
    }
    let Ok(thread) = read::join(ask.task_id, forum, chat.map(Chat::heard)) else { return Err(error.into()) };

    let author = found.author.unwrap_or_else(|| reader.acting().get());
    let words = plain_text(&as_told(&ask.text).into());
    let is_same = |row: &&FullComment| {
        row.comment.author_id == Some(author) && plain_text(&row.comment.text.as_str().into()) == words
    };
    let since = reader.now().timestamp().as_second() - 1;
    match thread.rows.iter().rev().find(is_same) {
        Some(row) if row.at().is_some_and(|at| at.as_second() >= since) => Ok(row.comment.id),
        Some(row) => Err(Refusal::from(error).hint(format!(
            "comment {} has the same words and is older than this call: ask whether it is the one",
            row.comment.id
        ))),
        None if thread.missing.is_empty() => Err(lost()),
        None => Err(error.into()),
    }
}

fn lost() -> Refusal {
    Refusal::new(Code::WRITE_LOST, "the portal did not answer, and no such comment exists now").hint(
        "a slow portal may still be at it: look once more with `b24_task_comment_list` in a minute, then post it again",
    )
}

fn unnamed() -> Refusal {
    Refusal::new(Code::PORTAL_GARBLED, "the portal took the comment, but did not say its id")
        .hint("look for it with `b24_task_comment_list` and `last: 5`; do not post it again before that")
}
