//! The resources that the suite reads.

use rmcp::model::{CacheScope, ReadResourceResult, Resource, ResourceContents, ResourceTemplate};
use serde_json::json;

use super::content::{PIXEL, text_resource};

/// How long clients may keep one. It never changes.
const TTL_MS: u64 = 60_000;

pub(super) fn all() -> [Resource; 2] {
    [
        Resource::new("test://static-text", "Static text").with_mime_type("text/plain"),
        Resource::new("test://static-binary", "Static binary").with_mime_type("image/png"),
    ]
}

pub(super) fn template() -> ResourceTemplate {
    ResourceTemplate::new("test://template/{id}/data", "Data by id").with_mime_type("application/json")
}

/// The contents of a fixture; `None` for what is none.
pub(super) fn read(uri: &str) -> Option<ReadResourceResult> {
    let contents = match uri {
        "test://static-text" => {
            text_resource(uri, "text/plain", "This is the content of the static text resource.")
        }
        "test://static-binary" => ResourceContents::BlobResourceContents {
            uri: uri.into(),
            mime_type: Some("image/png".into()),
            blob: PIXEL.into(),
            meta: None,
        },
        _ => {
            let id = uri.strip_prefix("test://template/")?.strip_suffix("/data")?;
            let data = json!({ "id": id, "templateTest": true, "data": format!("Data for ID: {id}") });
            text_resource(uri, "application/json", data.to_string())
        }
    };
    let result = ReadResourceResult::new(vec![contents]);
    Some(result.with_ttl_ms(TTL_MS).with_cache_scope(CacheScope::Private))
}
