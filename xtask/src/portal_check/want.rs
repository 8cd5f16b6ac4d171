//! What is wanted of an answer, and whether it is there. Pure: an answer goes in, a judgement comes out.

use serde_json::Value;

use super::names::Names;
use crate::plain::Answer;

mod kind;

pub(crate) use kind::Kind;

/// Something that an answer has to show. Places are JSON pointers; values are JSON, in which `<name>` stands for
/// what was kept under that name.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Want {
    Status(u16),
    /// The documents name more than one, or a status that SDKs saw otherwise.
    StatusAmong(&'static [u16]),
    /// The value at a place.
    Is(&'static str, &'static str),
    /// The value is one of these.
    Among(&'static str, &'static [&'static str]),
    Kind(&'static str, Kind),
    /// The same, where there is anything at all.
    KindIfThere(&'static str, Kind),
    /// In every row of a list or map, the value at the second place. No rows, no judgement.
    Every(&'static str, &'static str, Kind),
    /// In every row, the value at the second place is this. No rows, no judgement.
    EveryIs(&'static str, &'static str, &'static str),
    /// Every row has no other keys than these. No rows, no judgement.
    OnlyKeys(&'static str, &'static [&'static str]),
    Absent(&'static str),
    /// At most so many rows.
    AtMost(&'static str, usize),
    Count(&'static str, usize),
    /// Numbers at the second place of the rows grow strictly, or fall.
    Growing(&'static str, &'static str),
    Falling(&'static str, &'static str),
    /// Text that holds a part, in any case.
    Holds(&'static str, &'static str),
    /// The body, whatever it is made of, holds a part.
    BodyHolds(&'static str),
    Header(&'static str, &'static str),
    NoHeader(&'static str),
}

/// What became of a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Judgement {
    Held,
    Failed {
        expected: String,
        got: String,
    },
    /// This portal has nothing to show it with.
    Moot(String),
}

/// Judges every want; the first that does not hold decides.
pub(crate) fn judge(wants: &[Want], answer: &Answer, names: &Names) -> Judgement {
    let verdicts = wants.iter().map(|want| one(want, answer, names));
    verdicts.into_iter().find(|verdict| *verdict != Judgement::Held).unwrap_or(Judgement::Held)
}

fn one(want: &Want, answer: &Answer, names: &Names) -> Judgement {
    let json = &answer.json;
    match *want {
        Want::Status(status) => hold(answer.status == status, || format!("status {status}"), || told(answer)),
        Want::StatusAmong(all) => {
            hold(all.contains(&answer.status), || format!("a status of {all:?}"), || told(answer))
        }
        Want::Is(place, wanted) => match expected(wanted, names) {
            Ok(wanted) => at(answer, place, &wanted.to_string(), |found| *found == wanted),
            Err(moot) => moot,
        },
        Want::Among(place, all) => at(answer, place, &format!("one of {all:?}"), |found| {
            found.as_str().is_some_and(|found| all.contains(&found))
        }),
        Want::Kind(place, kind) => at(answer, place, kind.name(), |found| kind.fits(found)),
        Want::KindIfThere(place, _) if json.pointer(place).is_none() => Judgement::Held,
        Want::KindIfThere(place, kind) => at(answer, place, kind.name(), |found| kind.fits(found)),
        Want::Every(place, inner, kind) => {
            every(answer, place, &format!("{} {}", inner, kind.name()), |row| {
                row.pointer(inner).is_some_and(|found| kind.fits(found))
            })
        }
        Want::EveryIs(place, inner, wanted) => match expected(wanted, names) {
            Ok(wanted) => every(answer, place, &format!("{inner} is {wanted}"), |row| {
                row.pointer(inner) == Some(&wanted)
            }),
            Err(moot) => moot,
        },
        Want::OnlyKeys(place, keys) => every(answer, place, &format!("no keys but {keys:?}"), |row| {
            row.as_object().is_some_and(|row| row.keys().all(|key| keys.contains(&key.as_str())))
        }),
        Want::Absent(place) => {
            let found = json.pointer(place);
            hold(found.is_none(), || format!("nothing at {place}"), || short(found.unwrap_or(&Value::Null)))
        }
        Want::AtMost(place, most) => at(answer, place, &format!("at most {most} rows"), |found| {
            rows(found).is_some_and(|rows| rows.len() <= most)
        }),
        Want::Count(place, count) => at(answer, place, &format!("{count} rows"), |found| {
            rows(found).is_some_and(|rows| rows.len() == count)
        }),
        Want::Growing(place, inner) => ordered(answer, place, inner, "grows", |a, b| a < b),
        Want::Falling(place, inner) => ordered(answer, place, inner, "falls", |a, b| a > b),
        Want::Holds(place, part) => at(answer, place, &format!("a text with `{part}`"), |found| {
            found.as_str().is_some_and(|found| found.to_lowercase().contains(&part.to_lowercase()))
        }),
        Want::BodyHolds(part) => {
            let body = String::from_utf8_lossy(&answer.body);
            hold(body.contains(part), || format!("a body with `{part}`"), || told(answer))
        }
        Want::Header(name, part) => {
            let part = match names.fill(part) {
                Ok(part) => part,
                Err(why) => return Judgement::Moot(why),
            };
            let found = answer.header(name);
            hold(
                found.is_some_and(|found| found.contains(&part)),
                || format!("a header `{name}` with `{part}`"),
                || format!("{found:?}"),
            )
        }
        Want::NoHeader(name) => {
            let found = answer.header(name);
            hold(found.is_none(), || format!("no header `{name}`"), || format!("{found:?}"))
        }
    }
}

fn hold(holds: bool, expected: impl Fn() -> String, got: impl Fn() -> String) -> Judgement {
    if holds { Judgement::Held } else { Judgement::Failed { expected: expected(), got: got() } }
}

fn expected(wanted: &str, names: &Names) -> Result<Value, Judgement> {
    let wanted = names.fill(wanted).map_err(Judgement::Moot)?;
    serde_json::from_str(&wanted)
        .map_err(|e| Judgement::Failed { expected: format!("`{wanted}` as JSON"), got: e.to_string() })
}

fn at(answer: &Answer, place: &str, wanted: &str, holds: impl Fn(&Value) -> bool) -> Judgement {
    let expected = || format!("{} {wanted}", if place.is_empty() { "the body" } else { place });
    match answer.json.pointer(place) {
        Some(found) => hold(holds(found), expected, || short(found)),
        None => hold(false, expected, || format!("nothing there; {}", told(answer))),
    }
}

/// The rows of a list, or of a map keyed by id; an empty map arrives as `[]`.
fn rows(value: &Value) -> Option<Vec<&Value>> {
    match value {
        Value::Array(rows) => Some(rows.iter().collect()),
        Value::Object(rows) => Some(rows.values().collect()),
        _ => None,
    }
}

fn every(answer: &Answer, place: &str, wanted: &str, holds: impl Fn(&Value) -> bool) -> Judgement {
    let Some(rows) = answer.json.pointer(place).and_then(rows) else {
        return hold(false, || format!("rows at {place}"), || told(answer));
    };
    if rows.is_empty() {
        return Judgement::Moot(format!("no rows at {place}"));
    }
    let other = rows.into_iter().find(|row| !holds(row));
    hold(
        other.is_none(),
        || format!("in every row of {place}: {wanted}"),
        || short(other.unwrap_or(&Value::Null)),
    )
}

fn ordered(answer: &Answer, place: &str, inner: &str, word: &str, holds: fn(f64, f64) -> bool) -> Judgement {
    let Some(rows) = answer.json.pointer(place).and_then(rows) else {
        return hold(false, || format!("rows at {place}"), || told(answer));
    };
    if rows.len() < 2 {
        return Judgement::Moot(format!("fewer than two rows at {place}"));
    }
    let numbers: Option<Vec<f64>> = rows.iter().map(|row| number(row.pointer(inner)?)).collect();
    let holds = numbers.as_ref().is_some_and(|all| all.windows(2).all(|two| holds(two[0], two[1])));
    hold(holds, || format!("{inner} {word} from row to row"), || format!("{numbers:?}"))
}

fn number(value: &Value) -> Option<f64> {
    value.as_f64().or_else(|| value.as_str()?.parse().ok())
}

/// An answer in one line.
fn told(answer: &Answer) -> String {
    let body = String::from_utf8_lossy(&answer.body);
    format!("{} {}", answer.status, cut(&body))
}

fn short(value: &Value) -> String {
    cut(&value.to_string())
}

fn cut(text: &str) -> String {
    let text = text.replace(['\n', '\r'], " ");
    match text.char_indices().nth(240) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

#[cfg(test)]
mod tests;
