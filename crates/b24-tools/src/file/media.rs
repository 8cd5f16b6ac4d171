//! The media type of a file: from a short list of kinds that nothing runs when it is opened, or else only bytes.
//!
//! The portal often says no more than "bytes", and whoever uploads a file may say anything; so its ending counts, and
//! what is not on the list (pages, scripts, drawings with scripts in them) is bytes.

/// Bytes of which nothing is known.
pub(crate) const BYTES: &str = "application/octet-stream";

/// Endings, and what they mean. Sources: the IANA registry of media types; ECMA-376 for the documents of offices.
const KNOWN: [(&str, &str); 18] = [
    ("avif", "image/avif"),
    ("csv", "text/csv"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("gif", "image/gif"),
    ("jpeg", "image/jpeg"),
    ("jpg", "image/jpeg"),
    ("json", "application/json"),
    ("log", "text/plain"),
    ("md", "text/markdown"),
    ("mp3", "audio/mpeg"),
    ("mp4", "video/mp4"),
    ("pdf", "application/pdf"),
    ("png", "image/png"),
    ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ("txt", "text/plain"),
    ("webp", "image/webp"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("zip", "application/zip"),
];

/// The media type of a file with this name.
pub(crate) fn of_name(name: &str) -> &'static str {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    KNOWN.iter().find(|(known, _)| *known == ending).map_or(BYTES, |(_, kind)| kind)
}

/// Whether a file of this kind is surely no text.
pub(crate) fn is_never_text(kind: &str) -> bool {
    !(kind.starts_with("text/") || matches!(kind, "application/json" | BYTES))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_kinds_that_nothing_runs_have_a_name() {
        assert_eq!(of_name("Отчёт.PDF"), "application/pdf");
        for name in ["a.html", "a.svg", "a.js", "a.xhtml", "a.exe", "a", "", "pdf", "a.pdf.html"] {
            assert_eq!(of_name(name), BYTES, "{name}");
        }
    }
}
