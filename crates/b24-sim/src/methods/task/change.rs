//! The writable fields of a task, read from a request and put into a task; shared by `add` and `update`. Sets
//! (co-doers, observers, tags) are replaced as a whole. Unknown fields are ignored.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Map, Value};

use crate::wire::answer_v2::Refusal;
use crate::wire::lenient;
use crate::world::World;
use crate::world::moment;
use crate::world::task::{Status, Task};

const DURATION_TYPES: [&str; 7] = ["secs", "mins", "hours", "days", "weeks", "monts", "years"];

/// Who writes, and when.
pub(super) struct Writer<'a> {
    pub(super) caller: u64,
    pub(super) now: Timestamp,
    pub(super) zone: &'a TimeZone,
}

/// Puts `fields` (request spelling) into `task`, which is not in the world meanwhile or is a copy.
pub(super) fn apply(
    world: &mut World,
    writer: &Writer<'_>,
    task: &mut Task,
    fields: &Map<String, Value>,
) -> Result<(), Refusal> {
    for (name, value) in fields {
        people(world, task, name, value)?;
        place(world, task, name, value)?;
        words(world, task, name, value)?;
        dates(writer, task, name, value)?;
        flags(task, name, value);
        numbers(task, name, value);
    }
    if let Some(value) = fields.get("STATUS") {
        let status = lenient::int(value).and_then(Status::from_code);
        let status = status.ok_or_else(|| Refusal::core("Invalid status<br>"))?;
        if status != task.status {
            task.set_status(status, writer.caller, writer.now);
        }
    }
    plan(task)
}

fn people(world: &World, task: &mut Task, name: &str, value: &Value) -> Result<(), Refusal> {
    let known = |ids: Vec<u64>| ids.into_iter().filter(|id| world.users.contains_key(id)).collect();
    match name {
        "RESPONSIBLE_ID" => {
            let id = lenient::id(value).filter(|id| world.users.contains_key(id));
            task.responsible = id.ok_or_else(|| {
                Refusal::core("The user specified in the \"Responsible\" field was not found<br>")
            })?;
        }
        "CREATED_BY" => {
            let id = lenient::id(value).filter(|id| world.users.contains_key(id));
            task.created_by = id.ok_or_else(|| {
                Refusal::core("The user specified in the \"Creator\" field was not found<br>")
            })?;
        }
        "ACCOMPLICES" => task.accomplices = known(lenient::ids(value)),
        "AUDITORS" => task.auditors = known(lenient::ids(value)),
        _ => {}
    }
    Ok(())
}

fn place(world: &World, task: &mut Task, name: &str, value: &Value) -> Result<(), Refusal> {
    match name {
        "PARENT_ID" if lenient::is_empty(value) => task.parent = None,
        "PARENT_ID" => {
            let id = lenient::id(value).filter(|id| world.tasks.contains_key(id)).ok_or_else(|| {
                Refusal::core("The task specified in the \"Parent Task\" field was not found<br>")
            })?;
            if id == task.id {
                return Err(Refusal::core("Cannot bind the node to itself<br>"));
            }
            if is_within(world, id, task.id) {
                return Err(Refusal::core("Creating cyclic links in tasks is prohibited<br>"));
            }
            task.parent = Some(id);
        }
        "GROUP_ID" => task.group = lenient::id(value).unwrap_or(0),
        "STAGE_ID" => task.stage = lenient::id(value).unwrap_or(0),
        "FLOW_ID" => task.flow = lenient::id(value).unwrap_or(0),
        name if name.starts_with("UF_") => custom(world, task, name, value)?,
        _ => {}
    }
    Ok(())
}

/// A custom field that exists. A choice of an enumeration must be one of the list.
fn custom(world: &World, task: &mut Task, name: &str, value: &Value) -> Result<(), Refusal> {
    let Some(field) = world.fields.values().find(|field| field.name == name) else {
        return Ok(());
    };
    let known = |value: &&Value| {
        let id = lenient::id(value);
        lenient::is_empty(value) || field.choices.iter().any(|(choice, _)| Some(*choice) == id)
    };
    if field.kind == "enumeration" && !lenient::list(value).iter().all(known) {
        return Err(Refusal::core(format!("Invalid value in the field \"{}\"<br>", field.label)));
    }
    let kept = if lenient::is_empty(value) {
        task.extra.remove(name);
        return Ok(());
    } else if field.multiple {
        lenient::list(value).into_iter().filter_map(lenient::text).collect()
    } else {
        Value::String(lenient::text(value).unwrap_or_default())
    };
    task.extra.insert(name.to_owned(), kept);
    Ok(())
}

/// Whether `task` hangs somewhere below `root`.
pub(in crate::methods) fn is_within(world: &World, task: u64, root: u64) -> bool {
    let mut at = world.tasks.get(&task);
    while let Some(task) = at {
        if task.id == root {
            return true;
        }
        at = task.parent.and_then(|parent| world.tasks.get(&parent));
    }
    false
}

fn words(world: &mut World, task: &mut Task, name: &str, value: &Value) -> Result<(), Refusal> {
    let text = || lenient::text(value).unwrap_or_default();
    let texts = || lenient::list(value).into_iter().filter_map(lenient::text).filter(|text| !text.is_empty());
    match name {
        "TITLE" => {
            task.title = text();
            if task.title.trim().is_empty() {
                return Err(Refusal::core("Task title is not specified<br>"));
            }
        }
        "DESCRIPTION" => task.description = text(),
        "XML_ID" => task.xml_id = Some(text()).filter(|id| !id.is_empty()),
        "MARK" => task.mark = text().chars().next().filter(|mark| matches!(mark, 'P' | 'N')),
        "DURATION_TYPE" if DURATION_TYPES.contains(&text().as_str()) => task.duration_type = text(),
        "UF_CRM_TASK" => task.crm = texts().collect(),
        "TAGS" => {
            // A string holds several tags, separated by commas.
            let names: Vec<String> = texts().collect();
            let names =
                names.iter().flat_map(|name| name.split(',')).map(str::trim).filter(|n| !n.is_empty());
            task.tags.clear();
            for id in names.map(|name| world.tag(name)) {
                if !task.tags.contains(&id) {
                    task.tags.push(id);
                }
            }
        }
        _ => {}
    }
    Ok(())
}

fn dates(writer: &Writer<'_>, task: &mut Task, name: &str, value: &Value) -> Result<(), Refusal> {
    let slot = match name {
        "DEADLINE" => &mut task.deadline,
        "START_DATE_PLAN" => &mut task.start_plan,
        "END_DATE_PLAN" => &mut task.end_plan,
        "DATE_START" => &mut task.started,
        _ => return Ok(()),
    };
    let text = lenient::text(value).unwrap_or_default();
    *slot = if text.is_empty() {
        None
    } else {
        let moment = moment::parse(&text, writer.zone);
        Some(moment.ok_or_else(|| Refusal::core(format!("Incorrect date in the field \"{name}\"<br>")))?)
    };
    Ok(())
}

fn flags(task: &mut Task, name: &str, value: &Value) {
    let flags = &mut task.flags;
    let slot = match name {
        "ALLOW_CHANGE_DEADLINE" => &mut flags.allow_change_deadline,
        "ALLOW_TIME_TRACKING" => &mut flags.allow_time_tracking,
        "TASK_CONTROL" => &mut flags.task_control,
        "ADD_IN_REPORT" => &mut flags.add_in_report,
        "MATCH_WORK_TIME" => &mut flags.match_work_time,
        "MULTITASK" => &mut flags.multitask,
        "REPLICATE" => &mut flags.replicate,
        _ => return,
    };
    *slot = lenient::yes(value);
}

fn numbers(task: &mut Task, name: &str, value: &Value) {
    match name {
        "PRIORITY" => task.priority = lenient::int(value).filter(|p| (0..=2).contains(p)).unwrap_or(1),
        "TIME_ESTIMATE" => task.time_estimate = lenient::int(value).unwrap_or(0).max(0),
        "DURATION_PLAN" => task.duration_plan = lenient::int(value).unwrap_or(0).max(0),
        "SE_PARAMETER" => {
            let on = lenient::list(value)
                .into_iter()
                .filter(|row| row.get("VALUE").is_some_and(lenient::yes))
                .filter_map(|row| row.get("CODE").and_then(lenient::int));
            task.parameters = on.collect();
        }
        _ => {}
    }
}

/// The planned dates must be in order and not absurdly far apart.
fn plan(task: &Task) -> Result<(), Refusal> {
    let (Some(start), Some(end)) = (task.start_plan, task.end_plan) else {
        return Ok(());
    };
    let seconds = end.duration_since(start).as_secs();
    if seconds < 0 {
        return Err(Refusal::core(
            "The end date specified in the scheduling is earlier than the start date<br>",
        ));
    }
    // The portal keeps the duration as a signed 32-bit number of seconds.
    if seconds > i64::from(i32::MAX) {
        return Err(Refusal::core("The duration of the task specified in the scheduling is too long<br>"));
    }
    Ok(())
}
