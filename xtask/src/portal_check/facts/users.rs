//! People, as `user.*` tells them.

use crate::portal_check::fact::{Family, fact, v2};
use crate::portal_check::want::{Kind, Want};

const CURRENT: &str = "api-reference/user/user-current.md";
const GET: &str = "api-reference/user/user-get.md";
const FIELDS: &str = "api-reference/user/user-fields.md";
const SEARCH: &str = "api-reference/user/user-search.md";

pub(crate) static FAMILY: Family = Family {
    name: "users",
    scopes: &["user"],
    writes: false,
    facts: &[
        fact(
            "users.current.id",
            CURRENT,
            "`user.current` answers the webhook's user.",
            v2("user.current", "{}"),
            &[Want::Status(200), Want::Is("/result/ID", "\"<me>\"")],
        ),
        fact(
            "users.current.active",
            CURRENT,
            "ACTIVE is true or false, not Y or N.",
            v2("user.current", "{}"),
            &[Want::Is("/result/ACTIVE", "true")],
        ),
        fact(
            "users.current.names",
            CURRENT,
            "The names and the e-mail are texts.",
            v2("user.current", "{}"),
            &[
                Want::Kind("/result/NAME", Kind::Text),
                Want::Kind("/result/LAST_NAME", Kind::Text),
                Want::Kind("/result/EMAIL", Kind::Text),
            ],
        ),
        fact(
            "users.current.dates",
            CURRENT,
            "LAST_LOGIN and DATE_REGISTER are moments with an offset.",
            v2("user.current", "{}"),
            &[
                Want::Kind("/result/LAST_LOGIN", Kind::MomentOrNothing),
                Want::Kind("/result/DATE_REGISTER", Kind::Moment),
            ],
        ),
        fact(
            "users.current.online",
            CURRENT,
            "IS_ONLINE is Y or N.",
            v2("user.current", "{}"),
            &[Want::Kind("/result/IS_ONLINE", Kind::YesNo)],
        ),
        fact(
            "users.current.departments",
            CURRENT,
            "UF_DEPARTMENT is a list of numbers.",
            v2("user.current", "{}"),
            &[
                Want::Kind("/result/UF_DEPARTMENT", Kind::List),
                Want::Every("/result/UF_DEPARTMENT", "", Kind::Whole),
            ],
        ),
        fact(
            "users.get.list",
            GET,
            "`user.get` answers a plain list.",
            v2("user.get", "{}"),
            &[Want::Status(200), Want::Kind("/result", Kind::List)],
        ),
        fact(
            "users.get.id",
            GET,
            "Every id is a number written as text.",
            v2("user.get", "{}"),
            &[Want::Every("/result", "/ID", Kind::Digits)],
        ),
        fact(
            "users.get.active",
            GET,
            "Every ACTIVE is true or false.",
            v2("user.get", "{}"),
            &[Want::Every("/result", "/ACTIVE", Kind::Flag)],
        ),
        fact(
            "users.get.total",
            GET,
            "`user.get` tells how many people there are.",
            v2("user.get", "{}"),
            &[Want::Kind("/total", Kind::Whole)],
        ),
        fact(
            "users.get.page",
            GET,
            "A page holds at most 50 people.",
            v2("user.get", "{}"),
            &[Want::AtMost("/result", 50)],
        ),
        fact(
            "users.get.order",
            GET,
            "People come by growing id unless asked otherwise.",
            v2("user.get", "{}"),
            &[Want::Growing("/result", "/ID")],
        ),
        fact(
            "users.get.sort",
            GET,
            "`sort` names a field and `order` a direction.",
            v2("user.get", r#"{"sort":"ID","order":"DESC"}"#),
            &[Want::Falling("/result", "/ID")],
        ),
        fact(
            "users.get.select",
            GET,
            "`select` limits the fields.",
            v2("user.get", r#"{"select":["ID","NAME"]}"#),
            &[Want::OnlyKeys("/result", &["ID", "NAME"])],
        ),
        fact(
            "users.get.select.unknown",
            GET,
            "A field of `select` that does not exist is passed over without an error.",
            v2("user.get", r#"{"select":["ID","NO_SUCH_FIELD"]}"#),
            &[Want::Status(200), Want::OnlyKeys("/result", &["ID"])],
        ),
        fact(
            "users.fields",
            FIELDS,
            "`user.fields` answers a title for each field.",
            v2("user.fields", "{}"),
            &[
                Want::Kind("/result/ID", Kind::Words),
                Want::Kind("/result/NAME", Kind::Words),
                Want::Every("/result", "", Kind::Text),
            ],
        ),
        fact(
            "users.search",
            SEARCH,
            "`user.search` answers a list with a total.",
            v2("user.search", r#"{"FILTER":{"ACTIVE":true}}"#),
            &[Want::Status(200), Want::Kind("/result", Kind::List), Want::Kind("/total", Kind::Whole)],
        ),
        fact(
            "users.search.none",
            SEARCH,
            "A search that finds nobody answers an empty list.",
            v2("user.search", r#"{"FILTER":{"FIND":"<word>"}}"#),
            &[Want::Status(200), Want::Count("/result", 0)],
        ),
    ],
};
