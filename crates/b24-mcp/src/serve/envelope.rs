//! A JSON-RPC message, looked at once before anybody acts on it.
//!
//! JSON parsers silently keep one of two equal keys, and different parsers keep different ones: what a proxy
//! checked is then not what the server does. Such a message is refused, as is one that is nested without
//! reason. Only the outside of a message is read here; what it asks for is for the protocol library.

use std::{borrow::Cow, collections::HashSet, fmt};

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// How deep a message may be nested. Tool arguments need five levels, filters two or three more.
const DEEPEST: u8 = 64;

const PER_REQUEST_VERSION: &str = "io.modelcontextprotocol/protocolVersion";

/// What the outside of a message says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Envelope {
    /// The method; `None` for a response.
    pub(crate) method: Option<String>,
    /// The protocol version that the request itself names, as requests do since 2026-07-28.
    pub(crate) version: Option<String>,
    /// The id of a request.
    pub(crate) id: Option<Id>,
}

/// The id of a request, as the protocol library tells ids apart.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Id {
    Number(i64),
    Text(String),
}

/// Why a message is not acted on.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Malformed {
    #[error("the body is not JSON: {0}")]
    NotJson(String),
    #[error("the key {0:?} stands twice in one object; parsers silently keep only one of them")]
    Duplicate(String),
    #[error("the message is nested deeper than {DEEPEST} levels")]
    TooDeep,
    #[error("the message is longer than {0} bytes")]
    TooLong(u64),
    #[error("a batch of messages is not accepted: send each in a request of its own")]
    Batch,
    #[error("a message is a JSON object")]
    NotAnObject,
    #[error("`jsonrpc` must be \"2.0\"")]
    Version,
    #[error("`id` must be a text or a whole number that fits into 64 bits with its sign")]
    Id,
    #[error("`method` must be a text")]
    Method,
    #[error("the message is neither a request nor a response: it has no `method`, `result` or `error`")]
    Nothing,
}

impl Malformed {
    /// The code of JSON-RPC: parse error or invalid request.
    pub(crate) const fn code(&self) -> i32 {
        match self {
            Self::NotJson(_) => -32700,
            _ => -32600,
        }
    }
}

/// The body without the mark of UTF-8 that some editors and shells put before it. A reader may ignore it (RFC 8259
/// §8.1).
pub(crate) fn without_mark(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body)
}

/// Looks at JSON that is no message: at its nesting and its keys.
pub(crate) fn look(json: &[u8]) -> Result<(), Malformed> {
    let mut seen = Seen::default();
    read(json, Place::Inside, &mut seen)
}

fn read(body: &[u8], place: Place, seen: &mut Seen) -> Result<(), Malformed> {
    let mut parser = serde_json::Deserializer::from_slice(body);
    let parsed = Look { place, depth: 0, seen: &mut *seen }.deserialize(&mut parser);
    parsed
        .and_then(|()| parser.end())
        .map_err(|error| seen.fault.take().unwrap_or_else(|| Malformed::NotJson(error.to_string())))
}

/// Looks at a message.
pub(crate) fn open(body: &[u8]) -> Result<Envelope, Malformed> {
    let mut seen = Seen::default();
    read(body, Place::Root, &mut seen)?;
    if !seen.is_object {
        return Err(Malformed::NotAnObject);
    }
    if !seen.speaks_json_rpc {
        return Err(Malformed::Version);
    }
    if seen.bad_id {
        return Err(Malformed::Id);
    }
    if seen.bad_method {
        return Err(Malformed::Method);
    }
    if seen.envelope.method.is_none() && !seen.is_response {
        return Err(Malformed::Nothing);
    }
    Ok(seen.envelope)
}

/// What was seen on the way through.
#[derive(Default)]
struct Seen {
    envelope: Envelope,
    fault: Option<Malformed>,
    is_object: bool,
    is_response: bool,
    speaks_json_rpc: bool,
    bad_id: bool,
    bad_method: bool,
}

/// Where in the message a value stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Root,
    JsonRpc,
    Id,
    Method,
    Params,
    Meta,
    PerRequestVersion,
    Inside,
}

impl Place {
    fn under(self, key: &str) -> Self {
        match (self, key) {
            (Self::Root, "jsonrpc") => Self::JsonRpc,
            (Self::Root, "id") => Self::Id,
            (Self::Root, "method") => Self::Method,
            (Self::Root, "params") => Self::Params,
            (Self::Params, "_meta") => Self::Meta,
            (Self::Meta, PER_REQUEST_VERSION) => Self::PerRequestVersion,
            _ => Self::Inside,
        }
    }
}

struct Look<'a> {
    place: Place,
    depth: u8,
    seen: &'a mut Seen,
}

impl Look<'_> {
    /// A value that is neither a text, a whole number nor an object.
    fn other<E>(self) -> Result<(), E> {
        match self.place {
            Place::Id => self.seen.bad_id = true,
            Place::Method => self.seen.bad_method = true,
            _ => {}
        }
        Ok(())
    }

    fn whole_number<E>(self, number: i64) -> Result<(), E> {
        if self.place != Place::Id {
            return self.other();
        }
        self.seen.envelope.id = Some(Id::Number(number));
        Ok(())
    }

    fn fault<E: Error>(self, fault: Malformed) -> E {
        self.seen.fault = Some(fault);
        E::custom("refused")
    }
}

impl<'de> DeserializeSeed<'de> for Look<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        if self.depth > DEEPEST {
            return Err(self.fault(Malformed::TooDeep));
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Look<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        self.other()
    }

    fn visit_i64<E>(self, number: i64) -> Result<(), E> {
        self.whole_number(number)
    }

    fn visit_u64<E>(self, number: u64) -> Result<(), E> {
        match i64::try_from(number) {
            Ok(number) => self.whole_number(number),
            Err(_) => self.other(),
        }
    }

    /// `1.0` and `-0` are whole numbers too, written in another way.
    fn visit_f64<E>(self, number: f64) -> Result<(), E> {
        if number.fract() != 0.0 || number.abs() > 9_007_199_254_740_992.0 {
            return self.other();
        }
        #[expect(clippy::cast_possible_truncation, reason = "whole and within 2^53")]
        self.whole_number(number as i64)
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.other()
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        match self.place {
            Place::JsonRpc => self.seen.speaks_json_rpc = text == "2.0",
            Place::Method => self.seen.envelope.method = Some(text.to_owned()),
            Place::Id => self.seen.envelope.id = Some(Id::Text(text.to_owned())),
            Place::PerRequestVersion => self.seen.envelope.version = Some(text.to_owned()),
            _ => {}
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        if self.place == Place::Root {
            return Err(self.fault(Malformed::Batch));
        }
        let depth = self.depth + 1;
        while items.next_element_seed(Look { place: Place::Inside, depth, seen: &mut *self.seen })?.is_some()
        {
        }
        self.other()
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        self.seen.is_object |= self.place == Place::Root;
        let mut keys: HashSet<Cow<'_, str>> = HashSet::new();
        while let Some(key) = entries.next_key::<Cow<'_, str>>()? {
            self.seen.is_response |= self.place == Place::Root && (key == "result" || key == "error");
            let place = self.place.under(&key);
            if let Some(key) = keys.replace(key) {
                let shown = crate::redact::text(&key).chars().take(64).collect();
                return Err(self.fault(Malformed::Duplicate(shown)));
            }
            entries.next_value_seed(Look { place, depth: self.depth + 1, seen: &mut *self.seen })?;
        }
        self.other()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(body: &str) -> Option<Malformed> {
        open(body.as_bytes()).err()
    }

    #[test]
    fn the_outside_of_a_message_is_read() {
        let legacy = br#"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#;
        let (method, number) = (Some("tools/list".to_owned()), Some(Id::Number(1)));
        assert_eq!(open(legacy), Ok(Envelope { method, version: None, id: number.clone() }));
        let modern = br#"{"jsonrpc":"2.0","id":"a","method":"tools/list",
            "params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}}}"#;
        assert_eq!(
            open(modern),
            Ok(Envelope {
                method: Some("tools/list".into()),
                version: Some("2026-07-28".into()),
                id: Some(Id::Text("a".into()))
            })
        );
        let response = Envelope { id: number, ..Envelope::default() };
        assert_eq!(open(br#"{"jsonrpc":"2.0","id":1,"result":{}}"#), Ok(response));
        assert!(open(br#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#).is_ok());
    }

    #[test]
    fn what_is_no_message_is_named() {
        assert!(matches!(refusal("{"), Some(Malformed::NotJson(_))));
        assert!(matches!(refusal(""), Some(Malformed::NotJson(_))));
        assert!(matches!(
            refusal(r#"{"jsonrpc":"2.0","id":1,"method":"ping"} x"#),
            Some(Malformed::NotJson(_))
        ));
        assert_eq!(refusal("[]"), Some(Malformed::Batch));
        assert_eq!(refusal("7"), Some(Malformed::NotAnObject));
        assert_eq!(refusal(r#"{"id":1,"method":"ping"}"#), Some(Malformed::Version));
        assert_eq!(refusal(r#"{"jsonrpc":2.0,"id":1,"method":"ping"}"#), Some(Malformed::Version));
        for id in ["null", "1.5", "true", "[]", "{}"] {
            let body = format!(r#"{{"jsonrpc":"2.0","id":{id},"method":"ping"}}"#);
            assert_eq!(refusal(&body), Some(Malformed::Id), "{id}");
        }
        assert_eq!(refusal(r#"{"jsonrpc":"2.0","id":1,"method":7}"#), Some(Malformed::Method));
        assert_eq!(refusal(r#"{"jsonrpc":"2.0","id":1}"#), Some(Malformed::Nothing));
    }

    #[test]
    fn whole_numbers_are_ids_however_they_are_written() {
        let id = |written: &str| {
            let body = format!(r#"{{"jsonrpc":"2.0","id":{written},"method":"ping"}}"#);
            open(body.as_bytes()).map(|envelope| envelope.id)
        };
        for (written, number) in
            [("-0", 0), ("1.0", 1), ("1e2", 100), ("-7", -7), ("9223372036854775807", i64::MAX)]
        {
            assert_eq!(id(written), Ok(Some(Id::Number(number))), "{written}");
        }
        for written in ["9223372036854775808", "-1e300", "0.5"] {
            assert_eq!(id(written), Err(Malformed::Id), "{written}");
        }
    }

    #[test]
    fn a_key_that_stands_twice_is_found_however_deep_and_however_spelt() {
        for body in [
            r#"{"jsonrpc":"2.0","id":1,"method":"a","method":"b"}"#,
            r#"{"jsonrpc":"2.0","id":1,"method":"a","params":{"arguments":{"x":[{"method":1,"method":2}]}}}"#,
            r#"{"jsonrpc":"2.0","id":1,"method":"a","params":{"method":1,"\u006dethod":2}}"#,
        ] {
            assert_eq!(refusal(body), Some(Malformed::Duplicate("method".into())), "{body}");
        }
    }

    #[test]
    fn nesting_without_reason_is_refused_before_it_costs_anything() {
        let deep = |levels: usize| {
            let (open, close) = ("[".repeat(levels), "]".repeat(levels));
            format!(r#"{{"jsonrpc":"2.0","id":1,"method":"a","params":{{"x":{open}{close}}}}}"#)
        };
        assert_eq!(refusal(&deep(60)), None);
        assert_eq!(refusal(&deep(80)), Some(Malformed::TooDeep));
        assert_eq!(refusal(&deep(100_000)), Some(Malformed::TooDeep));
    }
}
