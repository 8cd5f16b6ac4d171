//! Parameters of the legacy methods that read them by position, whatever their names are.
//!
//! They are sent under their positions (`0`, `1` …). The portal accepts names as well, as long as they come in
//! order; positions cannot be misread by anything between here and there that sorts names or folds their case.

use crate::Params;

/// Puts `given` into the documented `order`. Says what is wrong with it otherwise.
pub(crate) fn in_order(order: &[&str], given: &Params) -> Result<Params, String> {
    if let Some(stranger) = given.keys().find(|name| !order.contains(&name.as_str())) {
        return Err(format!("it has no parameter `{stranger}`; its parameters are {}", listed(order)));
    }
    let values: Vec<_> = order.iter().map_while(|name| given.get(*name)).collect();
    if values.len() < given.len() {
        let gap = order[values.len()];
        return Err(format!("`{gap}` is missing; parameters are read by position: {}", listed(order)));
    }
    Ok(values.into_iter().enumerate().map(|(place, value)| (place.to_string(), value.clone())).collect())
}

fn listed(order: &[&str]) -> String {
    order.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn placed(given: Value) -> Result<Value, String> {
        let Value::Object(given) = given else {
            return Err("not a map".into());
        };
        in_order(&["TASKID", "ORDER", "FILTER"], &given).map(Value::Object)
    }

    #[test]
    fn parameters_take_their_documented_places() {
        assert_eq!(
            placed(json!({"ORDER": {"ID": "asc"}, "TASKID": 7})),
            Ok(json!({"0": 7, "1": {"ID": "asc"}}))
        );
        assert_eq!(placed(json!({})), Ok(json!({})));
    }

    #[test]
    fn a_gap_or_a_stranger_is_refused_because_it_would_shift_the_others() {
        assert_eq!(
            placed(json!({"TASKID": 7, "FILTER": {}})),
            Err("`ORDER` is missing; parameters are read by position: `TASKID`, `ORDER`, `FILTER`".into())
        );
        assert_eq!(
            placed(json!({"TASKID": 7, "start": 0})),
            Err("it has no parameter `start`; its parameters are `TASKID`, `ORDER`, `FILTER`".into())
        );
    }
}
