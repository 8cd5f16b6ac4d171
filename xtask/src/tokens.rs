//! `cargo xtask tokens`: what a model pays for the catalogue and for a long answer, in tokens of o200k, against ceilings.
//!
//! It counts what the built server says of itself. Other models count otherwise; the ceilings are for this one.

mod answers;
mod bound;
mod corpus;
mod price;
mod vocabulary;

use crate::catalogue::{self, VIEWS};
use crate::project::{Profile, Project};
use crate::say;
use price::{Ceiling, Price};
use vocabulary::Vocabulary;

/// A ceiling, and what was measured under it.
struct Gate {
    what: String,
    measured: usize,
    ceiling: usize,
    /// Who costs most, for the one who has to save.
    worst: String,
}

impl Gate {
    fn held(&self) -> bool {
        self.measured <= self.ceiling
    }
}

/// Prints the tables, and returns how many ceilings held and how many did not.
pub(crate) fn run(project: &Project) -> Result<(usize, usize), String> {
    let program = project.server(Profile::Debug)?;
    let vocabulary = Vocabulary::load()?;
    let mut gates = Vec::new();
    for view in VIEWS {
        let prices = price::of(&catalogue::list(&program, view)?, &vocabulary)?;
        say::line(&price::table(view, &prices));
        gates.extend(ceilings(view, &prices));
    }
    gates.extend(answers::measure(&program, &vocabulary)?);

    for gate in &gates {
        let word = if gate.held() { "PASS" } else { "FAIL" };
        say::line(&format!("{word} {:<44} {:>6} of {:>6}", gate.what, gate.measured, gate.ceiling));
        if !gate.held() {
            say::line(&format!("     worst: {}", gate.worst));
        }
    }
    let held = gates.iter().filter(|gate| gate.held()).count();
    Ok((held, gates.len() - held))
}

/// Shows that the server never counts fewer tokens than there are. Returns how many samples held and how many did not.
pub(crate) fn bound(project: &Project) -> Result<(usize, usize), String> {
    let program = project.server(Profile::Debug)?;
    bound::run(project, &program, &Vocabulary::load()?)
}

fn ceilings(view: &str, prices: &[Price]) -> Vec<Gate> {
    let all: usize = prices.iter().map(|price| price.tokens).sum();
    let gate = |ceiling: &Ceiling| {
        let measured = match ceiling {
            Ceiling::Tools(_) => prices.len(),
            Ceiling::Sum(_) => all,
            // Rounded up: a fraction over the ceiling is over it.
            Ceiling::Average(_) => all.div_ceil(prices.len().max(1)),
        };
        let (what, most) = ceiling.told();
        Gate { what: format!("{view}: {what}"), measured, ceiling: most, worst: price::worst(prices) }
    };
    price::CEILINGS.iter().filter(|(of, _)| *of == view).map(|(_, ceiling)| gate(ceiling)).collect()
}
