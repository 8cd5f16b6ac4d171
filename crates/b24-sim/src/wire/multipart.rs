//! `multipart/form-data` (RFC 7578) with PHP's bracket names. Parts that are files go to PHP's file array, not to the
//! parameters, so they are apart here too.

use serde_json::{Map, Value};

use super::brackets;

/// A part of a body: what it is called, the name of its file if it is one, what it holds.
struct Part<'a> {
    name: String,
    file: Option<String>,
    content: &'a [u8],
}

/// Reads the fields of a body; a body without its boundary holds none.
pub(super) fn parse(content_type: &str, body: &[u8]) -> Map<String, Value> {
    let mut tree = Map::new();
    for part in parts(content_type, body).into_iter().filter(|part| part.file.is_none()) {
        let text = String::from_utf8_lossy(part.content).into_owned();
        brackets::insert(&mut tree, &part.name, Value::String(text));
    }
    tree
}

/// The name and the bytes of the file that is called `name`.
pub(super) fn file<'a>(content_type: &str, body: &'a [u8], name: &str) -> Option<(String, &'a [u8])> {
    let mut parts = parts(content_type, body).into_iter().filter(|part| part.name == name);
    parts.find_map(|part| Some((part.file?, part.content)))
}

fn parts<'a>(content_type: &str, body: &'a [u8]) -> Vec<Part<'a>> {
    let Some(boundary) = parameter(content_type, "boundary").filter(|name| !name.is_empty()) else {
        return Vec::new();
    };
    let delimiter = format!("--{boundary}");
    // What stands before the first boundary is for mail readers, and so is what follows the two dashes that close the
    // body.
    let pieces = split(body, delimiter.as_bytes()).into_iter().skip(1);
    let pieces = pieces.take_while(|piece| !piece.starts_with(b"--"));
    pieces
        .filter_map(|piece| {
            let (head, content) = cut(piece.strip_prefix(b"\r\n").unwrap_or(piece))?;
            let disposition = disposition(head)?;
            let name = parameter(&disposition, "name")?;
            Some(Part { name, file: parameter(&disposition, "filename"), content })
        })
        .collect()
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
