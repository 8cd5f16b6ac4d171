//! The legacy `task.*` classes bind parameters by order, not by name. An extra leading key shifts everything,
//! and the portal says so in `TASKS_ERROR_EXCEPTION_#256`.

use serde_json::{Map, Value};

use super::answer_v2::Refusal;
use super::lenient;
use super::params::{Params, as_map};

/// A class method that binds by order.
pub(crate) struct Signature {
    /// As the portal prints it: `ctaskcommentitem::getlist`.
    pub(crate) name: &'static str,
    pub(crate) slots: &'static [Slot],
}

/// One parameter of a signature.
pub(crate) struct Slot {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) required: bool,
}

/// What a slot accepts.
pub(crate) enum Kind {
    Integer,
    /// Whatever comes; the method looks at it.
    Any,
    /// An array with these keys, prefixes of filters included when allowed.
    Array {
        keys: &'static [&'static str],
        prefixes: &'static [&'static str],
    },
}

/// A required integer.
pub(crate) const fn integer(name: &'static str) -> Slot {
    Slot { name, kind: Kind::Integer, required: true }
}

/// A required array that may hold `keys`.
pub(crate) const fn fields(keys: &'static [&'static str]) -> Slot {
    Slot { name: "arFields", kind: Kind::Array { keys, prefixes: &[] }, required: true }
}

/// An optional array that may hold `keys`, each with one of `prefixes`.
pub(crate) const fn optional(
    name: &'static str,
    keys: &'static [&'static str],
    prefixes: &'static [&'static str],
) -> Slot {
    Slot { name, kind: Kind::Array { keys, prefixes }, required: false }
}

/// An optional value of any shape.
pub(crate) const fn any(name: &'static str) -> Slot {
    Slot { name, kind: Kind::Any, required: false }
}

/// The bound values, in the order of the slots.
#[derive(Debug)]
pub(crate) struct Bound(Vec<Value>);

impl Bound {
    pub(crate) fn int(&self, at: usize) -> i64 {
        self.0.get(at).and_then(lenient::int).unwrap_or(0)
    }

    pub(crate) fn id(&self, at: usize) -> u64 {
        u64::try_from(self.int(at)).unwrap_or(0)
    }

    pub(crate) fn array(&self, at: usize) -> Map<String, Value> {
        self.0.get(at).and_then(as_map).unwrap_or_default()
    }
}

/// Binds `params` to `signature` by order.
pub(crate) fn bind(signature: &Signature, params: &Params) -> Result<Bound, Refusal> {
    let given = in_order(params);
    let mut bound = Vec::with_capacity(signature.slots.len());
    for (at, slot) in signature.slots.iter().enumerate() {
        match given.get(at) {
            Some(value) => bound.push(check(signature, at, slot, value)?),
            None if slot.required => {
                let text = format!("expected by method {}(), but not given.", signature.name);
                return Err(wrong_arguments(at, slot.name, &text));
            }
            None => bound.push(Value::Null),
        }
    }
    Ok(Bound(bound))
}

/// Keys that are all numbers say the order themselves; otherwise it is the order they came in.
fn in_order(params: &Params) -> Vec<Value> {
    let mut pairs: Vec<(&String, &Value)> = params.as_map().iter().collect();
    if pairs.iter().all(|(key, _)| key.parse::<u32>().is_ok()) {
        pairs.sort_by_key(|(key, _)| key.parse::<u32>().unwrap_or(0));
    }
    pairs.into_iter().map(|(_, value)| value.clone()).collect()
}

fn check(signature: &Signature, at: usize, slot: &Slot, value: &Value) -> Result<Value, Refusal> {
    let mismatch = |expected: &str| {
        let text = format!(
            "for method {}() expected to be of type \"{expected}\", but given something else.",
            signature.name
        );
        wrong_arguments(at, slot.name, &text)
    };
    match slot.kind {
        Kind::Any => Ok(value.clone()),
        Kind::Integer => lenient::int(value).map(Value::from).ok_or_else(|| mismatch("integer")),
        Kind::Array { keys, prefixes } => {
            // PHP's empty query value stands for an empty array.
            let map = match value {
                Value::Null => Map::new(),
                Value::String(text) if text.is_empty() => Map::new(),
                other => as_map(other).ok_or_else(|| mismatch("array"))?,
            };
            if slot.required && map.is_empty() {
                let text = format!("expected by method {}(), but not given.", signature.name);
                return Err(wrong_arguments(at, slot.name, &text));
            }
            match map.keys().find(|key| !allowed(key, keys, prefixes)) {
                Some(key) => {
                    let text = format!("for method {}() must not contain key \"{key}\".", signature.name);
                    Err(wrong_arguments(at, slot.name, &text))
                }
                None => Ok(Value::Object(map)),
            }
        }
    }
}

fn allowed(key: &str, keys: &[&str], prefixes: &[&str]) -> bool {
    let bare = prefixes.iter().find_map(|prefix| key.strip_prefix(prefix)).unwrap_or(key);
    keys.contains(&bare)
}

fn wrong_arguments(at: usize, name: &str, text: &str) -> Refusal {
    Refusal::core(format!(
        "TASKS_ERROR_EXCEPTION_#256; Param #{at} ({name}) {text}; 256/TE/WRONG_ARGUMENTS<br>"
    ))
}
