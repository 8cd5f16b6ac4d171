//! `b24_task_counter_get`: how much waits for a person, in two numbers.

use b24_model::{Effect, Scope, effect::Read};
use b24_rest::{
    CallError,
    methods::{group, task, user},
    wire,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{
    Code, Gate, Permit, Plan, Refusal, Spec, Tool, Toolset,
    directory::{groups, people},
    input::{GroupRef, PersonRef},
    record::params,
    tool::Agreement,
};

/// Reads counters.
pub struct CounterGet;

// No doc comments on the words: they would turn the schema of a word into one of alternatives.
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
enum Role {
    #[default]
    Any,
    Responsible,
    Accomplice,
    Auditor,
    Creator,
}

impl Role {
    fn wire(self) -> &'static str {
        match self {
            Self::Any => "view_all",
            Self::Responsible => "view_role_responsible",
            Self::Accomplice => "view_role_accomplice",
            Self::Auditor => "view_role_auditor",
            Self::Creator => "view_role_originator",
        }
    }
}

/// Whose.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Ask {
    /// Id, name or e-mail; the acting person when left out.
    person: Option<PersonRef>,
    /// Only tasks of this group or project, by id or name.
    group: Option<GroupRef>,
    /// Only tasks where the person is this.
    role: Option<Role>,
}

impl Agreement for Ask {}

/// What waits.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    person_id: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u64")]
    group_id: Option<u64>,
    role: Role,
    /// Tasks past their deadline.
    overdue_tasks: Option<u64>,
    /// Comments that the person has not read.
    unread_comments: Option<u64>,
}

impl Tool for CounterGet {
    const SPEC: Spec = Spec {
        name: "b24_task_counter_get",
        title: "Count what waits for a person",
        description: "Tells how many overdue tasks and unread comments wait for a person, in all or by group and role, as the counters \
                      in the portal's menu do. For the tasks themselves use `b24_task_list` with `overdue`.",
        toolset: Toolset::Task,
        effect: Effect::Read,
        idempotent: true,
        gate: Gate::Open,
        scope: Scope::TASK,
        methods: &[task::COUNTERS.facts(), user::SEARCH.facts(), user::GET.facts(), group::GET.facts()],
        core: false,
    };
    type Effect = Read;
    type Ask = Ask;
    type Found = ();
    type Answer = Answer;

    async fn run(ask: Ask, _: Plan, permit: Permit<Read>) -> Result<Answer, Refusal> {
        let person = people::id_of(ask.person.as_ref().unwrap_or(&PersonRef::Me), &permit).await?;
        let group = match &ask.group {
            Some(said) => groups::id_of(said, &permit).await?,
            None => 0,
        };
        let role = ask.role.unwrap_or_default();
        let asked = params(json!({ "userId": person, "groupId": group, "type": role.wire() }));
        let reply = permit.call(&task::COUNTERS, asked).await.map_err(|error| match &error {
            CallError::Refused(said) if said.code.as_str() == "0" && group > 0 => Refusal::new(
                Code::NOT_FOUND,
                format!("group {group} does not exist, or the acting person may not see it"),
            )
            .hint("look for it with `b24_group_find`"),
            _ => error.into(),
        })?;
        let counters = reply.result.as_object().ok_or_else(|| {
            // `[]` is how the portal says both.
            let sentence =
                format!("person {person} does not exist, or the acting person may not see their counters");
            Refusal::new(Code::NOT_FOUND, sentence)
                .hint("people see their own and those of the people below them")
        })?;
        let count = |name: &str| counters.get(name)?.get("counter").and_then(whole);
        Ok(Answer {
            person_id: person.get(),
            group_id: (group > 0).then_some(group),
            role,
            overdue_tasks: count("expired"),
            unread_comments: count("new_comments"),
        })
    }
}

fn whole(value: &Value) -> Option<u64> {
    wire::int(value).and_then(|number| u64::try_from(number).ok())
}
