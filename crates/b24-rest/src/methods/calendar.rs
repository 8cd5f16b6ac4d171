//! The calendar (`api-reference/calendar/`): what tasks need of it.

use b24_model::{Method, Scope, effect::Read};

/// Working hours, weekends and holidays of the company.
pub static SETTINGS: Method<Read> = Method::classic("calendar.settings.get", Scope::CALENDAR);
