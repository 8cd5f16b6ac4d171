//! Invents a portal: the same seed and the same `now` give the same people and tasks.

mod persons;
mod teams;
mod traces;
mod works;

use jiff::Timestamp;

use super::World;
use super::card::Cards;
use super::random::Random;

/// How much to invent, and around which moment.
pub(crate) struct Plan {
    pub(crate) seed: u64,
    pub(crate) users: usize,
    pub(crate) tasks: usize,
    pub(crate) now: Timestamp,
    pub(crate) cards: Cards,
}

/// A fresh world.
pub(crate) fn world(plan: &Plan) -> World {
    let mut random = Random::new(plan.seed);
    let mut world = World { cards: plan.cards, ..World::default() };
    // Whole seconds: the wire has no room for fractions, and a filter on an answered date must find its record.
    let now = Timestamp::from_second(plan.now.as_second()).unwrap_or(plan.now);
    persons::fill(&mut world, &mut random, plan.users.max(1), now);
    works::fill(&mut world, &mut random, plan.tasks, now);
    // Streams of their own: what came first in this file does not change when something is added here.
    teams::fill(&mut world, &mut Random::new(plan.seed ^ 0x7EA3), now);
    traces::fill(&mut world, &mut Random::new(plan.seed ^ 0x72ACE), now);
    world
}
