//! About this server. These tools never reach a portal.

pub mod list_session;
pub mod submit_feedback;

mod note; // what becomes of a sender's words in public
