//! Workgroups and projects with their members.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What a member of a group is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub(crate) enum Role {
    Owner,
    Moderator,
    Member,
}

impl Role {
    /// The letter REST uses.
    pub(crate) fn letter(self) -> &'static str {
        match self {
            Self::Owner => "A",
            Self::Moderator => "E",
            Self::Member => "K",
        }
    }

    pub(crate) fn leads(self) -> bool {
        self != Self::Member
    }
}

/// A workgroup, or a project when `project` is set.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Group {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) keywords: String,
    /// Shown in the list of groups to those who are not in it.
    pub(crate) visible: bool,
    /// Anybody may join.
    pub(crate) opened: bool,
    /// Archived.
    pub(crate) closed: bool,
    pub(crate) project: bool,
    /// Who may invite: `A` the owner, `E` moderators too, `K` everybody.
    pub(crate) initiate: String,
    pub(crate) created: Timestamp,
    pub(crate) updated: Timestamp,
    pub(crate) starts: Option<Timestamp>,
    pub(crate) ends: Option<Timestamp>,
    /// In the order they came; exactly one is the owner.
    pub(crate) members: Vec<(u64, Role)>,
}

impl Group {
    pub(crate) fn role(&self, user: u64) -> Option<Role> {
        let found = self.members.iter().find(|(member, _)| *member == user);
        found.map(|(_, role)| *role)
    }

    pub(crate) fn owner(&self) -> u64 {
        let found = self.members.iter().find(|(_, role)| *role == Role::Owner);
        found.map_or(0, |(owner, _)| *owner)
    }

    /// Whether `user` knows of the group: it is visible, or they are in it.
    pub(crate) fn shows_to(&self, user: u64) -> bool {
        self.visible || self.role(user).is_some()
    }

    /// Gives `user` a role, in or out of the group before.
    pub(crate) fn seat(&mut self, user: u64, role: Role) {
        match self.members.iter_mut().find(|(member, _)| *member == user) {
            Some(seat) => seat.1 = role,
            None => self.members.push((user, role)),
        }
    }
}
