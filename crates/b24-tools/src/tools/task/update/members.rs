//! One more or one less in a set, the others staying: the set is read, merged, and written whole.
//!
//! The portal only knows whole sets. A set that cannot be read is refused: writing it would lose whoever is in it. What
//! somebody else changes between the reading and the writing is lost; it is moments.

use b24_model::TaskId;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::{
    Code, Reader, Refusal,
    directory::people,
    filter::camel,
    input::{PersonRef, shorten},
    tools::task::fields::{self, Fields},
};

/// The most members of one argument.
const MOST: usize = 200;

// No doc comments: this stands in the schema twice.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub(super) struct Members {
    accomplices: Option<Vec<PersonRef>>,
    auditors: Option<Vec<PersonRef>>,
    tags: Option<Vec<String>>,
}

/// Sets: the portal's field, and what one member is called.
const SETS: [(&str, &str); 3] = [("ACCOMPLICES", "co-doer"), ("AUDITORS", "observer"), ("TAGS", "tag")];

/// What is to change about sets.
#[derive(Debug, Default)]
pub(super) struct Change {
    sets: Vec<SetChange>,
}

#[derive(Debug)]
struct SetChange {
    field: &'static str,
    noun: &'static str,
    add: Vec<String>,
    remove: Vec<String>,
}

/// Reads what is to be added and removed; all names are looked up together.
pub(super) async fn read(
    add: Option<&Members>,
    remove: Option<&Members>,
    reader: &Reader,
) -> Result<Change, Refusal> {
    let nobody = Members::default();
    let (add, remove) = (add.unwrap_or(&nobody), remove.unwrap_or(&nobody));
    let lists = [&add.accomplices, &remove.accomplices, &add.auditors, &remove.auditors];
    let lists = lists.map(|list| list.as_deref().unwrap_or_default());
    let everybody: Vec<PersonRef> = lists.concat();
    if everybody.len() > MOST {
        return Err(Refusal::invalid(format!("`add` and `remove` name more than {MOST} people")));
    }
    let mut ids = people::ids_of(&everybody, reader).await?.into_iter().map(|id| id.to_string());
    let mut next = |list: &[PersonRef]| ids.by_ref().take(list.len()).collect::<Vec<_>>();
    let people = lists.map(&mut next);
    let [more_accomplices, less_accomplices, more_auditors, less_auditors] = people;
    let pairs = [
        (more_accomplices, less_accomplices),
        (more_auditors, less_auditors),
        (tags(add.tags.as_deref())?, tags(remove.tags.as_deref())?),
    ];
    let mut sets = Vec::new();
    for ((field, noun), (add, remove)) in SETS.into_iter().zip(pairs) {
        if let Some(both) = add.iter().find(|member| remove.iter().any(|other| same(member, other))) {
            return Err(Refusal::invalid(format!(
                "{noun} {} is both to be added and to be removed",
                shown(field, both)
            )));
        }
        if !add.is_empty() || !remove.is_empty() {
            sets.push(SetChange { field, noun, add, remove });
        }
    }
    Ok(Change { sets })
}

fn tags(said: Option<&[String]>) -> Result<Vec<String>, Refusal> {
    let tags: Vec<String> = said.unwrap_or_default().iter().map(|tag| tag.trim().to_owned()).collect();
    if tags.len() > MOST || tags.iter().any(|tag| tag.is_empty() || tag.chars().any(char::is_control)) {
        return Err(Refusal::invalid(format!(
            "tags are texts without control characters, at most {MOST} of them"
        )));
    }
    Ok(tags)
}

impl Change {
    pub(super) fn is_empty(&self) -> bool {
        self.sets.is_empty()
    }

    /// The fields that have to be read.
    pub(super) fn fields(&self) -> impl Iterator<Item = &str> {
        self.sets.iter().map(|set| set.field)
    }

    /// Refuses a set that is to be replaced as well.
    pub(super) fn check(&self, write: &Fields) -> Result<(), Refusal> {
        match self.fields().find(|field| write.contains_key(*field)) {
            None => Ok(()),
            Some(field) => Err(Refusal::invalid(format!(
                "`{}` is given as a whole set and in `add` or `remove`",
                camel(field)
            ))
            .hint("give the whole set, or only who is to be added and removed")),
        }
    }

    /// Puts the merged sets into what is written, those that come out different. Answers what was so already.
    pub(super) fn merge(
        &self,
        id: TaskId,
        before: &Map<String, Value>,
        write: &mut Fields,
    ) -> Result<Vec<String>, Refusal> {
        let mut moot = Vec::new();
        for set in &self.sets {
            // All that an empty set would lose is all there is.
            let old = before.get(&camel(set.field)).and_then(|old| fields::lost(old, &json!([])));
            let old = old.ok_or_else(|| {
                Refusal::new(
                    Code::PORTAL_GARBLED,
                    format!("the portal does not show the {}s of task {id}: nobody can be added without losing them", set.noun),
                )
                .hint("nothing was changed; ask the person for the whole set")
            })?;
            let holds = |member: &String| old.iter().any(|other| same(member, other));
            let there = set.add.iter().filter(|member| holds(member));
            moot.extend(there.map(|member| format!("{} {} was there", set.noun, shown(set.field, member))));
            let absent = set.remove.iter().filter(|member| !holds(member));
            moot.extend(
                absent.map(|member| format!("{} {} was not there", set.noun, shown(set.field, member))),
            );

            let stays = |member: &&String| !set.remove.iter().any(|other| same(member, other));
            let mut new: Vec<String> = old.iter().filter(stays).cloned().collect();
            for member in set.add.iter().filter(|member| !holds(member)) {
                if !new.iter().any(|other| same(member, other)) {
                    new.push(member.clone());
                }
            }
            if new != old {
                write.insert(set.field.to_owned(), set.wire(&new));
            }
        }
        Ok(moot)
    }
}

impl SetChange {
    /// People are written as numbers, tags as they are.
    fn wire(&self, members: &[String]) -> Value {
        let wire = |member: &String| match (self.field, member.parse::<u64>()) {
            ("TAGS", _) | (_, Err(_)) => json!(member),
            (_, Ok(id)) => json!(id),
        };
        members.iter().map(wire).collect()
    }
}

/// Tags differ by more than their case.
fn same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

fn shown(field: &str, member: &str) -> String {
    if field == "TAGS" { format!("\"{}\"", shorten(member, 60)) } else { member.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn merge(before: Value, add: &[&str], remove: &[&str]) -> Result<Value, String> {
        let texts = |texts: &[&str]| texts.iter().map(ToString::to_string).collect();
        let set = SetChange { field: "AUDITORS", noun: "observer", add: texts(add), remove: texts(remove) };
        let mut write = Fields::new();
        let task = TaskId::new(7).map_err(|error| error.to_string())?;
        let before = before.as_object().cloned().unwrap_or_default();
        let moot =
            Change { sets: vec![set] }.merge(task, &before, &mut write).map_err(|no| no.code().to_owned())?;
        Ok(json!({ "write": write, "moot": moot }))
    }

    #[test]
    fn a_set_that_the_portal_does_not_show_is_never_written_over() {
        for before in [json!({}), json!({ "auditors": "5" }), json!({ "auditors": [[5]] })] {
            assert_eq!(merge(before.clone(), &["6"], &[]), Err("PORTAL_GARBLED".into()), "{before}");
        }
    }

    #[test]
    fn members_stay_in_their_order_and_come_once() {
        let before = json!({ "auditors": ["5", "7"] });
        let merged = merge(before.clone(), &["6", "6", "5"], &["7"]);
        assert_eq!(merged, Ok(json!({ "write": { "AUDITORS": [5, 6] }, "moot": ["observer 5 was there"] })));
        let merged = merge(before, &[], &["9"]);
        assert_eq!(merged, Ok(json!({ "write": {}, "moot": ["observer 9 was not there"] })));
        assert_eq!(
            merge(json!({ "auditors": [] }), &["6"], &[]),
            Ok(json!({ "write": { "AUDITORS": [6] }, "moot": [] }))
        );
    }
}
