//! Where a value ends that begins here, in JSON and in everything that is written more freely.

use std::ops::Range;

/// A value.
pub(super) struct Value {
    pub(super) range: Range<usize>,
    /// It is the inside of a text, or bare: the quotes around it, if any, stay.
    pub(super) is_text: bool,
}

/// Words that stand before a credential in a header, and may stay.
const SCHEMES: [&str; 6] = ["bearer", "basic", "digest", "negotiate", "oauth", "token"];

pub(super) fn is_quote(byte: u8) -> bool {
    matches!(byte, b'"' | b'\'' | b'`')
}

pub(super) fn skip_blanks(text: &[u8], at: usize) -> usize {
    at + text.get(at..).unwrap_or_default().iter().take_while(|byte| byte.is_ascii_whitespace()).count()
}

/// The value at this place. In the outermost layer a backslash ends a bare one: it belongs to the text around it.
pub(super) fn read(text: &[u8], at: usize, outermost: bool) -> Option<Value> {
    let at = skip_blanks(text, at);
    let first = *text.get(at)?;
    // Rust prints bytes as b"…".
    let quote =
        if first == b'b' && text.get(at + 1).is_some_and(|byte| is_quote(*byte)) { at + 1 } else { at };
    if is_quote(text[quote]) {
        return Some(Value { range: quote + 1..closing_quote(text, quote), is_text: true });
    }
    if matches!(first, b'{' | b'[' | b'(') {
        return Some(Value { range: at..after_bracket(text, at), is_text: false });
    }
    let end = after_bare(text, at, outermost);
    if SCHEMES.iter().any(|scheme| text[at..end].eq_ignore_ascii_case(scheme.as_bytes())) {
        let next = skip_blanks(text, end);
        let credential = next..after_bare(text, next, outermost);
        return (!credential.is_empty()).then_some(Value { range: credential, is_text: true });
    }
    // `Some("…")`
    if text[at..end].ends_with(b"(") && text.get(end).is_some_and(|byte| is_quote(*byte)) {
        return Some(Value { range: end + 1..closing_quote(text, end), is_text: true });
    }
    let in_json = text[at..end].iter().position(|byte| matches!(byte, b',' | b'}' | b']'));
    let scalar = |length: usize| std::str::from_utf8(&text[at..at + length]).is_ok_and(is_scalar);
    match in_json {
        Some(length) if scalar(length) => Some(Value { range: at..at + length, is_text: false }),
        None if scalar(end - at) => Some(Value { range: at..end, is_text: false }),
        _ => Some(Value { range: at..end, is_text: true }),
    }
}

/// Everything up to the end of the line, or of the text that the line is in.
pub(super) fn line(text: &[u8], at: usize, outermost: bool) -> Option<Value> {
    let at = skip_blanks(text, at);
    if text.get(at).is_some_and(|byte| is_quote(*byte) || matches!(byte, b'{' | b'[' | b'(')) {
        return read(text, at, outermost);
    }
    let ends =
        |byte: &&u8| is_quote(**byte) || matches!(byte, b'\r' | b'\n') || (outermost && **byte == b'\\');
    let length = text.get(at..)?.iter().take_while(|byte| !ends(byte)).count();
    Some(Value { range: at..at + length, is_text: true })
}

/// A number, a truth or nothing, as JSON writes them.
fn is_scalar(text: &str) -> bool {
    matches!(text, "true" | "false" | "null") || text.parse::<f64>().is_ok()
}

/// The quote that closes the one at `open`, or the end of the text.
fn closing_quote(text: &[u8], open: usize) -> usize {
    let mut at = open + 1;
    while at < text.len() {
        match text[at] {
            b'\\' => at += 2,
            byte if byte == text[open] => return at,
            _ => at += 1,
        }
    }
    text.len()
}

/// Behind the bracket that closes the one at `open`, or the end of the text. Brackets in texts do not count.
fn after_bracket(text: &[u8], open: usize) -> usize {
    let (mut at, mut depth) = (open, 0_u32);
    while at < text.len() {
        match text[at] {
            b'"' => at = closing_quote(text, at),
            b'{' | b'[' | b'(' => depth += 1,
            b'}' | b']' | b')' => depth -= 1,
            _ => {}
        }
        at += 1;
        if depth == 0 {
            break;
        }
    }
    at.min(text.len())
}

/// Behind a value without quotes.
fn after_bare(text: &[u8], at: usize, outermost: bool) -> usize {
    let ends = |byte: &u8| {
        byte.is_ascii_whitespace()
            || matches!(byte, b'&' | b'<' | b'>')
            || is_quote(*byte)
            || (outermost && *byte == b'\\')
    };
    at + text.get(at..).unwrap_or_default().iter().take_while(|byte| !ends(byte)).count()
}
