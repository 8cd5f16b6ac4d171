//! Keys: an operator in front of the name of a field, in either spelling, or of the label of a custom field.

use serde_json::Value;

use super::{
    field::{FILTERABLE, Kind, SELECTABLE, SETTABLE, SORTABLE},
    table::Entity,
};
use crate::{
    Refusal,
    directory::fields::{CustomField, CustomKind},
    input::{nearest, shorten},
};

/// The longest name or label.
const LONGEST: usize = 100;
/// What stands in front of a field.
const SIGNS: &str = "!%<>=@?";
/// Signs that no name has, and that mean something to those who read it on its way.
const FOREIGN: &str = "[]{};$\\`";
/// What an object of some languages has by birth. Never a field, not even when somebody labels one so.
const INBORN: [&str; 9] = [
    "constructor",
    "prototype",
    "hasownproperty",
    "isprototypeof",
    "propertyisenumerable",
    "tolocalestring",
    "tostring",
    "valueof",
    "tojson",
];

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
pub(super) struct Key<'a> {
    pub(super) operator: Operator,
    pub(super) name: String,
    pub(super) field: Slot<'a>,
}

/// A field, as far as it is known what it holds.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Slot<'a> {
    /// A field of every portal.
    Standard(Kind),
    /// A field of this portal.
    Custom(&'a CustomField),
}

impl<'a> Key<'a> {
    pub(super) fn read(entity: Entity<'a>, written: &str) -> Result<Self, Refusal> {
        let (operator, name) = split(written);
        let table = entity.table;
        let known_one = Operator::read(operator).filter(|operator| table.operators.contains(operator));
        let operator = known_one.ok_or_else(|| {
            let known = table.operators.iter().map(|one| one.written()).collect::<Vec<_>>().join(" ");
            Refusal::invalid(format!("`{}` is no operator of {}", shorten(operator, 10), table.noun))
                .hint(format!("the operators are {known}, in front of the field: {}", table.example))
        })?;
        let names: Vec<&str> = table.filterable.iter().map(|field| field.name).collect();
        let (name, custom) = known(entity, name, &names, "filter by")?;
        let standard = || table.filterable.iter().find(|field| field.name == name).map(|field| field.kind);
        let field = match custom {
            Some(custom) => Slot::Custom(custom),
            None => Slot::Standard(standard().unwrap_or(Kind::Plain)),
        };
        let fits = match operator {
            Operator::Equals | Operator::Differs => true,
            // The only field that the portal searches by pattern.
            Operator::Contains => name == "TITLE",
            _ => compares(field),
        };
        if !fits {
            return Err(Refusal::invalid(format!(
                "the operator `{}` makes no sense for `{}`",
                operator.written(),
                shorten(split(written).1, 60)
            )));
        }
        Ok(Self { operator, name, field })
    }
}

/// Whether values of a field have an order.
fn compares(field: Slot<'_>) -> bool {
    match field {
        Slot::Standard(kind) => {
            matches!(kind, Kind::Date | Kind::Number | Kind::Priority | Kind::Status | Kind::Plain)
        }
        Slot::Custom(field) => matches!(
            field.kind,
            CustomKind::Number | CustomKind::Moment | CustomKind::Day | CustomKind::Text | CustomKind::Other
        ),
    }
}

/// The operator and the name of a key.
pub(super) fn split(written: &str) -> (&str, &str) {
    written.split_at(written.find(|c| !SIGNS.contains(c)).unwrap_or(written.len()))
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

/// The classic spelling of a documented name, or a custom field by name or label; or a refusal with the nearest one.
pub(super) fn known<'a>(
    entity: Entity<'a>,
    written: &str,
    names: &[&str],
    verb: &str,
) -> Result<(String, Option<&'a CustomField>), Refusal> {
    if !is_plausible(written) {
        return Err(Refusal::invalid(format!("`{}` cannot be the name of a field", shorten(written, 60)))
            .hint("give `DEADLINE`, `createdDate`, `UF_AUTO_7`, or the label of a custom field"));
    }
    let name = upper_snake(written);
    if names.contains(&name.as_str()) {
        return Ok((name, None));
    }
    if let Some(customs) = entity.customs
        && let Some(field) = customs.find(written)?
    {
        return Ok((field.name.clone(), Some(field)));
    }
    let refusal = Refusal::invalid(format!("there is no field `{}` to {verb}", shorten(written, 60)));
    let customs = entity.customs.filter(|_| entity.table.has_custom);
    let near = nearest(&name, names.iter().copied())
        .or_else(|| customs.and_then(|customs| nearest(written, customs.names())));
    Err(match (near, customs) {
        (Some(near), _) => refusal.hint(format!("did you mean `{}`?", shorten(near, 60))),
        (None, None) => refusal.hint(format!("the fields are {}", names.join(", "))),
        (None, Some(customs)) => {
            let labels: Vec<String> = customs.labels().take(20).map(|label| shorten(label, 40)).collect();
            let labels = if labels.is_empty() { String::new() } else { format!(": {}", labels.join(", ")) };
            refusal.hint(format!(
                "the fields are {}, and custom fields by name or label{labels}",
                names.join(", ")
            ))
        }
    })
}

/// Whether a name can be that of a field at all, or the label of one: worth asking the portal for.
pub(super) fn is_plausible(written: &str) -> bool {
    let lower = written.to_lowercase();
    written.chars().count() <= LONGEST
        && written.chars().any(char::is_alphanumeric)
        && !written.chars().any(|c| c.is_control() || FOREIGN.contains(c))
        && crate::hygiene::clean(written) == written
        && !lower.starts_with("__")
        && lower != "uf_"
        && !INBORN.contains(&lower.as_str())
}

/// Whether a name is one of every portal, in whatever list.
pub(crate) fn is_standard(written: &str) -> bool {
    let name = upper_snake(written);
    SELECTABLE.contains(&name.as_str())
        || SORTABLE.contains(&name.as_str())
        || FILTERABLE.iter().chain(SETTABLE).any(|field| field.name == name)
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
