//! Classic batches: what stands where.

use crate::portal_check::fact::{Family, fact, form, get, v2};
use crate::portal_check::want::{Kind, Want};

const BATCH: &str = "settings/how-to-call-rest-api/batch.md";
const ENCODING: &str = "settings/how-to-call-rest-api/data-encoding.md";

const GOOD: &str = r#"{"halt":0,"cmd":{"who":"profile","page":"user.get?select[]=ID"}}"#;
const MIXED: &str = r#"{"halt":0,"cmd":{"who":"profile","bad":"no.such.method","clock":"server.time"}}"#;
const HALTED: &str = r#"{"halt":1,"cmd":{"who":"profile","bad":"no.such.method","clock":"server.time"}}"#;

pub(crate) static FAMILY: Family = Family {
    name: "batch",
    scopes: &["user"],
    writes: false,
    facts: &[
        fact(
            "batch.keys",
            BATCH,
            "Results stand in `result.result` under the keys of the commands.",
            v2("batch", GOOD),
            &[
                Want::Status(200),
                Want::Is("/result/result/who/ID", "\"<me>\""),
                Want::Kind("/result/result/page", Kind::List),
            ],
        ),
        fact(
            "batch.order",
            BATCH,
            "Numbered commands are answered under their numbers.",
            v2("batch", r#"{"cmd":["server.time","profile"]}"#),
            &[Want::Kind("/result/result/0", Kind::Moment), Want::Is("/result/result/1/ID", "\"<me>\"")],
        ),
        fact(
            "batch.no-errors",
            BATCH,
            "Without a failure `result.result_error` is an empty list.",
            v2("batch", GOOD),
            &[Want::Is("/result/result_error", "[]")],
        ),
        fact(
            "batch.totals",
            BATCH,
            "The total of a list stands in `result.result_total`.",
            v2("batch", GOOD),
            &[Want::Kind("/result/result_total/page", Kind::Whole)],
        ),
        fact(
            "batch.totals.single",
            BATCH,
            "A command that gives no list has no total.",
            v2("batch", GOOD),
            &[Want::Absent("/result/result_total/who")],
        ),
        fact(
            "batch.next",
            BATCH,
            "`result.result_next` is a map, or an empty list.",
            v2("batch", GOOD),
            &[Want::Kind("/result/result_next", Kind::MapOrEmpty)],
        ),
        fact(
            "batch.times",
            BATCH,
            "Every command has its own times in `result.result_time`.",
            v2("batch", GOOD),
            &[
                Want::Kind("/result/result_time/who/duration", Kind::Number),
                Want::Kind("/result/result_time/page/date_start", Kind::Moment),
            ],
        ),
        fact(
            "batch.time",
            BATCH,
            "The batch as a whole has its times beside `result`.",
            v2("batch", GOOD),
            &[Want::Kind("/time/duration", Kind::Number)],
        ),
        fact(
            "batch.failed",
            BATCH,
            "A command that fails stands in `result.result_error` with its code and words.",
            v2("batch", MIXED),
            &[
                Want::Is("/result/result_error/bad/error", "\"ERROR_METHOD_NOT_FOUND\""),
                Want::Kind("/result/result_error/bad/error_description", Kind::Text),
            ],
        ),
        fact(
            "batch.failed.status",
            BATCH,
            "A batch with a failed command is answered with status 200.",
            v2("batch", MIXED),
            &[Want::Status(200), Want::Absent("/error")],
        ),
        fact(
            "batch.failed.alone",
            BATCH,
            "A command that fails stands nowhere else.",
            v2("batch", MIXED),
            &[Want::Absent("/result/result/bad"), Want::Absent("/result/result_total/bad")],
        ),
        fact(
            "batch.others",
            BATCH,
            "Without `halt` the commands after a failed one run.",
            v2("batch", MIXED),
            &[
                Want::Is("/result/result/who/ID", "\"<me>\""),
                Want::Kind("/result/result/clock", Kind::Moment),
            ],
        ),
        fact(
            "batch.halt.default",
            BATCH,
            "`halt` is off unless it is sent.",
            v2("batch", r#"{"cmd":{"bad":"no.such.method","clock":"server.time"}}"#),
            &[Want::Kind("/result/result/clock", Kind::Moment)],
        ),
        fact(
            "batch.halt",
            BATCH,
            "With `halt` nothing runs after a failed command.",
            v2("batch", HALTED),
            &[
                Want::Is("/result/result/who/ID", "\"<me>\""),
                Want::Kind("/result/result_error/bad/error", Kind::Text),
                Want::Absent("/result/result/clock"),
                Want::Absent("/result/result_error/clock"),
            ],
        ),
        fact(
            "batch.halt.true",
            BATCH,
            "`halt` may be true as well as 1.",
            v2("batch", r#"{"halt":true,"cmd":{"bad":"no.such.method","clock":"server.time"}}"#),
            &[Want::Absent("/result/result/clock"), Want::Kind("/result/result_error/bad/error", Kind::Text)],
        ),
        fact(
            "batch.reference",
            BATCH,
            "`$result[key][field]` in a command is what an earlier one answered.",
            v2("batch", r#"{"cmd":{"who":"profile","me":"user.get?FILTER[ID]=$result[who][ID]"}}"#),
            &[Want::Count("/result/result/me", 1), Want::Is("/result/result/me/0/ID", "\"<me>\"")],
        ),
        fact(
            "batch.reference.deep",
            BATCH,
            "A reference goes as deep as the answer.",
            v2(
                "batch",
                r#"{"cmd":{"list":"user.get?FILTER[ID]=<me>","me":"user.get?FILTER[ID]=$result[list][0][ID]"}}"#,
            ),
            &[Want::Count("/result/result/me", 1), Want::Is("/result/result/me/0/ID", "\"<me>\"")],
        ),
        fact(
            "batch.reference.number",
            BATCH,
            "A numbered command is referred to by its number.",
            v2("batch", r#"{"cmd":["profile","user.get?FILTER[ID]=$result[0][ID]"]}"#),
            &[Want::Count("/result/result/1", 1), Want::Is("/result/result/1/0/ID", "\"<me>\"")],
        ),
        fact(
            "batch.form",
            ENCODING,
            "A batch travels as a form, its commands encoded once more.",
            form("batch", "halt=0&cmd[who]=profile&cmd[me]=user.get%3FFILTER%5BID%5D%3D<me>"),
            &[Want::Is("/result/result/who/ID", "\"<me>\""), Want::Is("/result/result/me/0/ID", "\"<me>\"")],
        ),
        fact(
            "batch.query",
            ENCODING,
            "A batch travels in the query of a GET, its commands encoded once more.",
            get("batch", "cmd%5B0%5D=user.get%3FFILTER%5BID%5D%3D<me>"),
            &[Want::Is("/result/result/0/0/ID", "\"<me>\"")],
        ),
        fact(
            "batch.ampersand",
            ENCODING,
            "In a JSON body, a value of a command is encoded once.",
            v2("batch", r#"{"cmd":{"none":"user.get?FILTER[NAME]=<word>%26FILTER[ID]=<me>"}}"#),
            &[Want::Count("/result/result/none", 0)],
        ),
    ],
};
