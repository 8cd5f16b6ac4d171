//! Arguments: from what a model sent to a tool's typed question, or to a refusal it can act on.

mod called;
mod many;
mod person;
mod priority;
pub(crate) mod worktime;

pub(crate) use called::{Department, DepartmentRef, Group, GroupRef, Noun, Stage, StageRef};
pub(crate) use many::OneOrMany;
pub(crate) use person::PersonRef;
pub(crate) use priority::Priority;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::Refusal;

/// Reads arguments. A wrong one is named, with what the schema says about it.
pub(crate) fn read<T: DeserializeOwned>(
    arguments: Map<String, Value>,
    schema: &dyn Fn() -> Map<String, Value>,
) -> Result<T, Refusal> {
    // Nulls are what some clients send for "not given".
    let given: Map<String, Value> = arguments.into_iter().filter(|(_, value)| !value.is_null()).collect();
    let names: Vec<String> = given.keys().cloned().collect();
    serde_path_to_error::deserialize(Value::Object(given)).map_err(|error| {
        let path = error.path().to_string();
        let schema = schema();
        let known = schema.get("properties").and_then(Value::as_object);
        if let (Some(stranger), true) = (names.first(), known.is_none_or(Map::is_empty)) {
            return Refusal::invalid(format!("there is no argument `{}`", shorten(stranger, 60)))
                .hint("this tool takes no arguments: {}");
        }
        if let Some(stranger) =
            names.iter().find(|name| known.is_some_and(|known| !known.contains_key(*name)))
        {
            return unknown_argument(stranger, known.into_iter().flat_map(Map::keys));
        }
        let sentence = plain_words(&error.into_inner().to_string());
        let refusal = match path.as_str() {
            "." => Refusal::invalid(sentence),
            path => Refusal::invalid(format!("`{}`: {sentence}", shorten(path, 80))),
        };
        let top = path.split(['.', '[']).next().unwrap_or_default();
        match known.and_then(|known| known.get(top)) {
            Some(property) => {
                refusal.hint(format!("the schema of `{top}` is {}", shorten(&property.to_string(), 400)))
            }
            None => refusal.hint(required(&schema)),
        }
    })
}

fn unknown_argument<'a>(stranger: &str, known: impl Iterator<Item = &'a String> + Clone) -> Refusal {
    let refusal = Refusal::invalid(format!("there is no argument `{}`", shorten(stranger, 60)));
    match nearest(stranger, known.clone().map(String::as_str)) {
        Some(near) => refusal.hint(format!("did you mean `{near}`?")),
        None => refusal.hint(format!("the arguments are {}", known.cloned().collect::<Vec<_>>().join(", "))),
    }
}

fn required(schema: &Map<String, Value>) -> String {
    let words: Vec<&str> = schema
        .get("required")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    if words.is_empty() {
        "all arguments are optional".into()
    } else {
        format!("required: {}", words.join(", "))
    }
}

/// The nearest of `known`, if one is near enough to be what was meant.
pub(crate) fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    if word.chars().count() > 80 {
        return None;
    }
    let word = word.to_lowercase();
    known
        .map(|candidate| (strsim::jaro_winkler(&word, &candidate.to_lowercase()), candidate))
        .filter(|(score, _)| *score > 0.84)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}

/// Cuts text from outside to a length that a sentence can hold, without control characters.
pub(crate) fn shorten(text: &str, most: usize) -> String {
    let clean = crate::hygiene::clean(text);
    if clean.chars().count() <= most {
        return clean;
    }
    clean.chars().take(most).chain(['…']).collect()
}

/// The decoder speaks to programmers: of positions in a text that is gone, and of types of this language.
pub(crate) fn plain_words(message: &str) -> String {
    const WORDS: [(&str, &str); 10] = [
        ("expected u8", "expected a whole number from 0 to 255"),
        ("expected u32", "expected a whole number from 0 to 4294967295"),
        ("expected u64", "expected a whole number from 0"),
        ("expected i64", "expected a whole number"),
        ("expected a sequence", "expected a list"),
        ("expected a map", "expected an object"),
        ("expected a boolean", "expected true or false"),
        ("expected a string", "expected a text"),
        ("invalid type: map", "invalid type: object"),
        ("invalid type: sequence", "invalid type: list"),
    ];
    let message = message.rsplit_once(" at line ").map_or(message, |(head, _)| head);
    let plain = WORDS.iter().fold(message.to_owned(), |said, (rust, word)| said.replace(rust, word));
    shorten(&plain, 300)
}

#[cfg(test)]
mod tests {
    use b24_model::TaskId;
    use schemars::JsonSchema;
    use serde::Deserialize;
    use serde_json::json;

    use super::*;

    #[derive(Debug, Deserialize, JsonSchema)]
    #[serde(deny_unknown_fields, rename_all = "camelCase")]
    #[expect(dead_code, reason = "only the reading is of interest")]
    struct Ask {
        /// The task.
        task_id: TaskId,
        note: Option<String>,
    }

    fn refused(arguments: Value) -> String {
        let Value::Object(arguments) = arguments else { panic!("an object") };
        match read::<Ask>(arguments, &crate::schema::input::<Ask>) {
            Ok(ask) => format!("{ask:?}"),
            Err(refusal) => format!("{} | {}", refusal.message(), refusal.next_step().unwrap_or("-")),
        }
    }

    #[test]
    fn a_wrong_argument_is_named_with_its_schema() {
        insta::assert_snapshot!(refused(json!({ "taskId": "7" })));
        insta::assert_snapshot!(refused(json!({ "taskId": 0 })));
        insta::assert_snapshot!(refused(json!({ "taskId": 7, "note": {} })));
    }

    #[test]
    fn a_misspelt_argument_is_told_its_nearest_name() {
        insta::assert_snapshot!(refused(json!({ "taskID": 7 })));
        insta::assert_snapshot!(refused(json!({ "task_id": 7, "colour": 1 })));
    }

    #[test]
    fn a_missing_argument_is_named_and_null_counts_as_missing() {
        insta::assert_snapshot!(refused(json!({ "taskId": null })));
    }
}
