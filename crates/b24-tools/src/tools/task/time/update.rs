//! `b24_task_elapsed_time_update`: another length, comment, person or day for a time entry.

use b24_model::{Effect, EntryId, Scope, TaskId, effect::Write};
use b24_rest::methods::{elapsed, user};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::{
    Row, one, place, target, told,
    written::{Said, Written, same},
};
use crate::{
    Code, Gate, Permit, Plan, Reader, Refusal, Spec, Tool, Toolset,
    input::PersonRef,
    link,
    record::{params, task::cleaned},
    tool::Agreement,
    tools::task::{list, settle},
};

/// Changes a time entry.
pub struct TimeUpdate;

/// Which, and what about it. What is left out stays.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Ask {
    task_id: TaskId,
    /// From `b24_task_elapsed_time_list`.
    item_id: EntryId,
    /// Or `time`.
    #[schemars(range(min = 1, max = 86_400))]
    seconds: Option<u32>,
    /// "2h 30m", "1:30".
    time: Option<String>,
    /// "" clears it.
    #[schemars(length(max = 4000))]
    comment: Option<String>,
    /// Id, name or e-mail.
    user_id: Option<PersonRef>,
    /// When the work began.
    date: Option<String>,
}

impl Agreement for Ask {}

/// The entry before, and what is to be written.
#[derive(Default)]
pub struct Found {
    before: Row,
    written: Written,
}

/// What became of it.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    updated: bool,
    task_id: u64,
    item_id: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u32")]
    seconds: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    comment: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u64")]
    user_id: Option<u64>,
    /// Fields that are different now, with the value before and after. Null when the entry could not be read again.
    changed: Option<Map<String, Value>>,
    /// Arguments that were sent and that the portal did not take.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<String>")]
    ignored: Vec<&'static str>,
    /// The zone in which `date` was read.
    time_zone: String,
    link: String,
}

impl Tool for TimeUpdate {
    const SPEC: Spec = Spec {
        name: "b24_task_elapsed_time_update",
        title: "Change a time entry",
        description: "Changes length, comment, person or day of a time entry; what is left out stays. Only whose time it is may, and \
                      administrators.",
        toolset: Toolset::Task,
        effect: Effect::Write,
        idempotent: true,
        gate: Gate::Open,
        scope: Scope::TASK,
        methods: &[elapsed::UPDATE.facts(), elapsed::GET.facts(), user::SEARCH.facts(), user::GET.facts()],
        core: false,
    };
    type Effect = Write;
    type Ask = Ask;
    type Found = Found;
    type Answer = Answer;

    async fn plan(ask: &Ask, reader: &Reader) -> Result<Plan<Found>, Refusal> {
        let said = Said {
            seconds: ask.seconds,
            time: ask.time.as_deref(),
            comment: ask.comment.as_deref(),
            user: ask.user_id.as_ref(),
            date: ask.date.as_deref(),
        };
        let written = Written::read(said, reader).await?;
        if written.is_empty() {
            return Err(Refusal::new(Code::NO_CHANGES, "nothing is to be changed")
                .hint("give at least one of seconds, time, comment, userId, date"));
        }
        let before = one(ask.task_id, ask.item_id, reader).await?;
        let old: Map<String, Value> = written
            .said()
            .into_iter()
            .map(|(field, _)| (field.to_owned(), before.get(field).cloned().unwrap_or_default()))
            .collect();
        Ok(Plan {
            targets: vec![target(ask.item_id, &before)],
            before: params(json!({ ask.item_id.to_string(): old })),
            found: Found { before, written },
            ..Plan::default()
        })
    }

    async fn run(ask: Ask, plan: Plan<Found>, permit: Permit<Write>) -> Result<Answer, Refusal> {
        let Found { before, written } = plan.found;
        let mut asked = place(ask.task_id, ask.item_id);
        asked.insert("ARFIELDS".into(), written.fields(Some(&before)).into());
        let reply = permit.call(&elapsed::UPDATE, asked).await;
        let now = match reply {
            Err(error) if settle::is_open(&error) => {
                let now = one(ask.task_id, ask.item_id, &permit.reader()).await;
                let now = now.map_err(|_| Refusal::from(error))?;
                if !written.ignored(&now).is_empty() && changes(&before, &now).is_empty() {
                    return Err(Refusal::new(
                        Code::WRITE_LOST,
                        format!("the portal did not answer, and time entry {} is as it was", ask.item_id),
                    )
                    .hint("call again to change it"));
                }
                Some(now)
            }
            Err(error) => return Err(told(ask.task_id, Some(ask.item_id), error)),
            Ok(_) => one(ask.task_id, ask.item_id, &permit.reader()).await.ok(),
        };
        Ok(Answer {
            updated: true,
            task_id: ask.task_id.get(),
            item_id: ask.item_id.get(),
            changed: now.as_ref().map(|now| changes(&before, now)),
            ignored: now.map(|now| written.ignored(&now)).unwrap_or_default(),
            seconds: written.seconds,
            comment: written.comment,
            user_id: written.user,
            time_zone: list::zone(permit.now()),
            link: link::task(&permit, ask.task_id),
        })
    }
}

/// The fields that differ, under the names of answers.
fn changes(before: &Row, now: &Row) -> Map<String, Value> {
    const NAMES: [(&str, &str); 4] = [
        ("SECONDS", "seconds"),
        ("COMMENT_TEXT", "comment"),
        ("USER_ID", "userId"),
        ("CREATED_DATE", "createdDate"),
    ];
    let number = |field: &str, value: &Value| match field {
        "SECONDS" | "USER_ID" => json!(b24_rest::wire::int(value)),
        _ => cleaned(value),
    };
    let differs = NAMES.into_iter().filter(|(field, _)| !same(field, before.get(*field), now.get(*field)));
    let told = differs.map(|(field, name)| {
        let (from, to) = (before.get(field), now.get(field));
        let told = |value: Option<&Value>| value.map(|value| number(field, value));
        (name.to_owned(), json!({ "from": told(from), "to": told(to) }))
    });
    told.collect()
}
