//! Columns: of a group's board, and of the acting person's own planner.

pub mod list;

use b24_model::{Method, effect::Read};
use b24_rest::{CallError, Reply, methods::stage, wire};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::{
    Code, Refusal,
    directory::named::{self, Choice, Named},
    input::{self, StageRef, shorten},
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

/// The column that is meant, if exactly one is.
pub(in crate::tools) fn find<'a>(said: &StageRef, stages: &'a [Stage]) -> Option<&'a Stage> {
    the_one(said, stages, "").ok()
}

/// The column that is meant. A refusal lists those of `whose`.
pub(in crate::tools) fn the_one<'a>(
    said: &StageRef,
    stages: &'a [Stage],
    whose: &str,
) -> Result<&'a Stage, Refusal> {
    let by_id = |wanted: u64| stages.iter().find(|stage| stage.id == wanted);
    let none = |said: String| {
        let all: Vec<String> = stages
            .iter()
            .take(20)
            .map(|stage| format!("{} {}", stage.id, shorten(&stage.title, 40)))
            .collect();
        Refusal::new(Code::NOT_FOUND, format!("{whose} has no column {said}; it has {}", all.join("; ")))
            .hint("take one of these, by id or title")
    };
    match said {
        StageRef::Id(id, _) => by_id(*id).ok_or_else(|| none(id.to_string())),
        StageRef::Name(name) => {
            let named = |stage: &Stage| Named { id: stage.id, name: stage.title.clone() };
            let all: Vec<Named> = stages.iter().map(named).collect();
            match named::choose(name, &all) {
                Choice::One(one) => by_id(one.id).ok_or_else(|| Refusal::internal(&"a column is gone")),
                Choice::Several(several) => Err(named::ambiguous::<input::Stage>(name, &several)),
                Choice::Nobody => Err(none(format!("\"{}\"", shorten(name, 60)))),
            }
        }
    }
}
