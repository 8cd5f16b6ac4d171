//! Lines that this program did not write, such as the log of a proxy: there a long run of letters and digits is taken
//! for a key, in whatever encoding.

use super::redactor::GONE;

/// A run of letters and digits this long is taken for a key. Ids of requests have sixteen.
const KEY_LENGTH: usize = 20;

/// A line without anything that looks like a key.
pub(crate) fn line(line: &str) -> String {
    let line = super::text(line);
    let mut safe = String::with_capacity(line.len());
    let mut run = String::new();
    for c in line.chars().chain(['\n']) {
        if c.is_ascii_alphanumeric() || matches!(c, '+' | '_' | '-' | '%') {
            run.push(c);
            continue;
        }
        safe.push_str(if is_key(&run) || after_bearer(&safe, &run) { GONE } else { &run });
        run.clear();
        safe.push(c);
    }
    safe.pop();
    safe
}

fn is_key(run: &str) -> bool {
    let ours = run.starts_with("b24_") || run.starts_with("bx24mcp_");
    let mixed =
        run.bytes().any(|b| b.is_ascii_digit() || b == b'%') || run.bytes().any(|b| b.is_ascii_uppercase());
    run.len() >= KEY_LENGTH && mixed && !ours
}

fn after_bearer(before: &str, run: &str) -> bool {
    let before_blank = before.trim_end_matches([' ', '\t']);
    let from = before_blank.len().saturating_sub("bearer".len());
    let bearer = before_blank.get(from..).is_some_and(|word| word.eq_ignore_ascii_case("bearer"));
    !run.is_empty() && bearer && before_blank.len() < before.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_a_key_goes_and_what_helps_stays() {
        for (told, safe) in [
            ("http://acme.example/rest/1/abc/task.json", "http://acme.example/rest/1/<REDACTED>/task.json"),
            ("got Bearer short", "got Bearer <REDACTED>"),
            ("x QUJDREVGR0hJSktMTU5PUFFSU1Q= y", "x <REDACTED>= y"),
            (
                "tool.name=b24_task_checklist_item_add1 took_ms=3",
                "tool.name=b24_task_checklist_item_add1 took_ms=3",
            ),
            (
                "2026-11-22T15:52:57.539551Z WARN b24_mcp::serve::http",
                "2026-11-22T15:52:57.539551Z WARN b24_mcp::serve::http",
            ),
            ("request.id=b54743a3a9490876", "request.id=b54743a3a9490876"),
        ] {
            assert_eq!(line(told), safe);
        }
    }
}
