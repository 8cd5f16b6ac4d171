//! `b24_task_elapsed_time_add`: time spent on a task, written down.

use b24_model::{Effect, EntryId, Scope, TaskId, effect::Write};
use b24_rest::{
    CallError,
    methods::{elapsed, task, user},
    wire,
};
use jiff::{Timestamp, ToSpan};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{
    Row, one, told,
    written::{Said, Written},
};
use crate::{
    Code, Gate, Permit, Plan, Reader, Refusal, Spec, Tool, Toolset,
    filter::{Filter, TIME},
    input::{PersonRef, worktime},
    link,
    record::{params, text},
    tool::Agreement,
    tools::task::{list, lookup, settle},
};

/// Logs time.
pub struct TimeAdd;

/// How long, and on what.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Ask {
    task_id: TaskId,
    /// Or `time`.
    #[schemars(range(min = 1, max = 86_400))]
    seconds: Option<u32>,
    /// "2h 30m", "45 min", "1:30", "1,5 ч".
    time: Option<String>,
    #[schemars(length(max = 4000))]
    comment: Option<String>,
    /// Id, name or e-mail.
    user_id: Option<PersonRef>,
    /// When the work began: "yesterday 14:00"; a day alone means 9:00.
    date: Option<String>,
}

impl Agreement for Ask {}

/// What was logged.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    added: bool,
    id: u64,
    task_id: u64,
    seconds: u32,
    /// The same in words.
    time: String,
    comment: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u64")]
    user_id: Option<u64>,
    /// When the work began, as the portal holds it; present when `date` was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    created_date: Option<String>,
    /// Arguments that were sent and that the portal did not take; looked at when `date` or `userId` was given.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<String>")]
    ignored: Vec<&'static str>,
    /// The zone in which `date` was read.
    time_zone: String,
    /// The portal did not answer; a look at the list showed that the entry is there.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schemars(with = "bool")]
    found_later: bool,
    link: String,
}

impl Tool for TimeAdd {
    const SPEC: Spec = Spec {
        name: "b24_task_elapsed_time_add",
        title: "Log time on a task",
        description: "Logs time spent on a task, now or on an earlier day. After an unclear failure look with `b24_task_elapsed_time_list` first.",
        toolset: Toolset::Task,
        effect: Effect::Write,
        idempotent: false,
        gate: Gate::Open,
        scope: Scope::TASK,
        methods: &[
            elapsed::ADD.facts(),
            elapsed::GET.facts(),
            elapsed::GETLIST.facts(),
            task::GET.facts(),
            user::SEARCH.facts(),
            user::GET.facts(),
        ],
        core: true,
    };
    type Effect = Write;
    type Ask = Ask;
    type Found = Written;
    type Answer = Answer;

    async fn plan(ask: &Ask, reader: &Reader) -> Result<Plan<Written>, Refusal> {
        let said = Said {
            seconds: ask.seconds,
            time: ask.time.as_deref(),
            comment: ask.comment.as_deref(),
            user: ask.user_id.as_ref(),
            date: ask.date.as_deref(),
        };
        let mut written = Written::read(said, reader).await?;
        if reader.me() != reader.acting() {
            // Left out, the portal would take the owner of the credential, and the time would be somebody else's.
            written.user.get_or_insert(reader.me().get());
        }
        if written.seconds.is_none() {
            return Err(Refusal::invalid("how long is missing: neither `seconds` nor `time` is given")
                .hint("say it like {\"time\": \"1h 30m\"}"));
        }
        let row = lookup::one(ask.task_id, &lookup::fields(&["ID", "TITLE"]), reader).await?;
        Ok(Plan { targets: vec![lookup::target(ask.task_id, &row)], found: written, ..Plan::default() })
    }

    async fn run(ask: Ask, plan: Plan<Written>, permit: Permit<Write>) -> Result<Answer, Refusal> {
        let written = plan.found;
        let asked = params(json!({ "TASKID": ask.task_id, "ARFIELDS": written.fields(None) }));
        let (id, found_later) = match permit.call(&elapsed::ADD, asked).await {
            Err(error) if settle::is_open(&error) => {
                (look_for(&ask, &written, error, &permit.reader()).await?, true)
            }
            Err(error) => return Err(told(ask.task_id, None, error)),
            Ok(reply) => (wire::id(&reply.result).ok_or_else(unnamed)?, false),
        };
        // What is taken on trust otherwise is looked at where the portal may have its own mind.
        let now = match EntryId::new(id) {
            Ok(id) if written.date.is_some() || written.user.is_some() => {
                one(ask.task_id, id, &permit.reader()).await.ok()
            }
            _ => None,
        };
        let seconds = written.seconds.unwrap_or(0);
        Ok(Answer {
            added: true,
            id,
            task_id: ask.task_id.get(),
            seconds,
            time: worktime::told(seconds.into()),
            user_id: written.user,
            created_date: now
                .as_ref()
                .filter(|_| written.date.is_some())
                .and_then(|row| text(row, "CREATED_DATE")),
            ignored: now.map(|row| written.ignored(&row)).unwrap_or_default(),
            time_zone: list::zone(permit.now()),
            comment: written.comment.unwrap_or_default(),
            found_later,
            link: link::task(&permit, ask.task_id),
        })
    }
}

/// The entry that an unanswered call made: the same in everything, and no older than the call.
async fn look_for(ask: &Ask, written: &Written, error: CallError, reader: &Reader) -> Result<u64, Refusal> {
    let mut filter = Filter::of(&TIME);
    filter.exact("USER_ID", written.user.unwrap_or_else(|| reader.acting().get()))?;
    let asked = filter.resolve(reader).await?.placed(json!({
        "TASKID": ask.task_id,
        "ORDER": { "ID": "desc" },
    }));
    let Ok(reply) = reader.call(&elapsed::GETLIST, asked).await else { return Err(error.into()) };
    let rows = wire::rows(&reply.result).unwrap_or_default();
    let same = |row: &&Row| written.ignored(row).is_empty() && same_comment(written, row);
    let Some(row) = rows.into_iter().filter_map(Value::as_object).find(same) else {
        return Err(Refusal::new(
            Code::WRITE_LOST,
            "the portal did not answer, and no such entry exists now",
        )
        .hint("look once more with `b24_task_elapsed_time_list` in a minute, then log it again"));
    };
    // Of work written down later, `CREATED_DATE` is when it began; the entry itself was made at `DATE_START`.
    let made = row.get("DATE_START").and_then(Value::as_str).and_then(|text| text.parse::<Timestamp>().ok());
    let since = reader.now().checked_sub(1.second()).map(|since| since.timestamp()).unwrap_or_default();
    match row.get("ID").and_then(wire::id) {
        Some(id) if made.is_some_and(|made| made >= since) => Ok(id),
        Some(id) => Err(Refusal::from(error)
            .hint(format!("entry {id} is the same and was there before: ask whether it is the one"))),
        None => Err(error.into()),
    }
}

fn same_comment(written: &Written, row: &Row) -> bool {
    let held = row.get("COMMENT_TEXT").and_then(Value::as_str).unwrap_or_default();
    held == written.comment.as_deref().unwrap_or_default()
}

fn unnamed() -> Refusal {
    Refusal::new(Code::PORTAL_GARBLED, "the portal took the time, but did not say the id of the entry")
        .hint("look for it with `b24_task_elapsed_time_list`; do not log it again before that")
}
