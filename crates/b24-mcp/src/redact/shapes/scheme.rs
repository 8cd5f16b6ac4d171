//! A credential behind the word that says how it is used, without the header around it.

use super::super::redactor::Spot;

/// The shortest word behind `Bearer` that may be a credential: people write of bearer tokens too.
const SHORTEST: usize = 8;
/// A word of this length is none of a language.
const LONG: usize = 20;

/// The credential behind `Bearer` or `Basic`.
pub(super) fn find(text: &[u8], at: usize) -> Option<Spot> {
    let word = ["bearer", "basic"].into_iter().find(|word| {
        text.get(at..at + word.len()).is_some_and(|there| there.eq_ignore_ascii_case(word.as_bytes()))
    })?;
    let begins = at == 0 || !text[at - 1].is_ascii_alphanumeric();
    let after = at + word.len();
    let blanks = text[after..].iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'+')).count();
    let start = after + blanks;
    let of_a_credential = |byte: &&u8| byte.is_ascii_alphanumeric() || b"._~+/=-".contains(*byte);
    let length = text[start..].iter().take_while(of_a_credential).count();
    let credential = &text[start..start + length];
    let has_digits = credential.iter().any(u8::is_ascii_digit);
    let is_one = length >= LONG || (length >= SHORTEST && has_digits);
    (begins && blanks > 0 && is_one).then_some(Spot {
        range: start..start + length,
        known_from: at,
        needs_quotes: false,
    })
}
