//! What fifty tasks cost in an answer. The portal in the box is asked, with worlds of several seeds: one may be lucky.

use std::path::Path;

use serde_json::Value;

use super::{Gate, vocabulary::Vocabulary};
use crate::{catalogue, step};

/// A page of tasks, by view: the core view tells it as a table, the contract's as objects.
const CEILINGS: [(&str, usize); 2] = [("core", 2_500), ("contract", 3_800)];
const SEEDS: [&str; 3] = ["1", "2", "3"];
const TASKS: u64 = 50;

/// Asks for fifty tasks in each view. The worst world counts.
pub(super) fn measure(program: &Path, vocabulary: &Vocabulary) -> Result<Vec<Gate>, String> {
    let mut gates = Vec::new();
    for (view, ceiling) in CEILINGS {
        let mut counted = Vec::new();
        for seed in SEEDS {
            let answer = ask(program, view, seed)?;
            counted.push((vocabulary.count(&answer), seed));
        }
        let (measured, seed) = counted.into_iter().max().unwrap_or_default();
        gates.push(Gate {
            what: format!("{view}: {TASKS} tasks in an answer"),
            measured,
            ceiling,
            worst: format!("b24_task_list in the sandbox of --seed {seed}"),
        });
    }
    Ok(gates)
}

fn ask(program: &Path, view: &str, seed: &str) -> Result<String, String> {
    let args = ["call", "b24_task_list", "{}", "--sandbox", "--tasks", "120", "--view", view, "--seed", seed];
    let answer = step::output(catalogue::alone(program).args(args))?;
    let told: Value =
        serde_json::from_str(&answer).map_err(|e| format!("the answer of b24_task_list is no JSON: {e}"))?;
    // A short answer would cost little and prove nothing.
    if told["returned"] != TASKS {
        return Err(format!("b24_task_list told {} tasks and not {TASKS}", told["returned"]));
    }
    Ok(answer.trim_end().to_owned())
}
