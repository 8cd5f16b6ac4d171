//! `department.add`, `.update`, `.delete`: administrators only.

use serde_json::{Value, json};

use crate::methods::Call;
use crate::wire::answer_v2::{Outcome, Refusal};
use crate::wire::lenient;
use crate::world::people::Department;
use crate::world::rights::is_admin;

pub(super) fn add(call: &mut Call<'_>) -> Outcome {
    admitted(call)?;
    let name = call.params.text("NAME").unwrap_or_default();
    if name.is_empty() {
        return Err(Refusal::core("Department name not provided.<br>"));
    }
    let parent = call.params.get("PARENT").and_then(lenient::id);
    let Some(parent) = parent.filter(|parent| call.world.departments.contains_key(parent)) else {
        return Err(Refusal::core("There can only be one top-level department in the company structure"));
    };
    let id = call.world.departments.keys().max().copied().unwrap_or(0) + 1;
    let department = Department {
        id,
        name,
        sort: call.params.int("SORT").unwrap_or(500),
        parent: Some(parent),
        head: call.params.get("UF_HEAD").and_then(lenient::id),
    };
    call.world.departments.insert(id, department);
    Ok(json!(id).into())
}

pub(super) fn update(call: &mut Call<'_>) -> Outcome {
    admitted(call)?;
    let id = found(call)?;
    let parent = call.params.get("PARENT").and_then(lenient::id);
    let parent = parent.filter(|parent| *parent != id && call.world.departments.contains_key(parent));
    let head = call.params.get("UF_HEAD").and_then(lenient::id);
    let (name, sort) = (call.params.text("NAME"), call.params.int("SORT"));
    if let Some(department) = call.world.departments.get_mut(&id) {
        department.name = name.filter(|name| !name.is_empty()).unwrap_or_else(|| department.name.clone());
        department.sort = sort.unwrap_or(department.sort);
        department.parent = parent.or(department.parent);
        department.head = head.or(department.head);
    }
    Ok(Value::Bool(true).into())
}

pub(super) fn delete(call: &mut Call<'_>) -> Outcome {
    admitted(call)?;
    let id = found(call)?;
    if let Some(gone) = call.world.departments.remove(&id) {
        for department in call.world.departments.values_mut().filter(|child| child.parent == Some(id)) {
            department.parent = gone.parent;
        }
    }
    Ok(Value::Bool(true).into())
}

fn admitted(call: &Call<'_>) -> Result<(), Refusal> {
    if is_admin(call.world, call.caller) { Ok(()) } else { Err(Refusal::core("Access denied")) }
}

fn found(call: &Call<'_>) -> Result<u64, Refusal> {
    let id = call.params.get("ID").and_then(lenient::id);
    id.filter(|id| call.world.departments.contains_key(id))
        .ok_or_else(|| Refusal::core("Department not found"))
}
