//! What was found, for people and for programs.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::fact::Fact;

/// What became of one fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Held,
    Failed { expected: String, got: String },
    Skipped(String),
}

/// One fact and its outcome.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) family: &'static str,
    pub(crate) fact: &'static Fact,
    pub(crate) outcome: Outcome,
}

/// All of them, in the order they were asked in.
#[derive(Debug, Default)]
pub(crate) struct Report {
    pub(crate) rows: Vec<Row>,
    /// How many requests it took.
    pub(crate) requests: usize,
}

impl Report {
    pub(crate) fn failed(&self) -> usize {
        self.count(|outcome| matches!(outcome, Outcome::Failed { .. }))
    }

    pub(crate) fn held(&self) -> usize {
        self.count(|outcome| *outcome == Outcome::Held)
    }

    fn skipped(&self) -> usize {
        self.count(|outcome| matches!(outcome, Outcome::Skipped(_)))
    }

    fn count(&self, of: impl Fn(&Outcome) -> bool) -> usize {
        self.rows.iter().filter(|row| of(&row.outcome)).count()
    }

    /// One line for each failed fact, a table of the families, and the closing line.
    pub(crate) fn text(&self) -> String {
        let mut lines = Vec::new();
        for row in &self.rows {
            if let Outcome::Failed { expected, got } = &row.outcome {
                let Fact { id, says, page, .. } = row.fact;
                lines.push(format!("FAIL {id}: {says} expected: {expected}; got: {got} ({page})"));
            }
        }
        lines.push(format!("{:<14} {:>5} {:>6} {:>7}", "family", "held", "failed", "skipped"));
        for (family, [held, failed, skipped]) in self.families() {
            lines.push(format!("{family:<14} {held:>5} {failed:>6} {skipped:>7}"));
        }
        lines.push(self.closing());
        lines.join("\n")
    }

    /// In the order in which the families first came.
    fn families(&self) -> Vec<(&'static str, [usize; 3])> {
        let mut families: Vec<(&'static str, [usize; 3])> = Vec::new();
        for row in &self.rows {
            let at = families.iter().position(|(family, _)| *family == row.family).unwrap_or_else(|| {
                families.push((row.family, [0; 3]));
                families.len() - 1
            });
            let column = match row.outcome {
                Outcome::Held => 0,
                Outcome::Failed { .. } => 1,
                Outcome::Skipped(_) => 2,
            };
            families[at].1[column] += 1;
        }
        families
    }

    fn closing(&self) -> String {
        let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
        for row in &self.rows {
            if let Outcome::Skipped(why) = &row.outcome {
                *reasons.entry(why).or_default() += 1;
            }
        }
        let reasons: Vec<_> = reasons.into_iter().map(|(why, count)| format!("{count}: {why}")).collect();
        let why = if reasons.is_empty() { String::new() } else { format!(" ({})", reasons.join("; ")) };
        let checked = self.rows.len() - self.skipped();
        format!("facts checked {checked}, failed {}, skipped {}{why}", self.failed(), self.skipped())
    }

    pub(crate) fn json(&self) -> String {
        let facts: Vec<Value> = self.rows.iter().map(described).collect();
        let checked = self.rows.len() - self.skipped();
        let report = json!({
            "checked": checked, "failed": self.failed(), "skipped": self.skipped(), "requests": self.requests,
            "facts": facts,
        });
        format!("{report:#}")
    }
}

fn described(row: &Row) -> Value {
    let Fact { id, says, page, .. } = row.fact;
    let mut fact = json!({ "id": id, "family": row.family, "says": says, "page": page });
    match &row.outcome {
        Outcome::Held => fact["outcome"] = json!("held"),
        Outcome::Failed { expected, got } => {
            fact["outcome"] = json!("failed");
            fact["expected"] = json!(expected);
            fact["got"] = json!(got);
        }
        Outcome::Skipped(why) => {
            fact["outcome"] = json!("skipped");
            fact["why"] = json!(why);
        }
    }
    fact
}

#[cfg(test)]
mod tests {
    use super::super::fact::{fact, v2};
    use super::*;

    static FACT: Fact = fact("x.y", "a/page.md", "It is so.", v2("profile", "{}"), &[]);

    #[test]
    fn a_report_names_what_failed_and_counts_the_rest() {
        let row = |family, outcome| Row { family, fact: &FACT, outcome };
        let failed = Outcome::Failed { expected: "1".to_owned(), got: "2".to_owned() };
        let skipped = Outcome::Skipped("no rows".to_owned());
        let report =
            Report { rows: vec![row("b", Outcome::Held), row("a", failed), row("b", skipped)], requests: 3 };

        assert_eq!(
            report.text(),
            "FAIL x.y: It is so. expected: 1; got: 2 (a/page.md)\n\
             family          held failed skipped\n\
             b                  1      0       1\n\
             a                  0      1       0\n\
             facts checked 2, failed 1, skipped 1 (1: no rows)"
        );
        let json: Value = serde_json::from_str(&report.json()).expect("it is JSON");
        assert_eq!((&json["checked"], &json["facts"][1]["got"]), (&json!(2), &json!("2")));
    }
}
