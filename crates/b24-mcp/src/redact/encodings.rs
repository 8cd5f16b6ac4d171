//! The dresses in which a secret travels: what it looks like in them, and how to take a text out of them.
//!
//! Base64 and hexadecimal digits hide a text wholly, so their forms are searched for. The escapes of JSON and of
//! addresses hide single characters, any of them, several times over: those are undone, layer by layer, and the places
//! of what is found are told in the text as it came.

use std::borrow::Cow;

use zeroize::Zeroizing;

/// How many layers of escapes are undone: JSON in a text in JSON in an address.
const LAYERS: usize = 4;

const STANDARD: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const FOR_ADDRESSES: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// One form of a secret.
pub(super) struct Form {
    pub(super) bytes: Zeroizing<Vec<u8>>,
    /// Capitals and small letters mean the same.
    pub(super) any_case: bool,
    /// How many characters on either side may hold a part of it.
    pub(super) margin: usize,
}

/// Every form in which a secret is searched for.
pub(super) fn forms(secret: &[u8]) -> Vec<Form> {
    let plain = |bytes| Form { bytes, any_case: false, margin: 0 };
    let mut forms = vec![plain(Zeroizing::new(secret.to_vec())), hexadecimal(secret), plain(numbers(secret))];
    for alphabet in [STANDARD, FOR_ADDRESSES] {
        for before in 0..3 {
            let bytes = base64(secret, before, alphabet);
            if !forms.iter().any(|form| form.bytes == bytes) {
                forms.push(Form { bytes, any_case: false, margin: 4 });
            }
        }
    }
    forms
}

fn hexadecimal(secret: &[u8]) -> Form {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut bytes = Zeroizing::new(Vec::with_capacity(secret.len() * 2));
    for byte in secret {
        bytes.extend([DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]);
    }
    Form { bytes, any_case: true, margin: 0 }
}

/// As Rust prints a list of bytes.
fn numbers(secret: &[u8]) -> Zeroizing<Vec<u8>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(secret.len() * 5));
    for (index, byte) in secret.iter().enumerate() {
        bytes.extend(if index == 0 { "" } else { ", " }.bytes());
        bytes.extend(byte.to_string().bytes());
    }
    bytes
}

/// The characters that are the same whatever stands around the secret, with `before` bytes (modulo 3) in front of it.
fn base64(secret: &[u8], before: usize, alphabet: &[u8; 64]) -> Zeroizing<Vec<u8>> {
    let mut padded = Zeroizing::new(vec![0; before]);
    padded.extend_from_slice(secret);
    let bits = padded.len() * 8;
    let mut encoded = Zeroizing::new(Vec::with_capacity(padded.len() * 4 / 3));
    // A character holds six bits; only those count that lie within the secret.
    for from in (0..bits).step_by(6).filter(|from| *from >= before * 8 && from + 6 <= bits) {
        let two =
            u16::from(padded[from / 8]) << 8 | padded.get(from / 8 + 1).map_or(0, |byte| u16::from(*byte));
        encoded.push(alphabet[usize::from(two >> (10 - from % 8) & 63)]);
    }
    encoded
}

/// A text as it came, or with some layers of escapes undone.
pub(super) struct View<'a> {
    pub(super) bytes: Cow<'a, [u8]>,
    /// Where each byte stands in the text as it came, and where that ends.
    places: Option<Vec<usize>>,
}

impl<'a> View<'a> {
    /// The text as it came.
    pub(super) fn of(text: &'a [u8]) -> Self {
        Self { bytes: Cow::Borrowed(text), places: None }
    }

    /// Whether no escapes were undone.
    pub(super) fn is_outermost(&self) -> bool {
        self.places.is_none()
    }

    /// Where a byte of this view begins in the text as it came.
    pub(super) fn place(&self, at: usize) -> usize {
        self.places.as_ref().map_or(at, |places| places[at])
    }

    /// The same with one more layer undone. `None` when there is none left.
    fn undone(&self) -> Option<View<'static>> {
        let text = &*self.bytes;
        let next = |from: usize| {
            let found = text[from..].iter().position(|byte| matches!(byte, b'\\' | b'%'));
            found.map_or(text.len(), |length| from + length)
        };
        let mut at = next(0);
        if at == text.len() {
            return None;
        }
        let mut bytes = Vec::with_capacity(text.len());
        let mut places: Vec<usize> = Vec::with_capacity(text.len() + 1);
        let (mut copied, mut changed) = (0, false);
        while at < text.len() {
            let Some((length, code)) = escape(&text[at..]) else {
                at = next(at + 1);
                continue;
            };
            bytes.extend_from_slice(&text[copied..at]);
            places.extend((copied..at).map(|at| self.place(at)));
            if let Ok(byte) = u8::try_from(code) {
                bytes.push(byte);
            } else {
                let mut buffer = [0; 4];
                let letter = char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
                bytes.extend_from_slice(letter.encode_utf8(&mut buffer).as_bytes());
            }
            places.resize(bytes.len(), self.place(at));
            changed = true;
            copied = at + length;
            at = next(copied);
        }
        bytes.extend_from_slice(&text[copied..]);
        places.extend((copied..=text.len()).map(|at| self.place(at)));
        changed.then_some(View { bytes: Cow::Owned(bytes), places: Some(places) })
    }
}

/// Shows a text as it came, and with each layer of escapes undone.
pub(super) fn each_layer(text: &[u8], mut show: impl FnMut(&View<'_>)) {
    let mut view = View::of(text);
    show(&view);
    for _ in 0..LAYERS {
        let Some(next) = view.undone() else { return };
        show(&next);
        view = next;
    }
}

/// What the escape at the beginning of `text` stands for, and its length. A byte of an address is told as it is.
fn escape(text: &[u8]) -> Option<(usize, u32)> {
    match text {
        [b'%', rest @ ..] => Some((3, hex(rest.get(..2)?)?)),
        [b'\\', b'u', rest @ ..] => Some((6, hex(rest.get(..4)?)?)),
        [b'\\', letter, ..] => {
            let code = match letter {
                b'"' | b'\'' | b'\\' | b'/' => *letter,
                b'n' => b'\n',
                b'r' => b'\r',
                b't' => b'\t',
                b'b' | b'f' => b' ',
                _ => return None,
            };
            Some((2, u32::from(code)))
        }
        _ => None,
    }
}

fn hex(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |sum, digit| Some(sum << 4 | char::from(*digit).to_digit(16)?))
}

#[cfg(test)]
mod tests {
    use base64::{Engine, engine::general_purpose as engine};

    use super::*;

    fn layers(text: &str) -> Vec<String> {
        let mut layers = Vec::new();
        each_layer(text.as_bytes(), |view| layers.push(String::from_utf8_lossy(&view.bytes).into_owned()));
        layers
    }

    #[test]
    fn the_form_in_base64_is_found_wherever_in_a_message_the_secret_stands() {
        let secret = "S3ntinel/Token+0123456789?ab~~c>>";
        for around in 0..7 {
            let message = format!("{}{secret}{}", "é".repeat(around), "z".repeat(around));
            for encoded in [engine::STANDARD.encode(&message), engine::URL_SAFE_NO_PAD.encode(&message)] {
                let found = forms(secret.as_bytes())
                    .iter()
                    .any(|form| encoded.contains(std::str::from_utf8(&form.bytes).expect("ASCII")));
                assert!(found, "{around}: {encoded}");
            }
        }
    }

    #[test]
    fn escapes_are_undone_one_layer_at_a_time_and_places_are_kept() {
        assert_eq!(layers("plain, 100%"), ["plain, 100%"]);
        assert_eq!(
            layers(r#"{"a":"{\"b\":\"c\\\/d\"}"}"#),
            [r#"{"a":"{\"b\":\"c\\\/d\"}"}"#, r#"{"a":"{"b":"c\/d"}"}"#, r#"{"a":"{"b":"c/d"}"}"#]
        );
        assert_eq!(layers("a%253Fb\\u0041\\u044f"), ["a%253Fb\\u0041\\u044f", "a%3FbAя", "a?bAя"]);
        let mut places = Vec::new();
        each_layer(b"a%253Fb", |view| places.push(view.place(view.bytes.len() - 1)));
        assert_eq!(places, [6, 6, 6]);
    }
}
