//! Answers cut to a length that a model can take. What was cut is said, with the way to the rest.

use serde_json::{Map, Value, json};

use super::budget::tokens_at_most;
use crate::tool::Rows;

/// The member that tells what was cut.
const CUT: &str = "cut";
/// How texts and lists are shortened, from the mildest to the harshest: characters of a text, members of a list.
const STEPS: [(usize, usize); 7] =
    [(8_000, 400), (4_000, 100), (2_000, 50), (1_000, 20), (500, 10), (200, 5), (80, 2)];

/// How long an answer may be, and where its rows are.
pub(super) struct Fit {
    /// The most tokens.
    pub(super) most: usize,
    /// The member that holds the rows, in the form that is told.
    pub(super) member: Option<&'static str>,
    pub(super) rows: Option<Rows>,
    /// The row that the question began with.
    pub(super) start: u64,
}

impl Fit {
    /// Cuts the answer until it fits, and returns its text.
    pub(super) fn cut(&self, answer: &mut Map<String, Value>) -> String {
        let text = text(answer);
        if tokens_at_most(&text) <= self.most {
            return text;
        }
        if let Some(told) = self.fewer_rows(answer) {
            return told;
        }
        for (letters, members) in STEPS {
            let mut said = Vec::new();
            let mut short = answer.clone();
            for (name, value) in &mut short {
                shorten(name, value, letters, members, &mut said);
            }
            said.truncate(20);
            short.insert(CUT.into(), said.into_iter().map(Value::from).collect());
            let told = self::text(&short);
            if tokens_at_most(&told) <= self.most {
                *answer = short;
                return told;
            }
        }
        // Nothing that was read is that deep and that wide; an answer that says so is better than none.
        answer.retain(|_, value| !value.is_array() && !value.is_object());
        answer.insert(CUT.into(), json!(["everything but the plain values: the answer was too long"]));
        self::text(answer)
    }

    /// As many rows as fit, if one does.
    fn fewer_rows(&self, answer: &mut Map<String, Value>) -> Option<String> {
        let (member, rows) = (self.member?, self.rows?);
        let all = answer.get(member)?.as_array()?.clone();
        let with = |count: usize| {
            let mut short = answer.clone();
            short.insert(member.into(), Value::Array(all[..count].to_vec()));
            if short.contains_key("returned") {
                short.insert("returned".into(), count.into());
            }
            let next = self.start + u64::try_from(count).unwrap_or(u64::MAX);
            let said = match rows.start {
                Some(argument) => {
                    short.insert("nextStart".into(), next.into());
                    format!("{count} of {} rows are shown; the rest with `{argument}`: {next}", all.len())
                }
                None => format!("{count} of {} rows are shown; ask for less to see the others", all.len()),
            };
            short.insert(CUT.into(), json!([said]));
            short
        };
        let fits = |count: &usize| tokens_at_most(&text(&with(*count))) <= self.most;
        // Rows differ in length, but more of them are never shorter: the border is found by halving.
        let (mut fitting, mut too_many) = (0, all.len());
        while too_many - fitting > 1 {
            let middle = usize::midpoint(fitting, too_many);
            if fits(&middle) { fitting = middle } else { too_many = middle }
        }
        let short = (fitting > 0).then(|| with(fitting))?;
        *answer = short;
        Some(text(answer))
    }
}

fn text(answer: &Map<String, Value>) -> String {
    serde_json::to_string(answer).unwrap_or_default()
}

/// Shortens texts and lists, however deep, and says which.
fn shorten(path: &str, value: &mut Value, letters: usize, members: usize, said: &mut Vec<String>) {
    match value {
        Value::String(text) => {
            let count = text.chars().count();
            if count > letters {
                *text = text.chars().take(letters).chain(['…']).collect();
                said.push(format!("{path}: {letters} of {count} characters"));
            }
        }
        Value::Array(list) => {
            if list.len() > members {
                said.push(format!("{path}: {members} of {} entries", list.len()));
                keep(list, members);
            }
            for (index, value) in list.iter_mut().enumerate() {
                shorten(&format!("{path}[{index}]"), value, letters, members, said);
            }
        }
        Value::Object(map) => {
            for (name, value) in map.iter_mut() {
                shorten(&format!("{path}.{name}"), value, letters, members, said);
            }
        }
        _ => {}
    }
}

/// Keeps so many entries in their order. What went wrong is kept before what went well: it is what is acted on.
fn keep(list: &mut Vec<Value>, members: usize) {
    let failed = |value: &Value| value.get("ok") == Some(&Value::Bool(false));
    let bad = list.iter().filter(|value| failed(value)).count().min(members);
    let (mut bad, mut good) = (bad, members - bad);
    list.retain(|value| {
        let room = if failed(value) { &mut bad } else { &mut good };
        let stays = *room > 0;
        *room -= usize::from(stays);
        stays
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROWS: Rows = Rows { member: "tasks", start: Some("start") };

    fn cut(most: usize, rows: Option<Rows>, answer: Value) -> Value {
        let Value::Object(mut answer) = answer else { panic!("an object") };
        let fit = Fit { most, member: rows.map(|rows| rows.member), rows, start: 50 };
        let told = fit.cut(&mut answer);
        assert!(tokens_at_most(&told) <= most);
        assert_eq!(told, Value::Object(answer.clone()).to_string());
        Value::Object(answer)
    }

    #[test]
    fn what_fits_is_not_touched() {
        let answer = json!({ "id": 1, "tasks": [{ "id": 2 }] });
        assert_eq!(cut(100, Some(ROWS), answer.clone()), answer);
    }

    #[test]
    fn rows_are_cut_from_the_end_and_the_next_call_is_named() {
        let tasks: Vec<Value> = (0..50).map(|id| json!({ "id": id, "title": "Отчёт" })).collect();
        let told = cut(200, Some(ROWS), json!({ "total": 90, "returned": 50, "tasks": tasks }));
        let shown = told["tasks"].as_array().map_or(0, Vec::len);
        assert_eq!(told["returned"], shown);
        assert_eq!(told["nextStart"], 50 + shown);
        assert_eq!(
            told["cut"][0],
            format!("{shown} of 50 rows are shown; the rest with `start`: {}", 50 + shown)
        );
    }

    #[test]
    fn long_texts_and_lists_are_shortened_where_they_are_and_named() {
        let told = cut(
            2_000,
            None,
            json!({ "id": 1, "description": "д".repeat(30_000), "comments": vec![json!({ "text": "ok" }); 300] }),
        );
        insta::assert_json_snapshot!(told["cut"], @r#"
        [
          "description: 1000 of 30000 characters",
          "comments: 20 of 300 entries"
        ]
        "#);
    }

    #[test]
    fn of_a_long_batch_what_failed_is_kept() {
        let row = |id: u64| json!({ "taskId": id, "ok": !id.is_multiple_of(100), "error": "the portal did not allow it" });
        let told =
            cut(2_000, None, json!({ "batch": true, "results": (1..=300).map(row).collect::<Vec<_>>() }));
        let ids: Vec<u64> = told["results"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|row| row["ok"] == false)
            .filter_map(|row| row["taskId"].as_u64())
            .collect();
        assert_eq!(ids, [100, 200, 300]);
    }

    #[test]
    fn one_row_that_is_too_long_is_shortened_itself() {
        let told =
            cut(2_000, Some(ROWS), json!({ "returned": 1, "tasks": [{ "text": "x".repeat(50_000) }] }));
        assert_eq!(told["cut"][0], "tasks[0].text: 2000 of 50000 characters");
    }
}
