//! Clients of the server that write what they like and keep every byte that comes back.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

use super::captured::Captured;

/// A server that says nothing for so long has nothing to say.
const PATIENCE: Duration = Duration::from_secs(20);

/// Sends bytes and reads until the server closes the connection.
pub(crate) fn exchange(address: &str, bytes: &[u8], captured: &Captured, way: &str) -> Vec<u8> {
    let mut answer = Vec::new();
    if let Ok(mut stream) = TcpStream::connect(address) {
        // Whatever fails here, the server has said what it had to say.
        let _ = stream.set_read_timeout(Some(PATIENCE));
        let _ = stream.write_all(bytes);
        let _ = stream.read_to_end(&mut answer);
    }
    captured.add(way, &answer);
    answer
}

/// A request, with the headers of one that the server can read.
pub(crate) fn request(address: &str, line: &str, headers: &[(&str, &str)], body: &str) -> Vec<u8> {
    let mut head = format!("{line} HTTP/1.1\r\nConnection: close\r\nContent-Length: {}\r\n", body.len());
    if !headers.iter().any(|(name, _)| *name == "Host") {
        head.push_str(&format!("Host: {address}\r\n"));
    }
    headers.iter().for_each(|(name, value)| head.push_str(&format!("{name}: {value}\r\n")));
    format!("{head}\r\n{body}").into_bytes()
}

/// A collector of traces and metrics that takes everything. Returns its address.
pub(crate) fn collector(captured: &Captured) -> Result<String, String> {
    let listener = TcpListener::bind("127.0.0.1:0").map_err(|e| format!("cannot listen: {e}"))?;
    let address = listener.local_addr().map_err(|e| format!("no address: {e}"))?;
    let captured = captured.clone();
    thread::spawn(move || {
        for stream in listener.incoming().filter_map(Result::ok) {
            let captured = captured.clone();
            thread::spawn(move || take(stream, &captured));
        }
    });
    Ok(format!("http://{address}"))
}

/// Answers each message of a connection with an empty one.
fn take(mut stream: TcpStream, captured: &Captured) {
    let (mut buffer, mut pending) = ([0; 16 * 1024], Vec::new());
    while let Ok(length) = stream.read(&mut buffer) {
        if length == 0 {
            break;
        }
        pending.extend_from_slice(&buffer[..length]);
        while let Some(whole) = message(&pending) {
            captured.add("collector", &pending[..whole]);
            pending.drain(..whole);
            if stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}").is_err() {
                break;
            }
        }
    }
    captured.add("collector", &pending);
}

/// The length of the first message, when it is there as a whole.
fn message(bytes: &[u8]) -> Option<usize> {
    let head = bytes.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
    let text = String::from_utf8_lossy(&bytes[..head]).to_ascii_lowercase();
    let length =
        text.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse::<usize>().ok());
    (bytes.len() >= head + length.unwrap_or(0)).then_some(head + length.unwrap_or(0))
}
