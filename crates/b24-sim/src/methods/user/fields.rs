//! The fields of a person: titles, values, and which scope shows them.

use jiff::tz::TimeZone;
use serde_json::{Map, Value, json};

use crate::methods::Call;
use crate::methods::query::cell::Cell;
use crate::wire::answer_v2::Outcome;
use crate::wire::php;
use crate::world::moment;
use crate::world::people::User;

/// Name, title, shown by `user_basic`, shown by `user_brief`. `user` shows all.
const FIELDS: [(&str, &str, bool, bool); 28] = [
    ("ID", "ID", true, true),
    ("XML_ID", "External code", true, true),
    ("ACTIVE", "Activity", true, true),
    ("NAME", "First Name", true, true),
    ("LAST_NAME", "Last Name", true, true),
    ("SECOND_NAME", "Middle Name", true, true),
    ("TITLE", "User List", true, true),
    ("EMAIL", "E-Mail", true, false),
    ("LAST_LOGIN", "Last Authorization", false, false),
    ("DATE_REGISTER", "Registration Date", true, true),
    ("TIME_ZONE", "TIME_ZONE", true, true),
    ("IS_ONLINE", "IS_ONLINE", true, true),
    ("TIMESTAMP_X", "TIMESTAMP_X", true, true),
    ("LAST_ACTIVITY_DATE", "LAST_ACTIVITY_DATE", true, true),
    ("PERSONAL_GENDER", "Gender", true, true),
    ("PERSONAL_PROFESSION", "Profession", true, true),
    ("PERSONAL_WWW", "Homepage", false, false),
    ("PERSONAL_BIRTHDAY", "Date of Birth", true, true),
    ("PERSONAL_PHONE", "Personal Phone", true, false),
    ("PERSONAL_MOBILE", "Personal Mobile", true, false),
    ("PERSONAL_CITY", "Residential City", true, true),
    ("WORK_PHONE", "Company Phone", true, false),
    ("WORK_COMPANY", "Company", true, false),
    ("WORK_POSITION", "Job Title", true, true),
    ("UF_EMPLOYMENT_DATE", "Hire Date", true, true),
    ("UF_DEPARTMENT", "Units", true, true),
    ("UF_PHONE_INNER", "Extension", true, true),
    ("USER_TYPE", "USER_TYPE", true, true),
];

pub(super) fn titles(_: &mut Call<'_>) -> Outcome {
    let titles: Map<String, Value> =
        FIELDS.iter().map(|(name, title, ..)| ((*name).to_owned(), json!(title))).collect();
    Ok(Value::Object(titles).into())
}

/// The names a credential with `scopes` may see, in order.
pub(super) fn shown(scopes: &[String]) -> Vec<&'static str> {
    let has = |scope: &str| scopes.iter().any(|own| own == scope);
    let (full, basic) = (has("user"), has("user_basic"));
    FIELDS
        .iter()
        .filter(|(_, _, in_basic, in_brief)| full || if basic { *in_basic } else { *in_brief })
        .map(|(name, ..)| *name)
        .collect()
}

/// The names that `select` leaves of `shown`. Unknown and forbidden ones are skipped without a word.
pub(super) fn selected(shown: Vec<&'static str>, select: &[String]) -> Vec<&'static str> {
    if select.is_empty() || select.iter().any(|name| name == "*") {
        return shown;
    }
    let custom = select.iter().any(|name| name == "UF_*");
    let wanted = |name: &str| {
        name == "ID"
            || (custom && name.starts_with("UF_"))
            || select.iter().any(|own| own.eq_ignore_ascii_case(name))
    };
    shown.into_iter().filter(|name| wanted(name)).collect()
}

/// A person as a row with `names`.
pub(super) fn row(user: &User, names: &[&'static str], zone: &TimeZone) -> Value {
    names.iter().map(|name| ((*name).to_owned(), value(user, name, zone))).collect::<Map<_, _>>().into()
}

fn value(user: &User, name: &str, zone: &TimeZone) -> Value {
    match name {
        "ID" => json!(user.id.to_string()),
        "ACTIVE" => json!(user.active),
        "NAME" => json!(user.name),
        "LAST_NAME" => json!(user.last_name),
        "SECOND_NAME" => json!(user.second_name),
        "EMAIL" => json!(user.email),
        "LAST_LOGIN" => json!(moment::iso(user.last_login, zone)),
        "DATE_REGISTER" => json!(moment::iso(user.registered, zone)),
        "TIME_ZONE" => json!(user.time_zone),
        "IS_ONLINE" => json!(if user.online { "Y" } else { "N" }),
        // The portal serialises its date objects here, which come out empty.
        "TIMESTAMP_X" | "LAST_ACTIVITY_DATE" => php::empty_object(),
        "PERSONAL_GENDER" => json!(user.gender),
        "PERSONAL_BIRTHDAY" if !user.birthday.is_empty() => birthday(user, zone),
        "PERSONAL_MOBILE" => json!(user.mobile),
        "PERSONAL_CITY" => json!(user.city),
        "WORK_POSITION" => json!(user.position),
        "UF_DEPARTMENT" => json!(user.departments),
        "UF_PHONE_INNER" => json!(user.inner_phone),
        "USER_TYPE" => json!("employee"),
        _ => json!(""),
    }
}

fn birthday(user: &User, zone: &TimeZone) -> Value {
    let day = moment::parse(&user.birthday, zone);
    json!(day.map(|day| moment::iso(day, zone)).unwrap_or_default())
}

/// A field as filters and sorts see it; `None` for a field that cannot be filtered by.
pub(super) fn cell(user: &User, name: &str, zone: &TimeZone) -> Option<Cell> {
    Some(match name {
        "ID" => Cell::id(user.id),
        "ACTIVE" => Cell::flag(user.active),
        "NAME" => Cell::Text(user.name.clone()),
        "LAST_NAME" => Cell::Text(user.last_name.clone()),
        "SECOND_NAME" => Cell::Text(user.second_name.clone()),
        "EMAIL" => Cell::Text(user.email.clone()),
        "LAST_LOGIN" => Cell::Moment(Some(user.last_login)),
        "DATE_REGISTER" => Cell::Moment(Some(user.registered)),
        "TIME_ZONE" => Cell::Text(user.time_zone.to_string()),
        "IS_ONLINE" => Cell::flag(user.online),
        "PERSONAL_GENDER" => Cell::Text(user.gender.to_string()),
        "PERSONAL_BIRTHDAY" => Cell::Moment(moment::parse(&user.birthday, zone)),
        "PERSONAL_MOBILE" => Cell::Text(user.mobile.clone()),
        "PERSONAL_CITY" => Cell::Text(user.city.to_string()),
        "WORK_POSITION" => Cell::Text(user.position.clone()),
        "UF_DEPARTMENT" => Cell::Ids(user.departments.clone()),
        "UF_PHONE_INNER" => Cell::Text(user.inner_phone.clone()),
        "USER_TYPE" => Cell::Text("employee".to_owned()),
        _ => return None,
    })
}
