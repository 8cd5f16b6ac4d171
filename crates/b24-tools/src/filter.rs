//! Filters, sort orders and field lists, from keys that a model chose.
//!
//! A key reaches the portal only if it is an operator this folder knows in front of a field the portal
//! documents, or of a custom field that the portal has. Everything else is refused with the nearest known name: a dropped
//! condition would silently widen the answer. What an entity has is in its [`Table`]; the reader of keys,
//! operators and values is one for all of them, and writes both grammars of the portal: keys with an
//! operator in front, and the `[field, operator, value]` of REST 3.0.

mod field;
mod key;
mod table;
mod value;
mod wire;

pub(crate) use field::{Kind, SETTABLE};
pub(crate) use key::{Slot, camel, is_standard, upper_snake};
pub(crate) use table::{Entity, RESULT, TASK, TIME, Table};
pub(crate) use wire::{Plain, WireFilter};

use jiff::Zoned;
use serde_json::{Map, Value};

use self::key::{Key, Operator};
use crate::{
    Reader, Refusal,
    directory::{
        fields::{CustomField, CustomFields},
        groups, people,
    },
    input::{GroupRef, PersonRef},
};

/// The most fields of one selection.
const MOST_SELECTED: usize = 60;
/// The most fields of one order.
const MOST_SORTED: usize = 10;
/// The most conditions of one filter.
const MOST: usize = 30;

/// The custom fields of tasks on the portal, when one of `keys` may be meant for one. Keys that no field can have cost nothing.
pub(crate) async fn customs<'a>(
    keys: impl Iterator<Item = &'a str>,
    reader: &Reader,
) -> Result<CustomFields, Refusal> {
    let names = keys.filter(|key| *key != "*" && !key.starts_with("::")).map(|key| key::split(key).1);
    let wanted: Vec<&str> = names.filter(|name| key::is_plausible(name) && !key::is_standard(name)).collect();
    if wanted.is_empty() { Ok(CustomFields::default()) } else { CustomFields::load(&wanted, reader).await }
}

/// A filter of one entity that is safe to send, but for people and groups who still go by name.
#[derive(Debug)]
pub(crate) struct Filter {
    table: &'static Table,
    conditions: Vec<(Operator, String, Condition)>,
    favorites: bool,
}

#[derive(Debug)]
enum Condition {
    Ready(Value),
    Person(PersonRef),
    People(Vec<PersonRef>),
    Group(GroupRef),
    Groups(Vec<GroupRef>),
}

impl Filter {
    /// A filter without conditions.
    pub(crate) fn of(table: &'static Table) -> Self {
        Self { table, conditions: Vec::new(), favorites: false }
    }

    /// Reads the conditions that a model wrote. Times are read in the zone of `now`.
    pub(crate) fn read<'a>(
        entity: impl Into<Entity<'a>>,
        written: &Map<String, Value>,
        now: &Zoned,
    ) -> Result<Self, Refusal> {
        let entity = entity.into();
        let table = entity.table;
        if written.len() > MOST {
            return Err(Refusal::invalid(format!("a filter has at most {MOST} conditions")));
        }
        let mut filter = Self::of(table);
        for (written_key, value) in written {
            if table.has_favorites
                && let Some(favorites) = key::favorites(written_key, value)?
            {
                filter.favorites = favorites;
                continue;
            }
            let key = Key::read(entity, written_key)?;
            filter.add(written_key, &key, value, now)?;
        }
        Ok(filter)
    }

    fn add(&mut self, written: &str, key: &Key<'_>, value: &Value, now: &Zoned) -> Result<(), Refusal> {
        for (operator, condition) in value::conditions(written, key, value, now)? {
            self.push(&Key { operator, ..key.clone() }, written, condition)?;
        }
        Ok(())
    }

    /// Adds a condition of the tool's own, such as `responsible` beside the filter.
    pub(crate) fn person(&mut self, field: &'static str, person: PersonRef) -> Result<(), Refusal> {
        self.push(&Key::read(self.table.into(), field)?, field, Condition::Person(person))
    }

    /// Adds a condition on the group.
    pub(crate) fn group(&mut self, group: GroupRef) -> Result<(), Refusal> {
        self.push(&Key::read(self.table.into(), "GROUP_ID")?, "group", Condition::Group(group))
    }

    /// Adds a condition with a value that is known to be right.
    pub(crate) fn exact(&mut self, key: &'static str, value: impl Into<Value>) -> Result<(), Refusal> {
        self.push(&Key::read(self.table.into(), key)?, key, Condition::Ready(value.into()))
    }

    /// Adds a date condition of the tool's own, given as `argument`: `said` is read like a filter value.
    pub(crate) fn date(
        &mut self,
        key: &'static str,
        argument: &'static str,
        said: &str,
        now: &Zoned,
    ) -> Result<(), Refusal> {
        self.add(argument, &Key::read(self.table.into(), key)?, &Value::String(said.to_owned()), now)
    }

    /// Adds "contains" on a text field, given as `argument`.
    pub(crate) fn contains(
        &mut self,
        field: &'static str,
        argument: &'static str,
        part: &str,
    ) -> Result<(), Refusal> {
        let written = format!("%{field}");
        let key = Key::read(self.table.into(), &written)?;
        let value = value::plain(argument, key.operator, Kind::Text, &Value::String(part.to_owned()))?;
        self.push(&key, argument, Condition::Ready(value))
    }

    /// Whether a condition on this field is there, whatever its operator.
    pub(crate) fn has(&self, field: &str) -> bool {
        self.conditions.iter().any(|(_, name, _)| name == field)
    }

    fn push(&mut self, key: &Key<'_>, written: &str, condition: Condition) -> Result<(), Refusal> {
        let same =
            |operator: Operator, name: &str| operator.wire() == key.operator.wire() && name == key.name;
        if self.conditions.iter().any(|(operator, name, _)| same(*operator, name)) {
            let wire = format!("{}{}", key.operator.wire(), key.name);
            return Err(Refusal::invalid(format!(
                "`{written}` and another condition are both `{wire}` for the portal"
            ))
            .hint("give each condition once; for several values use a list"));
        }
        let several = matches!(
            &condition,
            Condition::People(_) | Condition::Groups(_) | Condition::Ready(Value::Array(_))
        );
        if several && !self.table.takes_list(key.operator) {
            return Err(Refusal::invalid(format!("`{written}` takes one value, not a list"))
                .hint("ask for the values that are wanted, or give one condition"));
        }
        self.conditions.push((key.operator, key.name.clone(), condition));
        Ok(())
    }

    /// The filter for the wire, with people and groups looked up: everybody who is named in one go.
    pub(crate) async fn resolve(self, reader: &Reader) -> Result<WireFilter, Refusal> {
        let named = |condition: &Condition| match condition {
            Condition::Person(person) => vec![person.clone()],
            Condition::People(several) => several.clone(),
            _ => Vec::new(),
        };
        let people: Vec<PersonRef> =
            self.conditions.iter().flat_map(|(_, _, condition)| named(condition)).collect();
        let mut ids = people::ids_of(&people, reader).await?.into_iter().map(|id| Value::from(id.get()));
        let mut conditions = Vec::with_capacity(self.conditions.len());
        for (operator, name, condition) in self.conditions {
            let value = match condition {
                Condition::Ready(value) => value,
                Condition::Person(_) => ids.next().unwrap_or_default(),
                Condition::People(several) => ids.by_ref().take(several.len()).collect(),
                Condition::Group(group) => groups::id_of(&group, reader).await?.into(),
                Condition::Groups(several) => {
                    let mut found = Vec::with_capacity(several.len());
                    for group in &several {
                        found.push(Value::from(groups::id_of(group, reader).await?));
                    }
                    found.into()
                }
            };
            conditions.push((operator, name, value));
        }
        Ok(wire::spelled(self.table, conditions, self.favorites))
    }
}

/// Reads `{field: "asc" | "desc"}`. Nothing given: newest first.
pub(crate) fn order<'a>(
    entity: impl Into<Entity<'a>>,
    written: Option<&Map<String, Value>>,
) -> Result<Map<String, Value>, Refusal> {
    let entity = entity.into();
    let table = entity.table;
    let mut wire = Map::new();
    if written.is_some_and(|written| written.len() > MOST_SORTED) {
        return Err(Refusal::invalid(format!("`order` names more than {MOST_SORTED} fields")));
    }
    for (written_key, direction) in written.into_iter().flatten() {
        let (name, custom) = key::known(entity, written_key, table.sortable, "sort by")?;
        if custom.is_some() {
            return Err(Refusal::invalid(format!(
                "tasks cannot be sorted by the custom field `{written_key}`"
            ))
            .hint("filter by it instead, and sort by a field such as `deadline`"));
        }
        let name = table.spelled(&name);
        let direction = direction.as_str().map(str::to_ascii_lowercase);
        let direction = match direction.as_deref() {
            Some("asc") => table.ascending(),
            Some("desc") => table.descending(),
            _ => {
                return Err(Refusal::invalid(format!("`order.{written_key}` is neither `asc` nor `desc`")));
            }
        };
        if wire.insert(name.clone(), direction.into()).is_some() {
            return Err(Refusal::invalid(format!("`order` names `{name}` twice")));
        }
    }
    if wire.is_empty() {
        wire.insert(table.spelled("ID"), table.descending().into());
    }
    Ok(wire)
}

/// Fields to return.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Selection {
    /// Their classic names, for the wire.
    pub names: Vec<String>,
    /// Custom fields that were asked for by label: the member of an answer, and the label.
    labels: Vec<(String, String)>,
}

impl Selection {
    /// Tells custom fields as people do: choices by their words, and the field by its label when it was asked for so.
    pub(crate) fn tell(&self, others: &mut Map<String, Value>, customs: &CustomFields) {
        for name in &self.names {
            let (member, Some(field)) = (camel(name), customs.named(name)) else { continue };
            if let Some(value) = others.get_mut(&member) {
                *value = field.told(value);
            }
        }
        for (member, label) in &self.labels {
            if let Some(value) = others.remove(member) {
                others.insert(label.clone(), value);
            }
        }
    }
}

/// Reads the names of fields to return. Repetitions are harmless and dropped.
pub(crate) fn select<'a>(entity: impl Into<Entity<'a>>, written: &[String]) -> Result<Selection, Refusal> {
    let entity = entity.into();
    if written.len() > MOST_SELECTED {
        return Err(Refusal::invalid(format!("`select` names more than {MOST_SELECTED} fields")));
    }
    let mut selection = Selection::default();
    // "Everything" means what is told anyway: the portal's own set may change.
    for written in written.iter().filter(|name| *name != "*") {
        let (name, custom) = key::known(entity, written, entity.table.selectable, "select")?;
        let spelled = entity.table.spelled(&name);
        if selection.names.contains(&spelled) {
            continue;
        }
        let by_name =
            |field: &CustomField| upper_snake(written) == field.name || camel(&field.name) == *written;
        if let Some(field) = custom.filter(|field| !by_name(field)) {
            selection.labels.push((camel(&name), field.label().to_owned()));
        }
        selection.names.push(spelled);
    }
    Ok(selection)
}

/// Reads the name of a field of a task that may be written.
pub(crate) fn settable<'a>(written: &str, customs: &'a CustomFields) -> Result<(String, Slot<'a>), Refusal> {
    let names: Vec<&str> = SETTABLE.iter().map(|field| field.name).collect();
    let (name, custom) = key::known(TASK.with(customs), written, &names, "set")?;
    let standard =
        || SETTABLE.iter().find(|field| field.name == name).map_or(Kind::Plain, |field| field.kind);
    let slot = custom.map_or_else(|| Slot::Standard(standard()), Slot::Custom);
    Ok((name, slot))
}

#[cfg(test)]
mod tests;
