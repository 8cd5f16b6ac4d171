//! BM25: how well the words of a question fit the words of a document, rare words counting more.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::words;
use crate::catalogue::Tool;

/// The usual constants.
const SATURATION: f64 = 1.2;
const LENGTH: f64 = 0.75;

/// How often a word of each part counts.
const NAME: f64 = 3.0;
const TITLE: f64 = 2.0;
const DESCRIPTION: f64 = 1.0;
const ARGUMENTS: f64 = 0.5;

/// The words of the tools.
pub(super) struct Index {
    documents: Vec<BTreeMap<String, f64>>,
    /// In how many documents each word stands.
    spread: BTreeMap<String, usize>,
    average: f64,
}

impl Index {
    /// Takes the tools by their own words.
    pub(super) fn of(tools: &[Tool]) -> Self {
        Self::new(tools.iter().map(document).collect())
    }

    #[expect(clippy::cast_precision_loss, reason = "there are few tools")]
    fn new(documents: Vec<BTreeMap<String, f64>>) -> Self {
        let mut spread = BTreeMap::new();
        for word in documents.iter().flat_map(BTreeMap::keys) {
            *spread.entry(word.clone()).or_insert(0) += 1;
        }
        let all: f64 = documents.iter().flat_map(BTreeMap::values).sum();
        let average = all / documents.len().max(1) as f64;
        Self { documents, spread, average }
    }

    /// The places of the tools that share a word with the question, the best first; equals stay in their order.
    pub(super) fn rank(&self, question: &str) -> Vec<usize> {
        let asked: BTreeSet<String> = words::of(question).into_iter().collect();
        let mut scored: Vec<(f64, usize)> = self
            .documents
            .iter()
            .enumerate()
            .map(|(place, document)| (asked.iter().map(|word| self.score(document, word)).sum(), place))
            .filter(|(score, _)| *score > 0.0)
            .collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        scored.into_iter().map(|(_, place)| place).collect()
    }

    #[expect(clippy::cast_precision_loss, reason = "there are few tools")]
    fn score(&self, document: &BTreeMap<String, f64>, word: &str) -> f64 {
        let Some(times) = document.get(word) else { return 0.0 };
        let (all, with) =
            (self.documents.len() as f64, self.spread.get(word).copied().unwrap_or_default() as f64);
        let rarity = ((all - with + 0.5) / (with + 0.5)).ln_1p();
        let length = document.values().sum::<f64>() / self.average;
        rarity * times * (SATURATION + 1.0) / (times + SATURATION * (1.0 - LENGTH + LENGTH * length))
    }
}

fn document(tool: &Tool) -> BTreeMap<String, f64> {
    let mut document = BTreeMap::new();
    let mut add = |text: &str, weight: f64| {
        for word in words::of(text) {
            *document.entry(word).or_insert(0.0) += weight;
        }
    };
    add(tool.name(), NAME);
    add(tool.text("title"), TITLE);
    add(tool.text("description"), DESCRIPTION);
    arguments(tool.input(), &mut |text| add(text, ARGUMENTS));
    document
}

/// Names, words and descriptions of arguments, however deep they stand.
fn arguments(schema: &Value, add: &mut impl FnMut(&str)) {
    match schema {
        Value::Object(members) => {
            for (key, value) in members {
                match (key.as_str(), value) {
                    ("description", Value::String(text)) => add(text),
                    ("enum", Value::Array(words)) => {
                        words.iter().filter_map(Value::as_str).for_each(&mut *add)
                    }
                    ("properties", Value::Object(named)) => {
                        for (name, schema) in named {
                            add(name);
                            arguments(schema, add);
                        }
                    }
                    _ => arguments(value, add),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| arguments(item, add)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rare_word_counts_more_than_one_that_all_share() {
        let document = |text: &str| words::of(text).into_iter().map(|word| (word, 1.0)).collect();
        let index = Index::new(vec![document("task list"), document("task comment"), document("person")]);

        assert_eq!(index.rank("comment of a task"), [1, 0]);
        assert_eq!(index.rank("nothing of the kind"), [0_usize; 0]);
    }
}
