//! How a classic call is refused.

use crate::portal_check::fact::{Caller, Family, fact, get, v2};
use crate::portal_check::want::{Kind, Want};

const ERRORS: &str = "_includes/system-errors.md";
const CODES: &str = "error-codes.md";
const THIRD: &str = "api-reference/rest-v3.md";
const APP: &str = "api-reference/common/system/app-info.md";
const ADD: &str = "api-reference/tasks/tasks-task-add.md";

pub(crate) static FAMILY: Family = Family {
    name: "errors",
    scopes: &["task"],
    writes: false,
    facts: &[
        fact(
            "errors.shape",
            CODES,
            "A refusal is JSON with a code in `error` and words in `error_description`.",
            v2("app.info", "{}"),
            &[Want::Kind("/error", Kind::Text), Want::Kind("/error_description", Kind::Text)],
        ),
        fact(
            "errors.no-result",
            CODES,
            "A refusal holds no `result`.",
            v2("app.info", "{}"),
            &[Want::Kind("/error", Kind::Text), Want::Absent("/result")],
        ),
        fact(
            "errors.unknown-method",
            CODES,
            "A method that does not exist is ERROR_METHOD_NOT_FOUND with status 404.",
            v2("no.such.method", "{}"),
            &[Want::Status(404), Want::Is("/error", "\"ERROR_METHOD_NOT_FOUND\"")],
        ),
        fact(
            "errors.unknown-method.get",
            CODES,
            "A method that does not exist is the same refusal for a GET.",
            get("no.such.method", ""),
            &[Want::Status(404), Want::Is("/error", "\"ERROR_METHOD_NOT_FOUND\"")],
        ),
        fact(
            "errors.third-only",
            THIRD,
            "A method of REST 3.0 alone is ERROR_METHOD_NOT_FOUND with status 404 at the classic address.",
            v2("tasks.task.chat.message.send", "{}"),
            &[Want::Status(404), Want::Is("/error", "\"ERROR_METHOD_NOT_FOUND\"")],
        ),
        fact(
            "errors.wrong-secret",
            ERRORS,
            "A webhook with a wrong secret is INVALID_CREDENTIALS.",
            v2("profile", "{}").by(Caller::WrongSecret),
            &[
                Want::StatusAmong(&[401, 403]),
                Want::Is("/error", "\"INVALID_CREDENTIALS\""),
                Want::Kind("/error_description", Kind::Words),
            ],
        ),
        fact(
            "errors.nobody",
            ERRORS,
            "A call without any credential is NO_AUTH_FOUND with status 401.",
            v2("profile", "{}").by(Caller::Nobody),
            &[Want::Status(401), Want::Is("/error", "\"NO_AUTH_FOUND\"")],
        ),
        fact(
            "errors.no-parameter",
            ADD,
            "A missing parameter is the code \"100\", as text, with status 400.",
            v2("tasks.task.add", "{}"),
            &[Want::Status(400), Want::Is("/error", "\"100\"")],
        ),
        fact(
            "errors.no-parameter.name",
            ADD,
            "The words for a missing parameter name it in braces.",
            v2("tasks.task.add", "{}"),
            &[Want::Holds("/error_description", "{fields}")],
        ),
        fact(
            "errors.app-only",
            APP,
            "`app.info` refuses a webhook: ACCESS_DENIED with status 400.",
            v2("app.info", "{}"),
            &[Want::Status(400), Want::Is("/error", "\"ACCESS_DENIED\"")],
        ),
    ],
};
