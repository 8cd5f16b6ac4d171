//! Tasks with their checklists and comments, spread over people, statuses and dates around `now`.

use jiff::{SignedDuration, Timestamp};

use crate::world::World;
use crate::world::checklist::ChecklistItem;
use crate::world::comment::Comment;
use crate::world::phrases::{CHECKLISTS, COMMENTS, DESCRIPTIONS, LINES, TAGS, TITLES};
use crate::world::random::Random;
use crate::world::task::{Status, Task};

pub(super) fn fill(world: &mut World, random: &mut Random, count: usize, now: Timestamp) {
    let people: Vec<u64> = world.users.values().filter(|user| user.active).map(|user| user.id).collect();
    for at in 0..count {
        let mut task = invent(world, random, &people, now);
        // Every eighth task is a subtask of the one before, which is never a subtask itself.
        if at % 8 == 7 {
            task.parent = Some(task.id - 1);
        }
        if at % 3 == 0 {
            checklist(world, random, &task);
        }
        if at % 4 == 1 {
            comments(world, random, &task, &people, now);
        }
        world.tasks.insert(task.id, task);
    }
}

fn invent(world: &mut World, random: &mut Random, people: &[u64], now: Timestamp) -> Task {
    let id = world.next_task();
    let creator = if random.one_in(3) { 1 } else { *random.pick(people) };
    let age = SignedDuration::from_hours(24 + i64::try_from(random.below(24 * 60)).unwrap_or(0));
    let created = now - age;
    let responsible = *random.pick(people);
    let mut task = Task::new(id, creator, responsible, created);
    task.title = random.word(&TITLES).to_owned();
    task.description = random.word(&DESCRIPTIONS).to_owned();
    task.priority = if random.one_in(5) { 2 } else { 1 };
    task.flags.task_control = random.one_in(4);
    task.flags.allow_change_deadline = random.one_in(2);
    task.deadline = deadline(random, now);
    task.viewed_by = vec![creator];
    if random.one_in(2) && responsible != creator {
        task.viewed_by.push(responsible);
    }
    task.accomplices = others(random, people, 3);
    task.auditors = others(random, people, 2);
    if random.one_in(2) {
        task.tags = vec![world.tag(random.word(&TAGS))];
    }
    settle(random, &mut task, now);
    task
}

/// From ten days late to twenty ahead, at the end of a working day; a fifth of the tasks has none.
fn deadline(random: &mut Random, now: Timestamp) -> Option<Timestamp> {
    if random.one_in(5) {
        return None;
    }
    let days = i64::try_from(random.below(30)).unwrap_or(0) - 10;
    let second = (now.as_second() + days * 86_400).div_euclid(86_400) * 86_400 + 15 * 3600;
    Timestamp::from_second(second).ok()
}

fn settle(random: &mut Random, task: &mut Task, now: Timestamp) {
    let status = *random.pick(&[
        Status::Pending,
        Status::Pending,
        Status::InProgress,
        Status::InProgress,
        Status::AwaitingControl,
        Status::Completed,
        Status::Deferred,
    ]);
    // Only a task under control can wait for it.
    let status = match status {
        Status::AwaitingControl if !task.flags.task_control => Status::InProgress,
        other => other,
    };
    if status != Status::Pending {
        let half = (now.duration_since(task.created)) / 2;
        task.set_status(status, task.responsible, task.created + half);
    }
}

fn others(random: &mut Random, people: &[u64], rarity: u64) -> Vec<u64> {
    if random.one_in(rarity) { vec![*random.pick(people)] } else { Vec::new() }
}

fn checklist(world: &mut World, random: &mut Random, task: &Task) {
    let root = line(world, task, 0, random.word(&CHECKLISTS), 0);
    for sort in 0..=i64::try_from(random.below(3)).unwrap_or(0) {
        let id = line(world, task, root, random.word(&LINES), sort);
        if random.one_in(3)
            && let Some(item) = world.checklist.get_mut(&id)
        {
            item.complete = true;
            item.toggled = Some((task.responsible, task.changed));
        }
    }
}

fn line(world: &mut World, task: &Task, parent: u64, title: &str, sort: i64) -> u64 {
    let id = world.next_item();
    let item = ChecklistItem {
        id,
        task: task.id,
        parent,
        created_by: task.created_by,
        title: title.to_owned(),
        sort,
        complete: false,
        important: false,
        toggled: None,
        members: Vec::new(),
    };
    world.checklist.insert(id, item);
    id
}

fn comments(world: &mut World, random: &mut Random, task: &Task, people: &[u64], now: Timestamp) {
    for hours in 0..=random.below(3) {
        let id = world.next_comment();
        let author = *random.pick(people);
        let posted =
            (task.created + SignedDuration::from_hours(1 + i64::try_from(hours).unwrap_or(0))).min(now);
        let text = random.word(&COMMENTS).to_owned();
        world.comments.insert(id, Comment { id, task: task.id, author, posted, text });
    }
}
