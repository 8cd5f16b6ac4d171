//! Scopes: the boxes an admin ticks when making a webhook or an application.
//!
//! Source: the REST documentation, "Scopes" (`bitrix24/b24restdocs`, `api-reference/scopes/permissions.md`).

use std::{borrow::Cow, fmt};

use serde::{Deserialize, Serialize};

/// A permission scope, by its code (`task`, `user_basic`, `crm` …).
///
/// New scopes appear in Bitrix24 without notice, so any code is a scope; the constants are the ones
/// that this project asks for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Scope(Cow<'static, str>);

impl Scope {
    /// Open to every credential.
    pub const BASIC: Self = Self::known("basic");
    /// Tasks of the classic API.
    pub const TASK: Self = Self::known("task");
    /// Tasks of REST 3.0.
    pub const TASKS: Self = Self::known("tasks");
    /// People, all fields.
    pub const USER: Self = Self::known("user");
    /// People without contact data that the portal holds back.
    pub const USER_BASIC: Self = Self::known("user_basic");
    /// People, names only.
    pub const USER_BRIEF: Self = Self::known("user_brief");
    /// Departments.
    pub const DEPARTMENT: Self = Self::known("department");
    /// Chats.
    pub const IM: Self = Self::known("im");
    /// Files.
    pub const DISK: Self = Self::known("disk");
    /// Workgroups and projects.
    pub const SONET_GROUP: Self = Self::known("sonet_group");

    /// The calendar.
    pub const CALENDAR: Self = Self::known("calendar");

    /// A scope that is known when the program is written.
    pub const fn known(code: &'static str) -> Self {
        Self(Cow::Borrowed(code))
    }

    /// The code, as the portal spells it.
    pub fn code(&self) -> &str {
        &self.0
    }

    /// Whether holding `self` is enough where `wanted` is asked for.
    ///
    /// The three user scopes contain each other (`user_brief` ⊂ `user_basic` ⊂ `user`), and nothing
    /// needs to be held for [`Scope::BASIC`].
    pub fn satisfies(&self, wanted: &Self) -> bool {
        const USERS: [&str; 3] = ["user_brief", "user_basic", "user"];
        let rank = |scope: &Self| USERS.iter().position(|code| *code == scope.code());
        self == wanted
            || *wanted == Self::BASIC
            || matches!((rank(self), rank(wanted)), (Some(held), Some(asked)) if held >= asked)
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<String> for Scope {
    fn from(code: String) -> Self {
        Self(Cow::Owned(code))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wider_user_scope_satisfies_a_narrower_one_and_never_the_reverse() {
        assert!(Scope::USER.satisfies(&Scope::USER_BRIEF));
        assert!(!Scope::USER_BRIEF.satisfies(&Scope::USER));
        assert!(!Scope::TASK.satisfies(&Scope::TASKS));
        assert!(Scope::TASK.satisfies(&Scope::BASIC));
    }
}
