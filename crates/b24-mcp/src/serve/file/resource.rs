//! `resources/read` of `b24://task/{taskId}/file/{fileId}`: the whole file, in base64.

use std::sync::Arc;

use b24_tools::{OpenFile, Refusal};
use base64::{Engine, engine::general_purpose::STANDARD};
use rmcp::model::ResourceContents;

use super::{Taker, Wanted};
use crate::serve::house::House;

/// Reads a file, whole.
pub(in crate::serve) async fn read_file_resource(
    house: &Arc<House>,
    wanted: Wanted,
) -> Result<ResourceContents, Refusal> {
    let uri = wanted.file.to_string();
    let (kind, blob) = house.hand_out(wanted, Whole).await?;
    Ok(ResourceContents::blob(blob, uri).with_mime_type(kind))
}

/// All of the file, in base64.
struct Whole;

impl Taker for Whole {
    type Taken = (&'static str, String);

    async fn take(self, file: OpenFile) -> Result<(&'static str, String), Refusal> {
        let bytes = file.download.whole().await?;
        Ok((file.media_type, STANDARD.encode(bytes)))
    }
}
