//! The door for tests written in other languages, under `/__sandbox/`: faults, traffic, the clock, what there is. It
//! opens to the token of this start alone, and never tells a secret.

use std::time::Duration;

use axum::http::request::Parts;
use serde_json::{Map, Value, json};
use subtle::ConstantTimeEq;

use super::reply::Reply;
use crate::faults::{FaultError, FaultRule};
use crate::portal::State;
use crate::world::moment;

/// Where the token is sent.
const TOKEN: &str = "x-sandbox-token";

/// A year; a clock set further by mistake could not be set back.
const FARTHEST: u64 = 366 * 24 * 3600;

pub(super) fn answer(state: &State, path: &str, parts: &Parts, body: &[u8]) -> Reply {
    let token = parts.headers.get(TOKEN).map(|token| token.as_bytes());
    if !token.is_some_and(|token| bool::from(token.ct_eq(state.admin_token.as_bytes()))) {
        return refused(401, "send the token this sandbox printed at its start as `X-Sandbox-Token`");
    }
    match (parts.method.as_str(), path) {
        ("GET", "faults") => Reply::json(200, json!({ "planned": planned(state) })),
        ("POST", "faults") => plan(state, body),
        ("DELETE", "faults") => {
            state.faults.clear();
            Reply::json(200, json!({ "planned": [] }))
        }
        ("GET", "traffic") => Reply::json(200, json!({ "traffic": state.traffic.all() })),
        ("DELETE", "traffic") => {
            state.traffic.clear();
            Reply::json(200, json!({ "traffic": [] }))
        }
        ("POST", "clock") => advance(state, body),
        ("GET", "state") => Reply::json(200, overview(state)),
        (_, "faults" | "traffic" | "clock" | "state") => refused(
            405,
            "use GET, POST or DELETE /__sandbox/faults, GET or DELETE /__sandbox/traffic, POST /__sandbox/clock, GET \
             /__sandbox/state",
        ),
        _ => refused(
            404,
            "there is /__sandbox/faults, /__sandbox/traffic, /__sandbox/clock and /__sandbox/state",
        ),
    }
}

/// Adds the rules of a text, one a line; none when one of them cannot be read.
fn plan(state: &State, body: &[u8]) -> Reply {
    let text = String::from_utf8_lossy(body);
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let rules: Result<Vec<FaultRule>, FaultError> = lines.map(str::parse).collect();
    match rules {
        Ok(rules) if rules.is_empty() => {
            refused(400, "write one rule a line: METHOD=FAULT, such as `tasks.task.add=drop-after*2`")
        }
        Ok(rules) => {
            rules.into_iter().for_each(|rule| state.faults.plan(rule));
            Reply::json(200, json!({ "planned": planned(state) }))
        }
        Err(error) => refused(400, &error.to_string()),
    }
}

fn planned(state: &State) -> Vec<String> {
    state.faults.planned().iter().map(FaultRule::to_string).collect()
}

/// `{"advance_s": 600}` sets the clock forward.
fn advance(state: &State, body: &[u8]) -> Reply {
    let asked = serde_json::from_slice::<Value>(body).ok();
    let seconds = asked.as_ref().and_then(|asked| asked.get("advance_s")).and_then(Value::as_u64);
    match seconds.filter(|seconds| *seconds <= FARTHEST) {
        Some(seconds) => {
            state.clock.advance(Duration::from_secs(seconds));
            Reply::json(200, json!({ "now": moment::iso(state.clock.now(), &state.zone) }))
        }
        None => refused(400, "write a number of seconds up to a year, such as {\"advance_s\": 600}"),
    }
}

/// How many records of each kind there are, and their ids.
fn overview(state: &State) -> Value {
    let world = serde_json::to_value(&*state.world()).unwrap_or_default();
    let mut counts = Map::new();
    let mut ids = Map::new();
    for (kind, records) in world.as_object().into_iter().flatten() {
        match records {
            Value::Object(map) if map.keys().all(|key| key.parse::<u64>().is_ok()) => {
                counts.insert(kind.clone(), map.len().into());
                let numbers = map.keys().filter_map(|key| key.parse::<u64>().ok());
                ids.insert(kind.clone(), numbers.collect());
            }
            Value::Array(list) => {
                counts.insert(kind.clone(), list.len().into());
            }
            _ => {}
        }
    }
    json!({
        "now": moment::iso(state.clock.now(), &state.zone),
        "language": state.language.to_string(),
        "webhooks": state.webhooks().len(),
        "faults": planned(state),
        "counts": counts,
        "ids": ids,
    })
}

fn refused(status: u16, text: &str) -> Reply {
    Reply::json(status, json!({ "error": text }))
}
