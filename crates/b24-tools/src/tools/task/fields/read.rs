//! From what a model wants to set to what the portal takes: people, groups and stages looked up, days turned into the
//! end of the working day, choices of custom fields into their ids.
//!
//! Everything that can be refused without asking anybody is refused first; then all people are looked up together.

use b24_model::{
    TaskId, Workweek,
    moment::{EXAMPLES, Moment, Unread, to_wire},
};
use b24_rest::wire;
use serde_json::Value;

use super::{
    super::lookup,
    Fields,
    plain::{check_members, plain},
};
use crate::{
    Reader, Refusal,
    directory::{
        calendar,
        fields::{CustomField, CustomFields, CustomKind},
        groups, people, stages,
    },
    filter::{self, Kind, Slot},
    input::{GroupRef, PersonRef, StageRef, plain_words, shorten},
};

/// A field that a model wants to set.
pub(in crate::tools::task) struct Given {
    /// How it is called in sentences: the argument, or the key of `fields`.
    pub shown: String,
    /// The field: a classic name, or what the model wrote.
    pub name: String,
    /// The value as it was said.
    pub value: Value,
}

/// Where the task is, for looking up a stage.
#[derive(Clone, Copy)]
pub(in crate::tools::task) enum Home {
    /// Nowhere yet.
    New,
    /// Where this task is.
    Task(TaskId),
}

/// What is to be written.
#[derive(Default)]
pub(in crate::tools::task) struct Written {
    /// The fields, in the order they were given.
    pub fields: Fields,
    /// What whoever said it should know.
    pub notes: Vec<String>,
    /// The custom fields that were looked up.
    pub customs: CustomFields,
}

/// A value that may need somebody to be asked.
enum Pending {
    Ready(Value),
    Person(PersonRef),
    Moment(When),
    Group(GroupRef),
    Stage(StageRef),
    Many(Vec<Pending>),
}

/// A moment that was said of a field.
struct When {
    shown: String,
    moment: Moment,
    /// What a plain day stands for.
    edge: Edge,
    /// Whether it was said with its offset, so that no zone was needed.
    exact: bool,
}

/// Which end of a working day a plain day stands for.
#[derive(Clone, Copy)]
enum Edge {
    Start,
    End,
}

/// Reads fields that a model wants to set.
pub(in crate::tools::task) async fn read(
    given: Vec<Given>,
    home: Home,
    reader: &Reader,
) -> Result<Written, Refusal> {
    let customs = filter::customs(given.iter().map(|given| given.name.as_str()), reader).await?;
    let mut pending: Vec<(String, Pending)> = Vec::with_capacity(given.len());
    for Given { shown, name, value } in given {
        let (name, slot) = filter::settable(&name, &customs)?;
        if pending.iter().any(|(known, _)| *known == name) {
            return Err(Refusal::invalid(format!("`{name}` is given twice")));
        }
        let value = match slot {
            Slot::Standard(kind) => standard(&shown, &name, kind, &value, reader)?,
            Slot::Custom(field) => custom(&shown, field, &value, reader)?,
        };
        pending.push((name, value));
    }

    let everybody: Vec<PersonRef> = pending.iter().flat_map(|(_, value)| people_in(value)).collect();
    let ids = people::ids_of(&everybody, reader).await?;
    let days = pending.iter().any(|(_, value)| has_day(value));
    let mut settling = Settling {
        ids: ids.into_iter(),
        week: if days { calendar::workweek(reader).await } else { Workweek::default() },
        notes: Vec::new(),
    };
    let mut fields = Fields::new();
    let mut stage = None;
    for (name, value) in pending {
        let value = match value {
            Pending::Group(group) => settling.group(&group, reader).await?,
            // The stage is one of the group, which may be given after it.
            Pending::Stage(said) => {
                stage = Some((name.clone(), said));
                Value::Null
            }
            value => settling.value(value)?,
        };
        fields.insert(name, value);
    }
    if let Some((name, said)) = stage {
        let group = group_of(&said, &fields, home, reader).await?;
        fields.insert(name, stages::id_of(&said, group, reader).await?.into());
    }
    Ok(Written { fields, notes: settling.notes, customs })
}

/// What is needed to turn pending values into ready ones.
struct Settling {
    /// Everybody's ids, in the order of the fields.
    ids: std::vec::IntoIter<b24_model::UserId>,
    week: Workweek,
    notes: Vec<String>,
}

impl Settling {
    fn value(&mut self, pending: Pending) -> Result<Value, Refusal> {
        Ok(match pending {
            Pending::Ready(value) => value,
            Pending::Person(_) => self.ids.next().map(|id| id.get().into()).unwrap_or_default(),
            Pending::Moment(when) => self.moment(&when)?,
            Pending::Many(several) => {
                several.into_iter().map(|one| self.value(one)).collect::<Result<Vec<_>, _>>()?.into()
            }
            Pending::Group(_) | Pending::Stage(_) => Value::Null,
        })
    }

    fn moment(&mut self, when: &When) -> Result<Value, Refusal> {
        if let Moment::Day { date, .. } = &when.moment
            && let Some(why) = self.week.off(*date)
        {
            self.note(format!("{date} is {why}"));
        }
        let time = match when.edge {
            Edge::Start => self.week.start(),
            Edge::End => self.week.end(),
        };
        let zoned = when.moment.at(time).map_err(|error| unread(&when.shown, &error))?;
        if !when.exact && zoned.time_zone().iana_name().is_none() {
            self.note(format!(
                "no time zone is known, only an offset: dates are read at {}, and one beyond a clock change may be an hour off",
                zoned.strftime("UTC%:z")
            ));
        }
        Ok(to_wire(&zoned).into())
    }

    async fn group(&mut self, said: &GroupRef, reader: &Reader) -> Result<Value, Refusal> {
        let found = groups::one(said, reader).await?;
        if let (GroupRef::Name(said), Some(name)) = (said, &found.name)
            && said.to_lowercase() != name.to_lowercase()
        {
            self.note(format!(
                "`{}` is taken for group {} {}",
                shorten(said, 60),
                found.id,
                shorten(name, 60)
            ));
        }
        Ok(found.id.into())
    }

    fn note(&mut self, note: String) {
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }
}

/// The group whose stages are looked through: the one that is written, or the one where the task is.
async fn group_of(said: &StageRef, fields: &Fields, home: Home, reader: &Reader) -> Result<u64, Refusal> {
    match (said, fields.get("GROUP_ID").and_then(Value::as_u64), home) {
        (StageRef::Id(..), _, _) => Ok(0),
        (_, Some(group), _) => Ok(group),
        (_, None, Home::New) => Ok(0),
        (_, None, Home::Task(id)) => {
            let row = lookup::one(id, &lookup::fields(&["ID", "GROUP_ID"]), reader).await?;
            Ok(row.get("groupId").and_then(wire::id).unwrap_or(0))
        }
    }
}

fn people_in(pending: &Pending) -> Vec<PersonRef> {
    match pending {
        Pending::Person(person) => vec![person.clone()],
        Pending::Many(several) => several.iter().flat_map(people_in).collect(),
        _ => Vec::new(),
    }
}

fn has_day(pending: &Pending) -> bool {
    match pending {
        Pending::Moment(when) => matches!(when.moment, Moment::Day { .. }),
        Pending::Many(several) => several.iter().any(has_day),
        _ => false,
    }
}

/// A field of every portal.
fn standard(shown: &str, name: &str, kind: Kind, value: &Value, reader: &Reader) -> Result<Pending, Refusal> {
    Ok(match kind {
        Kind::Person => Pending::Person(person(shown, value)?),
        Kind::People => people(shown, value)?,
        Kind::Date => {
            let edge = if matches!(name, "START_DATE_PLAN" | "DATE_START") { Edge::Start } else { Edge::End };
            moment(shown, value, edge, reader)?
        }
        Kind::Group => Pending::Group(called(shown, GroupRef::of_value(value))?),
        Kind::Stage => Pending::Stage(called(shown, StageRef::of_value(value))?),
        _ => Pending::Ready(plain(shown, kind, value)?),
    })
}

/// A field of this portal; a list when it holds several values.
fn custom(shown: &str, field: &CustomField, value: &Value, reader: &Reader) -> Result<Pending, Refusal> {
    let nothing =
        |value: &Value| value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty());
    match value {
        Value::Array(values) if field.multiple => {
            check_members(shown, values)?;
            let values = values.iter().filter(|value| !nothing(value));
            values
                .map(|value| single(shown, field, value, reader))
                .collect::<Result<_, _>>()
                .map(Pending::Many)
        }
        value if nothing(value) && field.multiple => Ok(Pending::Ready(Value::Array(Vec::new()))),
        value if nothing(value) => Ok(Pending::Ready("".into())),
        value if field.multiple => Ok(Pending::Many(vec![single(shown, field, value, reader)?])),
        value => single(shown, field, value, reader),
    }
}

fn single(shown: &str, field: &CustomField, value: &Value, reader: &Reader) -> Result<Pending, Refusal> {
    let wrong = |what: &str| Err(Refusal::invalid(format!("`{shown}` takes {what}")));
    let ready = |value: Value| Ok(Pending::Ready(value));
    match (field.kind, value) {
        (CustomKind::Person, value) => person(shown, value).map(Pending::Person),
        (CustomKind::Moment, value) => moment(shown, value, Edge::End, reader),
        (CustomKind::Day, Value::String(said)) => match read_moment(shown, said, reader)? {
            Moment::Day { date, .. } => ready(date.to_string().into()),
            Moment::At(zoned) => ready(zoned.date().to_string().into()),
        },
        (CustomKind::Day, _) => wrong("a day"),
        (CustomKind::Choice, value) => ready(field.choice(shown, value)?.into()),
        (CustomKind::Flag, value) => match wire::yes(value) {
            Some(flag) => ready(u8::from(flag).into()),
            None => wrong("true or false"),
        },
        (CustomKind::Number, value) => match wire::number(value) {
            Some(_) => ready(value.clone()),
            None => wrong("a number"),
        },
        (CustomKind::Text, Value::String(_)) => plain(shown, Kind::Text, value).map(Pending::Ready),
        (CustomKind::Text, Value::Number(_)) => ready(value.to_string().into()),
        (CustomKind::Text, _) => wrong(if field.multiple { "texts" } else { "one text" }),
        (CustomKind::Other, Value::String(_)) => plain(shown, Kind::Text, value).map(Pending::Ready),
        (CustomKind::Other, Value::Number(_) | Value::Bool(_)) => ready(value.clone()),
        (CustomKind::Other, _) => wrong("a text or a number"),
    }
}

/// A moment for the wire; `""` or `none` takes the date away.
fn moment(shown: &str, value: &Value, edge: Edge, reader: &Reader) -> Result<Pending, Refusal> {
    let said = match value {
        Value::Null => "",
        Value::String(said) => said.trim(),
        _ => {
            return Err(
                Refusal::invalid(format!("`{shown}` takes a date")).hint(format!("for example {EXAMPLES}"))
            );
        }
    };
    if said.is_empty() || said.eq_ignore_ascii_case("none") {
        return Ok(Pending::Ready("".into()));
    }
    let moment = read_moment(shown, said, reader)?;
    let exact = said.parse::<jiff::Timestamp>().is_ok();
    Ok(Pending::Moment(When { shown: shown.to_owned(), moment, edge, exact }))
}

fn read_moment(shown: &str, said: &str, reader: &Reader) -> Result<Moment, Refusal> {
    Moment::read(said, reader.now()).map_err(|error| unread(shown, &error))
}

fn unread(shown: &str, error: &Unread) -> Refusal {
    Refusal::invalid(format!("`{shown}`: {error}")).hint(format!("say it like one of: {EXAMPLES}"))
}

fn person(shown: &str, value: &Value) -> Result<PersonRef, Refusal> {
    serde_json::from_value(value.clone())
        .map_err(|error| Refusal::invalid(format!("`{shown}`: {}", plain_words(&error.to_string()))))
}

fn people(shown: &str, value: &Value) -> Result<Pending, Refusal> {
    let Value::Array(values) = value else {
        return Err(Refusal::invalid(format!("`{shown}` takes the whole list of people"))
            .hint("for example [5, \"Anna Berg\"]; `[]` takes everyone away, and has to be agreed to"));
    };
    check_members(shown, values)?;
    let people = values.iter().map(|value| Ok(Pending::Person(person(shown, value)?)));
    people.collect::<Result<_, Refusal>>().map(Pending::Many)
}

fn called<T>(shown: &str, read: Result<T, String>) -> Result<T, Refusal> {
    read.map_err(|error| Refusal::invalid(format!("`{shown}`: {}", plain_words(&error))))
}
