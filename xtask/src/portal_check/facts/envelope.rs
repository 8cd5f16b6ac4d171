//! What stands around every classic answer.

use crate::portal_check::fact::{Family, fact, get, v2};
use crate::portal_check::want::{Kind, Want};

const PRINCIPLES: &str = "settings/how-to-call-rest-api/general-principles.md";
const TIME: &str = "api-reference/data-types.md";
const LISTS: &str = "settings/how-to-call-rest-api/list-methods-pecularities.md";

pub(crate) static FAMILY: Family = Family {
    name: "envelope",
    scopes: &["task"],
    writes: false,
    facts: &[
        fact(
            "envelope.status",
            PRINCIPLES,
            "A call that succeeds is answered with status 200.",
            v2("profile", "{}"),
            &[Want::Status(200)],
        ),
        fact(
            "envelope.json",
            PRINCIPLES,
            "Answers are JSON unless asked otherwise.",
            v2("profile", "{}"),
            &[Want::Header("content-type", "application/json"), Want::Kind("", Kind::Map)],
        ),
        fact(
            "envelope.result",
            PRINCIPLES,
            "What a method answers stands in `result`.",
            v2("profile", "{}"),
            &[Want::Kind("/result", Kind::Map)],
        ),
        fact(
            "envelope.no-error",
            PRINCIPLES,
            "An answer that succeeded holds no `error`.",
            v2("profile", "{}"),
            &[Want::Absent("/error"), Want::Absent("/error_description")],
        ),
        fact(
            "envelope.suffix-json",
            PRINCIPLES,
            "`.json` after the method changes nothing.",
            v2("profile.json", "{}"),
            &[Want::Status(200), Want::Is("/result/ID", "\"<me>\"")],
        ),
        fact(
            "envelope.suffix-xml",
            PRINCIPLES,
            "`.xml` after the method gives the same tree as XML.",
            v2("server.time.xml", "{}"),
            &[
                Want::Status(200),
                Want::BodyHolds("<response>"),
                Want::BodyHolds("<result>"),
                Want::BodyHolds("</response>"),
            ],
        ),
        fact(
            "envelope.get",
            PRINCIPLES,
            "A simple request can be a GET.",
            get("profile", ""),
            &[Want::Status(200), Want::Is("/result/ID", "\"<me>\"")],
        ),
        fact(
            "envelope.time",
            TIME,
            "Every answer tells its times in `time`, beside `result`.",
            v2("profile", "{}"),
            &[Want::Kind("/time", Kind::Map), Want::Absent("/result/time")],
        ),
        fact(
            "envelope.time.start",
            TIME,
            "`time.start` and `time.finish` are numbers of seconds.",
            v2("profile", "{}"),
            &[Want::Kind("/time/start", Kind::Number), Want::Kind("/time/finish", Kind::Number)],
        ),
        fact(
            "envelope.time.duration",
            TIME,
            "`time.duration` and `time.processing` are numbers of seconds.",
            v2("profile", "{}"),
            &[Want::Kind("/time/duration", Kind::Number), Want::Kind("/time/processing", Kind::Number)],
        ),
        fact(
            "envelope.time.dates",
            TIME,
            "`time.date_start` and `time.date_finish` are moments with an offset.",
            v2("profile", "{}"),
            &[Want::Kind("/time/date_start", Kind::Moment), Want::Kind("/time/date_finish", Kind::Moment)],
        ),
        fact(
            "envelope.time.operating",
            TIME,
            "`time.operating`, where it is told, is a number of seconds.",
            v2("profile", "{}"),
            &[Want::KindIfThere("/time/operating", Kind::Number)],
        ),
        fact(
            "envelope.time.reset",
            TIME,
            "`time.operating_reset_at`, where it is told, is a whole Unix time.",
            v2("profile", "{}"),
            &[Want::KindIfThere("/time/operating_reset_at", Kind::Whole)],
        ),
        fact(
            "envelope.single",
            LISTS,
            "`total` and `next` belong to list methods alone.",
            v2("profile", "{}"),
            &[Want::Absent("/total"), Want::Absent("/next")],
        ),
        fact(
            "envelope.total",
            LISTS,
            "A list method tells how many records there are in `total`, beside `result`.",
            v2("tasks.task.list", r#"{"select":["ID"]}"#),
            &[Want::Kind("/total", Kind::Whole), Want::Absent("/result/total")],
        ),
        fact(
            "envelope.page",
            LISTS,
            "A page of a list holds at most 50 records.",
            v2("tasks.task.list", r#"{"select":["ID"]}"#),
            &[Want::AtMost("/result/tasks", 50)],
        ),
        fact(
            "envelope.next",
            LISTS,
            "`next`, where more follows, is the `start` of the next page.",
            v2("tasks.task.list", r#"{"select":["ID"]}"#),
            &[Want::KindIfThere("/next", Kind::Whole)],
        ),
    ],
};
