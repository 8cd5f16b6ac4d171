//! Departments (`api-reference/departments/`).

use b24_model::{Method, Scope, effect::Read};

/// Lists departments. Its filter is flat: `ID`, `NAME`, `PARENT` … beside `sort` and `order`.
pub static GET: Method<Read> = Method::classic("department.get", Scope::DEPARTMENT);
