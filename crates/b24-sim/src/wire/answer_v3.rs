//! The envelope of REST 3.0: an error is an object with a code, a message and perhaps `validation`.

use serde_json::{Map, Value, json};

use super::words;
use crate::settings::Language;

/// What a REST 3.0 method ends with: the value of `result`, or a refusal.
pub(crate) type OutcomeV3 = Result<Value, RefusalV3>;

/// A refusal of REST 3.0.
#[derive(Clone, Debug)]
pub(crate) struct RefusalV3 {
    /// What stands before `EXCEPTION_` in the code: nothing, or `REALISATION_`.
    layer: &'static str,
    /// The part of the code after `EXCEPTION_`.
    tail: &'static str,
    message: String,
    validation: Vec<(String, String)>,
    pub(crate) status: u16,
}

impl RefusalV3 {
    pub(crate) fn new(status: u16, tail: &'static str, message: impl Into<String>) -> Self {
        Self { layer: "", tail, message: message.into(), validation: Vec::new(), status }
    }

    /// No credential, a bad one, or one that expired.
    pub(crate) fn bad_credential() -> Self {
        Self::new(401, "ACCESSDENIEDEXCEPTION", "Access denied")
    }

    pub(crate) fn access_denied() -> Self {
        Self::new(403, "ACCESSDENIEDEXCEPTION", "Access denied")
    }

    pub(crate) fn method_not_found(method: &str) -> Self {
        Self::new(404, "METHODNOTFOUNDEXCEPTION", format!("Method `{method}` not found"))
    }

    pub(crate) fn insufficient_scope() -> Self {
        Self::new(
            403,
            "INSUFFICIENTSCOPEEXCEPTION",
            "The request requires higher privileges than provided by the webhook token",
        )
    }

    pub(crate) fn invalid_json() -> Self {
        Self::new(400, "INVALIDJSONEXCEPTION", "The request body is not valid JSON")
    }

    pub(crate) fn not_found(id: u64) -> Self {
        Self::new(400, "ENTITYNOTFOUNDEXCEPTION", format!("Record with ID = `{id}` not found"))
    }

    pub(crate) fn unknown_field(field: &str, entity: &str) -> Self {
        let text = format!("Unknown field `{field}` for entity `{entity}`");
        Self::new(400, "UNKNOWNDTOPROPERTYEXCEPTION", text)
    }

    /// A description was asked for of a field that is none.
    pub(crate) fn field_not_found(field: &str) -> Self {
        let text = format!("Field `{field}` not found");
        Self { layer: "REALISATION_", ..Self::new(400, "FIELDNOTFOUNDEXCEPTION", text) }
    }

    /// The limits of the transport speak the classic words in the new envelope; the documents name no own codes.
    pub(crate) fn operation_time_limit() -> Self {
        let text = "Method is blocked due to operation time limit.";
        Self::new(429, "OPERATIONTIMELIMITEXCEPTION", text)
    }

    pub(crate) fn query_limit() -> Self {
        Self::new(503, "QUERYLIMITEXCEEDEDEXCEPTION", "Too many requests")
    }

    /// What the portal says of a `batch` it cannot make sense of, the classic `{cmd}` included, and of a reference that
    /// leads nowhere.
    pub(crate) fn invalid_select(part: &Value) -> Self {
        let text = format!("Unable to recognize select expression `{part}`");
        Self::new(400, "INVALIDSELECTEXCEPTION", text)
    }

    /// One or more fields of the request that are missing or of the wrong type.
    pub(crate) fn validation(fields: Vec<(String, String)>) -> Self {
        let message = "Error during request object validation";
        let refusal = Self::new(400, "VALIDATION_REQUESTVALIDATIONEXCEPTION", message);
        Self { validation: fields, ..refusal }
    }

    /// A rule about the object itself, such as an empty title.
    pub(crate) fn object_rule(field: &str, message: &str) -> Self {
        let refusal = Self::new(400, "VALIDATION_DTOVALIDATIONEXCEPTION", "Error during object validation");
        Self { validation: vec![(field.to_owned(), message.to_owned())], ..refusal }
    }

    pub(crate) fn required(field: &str) -> Self {
        Self::validation(vec![required_text(field)])
    }

    pub(crate) fn wrong_type(field: &str, expected: &str) -> Self {
        Self::validation(vec![type_text(field, expected)])
    }

    pub(crate) fn code(&self) -> String {
        format!("BITRIX_REST_V3_{}EXCEPTION_{}", self.layer, self.tail)
    }

    /// The envelope, its words in the language of the portal.
    pub(crate) fn body(&self, language: Language) -> Value {
        let mut error = Map::new();
        error.insert("code".to_owned(), self.code().into());
        error.insert("message".to_owned(), words::said(&self.message, language).into());
        if !self.validation.is_empty() {
            let rows = self
                .validation
                .iter()
                .map(|(field, text)| json!({ "message": words::said(text, language), "field": field }));
            error.insert("validation".to_owned(), rows.collect());
        }
        json!({ "error": error })
    }
}

/// The row of `validation` for a field that is missing.
pub(crate) fn required_text(field: &str) -> (String, String) {
    (field.to_owned(), format!("Required field `{field}` is not specified"))
}

/// The row of `validation` for a field of the wrong type.
pub(crate) fn type_text(field: &str, expected: &str) -> (String, String) {
    (field.to_owned(), format!("Field `{field}` requires data type `{expected}` for this request"))
}

/// The body of a success.
pub(crate) fn success(result: Value, time: Value) -> Value {
    json!({ "result": result, "time": time })
}
