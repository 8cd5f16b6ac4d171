//! `b24_task_elapsed_time_list`: who spent how long on what.

use std::collections::BTreeSet;

use b24_model::{Effect, Scope, TaskId, effect::Read};
use b24_rest::methods::{elapsed, task, user};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{
    group::{Group, GroupBy, groups},
    pages::{self, Part, Wanted},
};
use crate::{
    Form, Gate, Permit, Plan, Refusal, Rows, Spec, Tool, Toolset,
    directory::show::{self, Names},
    filter::{self, Filter, TIME},
    input::{PersonRef, worktime},
    link,
    record::entry::Entry,
    tool::Agreement,
    tools::task::list::zone,
};

/// What is always asked for.
const SELECT: [&str; 6] = ["ID", "TASK_ID", "USER_ID", "COMMENT_TEXT", "SECONDS", "CREATED_DATE"];
/// What is asked for besides when rows are told as the reference system does. Nearly always the same moment again.
const MORE: [&str; 2] = ["DATE_START", "DATE_STOP"];
/// The furthest offset: beyond it a filter is the better way.
const FURTHEST: u32 = 100_000;

/// Lists time.
pub struct TimeList;

/// Which entries. The named conditions and `filter` are combined with "and".
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Ask {
    /// All tasks when left out.
    task_id: Option<TaskId>,
    /// Id, name, e-mail, or "me".
    person: Option<PersonRef>,
    /// Work begun since: "2026-12-01", "-7d".
    from: Option<String>,
    /// Until, that whole day included.
    to: Option<String>,
    /// Sums of all that matches instead of entries.
    group_by: Option<GroupBy>,
    /// By ID, TASK_ID, USER_ID, CREATED_DATE, with `! > >= < <=` in front.
    filter: Option<Map<String, Value>>,
    /// {"seconds": "desc"}
    order: Option<Map<String, Value>>,
    /// More fields: "dateStart", "minutes".
    select: Option<Vec<String>>,
    /// `nextStart` of the answer before.
    start: Option<u32>,
}

impl Agreement for Ask {}

/// Entries, or sums of them.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u64")]
    task_id: Option<u64>,
    /// How many entries match in all; null when the portal did not count.
    total: Option<u64>,
    /// How many entries are told, or added up.
    returned: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u64")]
    next_start: Option<u64>,
    /// Rows that this server could not read; their time is not in the sum.
    #[serde(skip_serializing_if = "crate::record::is_zero")]
    #[schemars(with = "usize")]
    unreadable: usize,
    /// The time of the entries that were read together, those included that an answer too long leaves out.
    seconds: u64,
    /// The same in words.
    time: String,
    /// Whether these are all entries that match, and the sum is of all of them.
    complete: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    note: Option<String>,
    /// The zone in which days were read and added up.
    time_zone: String,
    /// Address of the task; for several tasks put the id in.
    link: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<Group>")]
    groups: Option<Vec<Group>>,
    /// Names by user id.
    #[serde(skip_serializing_if = "Names::is_empty")]
    #[schemars(with = "Names")]
    people: Names,
    /// Titles by task id, when no task was asked for.
    #[serde(skip_serializing_if = "Names::is_empty")]
    #[schemars(with = "Names")]
    tasks: Names,
    /// Empty when they were added up.
    entries: Vec<Entry>,
}

impl Tool for TimeList {
    const SPEC: Spec = Spec {
        name: "b24_task_elapsed_time_list",
        title: "List time spent",
        description: "Lists time logged on one task or on all, with its sum, newest first. For \"who worked how long last week\" give `from`, `to` and `groupBy`.",
        toolset: Toolset::Task,
        effect: Effect::Read,
        idempotent: true,
        gate: Gate::Open,
        scope: Scope::TASK,
        methods: &[elapsed::GETLIST.facts(), task::LIST.facts(), user::GET.facts(), user::SEARCH.facts()],
        core: true,
    };
    const ROWS: Option<Rows> = Some(Rows { member: "entries", start: Some("start") });
    type Effect = Read;
    type Ask = Ask;
    type Found = ();
    type Answer = Answer;

    async fn run(ask: Ask, _: Plan, permit: Permit<Read>) -> Result<Answer, Refusal> {
        check(&ask)?;
        let (task, by, start) = (ask.task_id, ask.group_by, u64::from(ask.start.unwrap_or(0)));
        let wanted = wanted(ask, &permit).await?;
        let part = match by {
            Some(_) => wanted.all(&permit).await?,
            None => wanted.page(start, &permit).await?,
        };
        let Part { entries, unreadable, total } = part;
        let told = entries.len() + unreadable;
        let read_to = if by.is_some() { told as u64 } else { (start / pages::SIZE + 1) * pages::SIZE };
        let more = total.map_or(told as u64 == pages::SIZE, |total| read_to < total);
        let complete = start == 0 && !more && unreadable == 0;

        let (people, tasks) = named(by, task, &entries);
        let (people, tasks) = show::names(&people, &tasks, &permit).await;
        let seconds = entries.iter().map(|entry| entry.seconds).sum();
        let names = if by == Some(GroupBy::Task) { &tasks } else { &people };
        let groups = by.map(|by| groups(by, &entries, names, permit.now().time_zone()));
        Ok(Answer {
            task_id: task.map(TaskId::get),
            total,
            returned: entries.len(),
            next_start: (more && by.is_none()).then_some(read_to),
            unreadable,
            seconds,
            time: worktime::told(seconds),
            complete,
            note: (!complete).then(|| note(by, total)),
            time_zone: zone(permit.now()),
            link: task.map_or_else(|| link::task_pattern(&permit), |id| link::task(&permit, id)),
            people: if by.is_some() { Names::new() } else { people },
            tasks: if by.is_some() { Names::new() } else { tasks },
            entries: if by.is_some() { Vec::new() } else { entries },
            groups,
        })
    }
}

fn check(ask: &Ask) -> Result<(), Refusal> {
    if ask.start.is_some_and(|start| start > FURTHEST) {
        return Err(Refusal::invalid(format!("`start` is at most {FURTHEST}"))
            .hint("beyond that a filter is the better way: {\"filter\": {\"<ID\": 12345}}"));
    }
    let listing = ask.start.is_some() || ask.order.is_some() || ask.select.is_some();
    if ask.group_by.is_some() && listing {
        return Err(Refusal::invalid("`groupBy` adds up everything that matches")
            .hint("leave out `start`, `order` and `select`; they are for lists of entries"));
    }
    Ok(())
}

/// What is asked of the portal.
async fn wanted(ask: Ask, permit: &Permit<Read>) -> Result<Wanted, Refusal> {
    let now = permit.now();
    let order = match ask.group_by {
        // New entries come last, so that they do not move the pages that are read.
        Some(_) => filter::order(&TIME, Some(&[("ID".to_owned(), "asc".into())].into_iter().collect()))?,
        None => filter::order(&TIME, ask.order.as_ref())?,
    };
    let mut select: Vec<String> = SELECT.map(str::to_owned).to_vec();
    if permit.form() == Form::Objects {
        select.extend(MORE.map(str::to_owned));
    }
    let more = filter::select(&TIME, ask.select.as_deref().unwrap_or_default())?;
    select.extend(more.names.into_iter().filter(|name| !select.contains(name)).collect::<Vec<_>>());
    let mut filter = Filter::read(&TIME, &ask.filter.unwrap_or_default(), now)?;
    if let Some(person) = ask.person {
        filter.person("USER_ID", person)?;
    }
    if let Some(said) = ask.from {
        filter.date(">=CREATED_DATE", "from", &said, now)?;
    }
    if let Some(said) = ask.to {
        filter.date("<=CREATED_DATE", "to", &said, now)?;
    }
    if ask.group_by.is_some() && !filter.has("ID") {
        // A batch cannot spell an empty filter; this one leaves nothing out.
        filter.exact(">ID", 0)?;
    }
    Ok(Wanted { task: ask.task_id, filter: filter.resolve(permit).await?, order, select })
}

/// The people and tasks whose names are told.
fn named(by: Option<GroupBy>, task: Option<TaskId>, entries: &[Entry]) -> (BTreeSet<u64>, BTreeSet<u64>) {
    let people = || entries.iter().filter_map(|entry| entry.user_id).collect();
    let tasks = || entries.iter().map(|entry| entry.task_id).collect();
    match by {
        None => (people(), if task.is_none() { tasks() } else { BTreeSet::new() }),
        Some(GroupBy::Person) => (people(), BTreeSet::new()),
        Some(GroupBy::Task) => (BTreeSet::new(), tasks()),
        Some(GroupBy::Day) => (BTreeSet::new(), BTreeSet::new()),
    }
}

fn note(by: Option<GroupBy>, total: Option<u64>) -> String {
    let all = total.map_or_else(|| "more".to_owned(), |total| total.to_string());
    match by {
        Some(_) => format!(
            "only the first {} of {all} entries are added up: ask for a shorter time, one task or one person",
            pages::MOST * pages::SIZE
        ),
        None => "the sum is of these entries only; `groupBy` adds up all that match".to_owned(),
    }
}
