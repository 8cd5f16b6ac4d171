//! The answer to a batch, command by command.
//!
//! A failed command stands only in `result_error`; a `null` result may be left out of `result`, but has its time.
//! A command that stands nowhere is lost: that is an error of that command, never an empty answer.
//!
//! Not every portal gives the keys back: some write the results as a list. It is read by order only when it has a row
//! for each command and nothing failed; otherwise nobody can tell whose row is whose, and the commands are lost.

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
    result: Rows<'a>,
    error: Option<&'a Params>,
    total: Rows<'a>,
    next: Rows<'a>,
    time: Rows<'a>,
}

/// One thing of each command.
#[derive(Clone, Copy)]
enum Rows<'a> {
    Keyed(&'a Params),
    Ordered(&'a [Value]),
    None,
}

impl<'a> Rows<'a> {
    fn get(self, place: usize, key: &str) -> Option<&'a Value> {
        match self {
            Self::Keyed(map) => map.get(key),
            Self::Ordered(list) => list.get(place),
            Self::None => None,
        }
    }
}

impl<'a> Results<'a> {
    /// Reads the answer to `count` commands.
    pub(super) fn new(result: &'a Value, count: usize) -> Self {
        let map = |name: &str| result.get(name).and_then(wire::map);
        let failures = result.get("result_error");
        let all_done =
            failures.is_none_or(|errors| errors.is_null() || wire::map(errors).is_some_and(Params::is_empty));
        let rows = |name: &str| match result.get(name) {
            Some(Value::Array(list)) if list.len() == count && all_done => Rows::Ordered(list),
            Some(other) => wire::map(other).map_or(Rows::None, Rows::Keyed),
            None => Rows::None,
        };
        Self {
            result: rows("result"),
            error: map("result_error"),
            total: rows("result_total"),
            next: rows("result_next"),
            time: rows("result_time"),
        }
    }

    /// The row of the command at `place`, under `key`.
    pub(super) fn row(&self, place: usize, key: &str, method: &'static str) -> Row {
        if let Some(error) = self.error.and_then(|map| map.get(key)) {
            return failed(method, error);
        }
        let count =
            |rows: Rows<'_>| rows.get(place, key).and_then(wire::int).and_then(|n| u64::try_from(n).ok());
        let time = self.time.get(place, key);
        let result = match self.result.get(place, key) {
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
        told_of(answer, 10, 0, key)
    }

    fn told_of(answer: &Value, count: usize, place: usize, key: &str) -> String {
        match Results::new(answer, count).row(place, key, "tasks.task.get") {
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
    fn a_list_of_results_is_read_by_order_only_when_every_command_has_its_row() {
        let both = |answer: &Value| [0, 1].map(|place| told_of(answer, 2, place, "k"));
        let whole =
            json!({"result": ["a", "b"], "result_error": [], "result_total": [3, 4], "result_time": []});
        assert_eq!(
            both(&whole),
            ["\"a\" total=Some(3) next=None timed=false", "\"b\" total=Some(4) next=None timed=false"]
        );
        let short = json!({"result": ["a"], "result_error": []});
        let failed = json!({"result": ["a", "b"], "result_error": ["ERROR_CORE"]});
        let failed_elsewhere = json!({"result": ["a", "b"], "result_error": {"x": "ERROR_CORE"}});
        for answer in [short, failed, failed_elsewhere] {
            assert_eq!(both(&answer), ["lost", "lost"], "{answer}");
        }
    }

    #[test]
    fn an_answer_of_empty_lists_has_lost_every_command() {
        let answer = json!({"result": [], "result_error": [], "result_total": [], "result_next": [], "result_time": []});
        assert_eq!(told(&answer, "a"), "lost");
        assert_eq!(told(&json!("nonsense"), "a"), "lost");
    }
}
