//! Custom fields of tasks: found by the label that people know, or by the portal's name in either letter case.
//!
//! The portal lists its fields without labels and tells the labels field by field, so that learning them takes two
//! requests; they are remembered for a while. What the portal itself defines (`UF_CRM_TASK`, files, mail) is among
//! them.

use std::sync::Arc;

use b24_rest::{methods::userfield, wire};
use jiff::SignedDuration;
use serde_json::{Map, Value, json};

use super::spelling::words;
use crate::{
    Reader, Refusal,
    input::shorten,
    record::{params, text},
};

/// How long the fields are believed.
const KNOWN: SignedDuration = SignedDuration::from_mins(10);
/// How long they are believed to lack what was not among them.
const NEW: SignedDuration = SignedDuration::from_secs(60);
/// The most fields whose labels are asked for.
const MOST: usize = 200;
/// The members of an answer that hold labels by language.
const LABELS: [&str; 3] = ["EDIT_FORM_LABEL", "LIST_COLUMN_LABEL", "LIST_FILTER_LABEL"];

/// A custom field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CustomField {
    /// `UF_…`, as the portal writes it.
    pub name: String,
    /// What people call it, in every language of the portal; the one of the form first.
    pub labels: Vec<String>,
    /// What it holds.
    pub kind: CustomKind,
    /// Whether it holds a list.
    pub multiple: bool,
    /// The choices of a list, by id.
    pub choices: Vec<(u64, String)>,
}

/// What a custom field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CustomKind {
    /// Text.
    Text,
    /// A number.
    Number,
    /// Yes or no, which the portal keeps as 1 and 0.
    Flag,
    /// A moment.
    Moment,
    /// A day.
    Day,
    /// One of its choices.
    Choice,
    /// A person.
    Person,
    /// Something that this server passes on as it is.
    Other,
}

/// The custom fields of a portal. By default none: for questions that name none.
#[derive(Clone, Debug, Default)]
pub(crate) struct CustomFields(Arc<[CustomField]>);

impl CustomFields {
    #[cfg(test)]
    pub(crate) fn of(fields: Vec<CustomField>) -> Self {
        Self(fields.into())
    }

    /// The fields of the portal. When what is remembered lacks one of `wanted`, they are asked for
    /// again, once a minute at most.
    pub(crate) async fn load(wanted: &[&str], reader: &Reader) -> Result<Self, Refusal> {
        let (memory, now) = (&reader.memory().fields, reader.now().timestamp());
        if let Some(known) = memory.within(NEW, now).map(Self) {
            return Ok(known);
        }
        if let Some(known) = memory.at(now).map(Self)
            && wanted.iter().all(|name| !matches!(known.find(name), Ok(None)))
        {
            return Ok(known);
        }
        Ok(Self(memory.keep(ask(reader).await?, now, KNOWN)))
    }

    /// The field that is meant: by its name in either letter case, or by its label.
    pub(crate) fn find(&self, written: &str) -> Result<Option<&CustomField>, Refusal> {
        let plain = |name: &str| name.replace('_', "").to_ascii_lowercase();
        if written.len() > 3
            && written.get(..2).is_some_and(|prefix| prefix.eq_ignore_ascii_case("uf"))
            && let Some(field) = self.0.iter().find(|field| plain(&field.name) == plain(written))
        {
            return Ok(Some(field));
        }
        let said = words(written);
        let called = |field: &&CustomField| field.labels.iter().any(|label| words(label) == said);
        let mut found = self.0.iter().filter(called);
        match (found.next(), found.next()) {
            _ if said.is_empty() => Ok(None),
            (Some(one), Some(other)) => Err(Refusal::invalid(format!(
                "several custom fields are called `{}`: {}",
                shorten(written, 60),
                [one, other]
                    .into_iter()
                    .chain(found)
                    .map(|field| field.name.as_str())
                    .collect::<Vec<_>>()
                    .join(", ")
            ))
            .hint("give the portal's name of the one that is meant")),
            (found, _) => Ok(found),
        }
    }

    /// Names and labels, for hints.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> + Clone {
        self.0.iter().flat_map(|field| {
            std::iter::once(field.name.as_str()).chain(field.labels.iter().map(String::as_str))
        })
    }

    /// What people call the fields.
    pub(crate) fn labels(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|field| field.labels.first()).map(String::as_str)
    }

    /// The field of that portal name.
    pub(crate) fn named(&self, name: &str) -> Option<&CustomField> {
        self.0.iter().find(|field| field.name == name)
    }
}

impl CustomField {
    /// What people call it: its label, or its name when it has none.
    pub(crate) fn label(&self) -> &str {
        self.labels.first().map_or(self.name.as_str(), String::as_str)
    }

    /// The id of the choice that is meant, by its words or its id.
    pub(crate) fn choice(&self, written: &str, value: &Value) -> Result<u64, Refusal> {
        let by_words = || {
            let said = words(value.as_str()?);
            self.choices.iter().find(|(_, label)| words(label) == said).map(|(id, _)| *id)
        };
        let by_id = || wire::id(value).filter(|id| self.choices.iter().any(|(own, _)| own == id));
        by_words().or_else(by_id).ok_or_else(|| {
            let choices: Vec<&str> = self.choices.iter().map(|(_, label)| label.as_str()).take(30).collect();
            Refusal::invalid(format!("`{written}` has no choice {}", shorten(&value.to_string(), 60)))
                .hint(format!("the choices are {}", choices.join(", ")))
        })
    }

    /// A value as people say it: words for choices, true and false for flags. Unknown ones stay as they are.
    pub(crate) fn told(&self, value: &Value) -> Value {
        if let Value::Array(values) = value {
            return values.iter().map(|value| self.told(value)).collect();
        }
        let told = match self.kind {
            CustomKind::Choice => wire::id(value)
                .and_then(|id| self.choices.iter().find(|(own, _)| *own == id))
                .map(|(_, label)| Value::from(label.as_str())),
            CustomKind::Flag => wire::yes(value).map(Value::from),
            _ => None,
        };
        told.unwrap_or_else(|| value.clone())
    }

    fn read(row: &Map<String, Value>) -> Option<Self> {
        let name = row.get("FIELD_NAME").and_then(Value::as_str)?;
        let kind = match row.get("USER_TYPE_ID").and_then(Value::as_str).unwrap_or_default() {
            "string" | "string_formatted" | "url" => CustomKind::Text,
            "double" | "integer" => CustomKind::Number,
            "boolean" => CustomKind::Flag,
            "datetime" => CustomKind::Moment,
            "date" => CustomKind::Day,
            "enumeration" => CustomKind::Choice,
            "employee" => CustomKind::Person,
            _ => CustomKind::Other,
        };
        let choice = |choice: &&Value| {
            let choice = choice.as_object()?;
            Some((choice.get("ID").and_then(wire::id)?, text(choice, "VALUE")?))
        };
        let choices = row.get("LIST").and_then(wire::rows).unwrap_or_default();
        Some(Self {
            name: name.to_owned(),
            labels: labels(row),
            kind,
            multiple: row.get("MULTIPLE").and_then(wire::yes) == Some(true),
            choices: choices.iter().filter_map(choice).collect(),
        })
    }
}

/// The labels of a field, each once. Some portals write one text, most a text by language.
fn labels(row: &Map<String, Value>) -> Vec<String> {
    let mut labels: Vec<String> = Vec::new();
    for member in LABELS {
        let texts: Vec<String> = match row.get(member) {
            Some(Value::Object(by_language)) => {
                by_language.keys().filter_map(|key| text(by_language, key)).collect()
            }
            Some(Value::String(_)) => text(row, member).into_iter().collect(),
            _ => Vec::new(),
        };
        for label in texts {
            if !labels.contains(&label) {
                labels.push(label);
            }
        }
    }
    labels
}

async fn ask(reader: &Reader) -> Result<Arc<[CustomField]>, Refusal> {
    let reply = reader.call(&userfield::GETLIST, params(json!({ "ORDER": { "ID": "asc" } }))).await?;
    let rows: Vec<Map<String, Value>> = wire::rows(&reply.result)
        .unwrap_or_default()
        .into_iter()
        .filter_map(Value::as_object)
        .cloned()
        .collect();
    let asked = rows.iter().take(MOST).map(|row| params(json!({ "ID": row.get("ID") }))).collect();
    let mut fields = Vec::with_capacity(rows.len());
    for (mut row, reply) in rows.into_iter().zip(reader.each(&userfield::GET, asked).await) {
        // A field that was deleted meanwhile is none; it is no reason to know none of the others.
        let whole = reply.map(|reply| reply.result).unwrap_or_default();
        for (key, value) in whole.as_object().into_iter().flatten() {
            row.insert(key.clone(), value.clone());
        }
        fields.extend(CustomField::read(&row));
    }
    Ok(fields.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(row: Value) -> CustomField {
        CustomField::read(row.as_object().expect("an object")).expect("a field")
    }

    fn fields() -> CustomFields {
        CustomFields::of(vec![
            field(json!({ "FIELD_NAME": "UF_AUTO_731", "USER_TYPE_ID": "enumeration", "MULTIPLE": "Y",
                "EDIT_FORM_LABEL": { "ru": "Риск", "en": "Risk", "de": "" }, "LIST_COLUMN_LABEL": { "en": "Risk level" },
                "LIST": [{ "ID": "41", "VALUE": "Низкий" }, { "ID": "42", "VALUE": "2" }, { "ID": "2", "VALUE": "High" }] })),
            field(
                json!({ "FIELD_NAME": "UF_TASK_OK", "USER_TYPE_ID": "boolean", "EDIT_FORM_LABEL": "Approved?" }),
            ),
            field(
                json!({ "FIELD_NAME": "UF_A", "USER_TYPE_ID": "string", "EDIT_FORM_LABEL": { "en": "Twin" } }),
            ),
            field(
                json!({ "FIELD_NAME": "UF_B", "USER_TYPE_ID": "string", "EDIT_FORM_LABEL": { "en": "twin" } }),
            ),
        ])
    }

    #[test]
    fn a_field_is_found_by_its_label_in_any_language_and_by_its_name_in_any_case() {
        let fields = fields();
        let name = |written: &str| match fields.find(written) {
            Ok(found) => found.map_or("-".to_owned(), |field| field.name.clone()),
            Err(refusal) => refusal.message().to_owned(),
        };
        for written in
            ["риск", "Risk", " RISK level ", "UF_AUTO_731", "ufAuto731", "uf_auto_731", "ufAuto_731"]
        {
            assert_eq!(name(written), "UF_AUTO_731", "{written}");
        }
        assert_eq!(name("approved"), "UF_TASK_OK");
        for written in ["", "?", "UF_", "Auto731", "UF_AUTO_73", "Risks", "ufе"] {
            assert_eq!(name(written), "-", "{written}");
        }
        assert_eq!(name("Twin"), "several custom fields are called `Twin`: UF_A, UF_B");
        assert_eq!(fields.named("UF_AUTO_731").map(CustomField::label), Some("Риск"));
    }

    #[test]
    fn a_choice_is_written_by_its_words_or_its_id_and_told_by_its_words() {
        let fields = fields();
        let risk = fields.named("UF_AUTO_731").expect("a field");
        let choice = |value: Value| match risk.choice("Risk", &value) {
            Ok(id) => id.to_string(),
            Err(refusal) => format!("{}; {}", refusal.message(), refusal.next_step().unwrap_or("-")),
        };
        assert_eq!(choice(json!(" низкий ")), "41");
        assert_eq!(choice(json!(41)), "41");
        assert_eq!(choice(json!("41")), "41");
        // Words come before ids: somebody who says "2" has read it.
        assert_eq!((choice(json!("2")), choice(json!(2))), ("42".into(), "2".into()));
        assert_eq!(
            choice(json!("Mittel")),
            "`Risk` has no choice \"Mittel\"; the choices are Низкий, 2, High"
        );
        assert_eq!(choice(json!(7)), "`Risk` has no choice 7; the choices are Низкий, 2, High");
        assert_eq!(risk.told(&json!(["41", 2, "9"])), json!(["Низкий", "High", "9"]));
        let ok = fields.named("UF_TASK_OK").expect("a field");
        assert_eq!(
            [json!("1"), json!("0"), json!("")].map(|value| ok.told(&value)),
            [json!(true), json!(false), json!("")]
        );
    }
}
