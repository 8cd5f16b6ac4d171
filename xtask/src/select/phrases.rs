//! The phrases, from a file that a person can read and write.

use std::collections::BTreeSet;
use std::fs;

use crate::catalogue::Tool;
use crate::project::Project;

/// The phrases that descriptions may be improved by, and that have a floor.
pub(super) const KNOWN: &str = "xtask/select/phrases.tsv";
/// Phrases that nothing is ever chosen by: they tell how much of the score is fit.
pub(super) const HELD_OUT: &str = "xtask/select/heldout.tsv";

/// What somebody says, and what should be called.
pub(super) struct Phrase {
    pub(super) language: String,
    pub(super) said: String,
    /// The same in English, where it is said in another language.
    intent: Option<String>,
    tools: Vec<String>,
}

impl Phrase {
    /// What is scored: English, whatever was said.
    pub(super) fn scored(&self) -> &str {
        self.intent.as_deref().unwrap_or(&self.said)
    }

    /// Whether calling this tool first would be right.
    pub(super) fn wants(&self, name: &str) -> bool {
        self.tools.iter().any(|tool| tool == name)
    }

    /// Whether one of these tools is right.
    pub(super) fn is_answered_by(&self, tools: &[Tool]) -> bool {
        tools.iter().any(|tool| self.wants(tool.name()))
    }

    /// The right tools, in words.
    pub(super) fn tools(&self) -> String {
        self.tools.join(" or ")
    }

    fn read(line: &str) -> Result<Self, String> {
        let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
        let [language, said, intent, tools] = cells.as_slice() else {
            return Err("four cells, parted by tabs, are wanted".to_owned());
        };
        let intent = Some(*intent).filter(|intent| !intent.is_empty()).map(str::to_owned);
        if intent.is_some() == (*language == "en") {
            return Err("a phrase has an English intent exactly when it is not English".to_owned());
        }
        let tools = tools.split(',').map(|tool| tool.trim().to_owned()).collect();
        Ok(Self { language: (*language).to_owned(), said: (*said).to_owned(), intent, tools })
    }
}

/// Reads them all.
pub(super) fn read(project: &Project, file: &str) -> Result<Vec<Phrase>, String> {
    let text = fs::read_to_string(project.root.join(file)).map_err(|e| format!("cannot read {file}: {e}"))?;
    let mut phrases = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        if !line.trim().is_empty() && !line.starts_with('#') {
            phrases.push(Phrase::read(line).map_err(|why| format!("{file}:{number}: {why}"))?);
        }
    }
    Ok(phrases)
}

/// Tools that phrases want and nobody has: a name was changed or misspelt.
pub(super) fn unknown(phrases: &[Phrase], tools: &[Tool]) -> Vec<String> {
    let known: BTreeSet<&str> = tools.iter().map(Tool::name).collect();
    let wanted: BTreeSet<&str> =
        phrases.iter().flat_map(|phrase| &phrase.tools).map(String::as_str).collect();
    wanted.difference(&known).map(|name| format!("a phrase wants `{name}`, which is no tool")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_in_another_language_is_scored_by_its_english_intent() {
        let read = |line: &str| Phrase::read(line).map(|phrase| (phrase.scored().to_owned(), phrase.tools()));

        assert_eq!(read("en\tWho is Igor?\t\tb24_a"), Ok(("Who is Igor?".into(), "b24_a".into())));
        assert_eq!(
            read("ru\tКто это?\tWho is it?\tb24_a,b24_b"),
            Ok(("Who is it?".into(), "b24_a or b24_b".into()))
        );
        for wrong in ["de\tWer?\t\tb24_a", "en\tWho?\tWho?\tb24_a", "en\tWho?"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
