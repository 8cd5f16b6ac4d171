//! `b24_task_list`: tasks by filter, a page at a time.

mod search;

use std::collections::BTreeMap;

use b24_model::{Effect, Scope, effect::Read, moment};
use b24_rest::methods::{department, group, task, user, userfield};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::{
    Code, Form, Gate, Permit, Plan, Refusal, Rows, Spec, Tool, Toolset,
    directory::fields::CustomFields,
    filter::{self, Filter, TASK, camel},
    input::{GroupRef, PersonRef},
    link,
    record::task::{Task, status_word},
    tool::Agreement,
};

/// What is selected when nothing is said.
const SELECT: [&str; 5] = ["ID", "TITLE", "STATUS", "DEADLINE", "RESPONSIBLE_ID"];
/// What is selected besides when rows are told like those of the reference system.
const MORE: [&str; 2] = ["CREATED_DATE", "PRIORITY"];
/// The rows of a page of the portal.
const PAGE: u32 = 50;
/// The furthest offset: beyond it a filter is the better way.
const FURTHEST: u32 = 100_000;

/// Lists tasks.
pub struct TaskList;

/// Which tasks. The named conditions and `filter` are combined with "and".
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Ask {
    /// Whose tasks: id, name, e-mail or "me".
    responsible: Option<PersonRef>,
    creator: Option<PersonRef>,
    /// Id or name; 0 for none.
    group: Option<GroupRef>,
    /// 2 pending, 3 in progress, 4 awaiting control, 5 completed, 6 deferred.
    status: Option<Vec<i64>>,
    overdue: Option<bool>,
    /// "today", "2026-12-01", "+3d".
    deadline_from: Option<String>,
    /// That day included.
    deadline_to: Option<String>,
    title_contains: Option<String>,
    /// Words of the title, in any order.
    search: Option<String>,
    /// Subtasks of this task.
    parent_id: Option<u64>,
    tag: Option<String>,
    /// More conditions by field, with ! > >= < <= in front: {"!GROUP_ID": 0, ">=CREATED_DATE": "-7d"}.
    filter: Option<Map<String, Value>>,
    /// {"deadline": "asc"}; newest first when left out.
    order: Option<Map<String, Value>>,
    /// More fields: ["description", "Contract no."].
    select: Option<Vec<String>>,
    /// `nextStart` of the answer before.
    start: Option<u32>,
    #[schemars(range(min = 1, max = 50))]
    limit: Option<u8>,
}

impl Agreement for Ask {}

impl Ask {
    /// Every name of a field that the model chose.
    fn keys(&self) -> impl Iterator<Item = &str> {
        let maps = self.filter.iter().chain(&self.order).flat_map(|map| map.keys());
        maps.chain(self.select.iter().flatten()).map(String::as_str)
    }
}

/// A page of tasks.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    /// How many tasks match in all; null when the portal did not count.
    total: Option<u64>,
    returned: usize,
    /// Present when there are more: the `start` of the next call.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u64")]
    next_start: Option<u64>,
    /// Present when `limit` cut the page of 50: how many were shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "usize")]
    truncated_at: Option<usize>,
    /// Rows that this server could not read.
    #[serde(skip_serializing_if = "crate::record::is_zero")]
    #[schemars(with = "usize")]
    unreadable: usize,
    /// The zone in which dates were read, and are told.
    time_zone: String,
    /// Address of a task; put the id in.
    link: String,
    /// Words for the status numbers in this answer.
    statuses: BTreeMap<String, String>,
    tasks: Vec<Task>,
}

impl Tool for TaskList {
    const SPEC: Spec = Spec {
        name: "b24_task_list",
        title: "List tasks",
        description: "Finds and counts tasks by person, status, deadline, group, title or any other field, 50 a page. Use it for \"my tasks\", \"what is overdue\". For one task's description or comments use `b24_task_get`.",
        toolset: Toolset::Task,
        effect: Effect::Read,
        idempotent: true,
        gate: Gate::Open,
        scope: Scope::TASK,
        methods: &[
            task::LIST.facts(),
            user::SEARCH.facts(),
            user::GET.facts(),
            group::GET.facts(),
            userfield::GETLIST.facts(),
            userfield::GET.facts(),
            department::GET.facts(),
        ],
        core: true,
    };
    const ROWS: Option<Rows> = Some(Rows { member: "tasks", start: Some("start") });
    type Effect = Read;
    type Ask = Ask;
    type Found = ();
    type Answer = Answer;

    async fn run(ask: Ask, _: Plan, permit: Permit<Read>) -> Result<Answer, Refusal> {
        let limit = usize::from(ask.limit.unwrap_or(50));
        let start = ask.start.unwrap_or(0);
        if !(1..=50).contains(&limit) {
            return Err(Refusal::invalid("`limit` is from 1 to 50"));
        }
        if start > FURTHEST {
            return Err(Refusal::invalid(format!("`start` is at most {FURTHEST}"))
                .hint("beyond that a filter is the better way: {\"filter\": {\"<ID\": 12345}}"));
        }
        let customs = filter::customs(ask.keys(), &permit).await?;
        let order = filter::order(TASK.with(&customs), ask.order.as_ref())?;
        let extra = filter::select(TASK.with(&customs), ask.select.as_deref().unwrap_or_default())?;
        let words = search::words(ask.search.as_deref())?;
        let filter = conditions(ask, &permit, &customs)?.resolve(&permit).await?;
        let filter = search::narrow(filter, words, &permit).await?;
        let mut select = SELECT.map(str::to_owned).to_vec();
        if permit.form() == Form::Objects {
            select.extend(MORE.map(str::to_owned));
        }
        select.extend(extra.names.iter().filter(|name| !select.contains(name)).cloned().collect::<Vec<_>>());

        // The portal's pages begin at multiples of 50; what comes before the row asked for is passed over.
        let passed = start % PAGE;
        let asked = filter.beside(json!({ "order": order, "select": select, "start": start - passed }));
        let reply = permit.call(&task::LIST, asked).await?;

        let page = rows(&reply.result).ok_or_else(|| {
            Refusal::new(Code::PORTAL_GARBLED, "the portal's list of tasks cannot be read")
                .hint("tell the admin; `b24-mcp doctor` shows what the portal answers")
        })?;
        let own: Vec<String> = extra.names.iter().map(|name| camel(name)).collect();
        let read = |row: &&Value| {
            let row = row.as_object()?;
            let mut task = Task::read(row)?;
            task.keep(row, own.iter().cloned());
            task.in_zone(permit.now().time_zone());
            extra.tell(&mut task.others, &customs);
            Some(task)
        };
        let page: Vec<&Value> = page.into_iter().skip(usize::try_from(passed).unwrap_or(0)).collect();
        let shown = page.len().min(limit);
        let tasks: Vec<Task> = page.iter().take(shown).filter_map(read).collect();
        let next = if shown < page.len() {
            Some(u64::from(start) + u64::try_from(shown).unwrap_or(u64::MAX))
        } else {
            reply.next
        };
        let word =
            |task: &Task| task.status.map(|status| (status.to_string(), status_word(status).to_owned()));
        Ok(Answer {
            total: reply.total,
            returned: tasks.len(),
            next_start: next,
            truncated_at: (shown < page.len()).then_some(limit),
            unreadable: shown - tasks.len(),
            time_zone: zone(permit.now()),
            link: link::task_pattern(&permit),
            statuses: tasks.iter().filter_map(word).collect(),
            tasks,
        })
    }
}

/// The conditions of the question, before people are looked up.
fn conditions(ask: Ask, permit: &Permit<Read>, customs: &CustomFields) -> Result<Filter, Refusal> {
    let now = permit.now();
    let mut filter = Filter::read(TASK.with(customs), &ask.filter.unwrap_or_default(), now)?;
    if let Some(person) = ask.responsible {
        filter.person("RESPONSIBLE_ID", person)?;
    }
    if let Some(person) = ask.creator {
        filter.person("CREATED_BY", person)?;
    }
    if let Some(group) = ask.group {
        filter.group(group)?;
    }
    if let Some(statuses) = ask.status {
        if statuses.is_empty() || !statuses.iter().all(|status| (2..=6).contains(status)) {
            return Err(Refusal::invalid("`status` is a list of numbers from 2 to 6"));
        }
        filter.exact("REAL_STATUS", statuses)?;
    }
    if ask.overdue == Some(true) {
        filter.exact("<DEADLINE", moment::to_wire(now))?;
        if !filter.has("REAL_STATUS") && !filter.has("STATUS") {
            // Handed in or deferred is not overdue: nothing is waited for.
            filter.exact("REAL_STATUS", vec![2, 3])?;
        }
    }
    if let Some(said) = ask.deadline_from {
        filter.date(">=DEADLINE", "deadlineFrom", &said, now)?;
    }
    if let Some(said) = ask.deadline_to {
        filter.date("<=DEADLINE", "deadlineTo", &said, now)?;
    }
    if let Some(part) = ask.title_contains.filter(|part| !part.trim().is_empty()) {
        filter.contains("TITLE", "titleContains", &part)?;
    }
    if let Some(parent) = ask.parent_id {
        filter.exact("PARENT_ID", parent)?;
    }
    if let Some(tag) = ask.tag.filter(|tag| !tag.trim().is_empty()) {
        filter.exact("TAG", tag.trim())?;
    }
    Ok(filter)
}

/// The rows of a list: `{tasks: […]}`, a map with numeric keys in it, or the list itself.
pub(super) fn rows(result: &Value) -> Option<Vec<&Value>> {
    b24_rest::wire::rows(result.get("tasks").unwrap_or(result))
}

/// The zone's name, or its offset now.
pub(super) fn zone(now: &jiff::Zoned) -> String {
    now.time_zone().iana_name().map_or_else(|| now.strftime("UTC%:z").to_string(), str::to_owned)
}
