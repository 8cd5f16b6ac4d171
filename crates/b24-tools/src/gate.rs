//! The gates of a call: may it be made, is it agreed to, is it written down.

pub(crate) mod admit;
pub(crate) mod confirm;
pub(crate) mod record;
