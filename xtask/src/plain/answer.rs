//! An HTTP/1.1 answer, taken apart: status, headers, body, and the body as JSON where it is that.

use serde_json::Value;

/// What came back.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    head: String,
    /// The bytes after the head, with chunks put together.
    pub(crate) body: Vec<u8>,
    /// `Null` for a body that is no JSON.
    pub(crate) json: Value,
}

impl Answer {
    /// Reads the bytes of a connection that was closed after one answer.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, String> {
        let (head, body) = parted(bytes)?;
        let chunked = header(&head, "transfer-encoding").is_some_and(|coding| coding.contains("chunked"));
        if chunked { Self::new(head, joined(body)?) } else { Self::new(head, body.to_vec()) }
    }

    /// Reads what `curl --include` prints: every head on the way, and a body whose chunks it has put together.
    pub(crate) fn read_from_curl(bytes: &[u8]) -> Result<Self, String> {
        let (mut head, mut body) = parted(bytes)?;
        while head.split(' ').nth(1) == Some("100") || head.contains("onnection established") {
            (head, body) = parted(body)?;
        }
        Self::new(head, body.to_vec())
    }

    fn new(head: String, body: Vec<u8>) -> Result<Self, String> {
        let status = head.split(' ').nth(1).and_then(|status| status.trim().parse().ok());
        let json = serde_json::from_slice(&body).unwrap_or(Value::Null);
        Ok(Self { status: status.ok_or("an answer without a status")?, head, body, json })
    }

    /// The value of a header, by its name in any case.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        header(&self.head, name)
    }
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines()
        .filter_map(|line| line.split_once(':'))
        .find_map(|(key, value)| key.trim().eq_ignore_ascii_case(name).then(|| value.trim()))
}

fn parted(bytes: &[u8]) -> Result<(String, &[u8]), String> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").ok_or("an answer without a head")?;
    Ok((String::from_utf8_lossy(&bytes[..end]).into_owned(), &bytes[end + 4..]))
}

fn joined(mut rest: &[u8]) -> Result<Vec<u8>, String> {
    const BROKEN: &str = "a chunked answer that breaks off";
    let mut body = Vec::new();
    loop {
        let end = rest.windows(2).position(|two| two == b"\r\n").ok_or(BROKEN)?;
        let size = String::from_utf8_lossy(&rest[..end]);
        let size = size.split(';').next().unwrap_or_default().trim();
        let size = usize::from_str_radix(size, 16).map_err(|_| BROKEN)?;
        if size == 0 {
            return Ok(body);
        }
        body.extend_from_slice(rest.get(end + 2..end + 2 + size).ok_or(BROKEN)?);
        rest = rest.get(end + 4 + size..).ok_or(BROKEN)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_and_a_chunked_answer_read_alike() {
        let plain = b"HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n{\"result\":7}";
        let chunked =
            b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{\"res\r\n7\r\nult\":7}\r\n0\r\n\r\n";

        for bytes in [plain.as_slice(), chunked.as_slice()] {
            let answer = Answer::read(bytes).expect("both are whole");
            assert_eq!((answer.status, &answer.json), (200, &serde_json::json!({ "result": 7 })));
        }
    }

    #[test]
    fn curl_shows_the_heads_of_proxies_first() {
        let told = b"HTTP/1.1 200 Connection established\r\n\r\nHTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 404 Not Found\r\nX-A: b\r\n\r\n{}";

        let answer = Answer::read_from_curl(told).expect("the last head counts");

        assert_eq!((answer.status, answer.header("x-a")), (404, Some("b")));
    }

    #[test]
    fn an_answer_that_breaks_off_is_an_error() {
        assert!(Answer::read(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nff\r\n{").is_err());
        assert!(Answer::read(b"HTTP/1.1 200 OK\r\n").is_err());
    }
}
