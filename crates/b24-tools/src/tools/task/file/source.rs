//! What is to be attached: a file of the drive, or a new one whose bytes came with the question.

use b24_model::DiskId;
use base64::{
    Engine,
    alphabet::STANDARD,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};

use super::add::Ask;
use crate::{
    Refusal,
    file::{MOST_FILE_BYTES, name, too_large},
};

/// Base64 as anybody writes it: with padding or without.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// What is to be attached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// A file that is on the drive already.
    Drive(DiskId),
    /// A new file.
    New(NewFile),
}

/// A file that is not on the drive yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NewFile {
    /// Cleaned.
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

impl NewFile {
    pub(super) fn base64(&self) -> String {
        BASE64.encode(&self.bytes)
    }

    pub(super) fn size(&self) -> u64 {
        u64::try_from(self.bytes.len()).unwrap_or(u64::MAX)
    }
}

impl Source {
    /// Reads the question: exactly one source, within the limits.
    pub(super) fn read(ask: &Ask) -> Result<Self, Refusal> {
        let bytes = match (&ask.disk_id, &ask.content, &ask.text) {
            (Some(id), None, None) if ask.name.is_none() => return Ok(Self::Drive(*id)),
            (None, Some(content), None) => decoded(content)?,
            (None, None, Some(text)) => text.clone().into_bytes(),
            _ => {
                return Err(Refusal::invalid(
                    "give `diskId` alone, or `name` with `content` (base64), or `name` with `text`",
                ));
            }
        };
        let name = ask
            .name
            .as_deref()
            .and_then(name::clean)
            .ok_or_else(|| Refusal::invalid("a new file needs a `name`, such as \"report.txt\""))?;
        let file = NewFile { name, bytes };
        if file.size() > MOST_FILE_BYTES { Err(too_large_to_send()) } else { Ok(Self::New(file)) }
    }
}

fn decoded(content: &str) -> Result<Vec<u8>, Refusal> {
    // Known before the work is done: four letters for three bytes.
    let longest = MOST_FILE_BYTES / 3 * 4 + 8;
    let letters: String = content.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    if u64::try_from(letters.len()).unwrap_or(u64::MAX) > longest {
        return Err(too_large_to_send());
    }
    BASE64.decode(letters).map_err(|_| {
        Refusal::invalid("`content` is not base64")
            .hint("encode the bytes in base64, without a `data:` prefix; or give plain text as `text`")
    })
}

fn too_large_to_send() -> Refusal {
    too_large().hint("nothing was done; tell the person to attach the file in the portal")
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn read(ask: Value) -> Result<Source, String> {
        let ask: Ask = serde_json::from_value(ask).expect("an ask");
        Source::read(&ask).map_err(|refusal| refusal.to_string())
    }

    fn new(name: &str, bytes: &[u8]) -> Result<Source, String> {
        Ok(Source::New(NewFile { name: name.to_owned(), bytes: bytes.to_vec() }))
    }

    #[test]
    fn base64_is_read_as_anybody_writes_it() {
        for content in ["/wAK", "/w\r\nAK", " /wAK "] {
            assert_eq!(read(json!({ "taskId": 1, "name": "a", "content": content })), new("a", b"\xff\0\n"));
        }
        for content in ["AA==", "AA"] {
            assert_eq!(read(json!({ "taskId": 1, "name": "a", "content": content })), new("a", b"\0"));
        }
        assert_eq!(read(json!({ "taskId": 1, "name": "a", "content": "" })), new("a", b""));
        assert!(read(json!({ "taskId": 1, "name": "a", "content": "data:;base64,AA==" })).is_err());
    }

    #[test]
    fn there_is_exactly_one_source_and_a_new_file_has_a_name() {
        for ask in [
            json!({ "taskId": 1 }),
            json!({ "taskId": 1, "diskId": 2, "name": "a" }),
            json!({ "taskId": 1, "diskId": 2, "text": "a" }),
            json!({ "taskId": 1, "name": "a", "text": "a", "content": "AA" }),
            json!({ "taskId": 1, "name": "a" }),
            json!({ "taskId": 1, "text": "a" }),
            json!({ "taskId": 1, "text": "a", "name": ".." }),
        ] {
            assert!(read(ask.clone()).is_err_and(|said| said.starts_with("INVALID_INPUT")), "{ask}");
        }
        assert_eq!(
            read(json!({ "taskId": 1, "text": "é", "name": "x/y.txt" })),
            new("x_y.txt", "é".as_bytes())
        );
    }

    #[test]
    fn ten_megabytes_are_taken_and_not_one_byte_more() {
        let ask = |size: u64| {
            let bytes = vec![7; usize::try_from(size).expect("small")];
            read(json!({ "taskId": 1, "name": "a", "content": BASE64.encode(bytes) })).map(|_| "taken")
        };
        assert_eq!(ask(MOST_FILE_BYTES), Ok("taken"));
        for size in [MOST_FILE_BYTES + 1, MOST_FILE_BYTES + 1000] {
            assert!(ask(size).is_err_and(|said| said.starts_with("FILE_TOO_LARGE")));
        }
    }
}
