//! `multipart/form-data` (RFC 7578) with PHP's bracket names. Parts that are files go to PHP's file array, not to the
//! parameters, so they are passed over here.

use serde_json::{Map, Value};

use super::brackets;

/// Reads the fields of a body; a body without its boundary holds none.
pub(super) fn parse(content_type: &str, body: &[u8]) -> Map<String, Value> {
    let mut tree = Map::new();
    let Some(boundary) = parameter(content_type, "boundary").filter(|name| !name.is_empty()) else {
        return tree;
    };
    let delimiter = format!("--{boundary}");
    let mut parts = split(body, delimiter.as_bytes()).into_iter();
    // What stands before the first boundary is for mail readers.
    parts.next();
    for part in parts {
        // Two dashes close the body; what follows them is for mail readers too.
        if part.starts_with(b"--") {
            break;
        }
        let Some((head, content)) = cut(part.strip_prefix(b"\r\n").unwrap_or(part)) else {
            continue;
        };
        let Some(disposition) = disposition(head) else {
            continue;
        };
        if let (Some(name), None) = (parameter(&disposition, "name"), parameter(&disposition, "filename")) {
            let text = String::from_utf8_lossy(content).into_owned();
            brackets::insert(&mut tree, &name, Value::String(text));
        }
    }
    tree
}

/// The pieces between the occurrences of `delimiter`.
fn split<'a>(body: &'a [u8], delimiter: &[u8]) -> Vec<&'a [u8]> {
    let mut pieces = Vec::new();
    let mut rest = body;
    while let Some(at) = find(rest, delimiter) {
        pieces.push(&rest[..at]);
        rest = &rest[at + delimiter.len()..];
    }
    pieces.push(rest);
    pieces
}

/// Head and content of a part, without the line break before the next boundary.
fn cut(part: &[u8]) -> Option<(&[u8], &[u8])> {
    let at = find(part, b"\r\n\r\n")?;
    let content = &part[at + 4..];
    Some((&part[..at], content.strip_suffix(b"\r\n").unwrap_or(content)))
}

fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len()).position(|window| window == wanted)
}

fn disposition(head: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(head);
    head.lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.trim().eq_ignore_ascii_case("content-disposition"))
        .map(|(_, value)| value.trim().to_owned())
}

/// The value of `name=…` or `name="…"` behind a semicolon.
fn parameter(header: &str, name: &str) -> Option<String> {
    let mut rest = header;
    while let Some((_, after)) = rest.split_once(';') {
        rest = after.trim_start();
        let (found, value) = rest.split_once('=')?;
        let (value, after) = match value.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"')?,
            None => value.split_at(value.find(';').unwrap_or(value.len())),
        };
        if found.trim().eq_ignore_ascii_case(name) {
            // Browsers write a quote within a name as %22.
            return Some(value.trim().replace("%22", "\""));
        }
        rest = after;
    }
    None
}
