//! Departments and people. Person 1 is the administrator; some of the later ones are dismissed.

use jiff::{SignedDuration, Timestamp};

use crate::world::World;
use crate::world::names::{DEPARTMENTS, POOLS};
use crate::world::people::{Department, User};
use crate::world::random::Random;

pub(super) fn fill(world: &mut World, random: &mut Random, count: usize, now: Timestamp) {
    for (id, name, sort, parent) in DEPARTMENTS {
        let parent = (parent != 0).then_some(parent);
        world.departments.insert(id, Department { id, name: name.to_owned(), sort, parent, head: None });
    }
    for at in 0..count {
        let user = invent(random, at, now);
        world.users.insert(user.id, user);
    }
    appoint(world);
}

/// The first active person of a department heads it; the administrator heads the company.
fn appoint(world: &mut World) {
    for department in world.departments.values_mut() {
        department.head = world
            .users
            .values()
            .find(|user| user.active && user.departments.contains(&department.id))
            .map(|user| user.id);
    }
}

fn invent(random: &mut Random, at: usize, now: Timestamp) -> User {
    let pool = &POOLS[at % POOLS.len()];
    let round = at / POOLS.len();
    let person = &pool.people[round % pool.people.len()];
    let id = at as u64 + 1;
    // People with the same name exist in every company, but their addresses differ.
    let again = round / pool.people.len();
    let suffix = if again == 0 { String::new() } else { format!("{}", again + 1) };
    let admin = at == 0;
    let day = |days: u64| now - SignedDuration::from_hours(24 * i64::try_from(days).unwrap_or(0));
    let active = admin || at % 9 != 8;
    User {
        id,
        active,
        admin,
        name: person.name.to_owned(),
        last_name: person.last_name.to_owned(),
        second_name: person.second_name.to_owned(),
        email: format!("{}{suffix}@rosenfeld.example.com", person.latin),
        gender: person.gender.into(),
        time_zone: pool.time_zone.into(),
        position: if admin {
            "Администратор".to_owned()
        } else {
            random.word(pool.positions).to_owned()
        },
        city: pool.city.into(),
        mobile: format!("{}{:04}", pool.dial, 100 + id),
        inner_phone: format!("{}", 100 + id),
        birthday: if random.one_in(4) { String::new() } else { birthday(random) },
        departments: vec![if admin { 1 } else { 2 + random.below(6) }],
        registered: day(400 + random.below(900)),
        last_login: day(random.below(20)),
        online: active && random.one_in(2),
    }
}

fn birthday(random: &mut Random) -> String {
    format!("{}-{:02}-{:02}", 1965 + random.below(35), 1 + random.below(12), 1 + random.below(28))
}
