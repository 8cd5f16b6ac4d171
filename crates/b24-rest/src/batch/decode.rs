//! The answer to a batch, command by command.
//!
//! A failed command stands only in `result_error`; a `null` result may be left out of `result`, but has its time.
//! A command that stands nowhere is lost: that is an error of that command, never an empty answer.

use serde_json::{Value, json};

use crate::{Params, Reply, Timing, dialect, failure::Failure, wire};

/// What the answer says about one command.
pub(super) enum Row {
    Done(Reply),
    Failed(Failure),
    /// The portal does not let this method into a batch.
    NotAllowed,
    /// Nothing.
    Lost,
}

/// The five maps of an answer, by key. PHP writes each of them as `[]` when it is empty.
pub(super) struct Results<'a> {
    result: Option<&'a Params>,
    error: Option<&'a Params>,
    total: Option<&'a Params>,
    next: Option<&'a Params>,
    time: Option<&'a Params>,
}

impl<'a> Results<'a> {
    pub(super) fn new(result: &'a Value) -> Self {
        let map = |name: &str| result.get(name).and_then(wire::map);
        Self {
            result: map("result"),
            error: map("result_error"),
            total: map("result_total"),
            next: map("result_next"),
            time: map("result_time"),
        }
    }

    /// The row of the command under `key`.
    pub(super) fn row(&self, key: &str, method: &'static str) -> Row {
        if let Some(error) = self.error.and_then(|map| map.get(key)) {
            return failed(method, error);
        }
        let count =
            |map: Option<&Params>| map?.get(key).and_then(wire::int).and_then(|n| u64::try_from(n).ok());
        let time = self.time.and_then(|map| map.get(key));
        let result = match self.result.and_then(|map| map.get(key)) {
            Some(result) => result.clone(),
            None if time.is_some() => Value::Null,
            None => return Row::Lost,
        };
        Row::Done(Reply {
            result,
            total: count(self.total),
            next: count(self.next),
            time: Timing::read(time),
        })
    }
}

/// The error of one command: in either language, or a bare text.
fn failed(method: &'static str, error: &Value) -> Row {
    let wrapped;
    let envelope = match error {
        Value::Object(map) if map.contains_key("error") || map.contains_key("error_description") => map,
        // REST 3.0 shape without its envelope, or a bare code.
        other => {
            wrapped = json!({ "error": other });
            let Value::Object(map) = &wrapped else {
                return Row::Lost;
            };
            map
        }
    };
    let Some(refusal) = dialect::refusal(method, 200, envelope) else {
        return Row::Lost;
    };
    if refusal.code.is("ERROR_BATCH_METHOD_NOT_ALLOWED") {
        return Row::NotAllowed;
    }
    Row::Failed(Failure::from_refusal(refusal, None))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(answer: &Value, key: &str) -> String {
        match Results::new(answer).row(key, "tasks.task.get") {
            Row::Done(reply) => format!(
                "{} total={:?} next={:?} timed={}",
                reply.result,
                reply.total,
                reply.next,
                reply.time.is_some()
            ),
            Row::Failed(Failure::Refused(refusal)) => {
                format!("refused {:?} {:?}", refusal.code.as_str(), refusal.message)
            }
            Row::Failed(other) => format!("{other:?}"),
            Row::NotAllowed => "not allowed".to_owned(),
            Row::Lost => "lost".to_owned(),
        }
    }

    #[test]
    fn every_command_gets_its_own_row() {
        let answer = json!({
            "result": {"a": {"task": 1}, "b": null, "l": [1, 2]},
            "result_error": {
                "e": {"error": 100, "error_description": "Could not find <b>value</b>"},
                "s": "ERROR_CORE",
                "v": {"code": "BITRIX_REST_V3_EXCEPTION_X", "message": "no"},
                "n": {"error": "ERROR_BATCH_METHOD_NOT_ALLOWED"},
                "f": {"error": "", "error_description": ""},
            },
            "result_total": {"l": 120}, "result_next": {"l": "50"},
            "result_time": {"a": {"operating": 0.1}, "null": {"operating": 0}},
        });
        let table: Vec<_> = ["a", "b", "l", "null", "e", "s", "v", "n", "f", "nowhere"]
            .map(|key| format!("{key:<8}{}", told(&answer, key)))
            .into();
        insta::assert_snapshot!(table.join("\n"), @r#"
        a       {"task":1} total=None next=None timed=true
        b       null total=None next=None timed=false
        l       [1,2] total=Some(120) next=Some(50) timed=false
        null    null total=None next=None timed=true
        e       refused "100" "Could not find value"
        s       refused "ERROR_CORE" ""
        v       refused "BITRIX_REST_V3_EXCEPTION_X" "no"
        n       not allowed
        f       refused "" ""
        nowhere lost
        "#);
    }

    #[test]
    fn an_answer_of_empty_lists_has_lost_every_command() {
        let answer = json!({"result": [], "result_error": [], "result_total": [], "result_next": [], "result_time": []});
        assert_eq!(told(&answer, "a"), "lost");
        assert_eq!(told(&json!("nonsense"), "a"), "lost");
    }
}
