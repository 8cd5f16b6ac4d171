//! Answers to a model. A person asked for what is in them, so only configured secrets and addresses of webhooks go.

use b24_tools::Answer;
use serde_json::{Map, Value};

use super::{
    known,
    redactor::{Redactor, Rules},
};

/// An answer without what has to go, in its text and in its structure alike.
pub(crate) fn answer(mut answer: Answer) -> Answer {
    let redactor = known();
    clean(&redactor, &mut answer.text, Rules::Answer);
    if let Some(members) = &mut answer.structured {
        object(&redactor, members, Rules::Answer);
    }
    answer
}

/// Every text in a piece of JSON, of whatever is told about the server.
pub(crate) fn json(value: &mut Value) {
    tree(&known(), value, Rules::All);
}

fn tree(redactor: &Redactor, value: &mut Value, rules: Rules) {
    match value {
        Value::String(text) => clean(redactor, text, rules),
        Value::Array(items) => items.iter_mut().for_each(|item| tree(redactor, item, rules)),
        Value::Object(members) => object(redactor, members, rules),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Names of members are texts too: fields that people made have names that people gave.
fn object(redactor: &Redactor, members: &mut Map<String, Value>, rules: Rules) {
    let is_wrong = |name: &String| redactor.redacted(name.as_bytes(), rules).is_some();
    if members.keys().any(is_wrong) {
        let renamed = std::mem::take(members).into_iter().map(|(mut name, value)| {
            clean(redactor, &mut name, rules);
            (name, value)
        });
        *members = renamed.collect();
    }
    members.values_mut().for_each(|member| tree(redactor, member, rules));
}

fn clean(redactor: &Redactor, text: &mut String, rules: Rules) {
    if let Some(left) = redactor.redacted(text.as_bytes(), rules) {
        *text = String::from_utf8_lossy(&left).into_owned();
    }
}
