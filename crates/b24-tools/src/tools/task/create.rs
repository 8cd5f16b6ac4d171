//! `b24_task_create`: a new task.

use b24_model::{Effect, Scope, TaskId, effect::Write};
use b24_rest::methods::{calendar, department, group, stage, task, user, userfield};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::{fields, list, settle};
use crate::{
    Code, Gate, Permit, Plan, Reader, Refusal, Spec, Tool, Toolset,
    filter::camel,
    input::{GroupRef, PersonRef, Priority, StageRef},
    link,
    record::{params, task::Task},
    tool::Agreement,
};

/// The longest title.
const LONGEST_TITLE: usize = 255;

/// Creates a task.
pub struct TaskCreate;

/// The task to be.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Ask {
    #[schemars(length(min = 1, max = 255))]
    title: String,
    /// Id, name, e-mail or "me".
    responsible_id: PersonRef,
    /// BBCode.
    description: Option<String>,
    /// "2026-12-01 18:00", "tomorrow 18:00", "friday", "+3d".
    deadline: Option<String>,
    /// Id or name; 0 for none.
    group_id: Option<GroupRef>,
    /// Kanban stage: id or title.
    stage_id: Option<StageRef>,
    /// 0 low, 1 medium, 2 high.
    priority: Option<Priority>,
    /// Helpers.
    accomplices: Option<Vec<PersonRef>>,
    /// Observers.
    auditors: Option<Vec<PersonRef>>,
    parent_id: Option<TaskId>,
    tags: Option<Vec<String>>,
    /// Other fields by portal name or label.
    fields: Option<Map<String, Value>>,
}

impl Agreement for Ask {}

/// What is to be written.
#[derive(Default)]
pub struct Found {
    write: fields::Written,
}

/// The task that is.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    created: bool,
    id: u64,
    title: String,
    responsible_id: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    responsible_name: Option<String>,
    deadline: Option<String>,
    /// The zone in which the deadline was read, and is told.
    time_zone: String,
    /// Fields that were sent and that the portal did not take.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<String>")]
    ignored: Vec<String>,
    /// What the person should know: days off, names that were taken for others.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<String>")]
    notes: Vec<String>,
    /// The portal did not answer the creation; a look at it showed that the task exists.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    found_later: bool,
    link: String,
}

impl Tool for TaskCreate {
    const SPEC: Spec = Spec {
        name: "b24_task_create",
        title: "Create a task",
        description: "Creates a task. Needs a title and who does it; the acting person becomes its creator. After an unclear failure \
                      look with `b24_task_list` before trying again.",
        toolset: Toolset::Task,
        effect: Effect::Write,
        idempotent: false,
        gate: Gate::Open,
        scope: Scope::TASK,
        methods: &[
            task::ADD.facts(),
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
        let title = ask.title.trim();
        if title.is_empty() || title.chars().count() > LONGEST_TITLE {
            return Err(Refusal::invalid(format!("`title` has from 1 to {LONGEST_TITLE} characters"))
                .hint("put the rest into `description`"));
        }
        let people = |people: &Option<Vec<PersonRef>>| match people.as_deref() {
            None | Some([]) => None,
            Some(several) => Some(several.iter().map(PersonRef::to_value).collect::<Value>()),
        };
        let given = [
            ("TITLE", Some(json!(title))),
            ("RESPONSIBLE_ID", Some(ask.responsible_id.to_value())),
            ("DESCRIPTION", ask.description.as_ref().map(|text| json!(text))),
            ("DEADLINE", ask.deadline.as_ref().map(|said| json!(said))),
            ("GROUP_ID", ask.group_id.as_ref().map(GroupRef::to_value)),
            ("STAGE_ID", ask.stage_id.as_ref().map(StageRef::to_value)),
            ("PRIORITY", ask.priority.map(|priority| json!(priority.number()))),
            ("ACCOMPLICES", people(&ask.accomplices)),
            ("AUDITORS", people(&ask.auditors)),
            ("PARENT_ID", ask.parent_id.map(|id| json!(id))),
            ("TAGS", ask.tags.as_ref().filter(|tags| !tags.is_empty()).map(|tags| json!(tags))),
        ];
        let given = fields::given(given, ask.fields.as_ref())?;
        let write = fields::read(given, fields::Home::New, reader).await?;
        Ok(Plan { found: Found { write }, ..Plan::default() })
    }

    async fn run(_: Ask, plan: Plan<Found>, permit: Permit<Write>) -> Result<Answer, Refusal> {
        let fields::Written { fields: written, notes, .. } = plan.found.write;
        let sent = params(json!({ "fields": written }));
        let (body, found_later) = match permit.call(&task::ADD, sent).await {
            Err(error) if settle::is_open(&error) => {
                (settle::created(error, &written, &permit.reader()).await?, true)
            }
            reply => (Task::body(&reply?.result).cloned().unwrap_or_default(), false),
        };
        let Some(mut task) = Task::read(&body) else {
            return Err(Refusal::new(
                Code::PORTAL_GARBLED,
                "the portal took the task, but did not say its id",
            )
            .hint("look for it with `b24_task_list`; do not create it again before that"));
        };
        task.in_zone(permit.now().time_zone());
        let ignored = written.iter().filter(|(name, asked)| fields::holds(&body, name, asked) == Some(false));
        Ok(Answer {
            created: true,
            found_later,
            id: task.id.get(),
            link: link::task(&permit, task.id),
            title: task.title,
            responsible_id: task.responsible_id.map(b24_model::UserId::get),
            responsible_name: task.responsible_name,
            deadline: task.deadline,
            time_zone: list::zone(permit.now()),
            ignored: ignored.map(|(name, _)| camel(name)).collect(),
            notes,
        })
    }
}
