//! `cargo xtask commits`: messages are Conventional Commits (<https://www.conventionalcommits.org/en/v1.0.0/>).
//!
//! The change log and the version are read off them, so a message that says nothing of either is refused.

use std::process::Command;

use crate::project::Project;
use crate::{say, step};

/// The kinds of change.
const KINDS: [&str; 11] =
    ["feat", "fix", "docs", "test", "refactor", "perf", "build", "ci", "chore", "style", "revert"];
/// The longest first line, in characters.
const LONGEST: usize = 110;

/// Judges every commit that is here.
pub(crate) fn history(project: &Project) -> Result<bool, String> {
    let mut log = Command::new("git");
    log.args(["log", "--no-merges", "--format=%h%x09%s"]).current_dir(&project.root);
    let told = step::output(&mut log)?;
    let faults: Vec<String> = told
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(id, subject)| Some(format!("{id} {subject}\n    {}", fault(subject)?)))
        .collect();
    faults.iter().for_each(|fault| say::line(fault));
    say::line(&format!(
        "{} commits, {} of them not Conventional Commits",
        told.lines().count(),
        faults.len()
    ));
    Ok(faults.is_empty())
}

/// Judges the message in a file, as git hands it to a hook.
pub(crate) fn file(path: &str) -> Result<bool, String> {
    let message = std::fs::read_to_string(path).map_err(|e| format!("cannot read {path}: {e}"))?;
    let subject = message.lines().find(|line| !line.starts_with('#')).unwrap_or_default();
    match fault(subject) {
        // Git writes these itself, and takes them away again.
        _ if ["Merge ", "fixup! ", "squash! "].iter().any(|start| subject.starts_with(start)) => Ok(true),
        None => Ok(true),
        Some(fault) => {
            say::note(&format!(
                "not a Conventional Commit: {fault}\n\n    {subject}\n\nSay: feat(tools): what is new"
            ));
            Ok(false)
        }
    }
}

/// What is wrong with the first line of a message.
fn fault(subject: &str) -> Option<String> {
    let Some((head, what)) = subject.split_once(": ") else {
        return Some("it has no `kind: ` or `kind(scope): ` in front".into());
    };
    let head = head.strip_suffix('!').unwrap_or(head);
    let (kind, scope) = match head.split_once('(') {
        Some((kind, rest)) => (kind, rest.strip_suffix(')').or(Some(""))),
        None => (head, None),
    };
    let plain = |scope: &str| {
        !scope.is_empty()
            && scope
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b',' | b'/'))
    };
    if !KINDS.contains(&kind) {
        return Some(format!("`{kind}` is none of {}", KINDS.join(", ")));
    }
    if scope.is_some_and(|scope| !plain(scope)) {
        return Some("the scope is a word in small letters, in brackets".into());
    }
    if what.trim().is_empty() || what.starts_with(' ') {
        return Some("nothing is said after the colon".into());
    }
    if subject.chars().count() > LONGEST {
        return Some(format!("the first line has more than {LONGEST} characters; the rest belongs below"));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_names_its_kind_and_what_it_does() {
        for good in
            ["feat: tables", "fix(tools): a filter", "refactor(b24-rest)!: names", "docs(tools,mcp): both"]
        {
            assert_eq!(fault(good), None, "{good}");
        }
        for bad in
            ["tables", "feature: tables", "feat:tables", "feat(Tools): x", "feat(): x", "feat: ", "fix(a: b"]
        {
            assert!(fault(bad).is_some(), "{bad}");
        }
        assert!(fault(&format!("feat: {}", "x".repeat(LONGEST))).is_some());
    }
}
