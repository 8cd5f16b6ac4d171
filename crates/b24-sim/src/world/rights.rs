//! Who may see a task and what they may do with it in its present status. The only place that decides.

use super::World;
use super::people::User;
use super::task::{Status, Task};

/// What one person is to one task.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Role {
    admin: bool,
    pub(crate) creator: bool,
    pub(crate) responsible: bool,
    accomplice: bool,
    auditor: bool,
    /// Head of a department where the creator or the assignee works.
    head: bool,
    /// Member of the group of the task.
    member: bool,
    /// Owner or moderator of that group.
    leader: bool,
}

impl Role {
    pub(crate) fn can_read(self) -> bool {
        self.can_edit() || self.responsible || self.accomplice || self.auditor || self.head || self.member
    }

    pub(crate) fn can_edit(self) -> bool {
        self.admin || self.creator || self.leader
    }

    /// Those who do the work: creator, assignee, accomplice, or an editor of the task.
    pub(crate) fn can_work(self) -> bool {
        self.can_edit() || self.responsible || self.accomplice
    }

    /// The creator and the administrator judge the work, whoever else may edit the task.
    pub(crate) fn can_control(self) -> bool {
        self.admin || self.creator
    }
}

/// The role of `user` in `task`.
pub(crate) fn role(world: &World, task: &Task, user: u64) -> Role {
    let seat = world.groups.get(&task.group).and_then(|group| group.role(user));
    Role {
        admin: world.users.get(&user).is_some_and(|found| found.admin),
        creator: task.created_by == user,
        responsible: task.responsible == user,
        accomplice: task.accomplices.contains(&user),
        auditor: task.auditors.contains(&user),
        head: heads(world, user, task.responsible) || heads(world, user, task.created_by),
        member: seat.is_some(),
        leader: seat.is_some_and(super::group::Role::leads),
    }
}

/// Whether `viewer` may be told the figures of `user`: their own, those of people below them, or anybody's for an
/// administrator.
pub(crate) fn oversees(world: &World, viewer: u64, user: u64) -> bool {
    viewer == user || is_admin(world, viewer) || heads(world, viewer, user)
}

/// Whether `boss` heads a department of `worker`, directly or above.
fn heads(world: &World, boss: u64, worker: u64) -> bool {
    let Some(worker) = world.users.get(&worker) else {
        return false;
    };
    worker.departments.iter().any(|department| {
        let mut at = world.departments.get(department);
        let mut steps = 0;
        while let Some(node) = at {
            // A damaged tree must not hang the portal.
            if node.head == Some(boss) || steps > 64 {
                return node.head == Some(boss);
            }
            steps += 1;
            at = node.parent.and_then(|parent| world.departments.get(&parent));
        }
        false
    })
}

/// What a person may do with a task now; the source of the `action` map.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Actions {
    pub(crate) start: bool,
    pub(crate) pause: bool,
    pub(crate) defer: bool,
    pub(crate) renew: bool,
    pub(crate) complete: bool,
    pub(crate) approve: bool,
    pub(crate) disapprove: bool,
    pub(crate) delegate: bool,
    pub(crate) edit: bool,
    pub(crate) remove: bool,
    pub(crate) change_deadline: bool,
    pub(crate) checklist: bool,
    pub(crate) rate: bool,
    pub(crate) read: bool,
}

/// The allowed actions of `user` on `task`.
pub(crate) fn actions(world: &World, task: &Task, user: u64) -> Actions {
    let role = role(world, task, user);
    let works = role.can_work();
    let status = task.status;
    let controls = role.can_control() && task.flags.task_control && status == Status::AwaitingControl;
    Actions {
        start: works && status == Status::Pending,
        pause: works && status == Status::InProgress,
        defer: works && status == Status::Pending,
        renew: works && matches!(status, Status::Completed | Status::Deferred),
        complete: works && matches!(status, Status::Pending | Status::InProgress | Status::Deferred),
        approve: controls,
        disapprove: controls,
        delegate: (role.can_edit() || role.responsible)
            && matches!(status, Status::Pending | Status::InProgress | Status::Deferred),
        edit: role.can_edit(),
        remove: role.can_edit(),
        change_deadline: role.can_edit() || (role.responsible && task.flags.allow_change_deadline),
        checklist: works,
        rate: role.can_edit(),
        read: role.can_read(),
    }
}

/// Whether `viewer` may see `user` at all: dismissed people are seen by administrators only when they ask.
pub(crate) fn is_admin(world: &World, user: u64) -> bool {
    world.users.get(&user).is_some_and(|found: &User| found.admin)
}
