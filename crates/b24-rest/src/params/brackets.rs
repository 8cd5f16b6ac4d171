//! PHP brackets: `fields[PHONE][0][VALUE]=…`, percent-encoded once. The language of commands inside a batch.
//!
//! Some values have no spelling in it, and PHP would change or drop them without a word. Those calls are not
//! encoded at all; they travel alone, as JSON.

use serde_json::Value;

use crate::Params;

/// PHP reads at most 1000 variables of one query and drops the rest (`max_input_vars`).
const MOST_VARIABLES: usize = 1000;
/// PHP reads brackets at most 64 deep (`max_input_nesting_level`).
const DEEPEST: usize = 64;

/// `params` as a query. `None` when PHP would not read back what JSON would have said:
///
/// - an empty list or map, which has no spelling;
/// - `null`, because `name=` is an empty text, and an empty text clears a field where `null` leaves it alone;
/// - a name that is empty, holds brackets or a zero byte, or (at the top) a dot or a blank, which PHP rewrites;
/// - more variables or deeper brackets than PHP reads.
pub(crate) fn encode(params: &Params) -> Option<String> {
    let mut query = Query { text: String::new(), variables: 0 };
    for (name, value) in params {
        if name.contains(['.', ' ']) {
            return None;
        }
        query.write(&escape(name)?, value, 1)?;
    }
    Some(query.text)
}

struct Query {
    text: String,
    variables: usize,
}

impl Query {
    fn write(&mut self, name: &str, value: &Value, depth: usize) -> Option<()> {
        match value {
            Value::Null => None,
            Value::Bool(flag) => self.push(name, if *flag { "1" } else { "0" }),
            Value::Number(number) => self.push(name, &number.to_string()),
            Value::String(text) => self.push(name, text),
            Value::Array(rows) if rows.is_empty() || depth == DEEPEST => None,
            Value::Object(map) if map.is_empty() || depth == DEEPEST => None,
            Value::Array(rows) => rows
                .iter()
                .enumerate()
                .try_for_each(|(place, row)| self.write(&format!("{name}[{place}]"), row, depth + 1)),
            Value::Object(map) => map.iter().try_for_each(|(key, inner)| {
                self.write(&format!("{name}[{}]", escape(key)?), inner, depth + 1)
            }),
        }
    }

    fn push(&mut self, name: &str, value: &str) -> Option<()> {
        self.variables += 1;
        if self.variables > MOST_VARIABLES {
            return None;
        }
        if !self.text.is_empty() {
            self.text.push('&');
        }
        self.text.push_str(name);
        self.text.push('=');
        self.text.extend(form_urlencoded::byte_serialize(value.as_bytes()));
        Some(())
    }
}

/// One name between brackets.
fn escape(name: &str) -> Option<String> {
    let legal = !name.is_empty() && !name.contains(['[', ']', '\0']);
    legal.then(|| form_urlencoded::byte_serialize(name.as_bytes()).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn encoded(value: Value) -> Option<String> {
        encode(value.as_object().expect("the tests give maps"))
    }

    #[test]
    fn nesting_becomes_brackets_and_every_value_is_escaped_once() {
        let query = encoded(json!({
            "taskId": 7,
            "fields": {"TITLE": "A & B = 50% + #1", "TAGS": ["ж", "x y"], "FLAG": true, "OFF": false, "RATE": 0.5},
            "filter": {">ID": 10, "!%NAME": "", "0": {"a": [[1]]}},
        }));
        insta::assert_snapshot!(query.expect("all of it has a spelling").replace('&', "\n&"), @r"
        taskId=7
        &fields[TITLE]=A+%26+B+%3D+50%25+%2B+%231
        &fields[TAGS][0]=%D0%B6
        &fields[TAGS][1]=x+y
        &fields[FLAG]=1
        &fields[OFF]=0
        &fields[RATE]=0.5
        &filter[%3EID]=10
        &filter[%21%25NAME]=
        &filter[0][a][0][0]=1
        ");
    }

    #[test]
    fn what_php_would_lose_is_not_encoded() {
        for value in [json!([]), json!({}), json!(null), json!([[]]), json!({"x": {"y": null}})] {
            assert_eq!(encoded(json!({"a": 1, "fields": value.clone()})), None, "{value}");
        }
        for name in ["", "a[b]", "a.b", "a b", "a\0"] {
            assert_eq!(encoded(json!({name: 1})), None, "{name:?}");
        }
        assert_eq!(encoded(json!({"ids": vec![1; 1001]})), None);
        let deep = (0..70).fold(json!(1), |inner, _| json!({"a": inner}));
        assert_eq!(encoded(json!({"a": deep})), None);
    }

    #[test]
    fn names_below_the_top_may_hold_what_php_only_rewrites_at_the_top() {
        assert_eq!(encoded(json!({"filter": {"a.b c": 1}})).as_deref(), Some("filter[a.b+c]=1"));
        assert_eq!(encoded(json!({})).as_deref(), Some(""));
    }

    /// What PHP's `parse_str` makes of a query: texts in maps, without a difference between lists and maps.
    fn parse_str(query: &str) -> Value {
        let mut all = json!({});
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = form_urlencoded::parse(pair.as_bytes()).next().expect("one pair");
            let keys = name.split('[').map(|key| key.trim_end_matches(']'));
            *keys.fold(&mut all, |inner, key| {
                if !inner.is_object() {
                    *inner = json!({});
                }
                &mut inner[key]
            }) = json!(value);
        }
        all
    }

    /// The same value, as PHP would hold it: every scalar a text, every list a map.
    fn as_php(value: &Value) -> Value {
        match value {
            Value::Bool(flag) => json!(if *flag { "1" } else { "0" }),
            Value::Array(rows) => {
                (0..).zip(rows).map(|(n, row): (usize, _)| (n.to_string(), as_php(row))).collect()
            }
            Value::Object(map) => map.iter().map(|(key, inner)| (key.clone(), as_php(inner))).collect(),
            Value::String(text) => json!(text),
            other => json!(other.to_string()),
        }
    }

    fn any_value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            ".{0,12}".prop_map(Value::from),
            "[&=+%#$\\[\\] ]{0,6}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 24, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 1..4).prop_map(Value::from),
                prop::collection::btree_map("[>!%A-Za-zж_0-9]{1,6}", inner, 1..4)
                    .prop_map(|map| map.into_iter().collect()),
            ]
        })
    }

    proptest! {
        #[test]
        fn php_reads_back_what_was_encoded(params in prop::collection::btree_map("[A-Za-z_]{1,8}", any_value(), 0..4)) {
            let params: Params = params.into_iter().collect();
            let query = encode(&params).expect("all of it has a spelling");
            prop_assert_eq!(parse_str(&query), as_php(&Value::Object(params)));
        }
    }
}
