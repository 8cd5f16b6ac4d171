//! Groups and projects.

use crate::portal_check::fact::{Family, fact, v2};
use crate::portal_check::want::{Kind, Want};

const LIST: &str = "api-reference/sonet-group/sonet-group-get.md";
const MINE: &str = "api-reference/sonet-group/sonet-group-user-groups.md";
const MEMBERS: &str = "api-reference/sonet-group/members/sonet-group-user-get.md";
const NEW: &str = "api-reference/sonet-group/socialnetwork-api-workgroup-list.md";
const ONE: &str = "api-reference/sonet-group/socialnetwork-api-workgroup-get.md";

pub(crate) static FAMILY: Family = Family {
    name: "groups",
    scopes: &["sonet_group", "socialnetwork"],
    writes: false,
    facts: &[
        fact(
            "groups.list",
            LIST,
            "`sonet_group.get` answers a list with a total.",
            v2("sonet_group.get", "{}"),
            &[Want::Status(200), Want::Kind("/result", Kind::List), Want::Kind("/total", Kind::Whole)],
        )
        .keeping(&[("group", "/result/0/ID")]),
        fact(
            "groups.id",
            LIST,
            "The ids of a group and its owner are numbers written as text.",
            v2("sonet_group.get", "{}"),
            &[Want::Every("/result", "/ID", Kind::Digits), Want::Every("/result", "/OWNER_ID", Kind::Digits)],
        ),
        fact(
            "groups.flags",
            LIST,
            "Whether a group is active, visible, open or closed is Y or N.",
            v2("sonet_group.get", "{}"),
            &[
                Want::Every("/result", "/ACTIVE", Kind::YesNo),
                Want::Every("/result", "/VISIBLE", Kind::YesNo),
                Want::Every("/result", "/OPENED", Kind::YesNo),
                Want::Every("/result", "/CLOSED", Kind::YesNo),
            ],
        ),
        fact(
            "groups.project",
            LIST,
            "Whether a group is a project is Y or N.",
            v2("sonet_group.get", "{}"),
            &[Want::Every("/result", "/PROJECT", Kind::YesNo)],
        ),
        fact(
            "groups.dates",
            LIST,
            "The dates of a group are moments with an offset.",
            v2("sonet_group.get", "{}"),
            &[Want::Every("/result", "/DATE_CREATE", Kind::Moment)],
        ),
        fact(
            "groups.members.count",
            LIST,
            "The number of members is written as text.",
            v2("sonet_group.get", "{}"),
            &[Want::Every("/result", "/NUMBER_OF_MEMBERS", Kind::Digits)],
        ),
        fact(
            "groups.none",
            LIST,
            "A filter that lets no group through answers an empty list.",
            v2("sonet_group.get", r#"{"FILTER":{"NAME":"<word>"}}"#),
            &[Want::Status(200), Want::Count("/result", 0)],
        ),
        fact(
            "groups.mine",
            MINE,
            "`sonet_group.user.groups` answers the caller's groups with name and role.",
            v2("sonet_group.user.groups", "{}"),
            &[
                Want::Status(200),
                Want::Every("/result", "/GROUP_ID", Kind::Digits),
                Want::Every("/result", "/GROUP_NAME", Kind::Text),
                Want::Every("/result", "/ROLE", Kind::Words),
            ],
        ),
        fact(
            "groups.members",
            MEMBERS,
            "`sonet_group.user.get` answers the members of a group with their roles.",
            v2("sonet_group.user.get", r#"{"ID":<group>}"#),
            &[
                Want::Status(200),
                Want::Every("/result", "/USER_ID", Kind::Digits),
                Want::Every("/result", "/ROLE", Kind::Words),
            ],
        ),
        fact(
            "groups.new",
            NEW,
            "`socialnetwork.api.workgroup.list` answers `workgroups`, with a total.",
            v2("socialnetwork.api.workgroup.list", r#"{"select":["ID","NAME"]}"#),
            &[
                Want::Status(200),
                Want::Kind("/result/workgroups", Kind::List),
                Want::Kind("/total", Kind::Whole),
            ],
        ),
        fact(
            "groups.new.row",
            NEW,
            "Its rows are in camelCase, with ids written as text.",
            v2("socialnetwork.api.workgroup.list", r#"{"select":["ID","NAME"]}"#),
            &[
                Want::Every("/result/workgroups", "/id", Kind::Digits),
                Want::Every("/result/workgroups", "/name", Kind::Text),
            ],
        ),
        fact(
            "groups.one",
            ONE,
            "`socialnetwork.api.workgroup.get` answers in capitals, with ids as numbers.",
            v2("socialnetwork.api.workgroup.get", r#"{"params":{"groupId":<group>}}"#),
            &[
                Want::Status(200),
                Want::Is("/result/ID", "<group>"),
                Want::Kind("/result/OWNER_ID", Kind::Whole),
            ],
        ),
    ],
};
