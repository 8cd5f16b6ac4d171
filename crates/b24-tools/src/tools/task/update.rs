//! `b24_task_update`: changes to one task.

mod members;

use b24_model::{Effect, Scope, TaskId, effect::Write};
use b24_rest::methods::{calendar, department, group, stage, task, user, userfield};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::{fields, list, lookup, settle};
use crate::{
    Gate, Loss, Permit, Plan, Reader, Refusal, Spec, Tool, Toolset,
    directory::fields::CustomFields,
    filter::camel,
    input::{GroupRef, PersonRef, Priority, StageRef, shorten},
    link,
    record::{
        params,
        task::{Task, cleaned, in_zone},
    },
    tool::Agreement,
};

/// Fields whose value is a whole set: writing replaces it.
const SETS: [(&str, &str); 4] = [
    ("ACCOMPLICES", "co-doers"),
    ("AUDITORS", "observers"),
    ("TAGS", "tags"),
    ("UF_TASK_WEBDAV_FILES", "files"),
];

/// Changes a task.
pub struct TaskUpdate;

/// What to change. What is left out stays.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Ask {
    task_id: TaskId,
    #[schemars(length(min = 1, max = 255))]
    title: Option<String>,
    /// BBCode.
    description: Option<String>,
    /// "friday", "+3d 18:00"; "none" takes it away.
    deadline: Option<String>,
    /// Id, name, e-mail or "me".
    responsible_id: Option<PersonRef>,
    /// 0 low, 1 medium, 2 high.
    priority: Option<Priority>,
    /// Id or name; 0 for none.
    group_id: Option<GroupRef>,
    /// Kanban stage: id or title.
    stage_id: Option<StageRef>,
    /// 0 for none.
    parent_id: Option<u64>,
    /// All helpers.
    accomplices: Option<Vec<PersonRef>>,
    /// All observers.
    auditors: Option<Vec<PersonRef>>,
    tags: Option<Vec<String>>,
    /// {"auditors": ["Anna"], "tags": ["urgent"]}; the others stay.
    #[schemars(with = "Option<Map<String, Value>>")]
    add: Option<members::Members>,
    /// Like `add`.
    #[schemars(with = "Option<Map<String, Value>>")]
    remove: Option<members::Members>,
    /// Others by portal name or label: {"TIME_ESTIMATE": 3600, "Contract no.": "A-7"}.
    fields: Option<Map<String, Value>>,
    /// Only after the person agreed.
    confirm_change: Option<bool>,
}

impl Agreement for Ask {
    fn to_change(&self) -> bool {
        self.confirm_change == Some(true)
    }
}

/// The record before, and what is to be written.
#[derive(Default)]
pub struct Found {
    before: Map<String, Value>,
    write: fields::Written,
    moot: Vec<String>,
}

/// What became of it.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    updated: bool,
    id: u64,
    title: String,
    deadline: Option<String>,
    responsible_id: Option<u64>,
    status: Option<i64>,
    /// Fields that are different now, with the value before and after.
    changed: Map<String, Value>,
    /// Fields that were sent and that the portal did not take.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<String>")]
    ignored: Vec<String>,
    /// Fields that were sent and that the portal does not show, so that nobody can tell.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<String>")]
    unverified: Vec<String>,
    /// Members to add who were there, and to remove who were not.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<String>")]
    already: Vec<String>,
    /// What the person should know: days off, names that were taken for others.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<String>")]
    notes: Vec<String>,
    /// The zone in which dates were read, and are told.
    time_zone: String,
    link: String,
}

impl Tool for TaskUpdate {
    const SPEC: Spec = Spec {
        name: "b24_task_update",
        title: "Change a task",
        description: "Changes fields of one task: title, deadline, priority, people. What is left out stays. Sets (accomplices, auditors, tags) are replaced whole; for one more or one less use `add` and `remove`. To finish a task use `b24_task_transition`.",
        toolset: Toolset::Task,
        effect: Effect::Write,
        idempotent: true,
        gate: Gate::Open,
        scope: Scope::TASK,
        methods: &[
            task::UPDATE.facts(),
            task::GET.facts(),
            user::SEARCH.facts(),
            user::GET.facts(),
            group::GET.facts(),
            stage::GET.facts(),
            userfield::GETLIST.facts(),
            userfield::GET.facts(),
            calendar::SETTINGS.facts(),
            department::GET.facts(),
        ],
        core: true,
    };
    type Effect = Write;
    type Ask = Ask;
    type Found = Found;
    type Answer = Answer;

    async fn plan(ask: &Ask, reader: &Reader) -> Result<Plan<Found>, Refusal> {
        let change = members::read(ask.add.as_ref(), ask.remove.as_ref(), reader).await?;
        let mut written = writing(ask, reader, !change.is_empty()).await?;
        let write = &mut written.fields;
        change.check(write)?;
        let select = selected(write.keys().map(String::as_str).chain(change.fields()));
        let before = lookup::one(ask.task_id, &select, reader).await?;
        let moot = change.merge(ask.task_id, &before, write)?;

        let old = |name: &str| before.get(&camel(name)).cloned().unwrap_or(Value::Null);
        let losses = SETS.iter().filter_map(|(field, noun)| {
            let new = write.get(*field)?;
            let whole = fields::members(new).is_empty();
            // What cannot be read cannot be shown to be kept.
            let Some(lost) = before.get(&camel(field)).and_then(|old| fields::lost(old, new)) else {
                let what = format!("{noun} of task {} that the portal does not show", ask.task_id);
                return Some(Loss { what, whole });
            };
            let named = lost.iter().take(10).map(|member| shorten(member, 40)).collect::<Vec<_>>().join(", ");
            let what = format!("{noun} {named} of task {}", ask.task_id);
            (!lost.is_empty()).then_some(Loss { what, whole })
        });
        let record: Map<String, Value> = write.keys().map(|name| (name.clone(), old(name))).collect();
        Ok(Plan {
            targets: if write.is_empty() { Vec::new() } else { vec![lookup::target(ask.task_id, &before)] },
            losses: losses.collect(),
            before: params(json!({ ask.task_id.to_string(): record })),
            found: Found { before, write: written, moot },
            ..Plan::default()
        })
    }

    async fn run(ask: Ask, plan: Plan<Found>, permit: Permit<Write>) -> Result<Answer, Refusal> {
        let Found { before, write: fields::Written { fields: write, notes, customs }, moot } = plan.found;
        let asked = params(json!({ "taskId": ask.task_id, "fields": write }));
        let select = selected(write.keys().map(String::as_str));
        let read = |row: &Map<String, Value>, name: &String| row.get(&camel(name)).cloned();
        let after = match write.is_empty() {
            // Everybody to add is there already, and nobody to remove.
            true => before.clone(),
            false => match permit.call(&task::UPDATE, asked).await {
                Err(error) if settle::is_open(&error) => {
                    let after = settle::changed(error, ask.task_id, &select, &permit.reader()).await?;
                    if write.keys().all(|name| read(&before, name) == read(&after, name)) {
                        return Err(settle::not_there(ask.task_id));
                    }
                    after
                }
                reply => match Task::body(&reply?.result) {
                    Some(body) if select.iter().all(|name| body.contains_key(&camel(name))) => body.clone(),
                    // Some portals answer with less than was written: read it back.
                    _ => lookup::one(ask.task_id, &select, &permit.reader()).await?,
                },
            },
        };
        let mut task = Task::read(&after).ok_or_else(|| Refusal::internal(&"a task without an id"))?;
        let zone = permit.now().time_zone();
        task.in_zone(zone);
        let told = |name: &String, value: &Value| in_zone(&told(name, value, &customs), zone);
        let differs = |name: &String| {
            let (old, new) = (before.get(&camel(name)), after.get(&camel(name))?);
            let same = old.is_some_and(|old| old == new || fields::holds(&after, name, old) == Some(true));
            (!same).then(|| {
                (camel(name), json!({ "from": old.map(|old| told(name, old)), "to": told(name, new) }))
            })
        };
        let ignored = write.iter().filter(|(name, asked)| fields::holds(&after, name, asked) == Some(false));
        let unseen = write.iter().filter(|(name, asked)| fields::holds(&after, name, asked).is_none());
        Ok(Answer {
            updated: !write.is_empty(),
            id: task.id.get(),
            already: moot,
            changed: write.keys().filter_map(differs).collect(),
            ignored: ignored.map(|(name, _)| camel(name)).collect(),
            unverified: unseen.map(|(name, _)| camel(name)).collect(),
            notes,
            time_zone: list::zone(permit.now()),
            link: link::task(&permit, task.id),
            title: task.title,
            deadline: task.deadline,
            responsible_id: task.responsible_id.map(b24_model::UserId::get),
            status: task.status,
        })
    }
}

/// A value as it is told: of a set its members, whatever the portal writes around them; of a custom field its words.
fn told(name: &str, value: &Value, customs: &CustomFields) -> Value {
    let is_set = SETS.iter().any(|(field, _)| *field == name);
    match customs.named(name) {
        _ if is_set => cleaned(&json!(fields::members(value))),
        Some(field) => field.told(&cleaned(value)),
        None => cleaned(value),
    }
}

/// What has to be read to tell what a change changes.
fn selected<'a>(written: impl Iterator<Item = &'a str>) -> Vec<String> {
    const ALWAYS: [&str; 5] = ["ID", "TITLE", "STATUS", "DEADLINE", "RESPONSIBLE_ID"];
    let written = written.filter(|name| !ALWAYS.contains(name)).map(ToOwned::to_owned);
    lookup::fields(&ALWAYS).into_iter().chain(written).collect()
}

/// Everything that is to be written, checked and with people looked up. Nothing at all only when sets change otherwise.
async fn writing(ask: &Ask, reader: &Reader, may_be_empty: bool) -> Result<fields::Written, Refusal> {
    let people = |people: &Option<Vec<PersonRef>>| {
        people.as_ref().map(|several| several.iter().map(PersonRef::to_value).collect::<Value>())
    };
    let named = [
        ("TITLE", ask.title.as_ref().map(|text| json!(text))),
        ("DESCRIPTION", ask.description.as_ref().map(|text| json!(text))),
        ("DEADLINE", ask.deadline.as_ref().map(|said| json!(said))),
        ("RESPONSIBLE_ID", ask.responsible_id.as_ref().map(PersonRef::to_value)),
        ("PRIORITY", ask.priority.map(|priority| json!(priority.number()))),
        ("GROUP_ID", ask.group_id.as_ref().map(GroupRef::to_value)),
        ("STAGE_ID", ask.stage_id.as_ref().map(StageRef::to_value)),
        ("PARENT_ID", ask.parent_id.map(|id| json!(id))),
        ("ACCOMPLICES", people(&ask.accomplices)),
        ("AUDITORS", people(&ask.auditors)),
        ("TAGS", ask.tags.as_ref().map(|tags| json!(tags))),
    ];
    let given = fields::given(named, ask.fields.as_ref())?;
    if given.is_empty() && !may_be_empty {
        return Err(Refusal::invalid("nothing is to be changed").hint(
            "give at least one of title, description, deadline, responsibleId, priority, … or `fields`",
        ));
    }
    let written = fields::read(given, fields::Home::Task(ask.task_id), reader).await?;
    match written.fields.get("TITLE").and_then(Value::as_str) {
        Some(title) if title.trim().is_empty() || title.chars().count() > 255 => {
            Err(Refusal::invalid("`title` has from 1 to 255 characters")
                .hint("put the rest into `description`"))
        }
        _ => Ok(written),
    }
}
