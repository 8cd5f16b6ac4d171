//! Filters as they are sent. Only this folder makes a [`WireFilter`], and only a [`WireFilter`] is sent as a filter:
//! a test reads the sources for filters that were built around it.

use b24_model::{Dialect, GroupId, TaskId, UserId};
use serde_json::{Map, Value, json};

use super::{key::Operator, table::Table};
use crate::record::params;

/// A filter that may be sent.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct WireFilter(Value);

/// A value of a condition that a tool asks on its own: never a map, which the portal might read as more conditions.
#[derive(Clone, Debug)]
pub(crate) struct Plain(Value);

impl WireFilter {
    /// Conditions of the server's own. The keys are words of this program, so nobody else chose them.
    pub(crate) fn of(conditions: impl IntoIterator<Item = (&'static str, Plain)>) -> Self {
        Self(conditions.into_iter().map(|(key, Plain(value))| (key.to_owned(), value)).collect())
    }

    /// The same with one more condition of the server's own. `None` when there is one with this key, or when the grammar
    /// has no keys.
    pub(crate) fn and(&self, key: &'static str, Plain(value): Plain) -> Option<Self> {
        let mut conditions = self.0.as_object()?.clone();
        conditions.insert(key.to_owned(), value).is_none().then(|| Self(conditions.into()))
    }

    /// The parameters of a list that finds them by name: the filter, and beside it `rest`.
    pub(crate) fn beside(self, rest: Value) -> Map<String, Value> {
        self.under("filter", rest)
    }

    /// The same for a legacy list, whose parameters have their places by the documented names.
    pub(crate) fn placed(self, rest: Value) -> Map<String, Value> {
        self.under("FILTER", rest)
    }

    fn under(self, key: &str, rest: Value) -> Map<String, Value> {
        let mut asked = params(json!({ key: self.0 }));
        asked.extend(params(rest));
        asked
    }
}

macro_rules! plain {
    ($($kind:ty: $value:ident => $plain:expr),+ $(,)?) => {
        $(impl From<$kind> for Plain {
            fn from($value: $kind) -> Self {
                Self($plain)
            }
        })+
    };
}

plain! {
    bool: flag => flag.into(),
    u64: number => number.into(),
    i64: number => number.into(),
    &str: text => text.into(),
    String: text => text.into(),
    TaskId: id => id.get().into(),
    UserId: id => id.get().into(),
    GroupId: id => id.get().into(),
}

impl<T: Into<Self>> From<Vec<T>> for Plain {
    fn from(values: Vec<T>) -> Self {
        Self(values.into_iter().map(|value| value.into().0).collect())
    }
}

/// Conditions in the grammar of their entity.
pub(super) fn spelled(
    table: &Table,
    conditions: Vec<(Operator, String, Value)>,
    favorites: bool,
) -> WireFilter {
    if table.dialect == Dialect::V3 {
        let triple = |(operator, name, value): (Operator, String, Value)| {
            let word = if value.is_array() { "in" } else { operator.word() };
            json!([table.spelled(&name), word, value])
        };
        return WireFilter(conditions.into_iter().map(triple).collect());
    }
    let key =
        |(operator, name, value): (Operator, String, Value)| (format!("{}{name}", operator.wire()), value);
    let mut wire: Map<String, Value> = conditions.into_iter().map(key).collect();
    if favorites {
        wire.insert("::SUBFILTER-PARAMS".into(), json!({ "FAVORITE": "Y" }));
    }
    WireFilter(wire.into())
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    /// Lines of code with one of these words are building a filter.
    const WORDS: [&str; 3] = ["\"filter\"", "\"FILTER\"", "\"Filter\""];

    fn offenders(folder: &Path, found: &mut Vec<String>) {
        for entry in fs::read_dir(folder).expect("a folder of sources") {
            let path = entry.expect("an entry").path();
            // This folder makes them; the contract names an argument and calls nothing.
            if ["src/filter", "src/filter.rs", "src/contract"].iter().any(|own| path.ends_with(own)) {
                continue;
            }
            if path.is_dir() {
                offenders(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let source = fs::read_to_string(&path).expect("a source file");
                let lines = source.lines().enumerate();
                let building = lines.filter(|(_, line)| WORDS.iter().any(|word| line.contains(word)));
                found.extend(building.map(|(at, _)| format!("{}:{}", path.display(), at + 1)));
            }
        }
    }

    #[test]
    fn no_tool_builds_a_filter_around_the_typed_one() {
        let mut found = Vec::new();
        offenders(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
        assert_eq!(
            found, [""; 0],
            "use `Filter` for conditions of the question, `WireFilter::of` for the server's own"
        );
    }
}
