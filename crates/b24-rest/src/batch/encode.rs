//! The body of a batch: commands under keys that nobody can guess.
//!
//! A key that could be guessed would let a text in one caller's command reach into the result of another's.

use serde_json::{Value, json};

use super::chunk::Rider;
use crate::Params;

/// `count` keys of one batch: the same random beginning, and the place. `None` without a source of chance.
pub(super) fn keys(count: usize) -> Option<Vec<String>> {
    let chance = getrandom::u64().ok()?;
    let keys = (0..count).map(|place| format!("k{chance:016x}n{place}"));
    Some(keys.collect())
}

/// The body. A failed command does not stop the others (`halt` 0).
pub(super) fn envelope(keys: &[String], riders: &[&Rider]) -> Vec<u8> {
    let commands =
        keys.iter().zip(riders).map(|(key, rider)| (key.clone(), Value::from(rider.command.as_str())));
    json!({ "halt": 0, "cmd": commands.collect::<Params>() }).to_string().into_bytes()
}
