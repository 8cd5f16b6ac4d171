//! Stages of plans and boards.

use crate::portal_check::fact::{Family, fact, v2};
use crate::portal_check::want::{Kind, Want};

const GET: &str = "api-reference/tasks/stages/task-stages-get.md";
const MOVE: &str = "api-reference/tasks/stages/task-stages-can-move-task.md";

pub(crate) static FAMILY: Family = Family {
    name: "stages",
    scopes: &["task"],
    writes: false,
    facts: &[
        fact(
            "stages.mine",
            GET,
            "`task.stages.get` for 0 answers the caller's plan.",
            v2("task.stages.get", r#"{"entityId":0}"#),
            &[Want::Status(200), Want::Kind("/result", Kind::MapOrEmpty)],
        ),
        fact(
            "stages.row",
            GET,
            "A stage has an id and an order written as text, a title and a colour.",
            v2("task.stages.get", r#"{"entityId":0}"#),
            &[
                Want::Every("/result", "/ID", Kind::Digits),
                Want::Every("/result", "/TITLE", Kind::Text),
                Want::Every("/result", "/SORT", Kind::Digits),
                Want::Every("/result", "/COLOR", Kind::Words),
            ],
        ),
        fact(
            "stages.owner",
            GET,
            "A stage of a plan belongs to the caller.",
            v2("task.stages.get", r#"{"entityId":0}"#),
            &[
                Want::EveryIs("/result", "/ENTITY_ID", "\"<me>\""),
                Want::EveryIs("/result", "/ENTITY_TYPE", "\"U\""),
            ],
        ),
        fact(
            "stages.may-move",
            MOVE,
            "`task.stages.canmovetask` answers true or false.",
            v2("task.stages.canmovetask", r#"{"entityId":<me>,"entityType":"U"}"#),
            &[Want::Status(200), Want::Kind("/result", Kind::Flag)],
        ),
    ],
};
