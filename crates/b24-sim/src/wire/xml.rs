//! The same tree in tags: `.xml` behind a classic method. Elements of a list are called `item`, as PHP's numeric keys
//! cannot be names.

use serde_json::Value;

use super::php;

/// The body of an answer or of a refusal, under `<response>`.
pub(super) fn write(body: Value) -> String {
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    element(&mut text, "response", &php::shape(body));
    text
}

fn element(text: &mut String, name: &str, value: &Value) {
    text.push('<');
    text.push_str(name);
    text.push('>');
    match value {
        Value::Array(items) => items.iter().for_each(|item| element(text, "item", item)),
        Value::Object(map) => {
            for (key, value) in map {
                element(text, &tag(key), value);
            }
        }
        // PHP's casts: true is 1, false and null are nothing.
        Value::Bool(true) => text.push('1'),
        Value::Bool(false) | Value::Null => {}
        Value::Number(number) => text.push_str(&number.to_string()),
        Value::String(words) => escape(text, words),
    }
    text.push_str("</");
    text.push_str(name);
    text.push('>');
}

/// A key as the name of a tag; what XML cannot hold in one becomes `_`.
fn tag(key: &str) -> String {
    if key.is_empty() || key.bytes().all(|byte| byte.is_ascii_digit()) {
        return String::from("item");
    }
    let mut name: String = key
        .chars()
        .map(|letter| match letter {
            '-' | '.' | '_' => letter,
            _ if letter.is_alphanumeric() => letter,
            _ => '_',
        })
        .collect();
    if !name.starts_with(|first: char| first.is_alphabetic() || first == '_') {
        name.insert(0, '_');
    }
    name
}

fn escape(text: &mut String, words: &str) {
    for letter in words.chars() {
        match letter {
            '&' => text.push_str("&amp;"),
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            '"' => text.push_str("&quot;"),
            // XML 1.0 has no way at all to write these.
            letter if letter.is_control() && !matches!(letter, '\n' | '\r' | '\t') => {}
            other => text.push(other),
        }
    }
}
