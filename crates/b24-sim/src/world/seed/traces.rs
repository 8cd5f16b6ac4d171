//! What people left behind on tasks: spent time, links, results, files, values of custom fields, the move of the
//! comments to the chat, and the first lines of every history.

use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use crate::world::World;
use crate::world::card::{Card, Cards};
use crate::world::disk::{Content, Object};
use crate::world::elapsed::Elapsed;
use crate::world::link::Link;
use crate::world::phrases::{RESULTS, WORK};
use crate::world::random::Random;
use crate::world::result::TaskResult;
use crate::world::task::{Status, Task};

pub(super) fn fill(world: &mut World, random: &mut Random, now: Timestamp) {
    let tasks: Vec<Task> = world.tasks.values().cloned().collect();
    for task in &tasks {
        begin(world, task);
        if task.id % 5 == 0 {
            time(world, random, task, now);
        }
        if task.id % 7 == 0 && task.id > 1 {
            world.links.push(Link { from: task.id - 1, to: task.id, kind: 2 });
        }
        if task.status == Status::Completed && task.id % 2 == 0 {
            result(world, random, task);
        }
        if task.id % 9 == 0 {
            file(world, task);
        }
        if task.id % 4 == 0 {
            values(world, random, task.id);
        }
        let moved = match world.cards {
            Cards::Mixed => random.one_in(2),
            Cards::Old => false,
            Cards::New => true,
        };
        if moved {
            migrate(world, task);
        }
    }
}

/// The task was created; perhaps its status changed since.
fn begin(world: &mut World, task: &Task) {
    world.note(task.id, task.created_by, task.created, "NEW", (None, None));
    if let Some(by) = task.status_changed_by {
        let (from, to) = (Status::Pending.code(), task.status.code());
        let values = (Some(from.to_string()), Some(to.to_string()));
        world.note(task.id, by, task.status_changed, "STATUS", values);
    }
}

fn time(world: &mut World, random: &mut Random, task: &Task, now: Timestamp) {
    for _ in 0..=random.below(2) {
        let id = world.next_elapsed();
        let hours = i64::try_from(random.below(48)).unwrap_or(0);
        world.elapsed.insert(
            id,
            Elapsed {
                id,
                task: task.id,
                user: task.responsible,
                comment: random.word(&WORK).to_owned(),
                seconds: 900 * i64::try_from(1 + random.below(12)).unwrap_or(1),
                created: (task.created + SignedDuration::from_hours(hours)).min(now),
                began: None,
            },
        );
    }
}

fn result(world: &mut World, random: &mut Random, task: &Task) {
    let id = world.next_result();
    world.results.insert(
        id,
        TaskResult {
            id,
            task: task.id,
            author: task.responsible,
            text: random.word(&RESULTS).to_owned(),
            created: task.status_changed,
            updated: None,
            open: true,
            comment: None,
            message: None,
        },
    );
}

/// A note in the creator's drive, attached to the task.
fn file(world: &mut World, task: &Task) {
    let object = world.store(Object {
        id: 0,
        storage: task.created_by,
        parent: 1_000_000 + task.created_by,
        name: format!("notes-{}.txt", task.id),
        created_by: task.created_by,
        created: task.created,
        updated: task.created,
        file: Some(Content {
            base64: "QWdyZWVkOiBkZWxpdmVyeSBvbiBGcmlkYXkuCg==".to_owned(),
            size: 28,
            version: 1,
        }),
    });
    world.attach(object, task.id, task.created_by, task.created);
}

fn values(world: &mut World, random: &mut Random, task: u64) {
    let names: Vec<(String, Vec<u64>)> = world
        .fields
        .values()
        .map(|field| (field.name.clone(), field.choices.iter().map(|(id, _)| *id).collect()))
        .collect();
    let number = 100 + random.below(900);
    if let Some(task) = world.tasks.get_mut(&task) {
        for (name, choices) in names {
            let value = match choices.as_slice() {
                [] => json!(format!("Д-{number}")),
                some => json!(some[usize::try_from(number).unwrap_or(0) % some.len()].to_string()),
            };
            task.extra.insert(name, value);
        }
    }
}

/// The comments of the forum become messages of the chat; the forum forgets them.
fn migrate(world: &mut World, task: &Task) {
    world.announce(task.id, task.created_by, "created the task", task.created);
    let comments: Vec<_> = world.comments_of(task.id).cloned().collect();
    for comment in comments {
        world.comments.remove(&comment.id);
        world.say(task.id, comment.author, comment.text, comment.posted);
    }
    if let Some(task) = world.tasks.get_mut(&task.id) {
        task.card = Card::New;
    }
}
