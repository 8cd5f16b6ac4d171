//! Keys: an operator in front of the name of a field, in either spelling.

use serde_json::Value;

use super::{
    field::{Field, Kind},
    table::Table,
};
use crate::{
    Refusal,
    input::{nearest, shorten},
};

/// What stands in front of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Equals,
    Differs,
    Less,
    AtMost,
    More,
    AtLeast,
    /// `%`: not an operator of the task list, but what people expect. Sent as a pattern inside the value.
    Contains,
}

impl Operator {
    /// Those that every list has.
    pub(super) const COMPARING: &[Self] =
        &[Self::Equals, Self::Differs, Self::Less, Self::AtMost, Self::More, Self::AtLeast];
    /// The same with the one for parts of a text.
    pub(super) const ALL: &[Self] =
        &[Self::Equals, Self::Differs, Self::Less, Self::AtMost, Self::More, Self::AtLeast, Self::Contains];

    pub(super) fn written(self) -> &'static str {
        match self {
            Self::Equals => "=",
            Self::Contains => "%",
            other => other.wire(),
        }
    }

    /// In front of a key of the classic grammar.
    pub(super) fn wire(self) -> &'static str {
        match self {
            Self::Equals | Self::Contains => "",
            Self::Differs => "!",
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::More => ">",
            Self::AtLeast => ">=",
        }
    }

    /// Between field and value in the grammar of REST 3.0.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Equals | Self::Contains => "=",
            Self::Differs => "!=",
            other => other.wire(),
        }
    }

    fn read(text: &str) -> Option<Self> {
        Some(match text {
            "" | "=" => Self::Equals,
            "!" | "!=" => Self::Differs,
            "<" => Self::Less,
            "<=" => Self::AtMost,
            ">" => Self::More,
            ">=" => Self::AtLeast,
            "%" => Self::Contains,
            _ => return None,
        })
    }
}

/// A key of a filter.
#[derive(Clone, Debug)]
pub(super) struct Key {
    pub(super) operator: Operator,
    pub(super) name: String,
    pub(super) field: Field,
}

impl Key {
    pub(super) fn read(table: &Table, written: &str) -> Result<Self, Refusal> {
        let name_at = written.find(|c| !"!%<>=@?".contains(c)).unwrap_or(written.len());
        let (operator, name) = written.split_at(name_at);
        let known_one = Operator::read(operator).filter(|operator| table.operators.contains(operator));
        let operator = known_one.ok_or_else(|| {
            let known = table.operators.iter().map(|one| one.written()).collect::<Vec<_>>().join(" ");
            Refusal::invalid(format!("`{}` is no operator of {}", shorten(operator, 10), table.noun))
                .hint(format!("the operators are {known}, in front of the field: {}", table.example))
        })?;
        let names: Vec<&str> = table.filterable.iter().map(|field| field.name).collect();
        let name = known(table, name, &names, "filter by")?;
        let field = table
            .filterable
            .iter()
            .find(|field| field.name == name)
            .copied()
            .unwrap_or(Field { name: "UF_*", kind: Kind::Custom });
        let compares =
            matches!(field.kind, Kind::Date | Kind::Number | Kind::Priority | Kind::Status | Kind::Custom);
        let fits = match operator {
            Operator::Equals | Operator::Differs => true,
            Operator::Contains => field.kind == Kind::Text,
            _ => compares,
        };
        if !fits {
            return Err(Refusal::invalid(format!(
                "the operator `{}` makes no sense for `{name}`",
                operator.written()
            )));
        }
        Ok(Self { operator, name, field })
    }
}

/// `favorite: true`, or the portal's own spelling of it, which looks like no other key.
pub(super) fn favorites(written: &str, value: &Value) -> Result<Option<bool>, Refusal> {
    let flag = match (written, value) {
        ("::SUBFILTER-PARAMS", Value::Object(map)) if map.len() == 1 => map.get("FAVORITE"),
        ("favorite" | "FAVORITE", value) => Some(value),
        _ => return Ok(None),
    };
    match flag.and_then(b24_rest::wire::yes) {
        Some(flag) => Ok(Some(flag)),
        None => Err(Refusal::invalid("`favorite` is true or false")),
    }
}

/// The classic spelling of a documented name or of a custom field; or a refusal with the nearest one.
pub(super) fn known(table: &Table, written: &str, names: &[&str], verb: &str) -> Result<String, Refusal> {
    if written.len() > 100 || !written.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
        return Err(Refusal::invalid(format!("`{}` cannot be the name of a field", shorten(written, 60)))
            .hint("names have letters, digits and `_`: `DEADLINE`, `createdDate`, `UF_AUTO_7`"));
    }
    let name = upper_snake(written);
    let custom = table.has_custom && name.strip_prefix("UF_").is_some_and(|rest| !rest.is_empty());
    if names.contains(&name.as_str()) || custom {
        return Ok(name);
    }
    let refusal = Refusal::invalid(format!("there is no field `{}` to {verb}", shorten(written, 60)));
    Err(match nearest(&name, names.iter().copied()) {
        Some(near) => refusal.hint(format!("did you mean `{near}`?")),
        None if table.has_custom => {
            refusal.hint(format!("the fields are {}, and custom fields `UF_…`", names.join(", ")))
        }
        None => refusal.hint(format!("the fields are {}", names.join(", "))),
    })
}

/// `createdDate` → `CREATED_DATE`; what is classic already stays.
pub(crate) fn upper_snake(name: &str) -> String {
    if name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_') {
        return name.to_owned();
    }
    let mut wire = String::with_capacity(name.len() + 8);
    for (at, c) in name.chars().enumerate() {
        if c.is_ascii_uppercase() && at > 0 && !wire.ends_with('_') {
            wire.push('_');
        }
        wire.push(c.to_ascii_uppercase());
    }
    wire
}

/// `CREATED_DATE` → `createdDate`: the spelling of answers.
pub(crate) fn camel(name: &str) -> String {
    let mut parts = name.split('_').filter(|part| !part.is_empty());
    let mut spelled = parts.next().unwrap_or_default().to_ascii_lowercase();
    for part in parts {
        let (first, rest) = part.split_at(1);
        spelled.push_str(&first.to_ascii_uppercase());
        spelled.push_str(&rest.to_ascii_lowercase());
    }
    spelled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_spellings_of_a_field_turn_into_each_other() {
        for (camel_case, upper) in [
            ("createdDate", "CREATED_DATE"),
            ("id", "ID"),
            ("ufCrmTask", "UF_CRM_TASK"),
            ("responsibleId", "RESPONSIBLE_ID"),
        ] {
            assert_eq!(upper_snake(camel_case), upper);
            assert_eq!(camel(upper), camel_case);
        }
        assert_eq!(upper_snake("Title"), "TITLE");
        assert_eq!(upper_snake("Created_Date"), "CREATED_DATE");
    }
}
