//! `b24_task_create`: a new task.

use b24_model::{Effect, Scope, TaskId, effect::Write};
use b24_rest::methods::{task, user};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{fields, list, settle};
use crate::{
    Code, Gate, Permit, Plan, Reader, Refusal, Spec, Tool, Toolset,
    filter::camel,
    input::{PersonRef, Priority},
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
    /// Who does it: id, name, e-mail, or "me".
    responsible_id: PersonRef,
    /// BBCode.
    description: Option<String>,
    /// "2026-12-01T18:00:00+03:00", "tomorrow 18:00", "friday", "+3d". A plain day means 18:00 on it.
    deadline: Option<String>,
    /// Project or workgroup; 0 for none.
    group_id: Option<u64>,
    /// 0 low, 1 medium, 2 high.
    priority: Option<Priority>,
    /// People who help.
    accomplices: Option<Vec<PersonRef>>,
    /// People who watch.
    auditors: Option<Vec<PersonRef>>,
    /// The task it is a part of.
    parent_id: Option<TaskId>,
    tags: Option<Vec<String>>,
}

impl Agreement for Ask {}

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
    /// The zone in which the deadline was read.
    time_zone: String,
    /// Fields that were sent and that the portal did not take.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<String>")]
    ignored: Vec<String>,
    /// The portal did not answer the creation; a look at it showed that the task exists.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    found_later: bool,
    link: String,
}

impl Tool for TaskCreate {
    const SPEC: Spec = Spec {
        name: "b24_task_create",
        title: "Create a task",
        description: "Creates a task. Needs a title and who does it (id, name, e-mail or \"me\"); the acting person becomes its \
                      creator. Not idempotent: after an unclear failure look with `b24_task_list` before trying again.",
        toolset: Toolset::Task,
        effect: Effect::Write,
        idempotent: false,
        gate: Gate::Open,
        scope: Scope::TASK,
        methods: &[task::ADD.facts(), user::SEARCH.facts(), user::GET.facts()],
        core: true,
        contract: true,
    };
    type Effect = Write;
    type Ask = Ask;
    type Found = fields::Fields;
    type Answer = Answer;

    async fn plan(ask: &Ask, reader: &Reader) -> Result<Plan<fields::Fields>, Refusal> {
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
            ("GROUP_ID", ask.group_id.map(|id| json!(id))),
            ("PRIORITY", ask.priority.map(|priority| json!(priority.number()))),
            ("ACCOMPLICES", people(&ask.accomplices)),
            ("AUDITORS", people(&ask.auditors)),
            ("PARENT_ID", ask.parent_id.map(|id| json!(id))),
            ("TAGS", ask.tags.as_ref().filter(|tags| !tags.is_empty()).map(|tags| json!(tags))),
        ];
        let mut found = fields::Fields::new();
        for (name, value) in given {
            if let Some(value) = value {
                let (name, value) = fields::read(name, &value, reader)
                    .await
                    .map_err(|refusal| refusal.about(&camel(name)))?;
                found.insert(name, value);
            }
        }
        Ok(Plan { found, ..Plan::default() })
    }

    async fn run(_: Ask, plan: Plan<fields::Fields>, permit: Permit<Write>) -> Result<Answer, Refusal> {
        let sent = params(json!({ "fields": plan.found }));
        let (body, found_later) = match permit.call(&task::ADD, sent).await {
            Err(error) if settle::is_open(&error) => {
                (settle::created(error, &plan.found, &permit.reader()).await?, true)
            }
            reply => (Task::body(&reply?.result).cloned().unwrap_or_default(), false),
        };
        let Some(task) = Task::read(&body) else {
            return Err(Refusal::new(
                Code::PORTAL_GARBLED,
                "the portal took the task, but did not say its id",
            )
            .hint("look for it with `b24_task_list`; do not create it again before that"));
        };
        let ignored =
            plan.found.iter().filter(|(name, asked)| fields::holds(&body, name, asked) == Some(false));
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
        })
    }
}
