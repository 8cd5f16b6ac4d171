//! Classic `batch`: up to fifty commands in order, each with its own fate, HTTP 200 whatever happens inside.

use serde_json::{Map, Value, json};

use super::answer_v2::{Answer, Refusal};
use super::execute::{Caller, admitted, run};
use super::params::{Params, as_map};
use super::time::Span;
use super::{brackets, lenient};
use crate::portal::State;
use crate::settings::OperatingCharge;
use crate::traffic::SeenCommand;

/// More commands than this are refused one by one.
const LIMIT: usize = 50;

/// A command as written: a method and its parameters before references are filled in.
pub(super) struct Command {
    pub(super) key: String,
    pub(super) method: String,
    params: Map<String, Value>,
}

/// The commands of `cmd`: a map or a list of `method?query`, or of `{method, params}`.
pub(super) fn commands(params: &Params) -> Vec<Command> {
    let cmd = params.get("cmd").and_then(as_map).unwrap_or_default();
    cmd.into_iter().map(|(key, value)| command(key, &value)).collect()
}

fn command(key: String, value: &Value) -> Command {
    let (method, params) = match value {
        Value::Object(map) => (
            map.get("method").and_then(lenient::text).unwrap_or_default(),
            map.get("params").and_then(as_map).unwrap_or_default(),
        ),
        other => {
            let text = lenient::text(other).unwrap_or_default();
            let (method, query) = text.split_once('?').unwrap_or((&text, ""));
            (method.to_owned(), brackets::parse(query.as_bytes()))
        }
    };
    let method = method.trim().trim_start_matches('/').to_ascii_lowercase();
    let method = method.strip_suffix(".json").map_or(method.clone(), str::to_owned);
    Command { key, method, params }
}

/// What a batch collected.
#[derive(Default)]
struct Collected {
    result: Map<String, Value>,
    error: Map<String, Value>,
    total: Map<String, Value>,
    next: Map<String, Value>,
    time: Map<String, Value>,
}

/// Runs the commands. Returns the answer of `batch` itself and what was seen of each command.
pub(super) fn answer(
    state: &State,
    caller: &Caller,
    params: &Params,
) -> Result<(Answer, Span, Vec<SeenCommand>), Refusal> {
    let start = state.clock.now();
    let outer = state.operating_charge == OperatingCharge::Outer;
    if outer && state.over_operating(caller.index, "batch", start) {
        return Err(Refusal::operation_time_limit());
    }
    let halt = params.yes("halt");
    let mut collected = Collected::default();
    let mut seen = Vec::new();
    for (at, command) in commands(params).into_iter().enumerate() {
        let filled = Params::new(fill(command.params, &collected.result));
        let outcome = one(state, caller, at, &command.method, &filled, outer);
        let error = outcome.as_ref().err().map(|refusal| refusal.code.to_string());
        seen.push(SeenCommand {
            key: command.key.clone(),
            method: command.method,
            params: Value::Object(filled.as_map().clone()),
            ran: error.as_deref().is_none_or(|code| !NEVER_RAN.contains(&code)),
            error,
        });
        let failed = outcome.is_err();
        collected.take(state, command.key, outcome);
        if failed && halt {
            break;
        }
    }
    let spent = state.spent(caller.index, "batch", start);
    Ok((collected.into_answer(), Span { start, finish: state.clock.now(), spent }, seen))
}

/// Codes a command ends with before its method is entered.
const NEVER_RAN: [&str; 6] = [
    "ERROR_METHOD_NOT_FOUND",
    "ERROR_BATCH_METHOD_NOT_ALLOWED",
    "ERROR_BATCH_LENGTH_EXCEEDED",
    "OPERATION_TIME_LIMIT",
    "insufficient_scope",
    "allowed_only_intranet_user",
];

fn one(
    state: &State,
    caller: &Caller,
    at: usize,
    method: &str,
    params: &Params,
    outer: bool,
) -> Result<(Answer, Span), Refusal> {
    if at >= LIMIT {
        return Err(Refusal::batch_too_long());
    }
    if method == "batch" {
        return Err(Refusal::not_for_batch());
    }
    let found = admitted(caller, method)?;
    run(state, caller, found, params, if outer { "batch" } else { found.name })
}

impl Collected {
    fn take(&mut self, state: &State, key: String, outcome: Result<(Answer, Span), Refusal>) {
        match outcome {
            Ok((answer, span)) => {
                if let Some(total) = answer.total {
                    self.total.insert(key.clone(), total.into());
                }
                if let Some(next) = answer.next {
                    self.next.insert(key.clone(), next.into());
                }
                self.time.insert(key.clone(), span.block(&state.zone));
                self.result.insert(key, answer.result);
            }
            Err(refusal) => {
                self.error.insert(key, refusal.body_in_batch(state.language));
            }
        }
    }

    fn into_answer(self) -> Answer {
        Answer::from(json!({
            "result": self.result,
            "result_error": self.error,
            "result_total": self.total,
            "result_next": self.next,
            "result_time": self.time,
        }))
    }
}

/// Fills `$result[key][field]` in every string from earlier results. It is plain text substitution: there is no
/// escape, and a reference to nothing becomes empty.
fn fill(params: Map<String, Value>, earlier: &Map<String, Value>) -> Map<String, Value> {
    params.into_iter().map(|(key, value)| (key, fill_value(value, earlier))).collect()
}

fn fill_value(value: Value, earlier: &Map<String, Value>) -> Value {
    match value {
        Value::String(text) => fill_text(&text, earlier),
        Value::Object(map) => Value::Object(fill(map, earlier)),
        Value::Array(items) => items.into_iter().map(|item| fill_value(item, earlier)).collect(),
        other => other,
    }
}

const MARK: &str = "$result[";

fn fill_text(text: &str, earlier: &Map<String, Value>) -> Value {
    let mut filled = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(MARK) {
        filled.push_str(&rest[..at]);
        let (path, after) = path(&rest[at + MARK.len() - 1..]);
        if path.is_empty() {
            filled.push_str(MARK);
            rest = &rest[at + MARK.len()..];
            continue;
        }
        let found = look_up(earlier, &path);
        // A value that is nothing but one reference takes over a whole array.
        if at == 0
            && after.is_empty()
            && filled.is_empty()
            && found.is_some_and(|v| v.is_array() || v.is_object())
        {
            return found.cloned().unwrap_or_default();
        }
        filled.push_str(&found.and_then(lenient::text).unwrap_or_default());
        rest = after;
    }
    filled.push_str(rest);
    Value::String(filled)
}

/// The steps of `[a][b]…` and what follows them.
fn path(text: &str) -> (Vec<&str>, &str) {
    let mut steps = Vec::new();
    let mut rest = text;
    while let Some(inner) = rest.strip_prefix('[') {
        let Some(close) = inner.find(']') else { break };
        steps.push(inner[..close].trim_matches(['\'', '"']));
        rest = &inner[close + 1..];
    }
    (steps, rest)
}

fn look_up<'a>(earlier: &'a Map<String, Value>, path: &[&str]) -> Option<&'a Value> {
    let (first, steps) = path.split_first()?;
    steps.iter().try_fold(earlier.get(*first)?, |value, step| match value {
        Value::Object(map) => map.get(*step),
        Value::Array(items) => items.get(step.parse::<usize>().ok()?),
        _ => None,
    })
}
