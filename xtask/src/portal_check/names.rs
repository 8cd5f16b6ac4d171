//! What facts know of the portal: who asks, a task that is there, what an earlier answer created. Written `<name>` in
//! a request or an expectation, and replaced as text.

use std::collections::BTreeMap;

use serde_json::Value;

/// Values by name, as they are written into a request.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names(BTreeMap<String, String>);

impl Names {
    #[cfg(test)]
    pub(crate) fn of(pairs: &[(&str, &str)]) -> Self {
        Self(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    /// Keeps a number or a text. Anything else, and nothing, is not kept.
    pub(crate) fn keep(&mut self, name: &str, value: Option<&Value>) {
        let text = match value {
            Some(Value::String(text)) if !text.is_empty() => text.clone(),
            Some(Value::Number(number)) => number.to_string(),
            _ => return,
        };
        self.0.insert(name.to_owned(), text);
    }

    /// Replaces every `<name>`. An unknown one is an error, in words for a report.
    pub(crate) fn fill(&self, text: &str) -> Result<String, String> {
        let mut filled = String::new();
        let mut rest = text;
        while let Some(start) = rest.find('<') {
            let (before, tail) = rest.split_at(start);
            filled.push_str(before);
            match named(tail) {
                Some(name) => {
                    filled.push_str(self.0.get(name).ok_or_else(|| format!("there is no `{name}` here"))?);
                    rest = &tail[name.len() + 2..];
                }
                None => {
                    filled.push('<');
                    rest = &tail[1..];
                }
            }
        }
        Ok(filled + rest)
    }
}

/// The name in `<name>…`. A comparison such as `<=DEADLINE` is none.
fn named(text: &str) -> Option<&str> {
    let name = &text[1..text.find('>')?];
    let is_name = !name.is_empty() && name.chars().all(|letter| letter.is_ascii_lowercase() || letter == '_');
    is_name.then_some(name)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn names_are_replaced_and_comparisons_are_not() {
        let names = Names::of(&[("me", "7"), ("task", "12")]);

        assert_eq!(names.fill(r#"{"id":<me>,"t":"<task>"}"#).as_deref(), Ok(r#"{"id":7,"t":"12"}"#));
        assert_eq!(
            names.fill(r#"{"<=ID":1,"<ID":2,">ID":3}"#).as_deref(),
            Ok(r#"{"<=ID":1,"<ID":2,">ID":3}"#)
        );
        assert_eq!(names.fill("<group>"), Err("there is no `group` here".to_owned()));
    }

    #[test]
    fn only_numbers_and_words_are_kept() {
        let mut names = Names::default();
        for (name, value) in
            [("a", json!(5)), ("b", json!("6")), ("c", json!([])), ("d", json!("")), ("e", json!(null))]
        {
            names.keep(name, Some(&value));
        }

        let kept: Vec<_> = ["a", "b", "c", "d", "e"]
            .iter()
            .filter(|name| names.fill(&format!("<{name}>")).is_ok())
            .collect();

        assert_eq!(kept, [&"a", &"b"]);
    }
}
