//! What a portal tells about itself and the caller.

use crate::portal_check::fact::{Family, fact, v2};
use crate::portal_check::want::{Kind, Want};

const PROFILE: &str = "api-reference/common/users/profile.md";
const ADMIN: &str = "api-reference/common/users/user-admin.md";
const METHOD: &str = "api-reference/common/system/method-get.md";
const METHODS: &str = "api-reference/common/system/methods.md";
const SCOPE: &str = "api-reference/common/system/scope.md";
const CLOCK: &str = "api-reference/common/system/server-time.md";
const FEATURE: &str = "api-reference/common/system/feature-get.md";
const ACCESS: &str = "api-reference/common/system/access-name.md";

pub(crate) static FAMILY: Family = Family {
    name: "system",
    scopes: &[],
    writes: false,
    facts: &[
        fact(
            "system.profile.id",
            PROFILE,
            "`profile` tells the id as text.",
            v2("profile", "{}"),
            &[Want::Kind("/result/ID", Kind::Digits)],
        ),
        fact(
            "system.profile.admin",
            PROFILE,
            "`profile` tells with true or false whether the caller manages applications.",
            v2("profile", "{}"),
            &[Want::Kind("/result/ADMIN", Kind::Flag)],
        ),
        fact(
            "system.profile.name",
            PROFILE,
            "`profile` tells both names as text.",
            v2("profile", "{}"),
            &[Want::Kind("/result/NAME", Kind::Text), Want::Kind("/result/LAST_NAME", Kind::Text)],
        ),
        fact(
            "system.profile.gender",
            PROFILE,
            "`profile` tells the gender as M, F or nothing.",
            v2("profile", "{}"),
            &[Want::Among("/result/PERSONAL_GENDER", &["M", "F", ""])],
        ),
        fact(
            "system.profile.zone",
            PROFILE,
            "`profile` tells the time zone as text, which may be empty.",
            v2("profile", "{}"),
            &[Want::Kind("/result/TIME_ZONE", Kind::Text)],
        ),
        fact(
            "system.admin",
            ADMIN,
            "`user.admin` answers true or false.",
            v2("user.admin", "{}"),
            &[Want::Status(200), Want::Kind("/result", Kind::Flag)],
        ),
        fact(
            "system.time",
            CLOCK,
            "`server.time` answers a moment with an offset.",
            v2("server.time", "{}"),
            &[Want::Kind("/result", Kind::Moment)],
        ),
        fact(
            "system.method.known",
            METHOD,
            "`method.get` says that a method exists and that this webhook may call it.",
            v2("method.get", r#"{"name":"profile"}"#),
            &[Want::Is("/result", r#"{"isExisting":true,"isAvailable":true}"#)],
        ),
        fact(
            "system.method.unknown",
            METHOD,
            "`method.get` says that a method does not exist, and refuses nothing.",
            v2("method.get", r#"{"name":"no.such.method"}"#),
            &[
                Want::Status(200),
                Want::Is("/result/isExisting", "false"),
                Want::Is("/result/isAvailable", "false"),
            ],
        ),
        fact(
            "system.methods",
            METHODS,
            "`methods` answers a list of names.",
            v2("methods", "{}"),
            &[Want::Status(200), Want::Every("/result", "", Kind::Words)],
        ),
        fact(
            "system.scope",
            SCOPE,
            "`scope` answers the list of the webhook's permissions.",
            v2("scope", "{}"),
            &[Want::Status(200), Want::Kind("/result", Kind::List), Want::Every("/result", "", Kind::Words)],
        ),
        fact(
            "system.scope.full",
            SCOPE,
            "`scope` with `full` answers every permission there is.",
            v2("scope", r#"{"full":true}"#),
            &[Want::Every("/result", "", Kind::Words)],
        ),
        fact(
            "system.feature.empty",
            FEATURE,
            "`feature.get` without a code is CODE_EMPTY with status 400.",
            v2("feature.get", "{}"),
            &[Want::Status(400), Want::Is("/error", "\"CODE_EMPTY\"")],
        ),
        fact(
            "system.feature",
            FEATURE,
            "`feature.get` answers Y or N.",
            v2("feature.get", r#"{"CODE":"rest_offline_extended"}"#),
            &[Want::Status(200), Want::Kind("/result/value", Kind::YesNo)],
        ),
        fact(
            "system.access",
            ACCESS,
            "`access.name` answers names by access code.",
            v2("access.name", r#"{"ACCESS":["AU"]}"#),
            &[
                Want::Status(200),
                Want::Kind("/result/AU/name", Kind::Words),
                Want::Is("/result/AU/provider_id", "\"other\""),
            ],
        ),
        fact(
            "system.access.empty",
            ACCESS,
            "`access.name` without codes answers false.",
            v2("access.name", "{}"),
            &[Want::Status(200), Want::Is("/result", "false")],
        ),
    ],
};
