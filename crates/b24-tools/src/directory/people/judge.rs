//! Who of the people that the portal found is meant.

use b24_model::UserId;

use super::Hunt;
use crate::{
    directory::spelling::{self, Fit, words},
    record::person::Person,
};

/// How many near names a refusal tells.
const NEAR: usize = 3;
/// How near a name has to be.
const NEAR_ENOUGH: f64 = 0.8;

/// Why there is not exactly one.
pub(super) enum Miss<'a> {
    /// Several, and none fits better than the others.
    Several(Vec<&'a Person>),
    /// Nobody among those who were read, and there are more.
    TooMany,
    /// Only people who left.
    Left(Vec<&'a Person>),
    /// Nobody.
    Nobody,
}

/// How well a person fits what was said. The better, the smaller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// By name, in these letters or in others.
    Name(Fit),
    /// The surname, and the beginning of the other names: A. Berg, Alex Petrov.
    Short,
    /// The whole position: "Head of Sales".
    Position,
    /// Some words of the position, the department, the address: what the portal searches too. Never taken alone.
    Other,
}

/// Whether nobody who works here is called like that, so that it is worth asking for other spellings.
pub(super) fn is_open(hunt: &Hunt<'_>) -> bool {
    let called = |person: &Person| matches!(rank(&hunt.words, person), Some(Rank::Name(_)));
    !hunt.words.is_empty() && !hunt.rows.iter().any(|person| person.active && called(person))
}

/// The one person who is meant.
pub(super) fn the_one<'a>(hunt: &'a Hunt<'_>) -> Result<UserId, Miss<'a>> {
    let fits = |active: bool| {
        let rows = hunt.rows.iter().filter(move |person| person.active == active);
        let ranked = rows.filter_map(|person| Some((rank(&hunt.words, person)?, person)));
        let ranked: Vec<(Rank, &Person)> = ranked.collect();
        let best = ranked.iter().map(|(rank, _)| *rank).min();
        let people = ranked.into_iter().filter(|(rank, _)| Some(*rank) == best).map(|(_, person)| person);
        (best, people.collect::<Vec<&Person>>())
    };
    let (best, people) = fits(true);
    match (best, people.as_slice()) {
        (Some(Rank::Other), [_]) | (None, _) => match fits(false) {
            (Some(Rank::Name(_) | Rank::Short), gone) => Err(Miss::Left(gone)),
            _ if hunt.more => Err(Miss::TooMany),
            _ => Err(Miss::Nobody),
        },
        // Someone on a page that was not told may fit as well.
        (Some(_), [only]) if !hunt.more => Ok(only.id),
        _ => Err(Miss::Several(people)),
    }
}

fn rank(said: &[String], person: &Person) -> Option<Rank> {
    // An address fits whoever has it.
    if said.is_empty() {
        return Some(Rank::Name(Fit::Whole));
    }
    let name = words(&person.full_name());
    let short = words(&person.short_name());
    let fit = match spelling::fit(said, &short) {
        Some(Fit::Whole) => Some(Fit::Whole),
        _ => spelling::fit(said, &name),
    };
    if let Some(fit) = fit {
        return Some(Rank::Name(fit));
    }
    if is_short(said, person) {
        return Some(Rank::Short);
    }
    let position = words(person.position.as_deref().unwrap_or_default());
    let whole = spelling::fit(said, &position) == Some(Fit::Whole);
    // A beginning of a name alone is no name: "Anna Berg" is not Anna Bergmann.
    let partly = !spelling::begins(said, &name);
    if whole { Some(Rank::Position) } else { partly.then_some(Rank::Other) }
}

/// The surname whole, and the other names by their beginning.
fn is_short(said: &[String], person: &Person) -> bool {
    let surname = words(person.last_name.as_deref().unwrap_or_default());
    let others = words(&format!(
        "{} {}",
        person.first_name.as_deref().unwrap_or_default(),
        person.second_name.as_deref().unwrap_or_default()
    ));
    let is_surname = |word: &String| spelling::fit(std::slice::from_ref(word), &surname).is_some();
    let (last, rest): (Vec<String>, Vec<String>) = said.iter().cloned().partition(is_surname);
    !last.is_empty() && !rest.is_empty() && spelling::begins(&rest, &others)
}

/// The people whose names come nearest to what was said, the nearest first; or else whom the portal found by something
/// other than a name.
pub(super) fn nearest(said: &[String], candidates: Vec<Person>, found: &[Person]) -> Vec<Person> {
    let said: Vec<String> = said.iter().map(|word| spelling::skeleton(word)).collect();
    // The best that each word finds: the nearest of all decides whether a name is told, their sum which comes first.
    let near = |person: &Person| {
        let own: Vec<String> =
            words(&person.full_name()).iter().map(|word| spelling::skeleton(word)).collect();
        let best =
            |word: &String| own.iter().map(|own| strsim::jaro_winkler(word, own)).fold(0.0_f64, f64::max);
        let scores: Vec<f64> = said.iter().map(best).collect();
        (scores.iter().copied().fold(0.0_f64, f64::max), scores.iter().sum::<f64>())
    };
    let mut scored: Vec<(f64, Person)> = Vec::new();
    for person in candidates.into_iter().filter(|person| person.active) {
        let (best, score) = near(&person);
        if best > NEAR_ENOUGH && scored.iter().all(|(_, known)| known.id != person.id) {
            scored.push((score, person));
        }
    }
    scored.sort_by(|(a, one), (b, other)| b.total_cmp(a).then(one.id.cmp(&other.id)));
    if scored.is_empty() {
        return found.iter().filter(|person| person.active).take(NEAR).cloned().collect();
    }
    scored.into_iter().take(NEAR).map(|(_, person)| person).collect()
}
