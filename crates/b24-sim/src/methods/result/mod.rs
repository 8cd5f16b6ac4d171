//! `tasks.task.result.*` in both dialects. Classic results are made of forum comments; those of REST 3.0 are
//! written, or made of messages of the task's chat.

mod classic;
mod v3;

use super::{Method, MethodV3};

const SCOPES: &[&str] = &["task"];
const SCOPES_V3: &[&str] = &["tasks"];

pub(super) const METHODS: &[Method] = &[
    Method { name: "tasks.task.result.list", scopes: SCOPES, run: classic::list },
    Method { name: "tasks.task.result.addfromcomment", scopes: SCOPES, run: classic::add },
    Method { name: "tasks.task.result.deletefromcomment", scopes: SCOPES, run: classic::delete },
];

pub(super) const METHODS_V3: &[MethodV3] = &[
    MethodV3 { name: "tasks.task.result.add", scopes: SCOPES_V3, writes: true, run: v3::add },
    MethodV3 {
        name: "tasks.task.result.addfromchatmessage",
        scopes: SCOPES_V3,
        writes: true,
        run: v3::add_from_message,
    },
    MethodV3 { name: "tasks.task.result.list", scopes: SCOPES_V3, writes: false, run: v3::list },
    MethodV3 { name: "tasks.task.result.update", scopes: SCOPES_V3, writes: true, run: v3::update },
    MethodV3 { name: "tasks.task.result.delete", scopes: SCOPES_V3, writes: true, run: v3::delete },
];
