//! Resources: what can be read by an address, besides being asked for by a tool.
//!
//! A resource is a line of a table: what it is, and which call of which tool reads it. So a reader by address passes the
//! same gates as a caller, sees what the tool shows, and nothing of it is here twice.

mod fields;
mod file;
mod status;
mod task;
mod user;

use std::time::Duration;

use serde_json::{Map, Value};

use crate::{Catalogue, FileOnTask, Policy, complete::Completes, prompts::allows};

/// Every resource there is. Adding one is a file below this folder and a line here.
static ALL: [&Resource; 5] =
    [&fields::RESOURCE, &status::RESOURCE, &task::RESOURCE, &file::RESOURCE, &user::RESOURCE];

/// Something that can be read by its address.
pub struct Resource {
    /// The address. A name in braces stands for a number: then it is a template for many. No two names are the same.
    pub uri: &'static str,
    /// Its name, for programs.
    pub name: &'static str,
    /// A short title for people.
    pub title: &'static str,
    /// What is in it.
    pub description: &'static str,
    /// The type of what is in it, when it is always the same.
    pub mime: Option<&'static str>,
    /// How long a reader may keep it.
    pub fresh: Duration,
    /// The tool whose permission it needs.
    needs: &'static str,
    /// What a client may offer for each name in braces, in their order.
    pub(crate) completes: &'static [Completes],
    read: Read,
}

/// A tool and its arguments.
type ToolCall = (&'static str, Map<String, Value>);

/// How a resource is read. The numbers are those of the address, in their order.
enum Read {
    /// By the call of a tool.
    Call(fn(&[u64]) -> ToolCall),
    /// It is a file.
    File(fn(&[u64]) -> Option<FileOnTask>),
    /// It is known without asking anybody.
    Known(fn() -> Value),
}

/// A resource that an address names.
pub struct Named {
    /// Which.
    pub resource: &'static Resource,
    /// What to do to read it.
    pub reading: Reading,
}

/// What to do to read a resource.
pub enum Reading {
    /// Call this tool with these arguments: its answer is what is in it.
    Call {
        /// The tool.
        tool: &'static str,
        /// Its arguments.
        arguments: Map<String, Value>,
    },
    /// Open this file with [`open_file`](crate::open_file): its bytes are what is in it.
    File(FileOnTask),
    /// This is what is in it.
    Known(Value),
}

impl Resource {
    /// Whether the address stands for many.
    pub fn is_template(&self) -> bool {
        self.uri.contains('{')
    }

    /// What a client may offer for a variable of the address.
    pub(crate) fn completion(&self, variable: &str) -> Option<&'static Completes> {
        let mut names = self
            .uri
            .split('/')
            .filter_map(|part| part.strip_prefix('{').and_then(|part| part.strip_suffix('}')));
        self.completes.get(names.position(|name| name == variable)?)
    }
}

/// The resources that the policy shows, in the order of their addresses.
pub fn list(catalogue: &Catalogue, policy: &Policy) -> Vec<&'static Resource> {
    ALL.into_iter().filter(|resource| allows(catalogue, policy, resource.needs)).collect()
}

/// The resource at an address; `None` when there is none, or none that this policy shows.
pub fn find(catalogue: &Catalogue, policy: &Policy, uri: &str) -> Option<Named> {
    list(catalogue, policy).into_iter().find_map(|resource| {
        let numbers = numbers(resource.uri, uri)?;
        let reading = match resource.read {
            Read::Call(call) => {
                let (tool, arguments) = call(&numbers);
                Reading::Call { tool, arguments }
            }
            Read::File(name) => Reading::File(name(&numbers)?),
            Read::Known(tell) => Reading::Known(tell()),
        };
        Some(Named { resource, reading })
    })
}

/// The numbers that stand in `uri` where `pattern` has variables. There is one way to write an address.
fn numbers(pattern: &str, uri: &str) -> Option<Vec<u64>> {
    let (pattern, uri): (Vec<&str>, Vec<&str>) = (pattern.split('/').collect(), uri.split('/').collect());
    if pattern.len() != uri.len() {
        return None;
    }
    let mut numbers = Vec::new();
    for (wanted, part) in pattern.into_iter().zip(uri) {
        if wanted.starts_with('{') {
            numbers.push(part.parse().ok().filter(|number: &u64| *number > 0 && number.to_string() == part)?);
        } else if wanted != part {
            return None;
        }
    }
    Some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_in_one_way_only() {
        let read = |uri: &str| numbers("b24://task/{id}/file/{id}", uri);
        assert_eq!(read("b24://task/7/file/12"), Some(vec![7, 12]));
        for wrong in [
            "b24://task/7/file/",
            "b24://task/7/file/012",
            "b24://task/+7/file/12",
            "b24://task/0/file/12",
            "B24://task/7/file/12",
            "b24://task/7/file/12/",
            "b24://task/7/file/12?x",
            "b24://task/99999999999999999999/file/1",
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn every_variable_has_its_completion_and_every_tool_is_there() {
        let catalogue = Catalogue::standard();
        for resource in ALL {
            assert_eq!(resource.uri.matches('{').count(), resource.completes.len(), "{}", resource.uri);
            assert!(catalogue.find(resource.needs).is_ok(), "{}", resource.needs);
            if let Read::Call(call) = resource.read {
                assert!(catalogue.find(call(&[1, 2]).0).is_ok(), "{}", resource.uri);
            }
        }
    }
}
