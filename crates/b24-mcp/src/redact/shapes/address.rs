//! Addresses that are a credential, or hold one.

use super::{
    super::redactor::{Rules, Spot},
    value,
};

/// What our own hints write where a secret belongs.
const PLACEHOLDER: &[u8] = b"your-secret";
/// The longest name that a host can have, with its port.
const LONGEST_HOST: usize = 270;

/// The secret in `/rest/1/secret/…` or `/rest/api/1/secret/…`. Scheme, host, person and method stay.
///
/// In an answer it takes the whole address; elsewhere its path is enough, as in the log of an HTTP client.
pub(super) fn webhook(text: &[u8], at: usize, rules: Rules) -> Option<Spot> {
    let start = at.checked_sub(2).filter(|start| text[*start..at + 1].eq_ignore_ascii_case(b"/re"))?;
    if rules == Rules::Answer && !follows_a_host(&text[..start]) {
        return None;
    }
    let mut from = at + 4;
    if text[from..].get(..4).is_some_and(|part| part.eq_ignore_ascii_case(b"api/")) {
        from += 4;
    }
    let digits = text[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let secret = from + digits + 1;
    if digits == 0 || text.get(secret - 1) != Some(&b'/') {
        return None;
    }
    let of_a_secret = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    let length = text[secret..].iter().take_while(of_a_secret).count();
    let range = secret..secret + length;
    let is_one = length > 0 && !text[range.clone()].eq_ignore_ascii_case(PLACEHOLDER);
    is_one.then_some(Spot { range, known_from: start, needs_quotes: false })
}

fn follows_a_host(before: &[u8]) -> bool {
    let of_a_host =
        |byte: &&u8| byte.is_ascii_alphanumeric() || b".-_:[]".contains(*byte) || !byte.is_ascii();
    let host = before.iter().rev().take(LONGEST_HOST).take_while(of_a_host).count();
    let scheme = &before[..before.len() - host];
    let ends = |with: &[u8]| {
        scheme.len().checked_sub(with.len()).is_some_and(|from| scheme[from..].eq_ignore_ascii_case(with))
    };
    host > 0 && (ends(b"https://") || ends(b"http://"))
}

/// What a sign-in hands over in `?code=…`.
pub(super) fn code(text: &[u8], at: usize, seen: &mut usize) -> Option<Spot> {
    let is_code =
        at >= *seen && text.get(at + 1..at + 6).is_some_and(|word| word.eq_ignore_ascii_case(b"code="));
    let value = is_code.then(|| value::read(text, at + 6, true)).flatten()?;
    *seen = value.range.end;
    (!value.range.is_empty()).then_some(Spot { range: value.range, known_from: at, needs_quotes: false })
}

/// The password in `scheme://person:password@host`, or what stands there in place of both.
pub(super) fn password(text: &[u8], at: usize) -> Option<Spot> {
    let start = at + 4;
    let ends = |byte: &&u8| byte.is_ascii_whitespace() || b"/?#\"'<>\\".contains(*byte);
    let length = text[start..].iter().take_while(|byte| !ends(byte)).count();
    let authority = &text[start..start + length];
    let host = authority.iter().rposition(|byte| *byte == b'@')?;
    let from = authority[..host].iter().position(|byte| *byte == b':').map_or(0, |colon| colon + 1);
    (from < host).then_some(Spot { range: start + from..start + host, known_from: at, needs_quotes: false })
}
