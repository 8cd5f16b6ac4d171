//! `Content-Disposition` for a name that somebody of the portal made up (RFC 6266 §4, RFC 8187 §3.2).

use http::HeaderValue;

/// Characters that stand for themselves in an extended value (RFC 8187 `attr-char`).
const PLAIN: &[u8] = b"!#$&+-.^_`|~";

/// "Save it under this name": in ASCII for old readers, and as it is for the others.
pub(super) fn attachment(name: &str) -> HeaderValue {
    let fallback: String = name
        .chars()
        // A `%` could be taken for an escape, and quotes end the name.
        .map(|c| if c.is_ascii_graphic() && !matches!(c, '"' | '\\' | '%') || c == ' ' { c } else { '_' })
        .collect();
    let text = format!("attachment; filename=\"{fallback}\"; filename*=UTF-8''{}", escaped(name));
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("attachment"))
}

fn escaped(name: &str) -> String {
    let mut text = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || PLAIN.contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_any_letters_is_a_name_and_nothing_more() {
        let table = [
            "report.pdf",
            "Отчёт №7.pdf",
            "😀 a.txt",
            "a\"; filename=\"evil.exe",
            "a\\b%41.txt",
            "a\r\nSet-Cookie: x=1",
            "it's (1).txt",
            "",
        ]
        .map(|name| format!("{name:?} -> {:?}", attachment(name)));
        insta::assert_snapshot!(table.join("\n"), @r#"
        "report.pdf" -> "attachment; filename=\"report.pdf\"; filename*=UTF-8''report.pdf"
        "Отчёт №7.pdf" -> "attachment; filename=\"_____ _7.pdf\"; filename*=UTF-8''%D0%9E%D1%82%D1%87%D1%91%D1%82%20%E2%84%967.pdf"
        "😀 a.txt" -> "attachment; filename=\"_ a.txt\"; filename*=UTF-8''%F0%9F%98%80%20a.txt"
        "a\"; filename=\"evil.exe" -> "attachment; filename=\"a_; filename=_evil.exe\"; filename*=UTF-8''a%22%3B%20filename%3D%22evil.exe"
        "a\\b%41.txt" -> "attachment; filename=\"a_b_41.txt\"; filename*=UTF-8''a%5Cb%2541.txt"
        "a\r\nSet-Cookie: x=1" -> "attachment; filename=\"a__Set-Cookie: x=1\"; filename*=UTF-8''a%0D%0ASet-Cookie%3A%20x%3D1"
        "it's (1).txt" -> "attachment; filename=\"it's (1).txt\"; filename*=UTF-8''it%27s%20%281%29.txt"
        "" -> "attachment; filename=\"\"; filename*=UTF-8''"
        "#);
    }
}
