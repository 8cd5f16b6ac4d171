//! Groups with their members, boards and drives, a flow, custom fields; some tasks move into the groups.

use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use crate::world::World;
use crate::world::disk::{Owner, Storage};
use crate::world::field::UserField;
use crate::world::flow::Flow;
use crate::world::group::{Group, Role};
use crate::world::phrases::GROUPS;
use crate::world::random::Random;
use crate::world::stage::Board;

pub(super) fn fill(world: &mut World, random: &mut Random, now: Timestamp) {
    let people: Vec<u64> = world.users.values().filter(|user| user.active).map(|user| user.id).collect();
    for user in people.iter().copied() {
        world.furnish(Board::Plan(user));
    }
    for (name, description, project, visible) in GROUPS {
        let id = world.next_group();
        let mut group = Group {
            id,
            name: name.to_owned(),
            description: description.to_owned(),
            keywords: String::new(),
            visible,
            opened: project,
            closed: false,
            project,
            initiate: "K".to_owned(),
            created: now - SignedDuration::from_hours(24 * 90),
            updated: now - SignedDuration::from_hours(24 * 3),
            starts: project.then_some(now - SignedDuration::from_hours(24 * 30)),
            ends: project.then_some(now + SignedDuration::from_hours(24 * 60)),
            members: Vec::new(),
        };
        group.seat(*random.pick(&people), Role::Owner);
        for role in [Role::Moderator, Role::Member, Role::Member] {
            let user = *random.pick(&people);
            if group.role(user).is_none() {
                group.seat(user, role);
            }
        }
        world.groups.insert(id, group);
        world.furnish(Board::Group(id));
    }
    drives(world);
    settle(world, random);
    flow(world, now);
    fields(world);
}

/// One drive for the company, one for each person, one for each group.
fn drives(world: &mut World) {
    let users = world.users.keys().map(|id| (*id, Owner::User(*id)));
    let groups = world.groups.keys().map(|id| (100_000 + id, Owner::Group(*id)));
    let all: Vec<(u64, Owner)> = users.chain(groups).chain([(200_000, Owner::Company)]).collect();
    for (id, owner) in all {
        world.storages.insert(id, Storage { id, owner });
    }
}

/// Every sixth task belongs to a group and stands in one of its columns.
fn settle(world: &mut World, random: &mut Random) {
    let groups: Vec<u64> = world.groups.keys().copied().collect();
    let tasks: Vec<u64> = world.tasks.keys().copied().filter(|id| id % 6 == 0).collect();
    for id in tasks {
        let group = *random.pick(&groups);
        let stages: Vec<u64> = world.stages_of(Board::Group(group)).iter().map(|stage| stage.id).collect();
        let stage = *random.pick(&stages);
        if let Some(task) = world.tasks.get_mut(&id) {
            task.group = group;
            task.stage = stage;
        }
    }
}

fn flow(world: &mut World, now: Timestamp) {
    let id = world.next_flow();
    world.flows.insert(
        id,
        Flow {
            id,
            name: "Договоры".to_owned(),
            description: String::new(),
            creator: 1,
            owner: 1,
            group: 1,
            template: 0,
            active: true,
            planned: 7200,
            activity: now,
            distribution: "manually".to_owned(),
            responsible: json!([["user", "1"]]),
            creators: json!([["meta-user", "all-users"]]),
            change_deadline: false,
            match_work_time: true,
            task_control: false,
            notify_half_time: false,
            notify_queue: None,
            notify_progress: None,
            notify_efficiency: None,
            pinned_by: Vec::new(),
        },
    );
}

/// A line of text, and a choice of three.
fn fields(world: &mut World) {
    let choices = ["Низкий", "Mittel", "High"];
    for (name, kind, label) in [
        ("UF_AUTO_731845920011", "string", "Номер договора"),
        ("UF_AUTO_731845920012", "enumeration", "Риск"),
    ] {
        let id = 300 + world.next_field();
        let list = kind == "enumeration";
        let choices = choices.iter().zip(41..).filter(|_| list);
        world.fields.insert(
            id,
            UserField {
                id,
                name: name.to_owned(),
                kind: kind.to_owned(),
                xml_id: String::new(),
                sort: 100,
                multiple: false,
                mandatory: false,
                label: label.to_owned(),
                choices: choices.map(|(words, id)| (id, (*words).to_owned())).collect(),
                settings: json!({}),
            },
        );
    }
}
