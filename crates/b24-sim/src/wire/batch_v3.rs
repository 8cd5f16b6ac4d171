//! `batch` of REST 3.0: a JSON array of calls, in order, or the same array with its indices written out. The first that fails ends it, and its refusal is the whole
//! answer; what the calls before it wrote stays written.
//!
//! The documents describe the array and the order; that one failure takes the whole answer, and how later calls take
//! values from earlier results, is told by the official JS SDK. No document promises that earlier writes are undone, so
//! they are not: a client has to reckon with them.

use serde_json::{Map, Value, json};

use super::answer_v3::RefusalV3;
use super::execute::{Caller, admitted_v3, run_v3};
use super::time::Span;
use crate::portal::State;
use crate::settings::OperatingCharge;
use crate::traffic::SeenCommand;

/// More calls than this are refused as a whole.
const LIMIT: usize = 50;

/// One call: what it is referred to by, its method in lower case, its parameters before references are filled in.
struct Element {
    name: String,
    method: String,
    query: Value,
}

/// The calls of a body; `None` when it is no batch.
///
/// PHP makes no difference between a list and a map whose keys count from 0, and the official JS SDK sends the latter.
pub(super) fn calls(body: &Value) -> Option<Vec<&Value>> {
    match body {
        Value::Array(calls) => Some(calls.iter().collect()),
        Value::Object(map) => {
            let counts = map.keys().enumerate().all(|(at, key)| *key == at.to_string());
            counts.then(|| map.values().collect())
        }
        _ => None,
    }
}

/// The methods of a body, in lower case; none when it is no batch.
pub(super) fn methods(body: &Value) -> Vec<String> {
    calls(body)
        .unwrap_or_default()
        .into_iter()
        .filter_map(|element| element.get("method").and_then(Value::as_str))
        .map(str::to_ascii_lowercase)
        .collect()
}

/// What came of a batch, and what was seen of each call.
pub(super) struct Played {
    pub(super) outcome: Result<(Value, Span), RefusalV3>,
    pub(super) commands: Vec<SeenCommand>,
}

/// Runs the calls.
pub(super) fn play(state: &State, caller: &Caller, body: &Value) -> Played {
    let mut commands = Vec::new();
    let outcome = elements(body).and_then(|elements| in_order(state, caller, elements, &mut commands));
    Played { outcome, commands }
}

fn in_order(
    state: &State,
    caller: &Caller,
    elements: Vec<Element>,
    commands: &mut Vec<SeenCommand>,
) -> Result<(Value, Span), RefusalV3> {
    let start = state.clock.now();
    let mut results = Vec::with_capacity(elements.len());
    let mut context = Map::new();
    for element in elements {
        let mut ran = false;
        let filled = fill(&element.query, &context);
        let outcome = filled.clone().and_then(|query| {
            let method = admitted_v3(caller, &element.method)?;
            let book = match state.operating_charge {
                OperatingCharge::Inner => method.name,
                OperatingCharge::Outer => "batch",
            };
            let (result, _) = run_v3(state, caller, method, &query, book)?;
            ran = true;
            Ok(result)
        });
        commands.push(SeenCommand {
            key: element.name.clone(),
            method: element.method,
            params: filled.map_or(Value::Null, Value::Object),
            ran,
            error: outcome.as_ref().err().map(RefusalV3::code),
        });
        let result = outcome?;
        // Only what holds records can be referred to.
        if result.get("item").is_some() || result.get("items").is_some() {
            context.insert(element.name, result.clone());
        }
        results.push(result);
    }
    let span = Span { start, finish: state.clock.now(), spent: state.spent(caller.index, "batch", start) };
    Ok((json!(results), span))
}

/// The calls of a body, or the refusal of a body that is no list of calls.
fn elements(body: &Value) -> Result<Vec<Element>, RefusalV3> {
    let refused = || RefusalV3::invalid_select(body);
    let calls = calls(body).filter(|calls| calls.len() <= LIMIT);
    let calls = calls.ok_or_else(refused)?.into_iter().enumerate();
    calls
        .map(|(at, call)| {
            let method = call.get("method").and_then(Value::as_str).ok_or_else(refused)?;
            let name = match call.get("as") {
                None | Some(Value::Null) => at.to_string(),
                Some(name) => name.as_str().map(str::to_owned).ok_or_else(refused)?,
            };
            let query = match call.get("query") {
                None | Some(Value::Null) => json!({}),
                // PHP writes a map without keys like this.
                Some(Value::Array(none)) if none.is_empty() => json!({}),
                Some(query @ Value::Object(_)) => query.clone(),
                Some(_) => return Err(refused()),
            };
            Ok(Element { name, method: method.to_ascii_lowercase(), query })
        })
        .collect()
}

fn fill(query: &Value, context: &Map<String, Value>) -> Result<Map<String, Value>, RefusalV3> {
    match filled(query, context)? {
        Value::Object(map) => Ok(map),
        // The query as a whole was a reference.
        other => Err(RefusalV3::invalid_select(&other)),
    }
}

/// `value` with every `{"$ref": "name.path"}` and `{"$refArray": "name.field"}` in it replaced.
fn filled(value: &Value, context: &Map<String, Value>) -> Result<Value, RefusalV3> {
    match value {
        Value::Object(map) => {
            if let Some((key, path)) = map.iter().next().filter(|_| map.len() == 1)
                && matches!(key.as_str(), "$ref" | "$refArray")
            {
                let found = path.as_str().and_then(|path| match key.as_str() {
                    "$ref" => one(context, path),
                    _ => each(context, path),
                });
                return found.ok_or_else(|| RefusalV3::invalid_select(value));
            }
            let pairs = map.iter().map(|(key, value)| Ok((key.clone(), filled(value, context)?)));
            Ok(Value::Object(pairs.collect::<Result<_, RefusalV3>>()?))
        }
        Value::Array(items) => items.iter().map(|item| filled(item, context)).collect(),
        scalar => Ok(scalar.clone()),
    }
}

/// A value of an earlier result. `item` may be left out of the path: both spellings are told of.
fn one(context: &Map<String, Value>, path: &str) -> Option<Value> {
    let (name, rest) = path.split_once('.').unwrap_or((path, ""));
    let result = context.get(name)?;
    walk(result, rest).or_else(|| walk(result.get("item")?, rest)).cloned()
}

/// A field of every record of an earlier list.
fn each(context: &Map<String, Value>, path: &str) -> Option<Value> {
    let (name, field) = path.split_once('.')?;
    let items = context.get(name)?.get("items")?.as_array()?;
    items.iter().map(|item| walk(item, field).cloned()).collect()
}

fn walk<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.').filter(|step| !step.is_empty()).try_fold(value, |value, step| match value {
        Value::Object(map) => map.get(step),
        Value::Array(items) => items.get(step.parse::<usize>().ok()?),
        _ => None,
    })
}
