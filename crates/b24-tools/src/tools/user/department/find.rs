//! `b24_department_find`: departments by name, with their heads and where they stand.

use b24_model::{Effect, Scope, effect::Read};
use b24_rest::methods::{department, user};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Gate, Permit, Plan, Refusal, Rows, Spec, Tool, Toolset,
    directory::{
        departments::{self, DepartmentRecord},
        named::{self, Choice, Named},
        show,
    },
    input::{Department, DepartmentRef},
    tool::Agreement,
    tools::project::{query::matches, whole},
};

/// No company is this deep; a damaged tree may be a circle.
const DEEPEST: usize = 64;

/// Finds departments.
pub struct DepartmentFind;

/// Which.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Ask {
    /// Words of the name. All departments when left out.
    query: Option<String>,
    /// Only departments below this one, by id or name.
    parent: Option<DepartmentRef>,
    #[schemars(range(min = 1, max = 200))]
    limit: Option<u8>,
    /// `nextStart` of the answer before.
    start: Option<u32>,
}

impl Agreement for Ask {}

/// The departments.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    /// How many match.
    matches: usize,
    /// Present when there are more: the `start` of the next call.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "usize")]
    next_start: Option<usize>,
    /// The portal has more than a thousand departments; the others were not searched.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schemars(with = "bool")]
    incomplete: bool,
    departments: Vec<Row>,
}

/// One.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Row {
    id: u64,
    name: String,
    /// From the top: "Company / Sales / North".
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u64")]
    head_id: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    head_name: Option<String>,
}

impl Tool for DepartmentFind {
    const SPEC: Spec = Spec {
        name: "b24_department_find",
        title: "Find departments",
        description: "Finds departments by words of their name or below another department, and returns id, place in the company and \
                      head. For the people of a department use `b24_user_find` with its name.",
        toolset: Toolset::User,
        effect: Effect::Read,
        idempotent: true,
        gate: Gate::Open,
        scope: Scope::DEPARTMENT,
        methods: &[department::GET.facts(), user::GET.facts()],
        core: false,
    };
    const ROWS: Option<Rows> = Some(Rows { member: "departments", start: Some("start") });
    type Effect = Read;
    type Ask = Ask;
    type Found = ();
    type Answer = Answer;

    async fn run(ask: Ask, _: Plan, permit: Permit<Read>) -> Result<Answer, Refusal> {
        let limit = usize::from(ask.limit.unwrap_or(50));
        if !(1..=200).contains(&limit) {
            return Err(Refusal::invalid("`limit` is from 1 to 200"));
        }
        let all = departments::all(&permit).await?;
        let below = match &ask.parent {
            Some(said) => Some(the_one(said, &all)?),
            None => None,
        };
        let query = ask.query.unwrap_or_default();
        let found: Vec<(&DepartmentRecord, Vec<&DepartmentRecord>)> = all
            .iter()
            .map(|department| (department, above(department, &all)))
            .filter(|(department, above)| {
                let is_below = below.is_none_or(|top| above.iter().any(|ancestor| ancestor.id == top));
                is_below && matches(&query, &department.name)
            })
            .collect();
        let matching = found.len();
        let (found, next_start) = whole::part(found, ask.start, limit);
        let heads = show::people(found.iter().filter_map(|(department, _)| department.head), &permit).await;
        let row = |(department, above): (&DepartmentRecord, Vec<&DepartmentRecord>)| {
            let names = above.iter().rev().map(|ancestor| ancestor.name.as_str());
            Row {
                id: department.id,
                name: department.name.clone(),
                path: names.chain([department.name.as_str()]).collect::<Vec<_>>().join(" / "),
                head_id: department.head,
                head_name: department.head.and_then(|head| heads.get(&head.to_string()).cloned()),
            }
        };
        Ok(Answer {
            matches: matching,
            next_start,
            incomplete: all.len() >= departments::MOST,
            departments: found.into_iter().map(row).collect(),
        })
    }
}

fn the_one(said: &DepartmentRef, all: &[DepartmentRecord]) -> Result<u64, Refusal> {
    let named =
        || -> Vec<Named> { all.iter().map(|one| Named { id: one.id, name: one.name.clone() }).collect() };
    match said {
        DepartmentRef::Id(id, _) if all.iter().any(|one| one.id == *id) => Ok(*id),
        DepartmentRef::Id(id, _) => Err(named::nobody::<Department>(&id.to_string(), &named())),
        DepartmentRef::Name(name) => match named::choose(name, &named()) {
            Choice::One(one) => Ok(one.id),
            Choice::Several(several) => Err(named::ambiguous::<Department>(name, &several)),
            Choice::Nobody => Err(named::nobody::<Department>(name, &named())),
        },
    }
}

/// The departments above one, the nearest first.
fn above<'a>(department: &DepartmentRecord, all: &'a [DepartmentRecord]) -> Vec<&'a DepartmentRecord> {
    let parent = |of: Option<u64>| of.and_then(|id| all.iter().find(|other| other.id == id));
    std::iter::successors(parent(department.parent), |at| parent(at.parent)).take(DEEPEST).collect()
}
