//! Which calls ride together, and which go alone.

use serde_json::Value;

use crate::{
    Call, CallError, Params,
    params::{self, brackets},
};

/// Commands in one batch. The portal refuses those beyond it.
pub(super) const SIZE: usize = 50;

/// A call that may ride: its place among the calls, and its command.
pub(super) struct Rider {
    pub(super) place: usize,
    pub(super) command: String,
}

/// What becomes of each call. Places are those in the list that was given.
pub(super) struct Plan {
    pub(super) riders: Vec<Rider>,
    pub(super) alone: Vec<usize>,
    pub(super) refused: Vec<(usize, CallError)>,
}

/// Sorts calls into those that ride, those that go alone, and those that cannot be made at all.
pub(super) fn plan(calls: &[Call]) -> Plan {
    let mut plan = Plan { riders: Vec::new(), alone: Vec::new(), refused: Vec::new() };
    for (place, call) in calls.iter().enumerate() {
        match command(call) {
            Ok(Some(command)) => plan.riders.push(Rider { place, command }),
            Ok(None) => plan.alone.push(place),
            Err(error) => plan.refused.push((place, error)),
        }
    }
    plan
}

/// The command for `call`; `None` when it has to go alone.
fn command(call: &Call) -> Result<Option<String>, CallError> {
    let params = params::placed(call)?;
    if !call.may_ride() || refers(&params) {
        return Ok(None);
    }
    let name = call.facts().name;
    Ok(brackets::encode(&params)
        .map(|query| if query.is_empty() { name.to_owned() } else { format!("{name}?{query}") }))
}

/// Whether any text could be taken for a reference to another command's result.
///
/// The portal replaces `$result[key]` in the text of a command, and knows no escape. A name `$result` becomes such a
/// text once its brackets follow it. The case is ignored, because how the portal looks for it is not documented.
fn refers(params: &Params) -> bool {
    fn inside(value: &Value) -> bool {
        match value {
            Value::String(text) => holds(text, "$result["),
            Value::Array(rows) => rows.iter().any(inside),
            Value::Object(map) => refers(map),
            _ => false,
        }
    }
    params.iter().any(|(name, value)| holds(name, "$result") || inside(value))
}

fn holds(text: &str, needle: &str) -> bool {
    text.contains('$') && text.to_ascii_lowercase().contains(needle)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::methods;

    fn told(call: &Call) -> String {
        match command(call) {
            Ok(Some(command)) => format!("rides: {command}"),
            Ok(None) => "goes alone".to_owned(),
            Err(error) => format!("refused: {error}"),
        }
    }

    fn params(value: Value) -> Params {
        value.as_object().cloned().expect("the tests give maps")
    }

    #[test]
    fn a_text_that_the_portal_would_replace_never_rides() {
        let add = |fields: Value| told(&Call::new(&methods::task::ADD, params(json!({ "fields": fields }))));
        assert_eq!(
            add(json!({"TITLE": "costs $results"})),
            "rides: tasks.task.add?fields[TITLE]=costs+%24results"
        );
        for fields in [
            json!({"TITLE": "see $result[a][ID]"}),
            json!({"TITLE": "$RESULT[a]"}),
            json!({"TAGS": ["ok", "x$result[y"]}),
            json!({"$result": {"a": 1}}),
            json!({"x": {"$result[a]": 1}}),
        ] {
            assert_eq!(add(fields.clone()), "goes alone", "{fields}");
        }
    }

    #[test]
    fn a_call_that_a_batch_cannot_carry_goes_alone() {
        assert_eq!(told(&Call::new(&methods::task_v3::GET, params(json!({"id": 1})))), "goes alone");
        assert_eq!(
            told(&Call::new(&methods::task::UPDATE, params(json!({"fields": {"TAGS": []}})))),
            "goes alone"
        );
        assert_eq!(told(&Call::new(&methods::system::PROFILE, Params::new())), "rides: profile");
    }

    #[test]
    fn positional_parameters_ride_by_their_positions() {
        let call = |given: Value| told(&Call::new(&methods::comment::ADD, params(given)));
        assert_eq!(
            call(json!({"FIELDS": {"POST_MESSAGE": "да & нет"}, "TASKID": 7})),
            "rides: task.commentitem.add?0=7&1[POST_MESSAGE]=%D0%B4%D0%B0+%26+%D0%BD%D0%B5%D1%82"
        );
        assert_eq!(
            call(json!({"FIELDS": {"POST_MESSAGE": "x"}})),
            "refused: `task.commentitem.add` cannot be called like this: `TASKID` is missing; parameters are read by position: `TASKID`, `FIELDS`"
        );
    }
}
