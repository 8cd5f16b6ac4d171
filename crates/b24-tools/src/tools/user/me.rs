//! `b24_user_me`: under whose rights this server acts.

use b24_model::{Effect, Scope, effect::Read};
use b24_rest::{
    CallError,
    methods::{system, user},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{
    Code, Gate, Permit, Plan, Refusal, Spec, Tool, Toolset, link,
    record::{person::Person, text},
    tool::Agreement,
};

/// The acting person.
pub struct UserMe;

/// Nothing to ask.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ask {}

impl Agreement for Ask {}

/// Who it is.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    id: Option<u64>,
    name: Option<String>,
    last_name: Option<String>,
    position: Option<String>,
    email: Option<String>,
    time_zone: Option<String>,
    /// The time there now.
    local_time: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_admin: Option<bool>,
    link: String,
}

impl Tool for UserMe {
    const SPEC: Spec = Spec {
        name: "b24_user_me",
        title: "Who am I in Bitrix24",
        description: "Shows the person under whose rights this server acts in Bitrix24: id, name, position, time zone, \
                      local time. Use it to check the connection, or to learn the id behind \"me\" and \"my tasks\".",
        toolset: Toolset::User,
        effect: Effect::Read,
        idempotent: true,
        gate: Gate::Open,
        scope: Scope::BASIC,
        methods: &[user::CURRENT.facts(), system::PROFILE.facts()],
        core: true,
        contract: true,
    };
    type Effect = Read;
    type Ask = Ask;
    type Found = ();
    type Answer = Answer;

    async fn run(_: Ask, _: Plan, permit: Permit<Read>) -> Result<Answer, Refusal> {
        // `profile` needs no scope, so a webhook without `user` still learns who it is.
        let reply = match permit.call(&user::CURRENT, Map::new()).await {
            Err(CallError::ScopeMissing { .. }) => permit.call(&system::PROFILE, Map::new()).await?,
            reply => reply?,
        };
        let Value::Object(row) = &reply.result else {
            return Err(Refusal::new(
                Code::PORTAL_GARBLED,
                "the portal did not say who the credential belongs to",
            )
            .hint("ask the admin to run `b24-mcp doctor`"));
        };
        let person = Person::read(row);
        Ok(Answer {
            id: person.as_ref().map(|person| person.id.get()),
            name: text(row, "NAME"),
            last_name: text(row, "LAST_NAME"),
            position: text(row, "WORK_POSITION"),
            email: text(row, "EMAIL"),
            time_zone: text(row, "TIME_ZONE")
                .or_else(|| permit.now().time_zone().iana_name().map(str::to_owned)),
            local_time: b24_model::moment::to_wire(permit.now()),
            is_admin: row.get("ADMIN").and_then(b24_rest::wire::yes),
            link: link::user(&permit, person.map_or(permit.acting(), |person| person.id)),
        })
    }
}
