//! Results with each kind of content. What they say is the suite's own.

use rmcp::model::{AudioContent, CallToolResult, ContentBlock, ResourceContents};

/// The smallest PNG there is: one pixel.
pub(super) const PIXEL: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==";
/// A WAV file without a sample.
const SILENCE: &str = "UklGRiQAAABXQVZFZm10IBAAAAABAAEARKwAAIhYAQACABAAZGF0YQAAAAA=";

/// A result of one text.
pub(super) fn said(text: impl Into<String>) -> CallToolResult {
    CallToolResult::success(vec![ContentBlock::text(text)])
}

/// A result that tells of a failure.
pub(super) fn failed(text: impl Into<String>) -> CallToolResult {
    CallToolResult::error(vec![ContentBlock::text(text)])
}

pub(super) fn image() -> CallToolResult {
    CallToolResult::success(vec![ContentBlock::image(PIXEL, "image/png")])
}

pub(super) fn audio() -> CallToolResult {
    CallToolResult::success(vec![ContentBlock::Audio(AudioContent::new(SILENCE, "audio/wav"))])
}

pub(super) fn embedded() -> CallToolResult {
    let resource =
        text_resource("test://embedded-resource", "text/plain", "This is an embedded resource content.");
    CallToolResult::success(vec![ContentBlock::resource(resource)])
}

pub(super) fn mixed() -> CallToolResult {
    let resource =
        text_resource("test://mixed-content-resource", "application/json", r#"{"test":"data","value":123}"#);
    CallToolResult::success(vec![
        ContentBlock::text("Multiple content types test:"),
        ContentBlock::image(PIXEL, "image/png"),
        ContentBlock::resource(resource),
    ])
}

/// A resource that is text.
pub(super) fn text_resource(uri: &str, kind: &str, text: impl Into<String>) -> ResourceContents {
    ResourceContents::TextResourceContents {
        uri: uri.into(),
        mime_type: Some(kind.into()),
        text: text.into(),
        meta: None,
    }
}
