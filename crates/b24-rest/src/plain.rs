//! Text for people out of what a portal wrote: its messages may hold HTML, entities, line ends and whole pages.

/// Characters kept of one message.
const LONGEST: usize = 600;

/// `html` without tags, entities, control characters and runs of blanks; cut after 600 characters.
pub(crate) fn plain(html: &str) -> String {
    let mut text = String::with_capacity(html.len().min(LONGEST));
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let (what, length) = if rest.starts_with('<') { tag(rest) } else { entity(rest) };
        text.push_str(what);
        rest = &rest[length..];
    }
    text.push_str(rest);
    tidy(&text)
}

/// What a tag stands for, and its length. A `<` that opens no tag stands for itself.
fn tag(rest: &str) -> (&'static str, usize) {
    let opens = rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!');
    match rest.find('>') {
        Some(end) if opens => (" ", end + 1),
        _ => ("<", 1),
    }
}

/// The character behind an entity, and its length. An unknown one stays as it is.
fn entity(rest: &str) -> (&'static str, usize) {
    const KNOWN: [(&str, &str); 8] = [
        ("&nbsp;", " "),
        ("&quot;", "\""),
        ("&#039;", "'"),
        ("&#39;", "'"),
        ("&laquo;", "«"),
        ("&raquo;", "»"),
        ("&lt;", "<"),
        ("&gt;", ">"),
    ];
    if rest.starts_with("&amp;") {
        return ("&", "&amp;".len());
    }
    KNOWN.iter().find(|(name, _)| rest.starts_with(name)).map_or(("&", 1), |(name, text)| (*text, name.len()))
}

/// One line, without control characters and invisible direction marks.
fn tidy(text: &str) -> String {
    let direction =
        |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let visible: String = text
        .chars()
        .map(|c| if c.is_control() || direction(c) { ' ' } else { c })
        .take(4 * LONGEST)
        .collect();
    let line = visible.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((cut, _)) => format!("{}…", &line[..cut]),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_becomes_blanks_and_entities_become_characters() {
        assert_eq!(
            plain("Task not found.<br>\r\n<b>No&nbsp;access</b> &amp; no luck<br/>"),
            "Task not found. No access & no luck"
        );
        assert_eq!(plain("2 < 3 && 5 > 4"), "2 < 3 && 5 > 4");
        assert_eq!(plain("&laquo;Задача&raquo; &copy;"), "«Задача» &copy;");
        assert_eq!(plain("half a <tag"), "half a <tag");
        assert_eq!(plain("a\u{202e}b\u{0}c"), "a b c");
    }

    #[test]
    fn a_whole_page_is_cut() {
        assert_eq!(plain(&"слово ".repeat(5000)).chars().count(), LONGEST + 1);
    }
}
