//! The company's structure, as `department.*` tells it.

use crate::portal_check::fact::{Family, fact, v2};
use crate::portal_check::want::{Kind, Want};

const GET: &str = "api-reference/departments/department-get.md";
const FIELDS: &str = "api-reference/departments/department-fields.md";

pub(crate) static FAMILY: Family = Family {
    name: "departments",
    scopes: &["department"],
    writes: false,
    facts: &[
        fact(
            "departments.list",
            GET,
            "`department.get` answers a list with a total.",
            v2("department.get", "{}"),
            &[Want::Status(200), Want::Kind("/result", Kind::List), Want::Kind("/total", Kind::Whole)],
        ),
        fact(
            "departments.id",
            GET,
            "The id of a department is a number written as text.",
            v2("department.get", "{}"),
            &[Want::Every("/result", "/ID", Kind::Digits)],
        ),
        fact(
            "departments.sort",
            GET,
            "SORT is a number, unlike the ids beside it.",
            v2("department.get", "{}"),
            &[Want::Every("/result", "/SORT", Kind::Whole)],
        ),
        fact(
            "departments.name",
            GET,
            "NAME is a text.",
            v2("department.get", "{}"),
            &[Want::Every("/result", "/NAME", Kind::Text)],
        ),
        fact(
            "departments.by-id",
            GET,
            "ID beside the other parameters is a filter.",
            v2("department.get", r#"{"ID":<department>}"#),
            &[Want::Count("/result", 1), Want::Is("/result/0/ID", "\"<department>\"")],
        ),
        fact(
            "departments.children",
            GET,
            "PARENT is a filter, and told as a number written as text.",
            v2("department.get", r#"{"PARENT":<department>}"#),
            &[Want::EveryIs("/result", "/PARENT", "\"<department>\"")],
        ),
        fact(
            "departments.none",
            GET,
            "A name that no department bears finds none.",
            v2("department.get", r#"{"NAME":"<word>"}"#),
            &[Want::Status(200), Want::Count("/result", 0)],
        ),
        fact(
            "departments.order",
            GET,
            "`sort` names a field and `order` a direction.",
            v2("department.get", r#"{"sort":"ID","order":"DESC"}"#),
            &[Want::Falling("/result", "/ID")],
        ),
        fact(
            "departments.fields",
            FIELDS,
            "`department.fields` answers a title for each field.",
            v2("department.fields", "{}"),
            &[
                Want::Kind("/result/ID", Kind::Words),
                Want::Kind("/result/NAME", Kind::Words),
                Want::Kind("/result/PARENT", Kind::Words),
                Want::Kind("/result/UF_HEAD", Kind::Words),
            ],
        ),
    ],
};
