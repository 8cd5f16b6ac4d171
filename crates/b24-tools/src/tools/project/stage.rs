//! Columns: of a group's board, and of the acting person's own planner.

pub mod list;

use b24_model::{Method, effect::Read};
use b24_rest::{CallError, Reply, methods::stage, wire};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::named::{Choice, Named};
use crate::{
    Code, Refusal,
    input::shorten,
    record::{params, text},
};

/// A column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::tools) struct Stage {
    pub(in crate::tools) id: u64,
    pub(in crate::tools) title: String,
    /// What the portal takes it for: new, progress, work, review, finish. Absent for columns that people made.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub(in crate::tools) kind: Option<String>,
}

/// Whose columns: a group's, or with 0 those of the acting person's planner. An administrator sees every group's.
pub(in crate::tools) fn question(group: u64) -> (&'static Method<Read>, Map<String, Value>) {
    (&stage::GET, params(json!({ "entityId": group, "isAdmin": true })))
}

/// The columns from left to right.
pub(in crate::tools) fn read(group: u64, reply: Result<Reply, CallError>) -> Result<Vec<Stage>, Refusal> {
    let reply = reply.map_err(|error| match &error {
        CallError::Refused(said) if said.code.as_str() == "ACCESS_DENIED" => Refusal::new(
            Code::NOT_FOUND,
            format!("group {group} does not exist, or the acting person may not see its board"),
        )
        .hint("look for it with `b24_group_find`"),
        _ => error.into(),
    })?;
    let rows = wire::rows(&reply.result).ok_or_else(|| {
        Refusal::new(Code::PORTAL_GARBLED, "the portal's list of columns cannot be read").hint("try again")
    })?;
    let mut stages: Vec<(i64, Stage)> = rows.into_iter().filter_map(|row| one(row.as_object()?)).collect();
    stages.sort_by_key(|(sort, stage)| (*sort, stage.id));
    Ok(stages.into_iter().map(|(_, stage)| stage).collect())
}

fn one(row: &Map<String, Value>) -> Option<(i64, Stage)> {
    let stage = Stage {
        id: row.get("ID").and_then(wire::id)?,
        title: text(row, "TITLE").unwrap_or_default(),
        kind: text(row, "SYSTEM_TYPE").map(|kind| kind.to_lowercase()),
    };
    Some((row.get("SORT").and_then(wire::int).unwrap_or(0), stage))
}

/// The column that is meant. A refusal lists those of `whose`.
pub(in crate::tools) fn the_one<'a>(
    said: &Named,
    stages: &'a [Stage],
    whose: &str,
) -> Result<&'a Stage, Refusal> {
    let listed = |stages: &mut dyn Iterator<Item = &Stage>| {
        stages
            .take(20)
            .map(|stage| format!("{} {}", stage.id, shorten(&stage.title, 40)))
            .collect::<Vec<_>>()
            .join("; ")
    };
    match said.choose(stages, |stage| stage.id, |stage| &stage.title) {
        Choice::One(stage) => Ok(stage),
        Choice::Nothing => Err(Refusal::new(
            Code::NOT_FOUND,
            format!("{whose} has no column {said}; it has {}", listed(&mut stages.iter())),
        )
        .hint("take one of these, by id or title")),
        Choice::Several(several) => Err(Refusal::new(
            Code::AMBIGUOUS,
            format!("{whose} has several columns like {said}: {}", listed(&mut several.into_iter())),
        )
        .hint("ask which one is meant, then call again with the id")),
    }
}
