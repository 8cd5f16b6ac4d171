//! Lists of REST 3.0: pages, filters, order.

use crate::portal_check::fact::{Family, fact, v3};
use crate::portal_check::want::{Kind, Want};

const THIRD: &str = "api-reference/rest-v3.md";
const LIST: &str = "api-reference/tasks/tasks-task-list-rest-v3.md";

const PAGE: &str = "\"BITRIX_REST_V3_EXCEPTION_INVALIDPAGINATIONEXCEPTION\"";

pub(crate) static FAMILY: Family = Family {
    name: "v3_lists",
    scopes: &["tasks"],
    writes: false,
    facts: &[
        fact(
            "v3_lists.items",
            THIRD,
            "Records stand in `result.items`.",
            v3("tasks.task.list", "{}"),
            &[Want::Status(200), Want::Kind("/result/items", Kind::List)],
        ),
        fact(
            "v3_lists.select.default",
            LIST,
            "Without `select` a list tells ids alone.",
            v3("tasks.task.list", "{}"),
            &[Want::OnlyKeys("/result/items", &["id"]), Want::Every("/result/items", "/id", Kind::Whole)],
        ),
        fact(
            "v3_lists.select",
            LIST,
            "`select` asks for fields.",
            v3("tasks.task.list", r#"{"select":["id","title"]}"#),
            &[Want::Every("/result/items", "/title", Kind::Text)],
        ),
        fact(
            "v3_lists.uncounted",
            LIST,
            "A list has no total and no next.",
            v3("tasks.task.list", "{}"),
            &[
                Want::Status(200),
                Want::Absent("/total"),
                Want::Absent("/next"),
                Want::Absent("/result/total"),
            ],
        ),
        fact(
            "v3_lists.limit",
            LIST,
            "`pagination.limit` is the size of the page.",
            v3("tasks.task.list", r#"{"pagination":{"limit":1}}"#),
            &[Want::Count("/result/items", 1)],
        ),
        fact(
            "v3_lists.limit.zero",
            LIST,
            "A limit of 0 is INVALIDPAGINATIONEXCEPTION.",
            v3("tasks.task.list", r#"{"pagination":{"limit":0}}"#),
            &[Want::Status(400), Want::Is("/error/code", PAGE)],
        ),
        fact(
            "v3_lists.limit.text",
            LIST,
            "A limit that is no number is INVALIDPAGINATIONEXCEPTION.",
            v3("tasks.task.list", r#"{"pagination":{"limit":"abc"}}"#),
            &[Want::Status(400), Want::Is("/error/code", PAGE)],
        ),
        fact(
            "v3_lists.order",
            LIST,
            "`order` takes a field and a direction.",
            v3("tasks.task.list", r#"{"order":{"id":"ASC"}}"#),
            &[Want::Growing("/result/items", "/id")],
        ),
        fact(
            "v3_lists.order.falling",
            LIST,
            "DESC turns the order around.",
            v3("tasks.task.list", r#"{"order":{"id":"DESC"}}"#),
            &[Want::Falling("/result/items", "/id")],
        ),
        fact(
            "v3_lists.order.wrong",
            LIST,
            "A direction that is none is INVALIDORDEREXCEPTION.",
            v3("tasks.task.list", r#"{"order":{"id":"UP"}}"#),
            &[
                Want::Status(400),
                Want::Is("/error/code", "\"BITRIX_REST_V3_EXCEPTION_INVALIDORDEREXCEPTION\""),
            ],
        ),
        fact(
            "v3_lists.filter",
            THIRD,
            "A condition is a list of field, operator and value.",
            v3("tasks.task.list", r#"{"filter":[["id","=",<task>]]}"#),
            &[Want::Count("/result/items", 1), Want::Is("/result/items/0/id", "<task>")],
        ),
        fact(
            "v3_lists.filter.short",
            THIRD,
            "Field and list stand for `in`.",
            v3("tasks.task.list", r#"{"filter":[["id",[<task>,<later>]]]}"#),
            &[Want::Count("/result/items", 2)],
        ),
        fact(
            "v3_lists.filter.in",
            THIRD,
            "`in` takes a list.",
            v3("tasks.task.list", r#"{"filter":[["id","in",[<task>,<later>]]]}"#),
            &[Want::Count("/result/items", 2)],
        ),
        fact(
            "v3_lists.filter.and",
            THIRD,
            "Conditions side by side hold together.",
            v3("tasks.task.list", r#"{"filter":[["id","in",[<task>,<later>]],["id","!=",<task>]]}"#),
            &[Want::Count("/result/items", 1), Want::Is("/result/items/0/id", "<later>")],
        ),
        fact(
            "v3_lists.filter.between",
            THIRD,
            "`between` takes in both ends.",
            v3("tasks.task.list", r#"{"filter":[["id","between",[<task>,<later>]]],"order":{"id":"ASC"}}"#),
            &[Want::Is("/result/items/0/id", "<task>"), Want::Is("/result/items/1/id", "<later>")],
        ),
        fact(
            "v3_lists.filter.compare",
            THIRD,
            "`>=` and `<=` take in the value itself.",
            v3("tasks.task.list", r#"{"filter":[["id",">=",<task>],["id","<=",<task>]]}"#),
            &[Want::Count("/result/items", 1)],
        ),
        fact(
            "v3_lists.filter.strict",
            THIRD,
            "`>` leaves out the value itself.",
            v3("tasks.task.list", r#"{"filter":[["id",">",<task>],["id","<=",<task>]]}"#),
            &[Want::Count("/result/items", 0)],
        ),
        fact(
            "v3_lists.filter.or",
            THIRD,
            "A group with the logic `or` holds when one of its conditions does.",
            v3(
                "tasks.task.list",
                r#"{"filter":[{"logic":"or","conditions":[["id","=",<task>],["id","=",<later>]]}]}"#,
            ),
            &[Want::Count("/result/items", 2)],
        ),
        fact(
            "v3_lists.filter.operator",
            THIRD,
            "An operator that does not exist is UNKNOWNFILTEROPERATOREXCEPTION with status 400.",
            v3("tasks.task.list", r#"{"filter":[["id","~",<task>]]}"#),
            &[
                Want::Status(400),
                Want::Is("/error/code", "\"BITRIX_REST_V3_EXCEPTION_UNKNOWNFILTEROPERATOREXCEPTION\""),
            ],
        ),
        fact(
            "v3_lists.filter.unknown",
            THIRD,
            "A field that does not exist is UNKNOWNDTOPROPERTYEXCEPTION with status 400.",
            v3("tasks.task.list", r#"{"filter":[["noSuchField","=",1]]}"#),
            &[
                Want::Status(400),
                Want::Is("/error/code", "\"BITRIX_REST_V3_EXCEPTION_UNKNOWNDTOPROPERTYEXCEPTION\""),
            ],
        ),
        fact(
            "v3_lists.filter.closed",
            LIST,
            "A field that cannot be filtered by is REQUESTVALIDATIONEXCEPTION.",
            v3("tasks.task.list", r#"{"filter":[["title","=","x"]]}"#),
            &[
                Want::Status(400),
                Want::Is("/error/code", "\"BITRIX_REST_V3_EXCEPTION_VALIDATION_REQUESTVALIDATIONEXCEPTION\""),
            ],
        ),
    ],
};
