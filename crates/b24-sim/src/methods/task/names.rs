//! The two spellings of a field: `RESPONSIBLE_ID` in requests, `responsibleId` in answers and also in requests.

use serde_json::{Map, Value};

/// The request spelling of a name in either form.
pub(super) fn upper(name: &str) -> String {
    if !name.chars().any(|letter| letter.is_ascii_lowercase()) {
        return name.to_owned();
    }
    if name.contains('_') {
        return name.to_ascii_uppercase();
    }
    let mut upper = String::with_capacity(name.len() + 4);
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !upper.is_empty() {
            upper.push('_');
        }
        upper.push(letter.to_ascii_uppercase());
    }
    upper
}

/// The answer spelling of a name in the request form.
pub(super) fn camel(name: &str) -> String {
    let mut camel = String::with_capacity(name.len());
    let mut raise = false;
    for letter in name.chars() {
        match letter {
            '_' => raise = true,
            letter if raise => {
                camel.push(letter.to_ascii_uppercase());
                raise = false;
            }
            letter => camel.push(letter.to_ascii_lowercase()),
        }
    }
    camel
}

/// A map with its keys in the request spelling.
pub(super) fn upper_keys(map: Map<String, Value>) -> Map<String, Value> {
    map.into_iter().map(|(key, value)| (upper(&key), value)).collect()
}
