//! What each tool costs in `tools/list`.

use std::fmt::Write;

use super::vocabulary::Vocabulary;
use crate::catalogue::Tool;

/// How many of the dearest are named.
const NAMED: usize = 5;

/// What a view may cost.
#[derive(Clone, Copy)]
pub(super) enum Ceiling {
    /// This many tools.
    Tools(usize),
    /// This many tokens in all.
    Sum(usize),
    /// This many tokens a tool.
    Average(usize),
}

/// The ceilings, by view. The contract's names and schemas are given, so that view has none.
pub(super) const CEILINGS: [(&str, Ceiling); 3] =
    [("core", Ceiling::Tools(25)), ("core", Ceiling::Sum(5_000)), ("full", Ceiling::Average(180))];

impl Ceiling {
    pub(super) fn told(self) -> (&'static str, usize) {
        match self {
            Self::Tools(most) => ("tools", most),
            Self::Sum(most) => ("tokens in all", most),
            Self::Average(most) => ("tokens a tool", most),
        }
    }
}

/// What one tool costs.
pub(super) struct Price {
    pub(super) name: String,
    pub(super) tokens: usize,
}

/// Counts what a model is shown of each tool.
pub(super) fn of(tools: &[Tool], vocabulary: &Vocabulary) -> Result<Vec<Price>, String> {
    let mut prices = Vec::new();
    for tool in tools {
        let tokens = vocabulary.count(&tool.listed()?);
        prices.push(Price { name: tool.name().to_owned(), tokens });
    }
    prices.sort_by(|a, b| b.tokens.cmp(&a.tokens).then_with(|| a.name.cmp(&b.name)));
    Ok(prices)
}

/// A view as a table, the dearest first.
pub(super) fn table(view: &str, prices: &[Price]) -> String {
    let all: usize = prices.iter().map(|price| price.tokens).sum();
    let mut text = format!("{view}\n");
    for price in prices {
        let _ = writeln!(text, "  {:<44} {:>6}", price.name, price.tokens);
    }
    let average = all.div_ceil(prices.len().max(1));
    let _ = writeln!(text, "  {:<44} {all:>6}  {average} a tool", format!("{} tools", prices.len()));
    text
}

/// The dearest tools, in words.
pub(super) fn worst(prices: &[Price]) -> String {
    let named: Vec<_> =
        prices.iter().take(NAMED).map(|price| format!("{} {}", price.name, price.tokens)).collect();
    named.join(", ")
}
