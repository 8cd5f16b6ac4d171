//! People and the tree of departments.

use std::borrow::Cow;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A person of the portal.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct User {
    pub(crate) id: u64,
    pub(crate) active: bool,
    pub(crate) admin: bool,
    pub(crate) name: String,
    pub(crate) last_name: String,
    /// The patronymic; empty for most people.
    pub(crate) second_name: String,
    pub(crate) email: String,
    /// `M`, `F` or empty.
    pub(crate) gender: Cow<'static, str>,
    pub(crate) time_zone: Cow<'static, str>,
    pub(crate) position: String,
    pub(crate) city: Cow<'static, str>,
    pub(crate) mobile: String,
    pub(crate) inner_phone: String,
    /// `YYYY-MM-DD`, or empty.
    pub(crate) birthday: String,
    pub(crate) departments: Vec<u64>,
    pub(crate) registered: Timestamp,
    pub(crate) last_login: Timestamp,
    pub(crate) online: bool,
}

impl User {
    /// First and last name, as tasks print a person.
    pub(crate) fn full_name(&self) -> String {
        format!("{} {}", self.name, self.last_name).trim().to_owned()
    }
}

/// A node of the company structure.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Department {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) sort: i64,
    /// Absent for the one root.
    pub(crate) parent: Option<u64>,
    pub(crate) head: Option<u64>,
}
