//! How files are laid out. One function judges one file by its path and text; nothing is read here.

use std::fmt;

/// A file longer than this is a place to look.
const LONG: usize = 350;
/// A file longer than this has to be parted.
const TOO_LONG: usize = 500;

/// Names that say nothing: whatever fits nowhere ends up there.
const EMPTY_NAMES: [&str; 10] =
    ["common", "helper", "helpers", "manager", "managers", "misc", "shared", "util", "utilities", "utils"];

/// Where tools live, and what they never mention: they reach a portal through the typed door alone.
const TOOLS: &str = "crates/b24-tools/src/tools/";
const NOT_IN_TOOLS: [&str; 11] = [
    "axum",
    "env::",
    "hyper",
    "reqwest",
    "rmcp",
    "std::env",
    "std::fs",
    "std::net",
    "std::process",
    "SystemTime",
    "tokio::net",
];

/// Folders that only exist on somebody's machine.
const MACHINE_FOLDERS: [&str; 4] = ["home", "root", "Users", "work"];

/// Whether a finding fails the gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weight {
    Error,
    Warning,
}

/// A file, or a line of it, that is not as the house wants it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    pub(crate) weight: Weight,
    /// Path from the root, with a line number where there is one.
    pub(crate) place: String,
    pub(crate) rule: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let weight = match self.weight {
            Weight::Error => "error",
            Weight::Warning => "warning",
        };
        write!(f, "{weight}: {}: {}", self.place, self.rule)
    }
}

/// Judges one file.
pub(crate) fn examine(path: &str, text: &str) -> Vec<Finding> {
    let mut found = Vec::new();
    if path.ends_with(".rs") {
        rust(path, text, &mut found);
    }
    if path.starts_with(TOOLS) {
        tool(path, text, &mut found);
    }
    if path.ends_with("package-lock.json") && text.contains("\"resolved\":") {
        found.push(error(
            path,
            "a lock file names packages by version and hash, not by where they were found",
        ));
    }
    for (number, line) in numbered(text) {
        if let Some(folder) = MACHINE_FOLDERS.iter().find(|folder| names_folder(line, folder)) {
            let rule = format!("an absolute path under /{folder} only exists on one machine");
            found.push(error(&format!("{path}:{number}"), &rule));
        }
    }
    found
}

fn rust(path: &str, text: &str, found: &mut Vec<Finding>) {
    if !text.starts_with("//!") {
        found.push(error(path, "a file starts with `//!`: what it is for, and what it refuses to do"));
    }
    for part in path.trim_end_matches(".rs").split('/').filter(|part| EMPTY_NAMES.contains(part)) {
        found.push(error(path, &format!("`{part}` says nothing; name it for what it does")));
    }
    for (number, line) in numbered(text) {
        let name = line.trim_start().trim_start_matches("pub ").strip_prefix("mod ");
        let name = name.and_then(|rest| rest.split([' ', '{', ';']).next());
        if let Some(name) = name.filter(|name| EMPTY_NAMES.contains(name)) {
            let rule = format!("a module named `{name}` says nothing; name it for what it does");
            found.push(error(&format!("{path}:{number}"), &rule));
        }
    }
    let length = text.lines().count();
    if length > TOO_LONG {
        found.push(error(path, &format!("{length} lines; part it, {TOO_LONG} is the limit")));
    } else if length > LONG {
        let rule = format!("{length} lines; almost no file needs more than {LONG}");
        found.push(Finding { weight: Weight::Warning, place: path.to_owned(), rule });
    }
}

fn tool(path: &str, text: &str, found: &mut Vec<Finding>) {
    for (number, line) in numbered(text) {
        if line.trim_start().starts_with("//") {
            continue;
        }
        if let Some(word) = NOT_IN_TOOLS.iter().find(|word| stands_alone(line, word)) {
            let rule = format!(
                "a tool must not mention `{word}`: it reaches the portal through the typed door alone"
            );
            found.push(error(&format!("{path}:{number}"), &rule));
        }
    }
}

fn error(place: &str, rule: &str) -> Finding {
    Finding { weight: Weight::Error, place: place.to_owned(), rule: rule.to_owned() }
}

fn numbered(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().map(|(index, line)| (index + 1, line))
}

/// Whether `word` stands in `line` without being the tail or, for a name, the head of a longer one.
fn stands_alone(line: &str, word: &str) -> bool {
    let part_of_name = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + word.len()..].chars().next();
        !before.is_some_and(part_of_name) && (word.ends_with(':') || !after.is_some_and(part_of_name))
    })
}

/// Whether `/folder/…` stands in `line` as an absolute path, and not as a part of an address.
fn names_folder(line: &str, folder: &str) -> bool {
    let path = format!("/{folder}/");
    line.match_indices(&path).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + path.len()..].chars().next();
        before.is_none_or(|c| c.is_whitespace() || "\"'`=(:[{,<>".contains(c))
            && after.is_some_and(char::is_alphanumeric)
    })
}

#[cfg(test)]
mod tests;
