//! `b24_user_me`: whom "me" means, and under whose rights this server acts.

use b24_model::{Effect, Scope, effect::Read};
use b24_rest::{
    CallError,
    methods::{system, user},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{
    Code, Gate, Permit, Plan, Refusal, Spec, Tool, Toolset,
    filter::WireFilter,
    link,
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
    /// Under whose rights calls run, when it is somebody else.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "ActsAs")]
    acts_as: Option<ActsAs>,
}

/// The owner of the credential.
#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
pub struct ActsAs {
    id: u64,
    name: Option<String>,
}

impl Tool for UserMe {
    const SPEC: Spec = Spec {
        name: "b24_user_me",
        title: "Who am I in Bitrix24",
        description: "Shows the person for whom this server acts in Bitrix24: id, name, position, time zone, local time, and \
                      under whose rights if under another's. Use it to check the connection, or to learn the id behind \"me\" and \"my tasks\".",
        toolset: Toolset::User,
        effect: Effect::Read,
        idempotent: true,
        gate: Gate::Open,
        scope: Scope::BASIC,
        methods: &[user::CURRENT.facts(), system::PROFILE.facts(), user::GET.facts()],
        core: true,
    };
    type Effect = Read;
    type Ask = Ask;
    type Found = ();
    type Answer = Answer;

    async fn run(_: Ask, _: Plan, permit: Permit<Read>) -> Result<Answer, Refusal> {
        let owner = owner(&permit).await?;
        if permit.me() == permit.acting() {
            return Ok(Answer::of(&owner, None, &permit));
        }
        let asked = WireFilter::of([("ID", permit.me().into())]);
        let reply = permit.call(&user::GET, asked.beside(Value::Null)).await?;
        let row = reply.result.as_array().and_then(|rows| rows.first()?.as_object()).ok_or_else(nobody)?;
        let name = Person::read(&owner).map(|person| person.full_name());
        Ok(Answer::of(row, Some(ActsAs { id: permit.acting().get(), name }), &permit))
    }
}

/// The person to whom the credential belongs.
async fn owner(permit: &Permit<Read>) -> Result<Map<String, Value>, Refusal> {
    // `profile` needs no scope, so a webhook without `user` still learns who it is.
    let reply = match permit.call(&user::CURRENT, Map::new()).await {
        Err(CallError::ScopeMissing { .. }) => permit.call(&system::PROFILE, Map::new()).await?,
        reply => reply?,
    };
    match reply.result {
        Value::Object(row) => Ok(row),
        _ => Err(Refusal::new(Code::PORTAL_GARBLED, "the portal did not say who the credential belongs to")
            .hint("ask the admin to run `b24-mcp doctor`")),
    }
}

fn nobody() -> Refusal {
    Refusal::new(Code::PERSON_NOT_FOUND, "the person for whom this Bearer stands is not on the portal")
        .hint("ask the admin to correct `me` of this Bearer")
}

impl Answer {
    fn of(row: &Map<String, Value>, acts_as: Option<ActsAs>, permit: &Permit<Read>) -> Self {
        let person = Person::read(row);
        Self {
            id: person.as_ref().map(|person| person.id.get()),
            name: text(row, "NAME"),
            last_name: text(row, "LAST_NAME"),
            position: text(row, "WORK_POSITION"),
            email: text(row, "EMAIL"),
            time_zone: text(row, "TIME_ZONE")
                .or_else(|| permit.now().time_zone().iana_name().map(str::to_owned)),
            local_time: b24_model::moment::to_wire(permit.now()),
            is_admin: row.get("ADMIN").and_then(b24_rest::wire::yes),
            link: link::user(permit, person.map_or(permit.me(), |person| person.id)),
            acts_as,
        }
    }
}
