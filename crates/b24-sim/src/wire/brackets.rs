//! PHP's reading of `a[b][]=x`: how a query string or a form becomes a tree. Every value is a string.

use serde_json::{Map, Value};

/// PHP ignores variables nested deeper than this (`max_input_nesting_level`).
const DEPTH: usize = 64;

/// Reads `application/x-www-form-urlencoded` text into a PHP array.
pub(crate) fn parse(text: &[u8]) -> Map<String, Value> {
    let mut tree = Map::new();
    for (name, value) in form_urlencoded::parse(text) {
        insert(&mut tree, &name, Value::String(value.into_owned()));
    }
    tree
}

/// Puts `value` where a variable called `name` goes.
pub(crate) fn insert(tree: &mut Map<String, Value>, name: &str, value: Value) {
    let name = name.trim_start_matches(' ');
    let (top, steps) = split(name);
    if top.is_empty() || steps.len() > DEPTH {
        return;
    }
    let mut map = tree;
    let mut key = top;
    for step in steps {
        // A scalar in the way is replaced by an array, as in PHP.
        let slot = map.entry(key).or_insert_with(|| Value::Object(Map::new()));
        if !slot.is_object() {
            *slot = Value::Object(Map::new());
        }
        let Value::Object(inner) = slot else { return };
        key = step.unwrap_or_else(|| next_index(inner));
        map = inner;
    }
    map.insert(key, value);
}

/// The name before the first bracket, and one step for each bracket pair; `None` appends.
fn split(name: &str) -> (String, Vec<Option<String>>) {
    let Some(open) = name.find('[').filter(|at| *at > 0 && name[*at..].contains(']')) else {
        // PHP cannot hold dots, spaces and a lone bracket in a variable name.
        return (name.replace(['.', ' ', '['], "_"), Vec::new());
    };
    let top = name[..open].replace(['.', ' '], "_");
    let mut steps = Vec::new();
    let mut rest = &name[open..];
    while let Some(inner) = rest.strip_prefix('[') {
        let Some(close) = inner.find(']') else { break };
        let step = &inner[..close];
        steps.push((!step.is_empty()).then(|| step.to_owned()));
        rest = &inner[close + 1..];
    }
    (top, steps)
}

fn next_index(map: &Map<String, Value>) -> String {
    let last = map.keys().filter_map(|key| key.parse::<u64>().ok()).max();
    last.map_or(0, |last| last.saturating_add(1)).to_string()
}
