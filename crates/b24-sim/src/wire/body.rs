//! From bytes to parameters: the query, a form of either kind or JSON for the classic API; JSON alone for REST 3.0.

use serde_json::{Map, Value};

use super::answer_v3::RefusalV3;
use super::params::{Params, indexed};
use super::{brackets, multipart};

/// Classic parameters: the query first, then the body, which wins where both name one.
///
/// JSON that cannot be read leaves no parameters, and neither does a body of an unknown type: PHP would not
/// fill its arrays either.
pub(crate) fn classic(query: &str, content_type: &str, body: &[u8]) -> Params {
    let mut tree = brackets::parse(query.as_bytes());
    let kind = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let sent = match kind.as_str() {
        "application/json" => json(body),
        "application/x-www-form-urlencoded" => brackets::parse(body),
        "multipart/form-data" => multipart::parse(content_type, body),
        _ => Map::new(),
    };
    tree.extend(sent);
    Params::new(tree)
}

fn json(body: &[u8]) -> Map<String, Value> {
    match serde_json::from_slice(body) {
        Ok(Value::Object(map)) => map,
        Ok(Value::Array(items)) => indexed(items),
        _ => Map::new(),
    }
}

/// REST 3.0 parameters: the JSON object of a POST; a GET has none, whatever its query says.
pub(crate) fn v3(is_post: bool, body: &[u8]) -> Result<Value, RefusalV3> {
    if !is_post || body.iter().all(u8::is_ascii_whitespace) {
        return Ok(Value::Object(Map::new()));
    }
    match serde_json::from_slice(body) {
        Ok(Value::Object(mut map)) => {
            map.shift_remove("auth");
            Ok(Value::Object(map))
        }
        Ok(Value::Array(items)) => Ok(Value::Array(items)),
        _ => Err(RefusalV3::invalid_json()),
    }
}
