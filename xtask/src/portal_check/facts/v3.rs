//! REST 3.0: envelopes, refusals, fields.

use crate::portal_check::fact::{Caller, Family, Sent, fact, v3};
use crate::portal_check::want::{Kind, Want};

const THIRD: &str = "api-reference/rest-v3.md";
const GET: &str = "api-reference/tasks/tasks-task-get-rest-v3.md";
const ACCESS: &str = "api-reference/tasks/tasks-task-access-get.md";
const FIELDS: &str = "api-reference/tasks/tasks-task-field-list.md";
const UPDATE: &str = "api-reference/tasks/tasks-task-update-rest-v3.md";
const DELETE: &str = "api-reference/tasks/tasks-task-delete-rest-v3.md";

const INVALID: &str = "\"BITRIX_REST_V3_EXCEPTION_VALIDATION_REQUESTVALIDATIONEXCEPTION\"";
const UNKNOWN: &str = "\"BITRIX_REST_V3_EXCEPTION_UNKNOWNDTOPROPERTYEXCEPTION\"";

pub(crate) static FAMILY: Family = Family {
    name: "v3",
    scopes: &["tasks"],
    writes: false,
    facts: &[
        fact(
            "v3.item",
            THIRD,
            "One record stands in `result.item`, with `time` beside `result`.",
            v3("tasks.task.get", r#"{"id":<task>}"#),
            &[
                Want::Status(200),
                Want::Kind("/result/item", Kind::Map),
                Want::Kind("/time/duration", Kind::Number),
            ],
        ),
        fact(
            "v3.numbers",
            GET,
            "Ids are numbers.",
            v3("tasks.task.get", r#"{"id":<task>,"select":["id","responsibleId"]}"#),
            &[Want::Is("/result/item/id", "<task>"), Want::Kind("/result/item/responsibleId", Kind::Whole)],
        ),
        fact(
            "v3.flags",
            GET,
            "Yes and no are true and false.",
            v3("tasks.task.get", r#"{"id":<task>,"select":["id","needsControl"]}"#),
            &[Want::Kind("/result/item/needsControl", Kind::Flag)],
        ),
        fact(
            "v3.select",
            GET,
            "`select` limits the fields.",
            v3("tasks.task.get", r#"{"id":<task>,"select":["id","title"]}"#),
            &[Want::Kind("/result/item/title", Kind::Text), Want::Absent("/result/item/description")],
        ),
        fact(
            "v3.related",
            THIRD,
            "A field of a related record is selected with a dot and comes nested.",
            v3("tasks.task.get", r#"{"id":<task>,"select":["id","responsible.name"]}"#),
            &[Want::Kind("/result/item/responsible/name", Kind::Text)],
        ),
        fact(
            "v3.related.unknown",
            THIRD,
            "An unknown field of a related record is UNKNOWNDTOPROPERTYEXCEPTION with status 400.",
            v3("tasks.task.get", r#"{"id":<task>,"select":["id","responsible.noSuchField"]}"#),
            &[Want::Status(400), Want::Is("/error/code", UNKNOWN)],
        ),
        fact(
            "v3.select.unknown",
            THIRD,
            "An unknown field of the record itself is left out without an error.",
            v3("tasks.task.get", r#"{"id":<task>,"select":["id","noSuchField"]}"#),
            &[
                Want::Status(200),
                Want::Is("/result/item/id", "<task>"),
                Want::Absent("/result/item/noSuchField"),
            ],
        ),
        fact(
            "v3.error",
            THIRD,
            "A refusal is an object with a code and a message, without `result`.",
            v3("tasks.task.get", "{}"),
            &[
                Want::Kind("/error/code", Kind::Words),
                Want::Kind("/error/message", Kind::Words),
                Want::Absent("/result"),
                Want::Absent("/error_description"),
            ],
        ),
        fact(
            "v3.required",
            GET,
            "A missing required field is REQUESTVALIDATIONEXCEPTION with status 400.",
            v3("tasks.task.get", "{}"),
            &[Want::Status(400), Want::Is("/error/code", INVALID)],
        ),
        fact(
            "v3.required.names",
            GET,
            "The refusal of a missing field names it in `validation`.",
            v3("tasks.task.get", "{}"),
            &[
                Want::Is("/error/validation/0/field", "\"id\""),
                Want::Kind("/error/validation/0/message", Kind::Words),
            ],
        ),
        fact(
            "v3.type",
            GET,
            "A number written as text is refused where a number is declared.",
            v3("tasks.task.get", r#"{"id":"<task>"}"#),
            &[
                Want::Status(400),
                Want::Is("/error/code", INVALID),
                Want::Is("/error/validation/0/field", "\"id\""),
            ],
        ),
        fact(
            "v3.missing",
            THIRD,
            "A record that does not exist is ENTITYNOTFOUNDEXCEPTION with status 400, not 404.",
            v3("tasks.task.get", r#"{"id":999999999}"#),
            &[
                Want::Status(400),
                Want::Is("/error/code", "\"BITRIX_REST_V3_EXCEPTION_ENTITYNOTFOUNDEXCEPTION\""),
            ],
        ),
        fact(
            "v3.no-json",
            THIRD,
            "A body that is no JSON is INVALIDJSONEXCEPTION with status 400.",
            v3("tasks.task.get", "{id:"),
            &[
                Want::Status(400),
                Want::Is("/error/code", "\"BITRIX_REST_V3_EXCEPTION_INVALIDJSONEXCEPTION\""),
            ],
        ),
        fact(
            "v3.form",
            THIRD,
            "A form is INVALIDJSONEXCEPTION.",
            v3("tasks.task.get", "").sent(Sent::Text("application/x-www-form-urlencoded", "id=<task>")),
            &[Want::Is("/error/code", "\"BITRIX_REST_V3_EXCEPTION_INVALIDJSONEXCEPTION\"")],
        ),
        fact(
            "v3.query",
            THIRD,
            "Parameters in the query are not read.",
            v3("tasks.task.get", "").sent(Sent::Query("id=<task>")),
            &[Want::Status(400), Want::Is("/error/code", INVALID)],
        ),
        fact(
            "v3.wrong-secret",
            THIRD,
            "A webhook with a wrong secret is refused in the form of REST 3.0.",
            v3("tasks.task.get", r#"{"id":<task>}"#).by(Caller::WrongSecret),
            &[Want::StatusAmong(&[401, 403]), Want::Kind("/error/code", Kind::Words)],
        ),
        fact(
            "v3.access",
            ACCESS,
            "`tasks.task.access.get` answers rights as a flat map of true and false.",
            v3("tasks.task.access.get", r#"{"id":<task>}"#),
            &[
                Want::Status(200),
                Want::Kind("/result/read", Kind::Flag),
                Want::Every("/result", "", Kind::Flag),
            ],
        ),
        fact(
            "v3.access.required",
            ACCESS,
            "`tasks.task.access.get` without an id is REQUESTVALIDATIONEXCEPTION.",
            v3("tasks.task.access.get", "{}"),
            &[Want::Status(400), Want::Is("/error/code", INVALID)],
        ),
        fact(
            "v3.fields",
            FIELDS,
            "`tasks.task.field.list` describes the fields in `result.items`.",
            v3("tasks.task.field.list", "{}"),
            &[
                Want::Status(200),
                Want::Every("/result/items", "/name", Kind::Words),
                Want::Every("/result/items", "/type", Kind::Words),
            ],
        ),
        fact(
            "v3.fields.flags",
            FIELDS,
            "A field tells whether it can be filtered and sorted by.",
            v3("tasks.task.field.list", "{}"),
            &[
                Want::Every("/result/items", "/filterable", Kind::Flag),
                Want::Every("/result/items", "/sortable", Kind::Flag),
            ],
        ),
        fact(
            "v3.openapi",
            THIRD,
            "`rest.documentation.openapi` answers a document of OpenAPI 3.0.0, without an envelope.",
            v3("rest.documentation.openapi", "").sent(Sent::Query("")),
            &[Want::Status(200), Want::Is("/openapi", "\"3.0.0\""), Want::Kind("/paths", Kind::Map)],
        ),
        fact(
            "v3.openapi.paths",
            THIRD,
            "The document names the methods there are.",
            v3("rest.documentation.openapi", "").sent(Sent::Query("")),
            &[Want::Kind("/paths/~1tasks.task.get", Kind::Map)],
        ),
        fact(
            "v3.scopes",
            THIRD,
            "`rest.scope.list` answers.",
            v3("rest.scope.list", "{}"),
            &[Want::Status(200), Want::Kind("/result", Kind::Map)],
        ),
        fact(
            "v3.update.required",
            UPDATE,
            "`tasks.task.update` without an id is REQUESTVALIDATIONEXCEPTION.",
            v3("tasks.task.update", r#"{"fields":{"title":"x"}}"#),
            &[Want::Status(400), Want::Is("/error/code", INVALID)],
        ),
        fact(
            "v3.delete.required",
            DELETE,
            "`tasks.task.delete` without an id is REQUESTVALIDATIONEXCEPTION.",
            v3("tasks.task.delete", "{}"),
            &[Want::Status(400), Want::Is("/error/code", INVALID)],
        ),
        fact(
            "v3.delete.type",
            DELETE,
            "`tasks.task.delete` refuses an id written as text.",
            v3("tasks.task.delete", r#"{"id":"999999999"}"#),
            &[Want::Status(400), Want::Is("/error/code", INVALID)],
        ),
    ],
};
