//! What a classic batch does not take.

use crate::portal_check::fact::{Family, fact, v2};
use crate::portal_check::want::{Kind, Want};

const BATCH: &str = "settings/how-to-call-rest-api/batch.md";
const ERRORS: &str = "_includes/system-errors.md";

macro_rules! ten {
    () => {
        r#""server.time","server.time","server.time","server.time","server.time","server.time","server.time","server.time","server.time","server.time""#
    };
}

const FIFTY: &str = concat!(r#"{"cmd":["#, ten!(), ",", ten!(), ",", ten!(), ",", ten!(), ",", ten!(), "]}");
const FIFTY_ONE: &str =
    concat!(r#"{"cmd":["#, ten!(), ",", ten!(), ",", ten!(), ",", ten!(), ",", ten!(), r#","server.time"]}"#);
const NESTED: &str = r#"{"cmd":{"clock":"server.time","inner":"batch?cmd[a]=server.time"}}"#;

pub(crate) static FAMILY: Family = Family {
    name: "batch_limits",
    scopes: &[],
    writes: false,
    facts: &[
        fact(
            "batch_limits.fifty",
            BATCH,
            "A batch of 50 commands runs whole.",
            v2("batch", FIFTY),
            &[Want::Count("/result/result", 50), Want::Count("/result/result_error", 0)],
        ),
        fact(
            "batch_limits.surplus",
            BATCH,
            "The command after the fiftieth is ERROR_BATCH_LENGTH_EXCEEDED.",
            v2("batch", FIFTY_ONE),
            &[Want::Is("/result/result_error/50/error", "\"ERROR_BATCH_LENGTH_EXCEEDED\"")],
        ),
        fact(
            "batch_limits.rest",
            BATCH,
            "The first fifty run although there were more.",
            v2("batch", FIFTY_ONE),
            &[Want::Status(200), Want::Count("/result/result", 50)],
        ),
        fact(
            "batch_limits.nested",
            BATCH,
            "A batch inside a batch is ERROR_BATCH_METHOD_NOT_ALLOWED.",
            v2("batch", NESTED),
            &[Want::Is("/result/result_error/inner/error", "\"ERROR_BATCH_METHOD_NOT_ALLOWED\"")],
        ),
        fact(
            "batch_limits.nested.others",
            BATCH,
            "The commands beside a nested batch run.",
            v2("batch", NESTED),
            &[Want::Status(200), Want::Kind("/result/result/clock", Kind::Moment)],
        ),
        fact(
            "batch_limits.codes",
            ERRORS,
            "Inside a batch a refusal keeps its code.",
            v2("batch", r#"{"cmd":{"app":"app.info","empty":"feature.get"}}"#),
            &[
                Want::Is("/result/result_error/app/error", "\"ACCESS_DENIED\""),
                Want::Is("/result/result_error/empty/error", "\"CODE_EMPTY\""),
            ],
        ),
    ],
};
