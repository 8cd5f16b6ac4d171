//! The value under a key that names a credential: a member of JSON, a parameter of an address, a header, a field of a
//! struct, an element of XML. In any of them, and in JSON within a text when its escapes are undone.

use super::{
    super::redactor::Spot,
    key,
    value::{self, Value},
};

/// The value under the key that has these four bytes in it, unless that word was `seen`.
pub(super) fn find(text: &[u8], at: usize, outermost: bool, seen: &mut usize) -> Option<Spot> {
    if at < *seen {
        return None;
    }
    let start = at - text[..at].iter().rev().take_while(|byte| is_of_a_word(**byte)).count();
    let end = at + text[at..].iter().take_while(|byte| is_of_a_word(**byte)).count();
    *seen = end;
    let name = &text[start..end];
    if !key::is_credential(name) {
        return None;
    }
    let before = start.checked_sub(1).map(|at| text[at]);
    if before == Some(b'<') && text.get(end) == Some(&b'>') {
        let length = text[end + 1..].iter().take_while(|byte| **byte != b'<').count();
        return spot(start, Value { range: end + 1..end + 1 + length, is_text: true }, false);
    }
    let is_quoted = before.is_some_and(|byte| value::is_quote(byte) && text.get(end) == Some(&byte));
    // `auth[access_token]=…`, as forms have it.
    let is_indexed = before == Some(b'[') && text.get(end) == Some(&b']');
    let after = value::skip_blanks(text, end + usize::from(is_quoted || is_indexed));
    let from = match (text.get(after)?, text.get(after + 1)) {
        (b':', Some(b':')) | (b'=', Some(b'=')) => return None,
        (b'=', Some(b'>')) => after + 2,
        (b':' | b'=', _) => after + 1,
        (b',', _) if is_quoted => beside(text, after + 1)?,
        _ => return None,
    };
    let value = if key::is_cookie(name) {
        value::line(text, from, outermost)
    } else {
        value::read(text, from, outermost)
    };
    let found = spot(start, value?, is_quoted && outermost)?;
    // Within what goes nothing else is looked for: a text that is made for it would take forever.
    *seen = found.range.end;
    Some(found)
}

fn spot(start: usize, value: Value, in_json: bool) -> Option<Spot> {
    let needs_quotes = in_json && !value.is_text;
    (!value.range.is_empty()).then_some(Spot { range: value.range, known_from: start, needs_quotes })
}

fn is_of_a_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.')
}

/// Where the value stands of a pair such as `"name":"token","value":…`, after its comma. Collectors write an object
/// around a text; one of another kind goes as a whole.
fn beside(text: &[u8], at: usize) -> Option<usize> {
    let from = named(text, at, b"\"value\"")?;
    let is_object = text.get(from) == Some(&b'{');
    Some(is_object.then(|| named(text, from + 1, b"\"stringValue\"")).flatten().unwrap_or(from))
}

/// Where the value stands of a member with this name.
fn named(text: &[u8], at: usize, name: &[u8]) -> Option<usize> {
    let from = value::skip_blanks(text, at);
    let colon = text.get(from..)?.starts_with(name).then(|| value::skip_blanks(text, from + name.len()))?;
    (text.get(colon) == Some(&b':')).then(|| value::skip_blanks(text, colon + 1))
}
