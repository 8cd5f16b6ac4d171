//! Files behind a `DOWNLOAD_URL`. Such an address lies beside the methods and carries its own credential, so there is no
//! webhook in it; what is answered is the file itself, to be saved and never to be shown.

use axum::body::Body;
use axum::http::request::Parts;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::methods;
use crate::portal::State;

/// The file an address opens; `None` when it is no such address, or its credential does not fit.
pub(super) fn find(state: &State, parts: &Parts) -> Option<Response> {
    let query = parts.uri.query()?;
    let (name, bytes) = methods::download(&state.world(), parts.uri.path(), query)?;
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    let name = utf8_percent_encode(&name, NON_ALPHANUMERIC);
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename*=utf-8''{name}")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    Some(response)
}
