//! `b24_user_find`: from a name or a role to an id.

use b24_model::{Effect, Scope, effect::Read};
use b24_rest::methods::user;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    Gate, Permit, Plan, Refusal, Spec, Tool, Toolset, filter::WireFilter, link, record::person::Person,
    tool::Agreement,
};

/// The longest search text.
const LONGEST: usize = 200;

/// Finds people.
pub struct UserFind;

/// Whom to look for: `query`, or any of the named fields.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Ask {
    /// Words of a name, position or department: "Anna Berg". Not together with the fields below.
    query: Option<String>,
    first_name: Option<String>,
    /// Patronymic: "Петровна".
    second_name: Option<String>,
    last_name: Option<String>,
    position: Option<String>,
    /// How many to return.
    #[schemars(range(min = 1, max = 50))]
    limit: Option<u8>,
    /// Offset of the page, a multiple of 50: `nextStart` of the answer before.
    start: Option<u32>,
}

impl Agreement for Ask {}

/// Who was found.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    /// How many are returned.
    matches: usize,
    /// How many the portal's page held.
    returned_by_api: usize,
    /// Present when `limit` cut the page.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "usize")]
    truncated_at: Option<usize>,
    total: Option<u64>,
    has_more: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u64")]
    next_start: Option<u64>,
    /// Address of a profile; put the id in.
    link: String,
    users: Vec<Person>,
}

impl Tool for UserFind {
    const SPEC: Spec = Spec {
        name: "b24_user_find",
        title: "Find people",
        description: "Finds people of the portal by name, patronymic, position or department, and returns their ids. \
                      Give `query` for free text, or the named fields to be exact; at least one. Returns people who left too, \
                      marked `active: false`.",
        toolset: Toolset::User,
        effect: Effect::Read,
        idempotent: true,
        gate: Gate::Open,
        scope: Scope::USER_BRIEF,
        methods: &[user::SEARCH.facts()],
        core: true,
        contract: true,
    };
    type Effect = Read;
    type Ask = Ask;
    type Found = ();
    type Answer = Answer;

    async fn run(ask: Ask, _: Plan, permit: Permit<Read>) -> Result<Answer, Refusal> {
        let limit = usize::from(ask.limit.unwrap_or(10));
        if !(1..=50).contains(&limit) {
            return Err(Refusal::invalid("`limit` is from 1 to 50"));
        }
        let start = ask.start.unwrap_or(0);
        let filter = filter(&ask)?;
        let asked = filter.beside(json!({ "sort": "ID", "order": "ASC", "start": start }));
        let reply = permit.call(&user::SEARCH, asked).await?;
        let mut users = Person::rows(&reply.result);
        let held = users.len();
        users.truncate(limit);
        Ok(Answer {
            matches: users.len(),
            returned_by_api: held,
            truncated_at: (held > limit).then_some(limit),
            total: reply.total,
            has_more: reply.next.is_some() || held > limit,
            next_start: reply.next.filter(|_| held <= limit),
            link: link::user_pattern(&permit),
            users,
        })
    }
}

fn filter(ask: &Ask) -> Result<WireFilter, Refusal> {
    let given = |text: &Option<String>| {
        text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
    };
    let named = [
        ("NAME", given(&ask.first_name)),
        ("SECOND_NAME", given(&ask.second_name)),
        ("LAST_NAME", given(&ask.last_name)),
        ("WORK_POSITION", given(&ask.position)),
    ];
    let named: Vec<(&'static str, String)> =
        named.into_iter().filter_map(|(key, text)| Some((key, text?))).collect();
    let filter = match (given(&ask.query), named.is_empty()) {
        (Some(_), false) => {
            return Err(Refusal::invalid("`query` cannot be combined with the named fields")
                .hint("put all words into `query`, or leave it out"));
        }
        (Some(query), true) => vec![("FIND", query)],
        (None, false) => named,
        (None, true) => {
            return Err(Refusal::invalid("nobody is searched for: every field is empty")
                .hint("give `query`, or one of firstName, secondName, lastName, position"));
        }
    };
    if filter.iter().any(|(_, text)| text.chars().count() > LONGEST) {
        return Err(Refusal::invalid(format!("a search text is at most {LONGEST} characters")));
    }
    Ok(WireFilter::of(filter.into_iter().map(|(key, text)| (key, text.into()))))
}
