//! `tasks.flow.Flow.*`: flows. Every refusal has the code 0 and words.

mod change;
mod describe;
mod write;

use super::Method;
use crate::wire::answer_v2::Refusal;

const SCOPES: &[&str] = &["task"];

pub(super) const METHODS: &[Method] = &[
    Method { name: "tasks.flow.flow.get", scopes: SCOPES, run: describe::get },
    Method { name: "tasks.flow.flow.isexists", scopes: SCOPES, run: describe::exists },
    Method { name: "tasks.flow.flow.create", scopes: SCOPES, run: change::create },
    Method { name: "tasks.flow.flow.update", scopes: SCOPES, run: change::update },
    Method { name: "tasks.flow.flow.delete", scopes: SCOPES, run: change::delete },
    Method { name: "tasks.flow.flow.activate", scopes: SCOPES, run: change::activate },
    Method { name: "tasks.flow.flow.pin", scopes: SCOPES, run: change::pin },
];

fn refused(words: impl Into<String>) -> Refusal {
    Refusal::new(400, "0", words)
}
