//! `b24_user_get`: one person.

use b24_model::{Effect, Scope, effect::Read};
use b24_rest::methods::user;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    Code, Gate, Permit, Plan, Refusal, Spec, Tool, Toolset,
    directory::people,
    filter::WireFilter,
    input::PersonRef,
    link,
    record::{person::Person, text},
    tool::Agreement,
};

/// Reads a person.
pub struct UserGet;

/// Whom.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Ask {
    /// Id, name, e-mail, or "me".
    user_id: PersonRef,
}

impl Agreement for Ask {}

/// The person.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    #[serde(flatten)]
    person: Person,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    phone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    time_zone: Option<String>,
    link: String,
}

impl Tool for UserGet {
    const SPEC: Spec = Spec {
        name: "b24_user_get",
        title: "Read a person",
        description: "Reads one person of the portal by id, name or e-mail: position, departments, phone, time zone, whether they \
                      still work here. To look for people use `b24_user_find`.",
        toolset: Toolset::User,
        effect: Effect::Read,
        idempotent: true,
        gate: Gate::Open,
        scope: Scope::USER_BRIEF,
        methods: &[user::GET.facts(), user::SEARCH.facts()],
        core: false,
    };
    type Effect = Read;
    type Ask = Ask;
    type Found = ();
    type Answer = Answer;

    async fn run(ask: Ask, _: Plan, permit: Permit<Read>) -> Result<Answer, Refusal> {
        let id = people::id_of(&ask.user_id, &permit).await?;
        let reply = permit.call(&user::GET, WireFilter::of([("ID", id.into())]).beside(Value::Null)).await?;
        let row = reply.result.as_array().and_then(|rows| rows.first()?.as_object());
        let found = row.and_then(|row| Some((row, Person::read(row)?)));
        let (row, person) = found.ok_or_else(|| {
            Refusal::new(Code::NOT_FOUND, format!("there is no person {id} on the portal"))
                .hint("look for people with `b24_user_find`")
        })?;
        Ok(Answer {
            phone: text(row, "WORK_PHONE").or_else(|| text(row, "PERSONAL_MOBILE")),
            time_zone: text(row, "TIME_ZONE"),
            link: link::user(&permit, person.id),
            person,
        })
    }
}
