//! What `user.get` can be asked for.

use crate::portal_check::fact::{Family, fact, form, v2};
use crate::portal_check::want::{Kind, Want};

const GET: &str = "api-reference/user/user-get.md";

pub(crate) static FAMILY: Family = Family {
    name: "users_filters",
    scopes: &["user"],
    writes: false,
    facts: &[
        fact(
            "users_filters.id",
            GET,
            "FILTER by ID finds one person.",
            v2("user.get", r#"{"FILTER":{"ID":<me>}}"#),
            &[Want::Count("/result", 1), Want::Is("/result/0/ID", "\"<me>\"")],
        ),
        fact(
            "users_filters.beside",
            GET,
            "A filter may stand beside the other parameters, whose names may be in capitals.",
            v2("user.get", r#"{"ID":<me>,"SORT":"ID","ORDER":"asc"}"#),
            &[Want::Count("/result", 1), Want::Is("/result/0/ID", "\"<me>\"")],
        ),
        fact(
            "users_filters.total",
            GET,
            "`total` counts what the filter lets through.",
            v2("user.get", r#"{"FILTER":{"ID":<me>}}"#),
            &[Want::Is("/total", "1")],
        ),
        fact(
            "users_filters.array",
            GET,
            "A value of a filter may be a list.",
            v2("user.get", r#"{"FILTER":{"ID":[<me>,<other>]},"sort":"ID","order":"ASC"}"#),
            &[Want::Count("/result", 2), Want::Every("/result", "/ID", Kind::Digits)],
        ),
        fact(
            "users_filters.array.form",
            GET,
            "A list in a filter travels in a form.",
            form("user.get", "FILTER[ID][]=<me>&FILTER[ID][]=<other>"),
            &[Want::Count("/result", 2)],
        ),
        fact(
            "users_filters.equal",
            GET,
            "`=` is an exact match.",
            v2("user.get", r#"{"FILTER":{"=ID":<me>}}"#),
            &[Want::Count("/result", 1), Want::Is("/result/0/ID", "\"<me>\"")],
        ),
        fact(
            "users_filters.not",
            GET,
            "`!` turns a condition around.",
            v2("user.get", r#"{"FILTER":{"ID":[<me>,<other>],"!ID":<me>}}"#),
            &[Want::Count("/result", 1), Want::Is("/result/0/ID", "\"<other>\"")],
        ),
        fact(
            "users_filters.in",
            GET,
            "`@` takes a list.",
            v2("user.get", r#"{"FILTER":{"@ID":[<me>,<other>]}}"#),
            &[Want::Count("/result", 2)],
        ),
        fact(
            "users_filters.not-in",
            GET,
            "`!@` takes a list and turns it around.",
            v2("user.get", r#"{"FILTER":{"@ID":[<me>,<other>],"!@ID":[<other>]}}"#),
            &[Want::Count("/result", 1), Want::Is("/result/0/ID", "\"<me>\"")],
        ),
        fact(
            "users_filters.up-to",
            GET,
            "`<=` and `>=` take in the value itself.",
            v2("user.get", r#"{"FILTER":{"<=ID":<me>,">=ID":<me>}}"#),
            &[Want::Count("/result", 1), Want::Is("/result/0/ID", "\"<me>\"")],
        ),
        fact(
            "users_filters.beyond",
            GET,
            "`>` leaves out the value itself.",
            v2("user.get", r#"{"FILTER":{">ID":<me>,"<=ID":<me>}}"#),
            &[Want::Count("/result", 0), Want::Is("/total", "0")],
        ),
        fact(
            "users_filters.like",
            GET,
            "`%` looks for a part anywhere in the text.",
            v2("user.get", r#"{"FILTER":{"%EMAIL":"<word>"}}"#),
            &[Want::Status(200), Want::Count("/result", 0)],
        ),
        fact(
            "users_filters.not-like",
            GET,
            "`!%` leaves out what holds a part.",
            v2("user.get", r#"{"FILTER":{"ID":<me>,"!%NAME":"<word>"}}"#),
            &[Want::Count("/result", 1)],
        ),
        fact(
            "users_filters.pattern",
            GET,
            "`=%` takes the signs % from the value.",
            v2("user.get", r#"{"FILTER":{"ID":<me>,"=%NAME":"%"}}"#),
            &[Want::Count("/result", 1)],
        ),
        fact(
            "users_filters.active",
            GET,
            "ACTIVE true leaves out people who were dismissed.",
            v2("user.get", r#"{"FILTER":{"ACTIVE":true}}"#),
            &[Want::EveryIs("/result", "/ACTIVE", "true")],
        ),
        fact(
            "users_filters.online",
            GET,
            "IS_ONLINE takes Y or N.",
            v2("user.get", r#"{"FILTER":{"IS_ONLINE":"Y"}}"#),
            &[Want::Status(200), Want::EveryIs("/result", "/IS_ONLINE", "\"Y\"")],
        ),
        fact(
            "users_filters.type",
            GET,
            "USER_TYPE employee finds the caller, who is one.",
            v2("user.get", r#"{"FILTER":{"ID":<me>,"USER_TYPE":"employee"}}"#),
            &[Want::Count("/result", 1)],
        ),
        fact(
            "users_filters.name-search",
            GET,
            "NAME_SEARCH that matches nobody finds nobody.",
            v2("user.get", r#"{"FILTER":{"NAME_SEARCH":"<word>"}}"#),
            &[Want::Status(200), Want::Count("/result", 0)],
        ),
        fact(
            "users_filters.no-date",
            GET,
            "A date that cannot be read lets nobody through.",
            v2("user.get", r#"{"FILTER":{">=DATE_REGISTER":"no date"}}"#),
            &[Want::Status(200), Want::Count("/result", 0)],
        ),
        fact(
            "users_filters.date",
            GET,
            "A date with an offset is read.",
            v2("user.get", r#"{"FILTER":{"ID":<me>,">=DATE_REGISTER":"2001-01-01T00:00:00+02:00"}}"#),
            &[Want::Count("/result", 1)],
        ),
    ],
};
