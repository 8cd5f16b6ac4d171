//! The "no" of REST 3.0: `{"error": {"code": …, "message": …, "validation": [{"field": …, "message": …}]}}`.

use b24_model::Dialect;
use serde_json::Value;

use crate::{Params, PortalCode, Refusal, plain::plain, wire};

pub(crate) fn refusal(method: &'static str, status: u16, error: &Params) -> Refusal {
    let text = |map: &Params, name: &str| plain(&map.get(name).and_then(wire::text).unwrap_or_default());
    let fields = error.get("validation").and_then(Value::as_array).into_iter().flatten();
    Refusal {
        method,
        status,
        code: PortalCode::new(text(error, "code")),
        message: text(error, "message"),
        fields: fields
            .filter_map(Value::as_object)
            .map(|row| (text(row, "field"), text(row, "message")))
            .collect(),
        dialect: Dialect::V3,
    }
}
