//! Secrets, as types.
//!
//! A secret cannot be formatted, serialised, cloned or compared with `==`. Its bytes are wiped when it
//! is dropped. It leaves its type through one method, `expose`, so that a reviewer finds every use by
//! searching for that word.

mod bearer;
mod webhook;

pub use bearer::{Bearer, Weakness};
pub use webhook::{WebhookError, WebhookUrl};
