//! The address a portal had before it was renamed: everything is answered with 302 to the present one. A client that
//! turns its POST into a GET on the way loses its parameters, which is what this is here to show.

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// Points from an old address to `base`, the present one without a slash at the end.
pub(crate) fn renamed(base: String) -> Router {
    Router::new().fallback(redirect).with_state(base)
}

async fn redirect(State(base): State<String>, request: Request) -> Response {
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    match HeaderValue::from_str(&format!("{base}{path}")) {
        Ok(location) => (StatusCode::FOUND, [(header::LOCATION, location)]).into_response(),
        Err(_) => StatusCode::BAD_REQUEST.into_response(),
    }
}
