//! People and departments.

use b24_sim::{Settings, WebhookSpec};
use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::house::{House, refusal, settings};

fn ids(rows: &Value) -> Vec<&str> {
    rows.as_array().expect("rows").iter().filter_map(|row| row["ID"].as_str()).collect()
}

#[tokio::test]
async fn the_same_seed_invents_the_same_people_in_four_languages() {
    let (one, two) = (House::new().await, House::new().await);

    assert_eq!(one.portal.users(), two.portal.users());
    let people: Vec<String> = one
        .portal
        .users()
        .iter()
        .map(|user| {
            let left = if user.active { "" } else { " (left)" };
            format!(
                "{} {} {} {} | {}{left}",
                user.id, user.name, user.second_name, user.last_name, user.time_zone
            )
        })
        .collect();
    assert_snapshot!(people.join("\n"), @r"
    1 Мария Сергеевна Лебедянская | Europe/Moscow
    2 Hazel  Thornbury | Europe/London
    3 Jürgen  Weißbach | Europe/Berlin
    4 ليلى  النجمي | Asia/Dubai
    5 Иван Петрович Берёзкин | Europe/Moscow
    6 Oliver  Marshfield | Europe/London
    7 Annelie  Grünwald-Möller | Europe/Berlin
    8 سامر  الوادي | Asia/Dubai
    9 Ольга Николаевна Заозёрная | Europe/Moscow (left)
    10 Ivy  O'Larkin | Europe/London
    11 Björn  Öhlschläger | Europe/Berlin
    12 نورة  البستاني | Asia/Dubai
    ");
}

#[tokio::test]
async fn one_person_as_a_row() {
    let house = House::new().await;

    let rows = house.result("user.get", json!({ "ID": 1 })).await;

    assert_snapshot!(serde_json::to_string_pretty(&rows).expect("JSON"), @r#"
    [
      {
        "ID": "1",
        "XML_ID": "",
        "ACTIVE": true,
        "NAME": "Мария",
        "LAST_NAME": "Лебедянская",
        "SECOND_NAME": "Сергеевна",
        "TITLE": "",
        "EMAIL": "m.lebedyanskaya@rosenfeld.example.com",
        "LAST_LOGIN": "2026-05-06T12:00:00+03:00",
        "DATE_REGISTER": "2023-09-26T12:00:00+03:00",
        "TIME_ZONE": "Europe/Moscow",
        "IS_ONLINE": "N",
        "TIMESTAMP_X": {},
        "LAST_ACTIVITY_DATE": {},
        "PERSONAL_GENDER": "F",
        "PERSONAL_PROFESSION": "",
        "PERSONAL_WWW": "",
        "PERSONAL_BIRTHDAY": "1979-07-08T00:00:00+03:00",
        "PERSONAL_PHONE": "",
        "PERSONAL_MOBILE": "+7 900 000-0101",
        "PERSONAL_CITY": "Москва",
        "WORK_PHONE": "",
        "WORK_COMPANY": "",
        "WORK_POSITION": "Администратор",
        "UF_EMPLOYMENT_DATE": "",
        "UF_DEPARTMENT": [
          1
        ],
        "UF_PHONE_INNER": "101",
        "USER_TYPE": "employee"
      }
    ]
    "#);
}

#[tokio::test]
async fn of_oneself_the_portal_tells_the_last_activity_as_text() {
    let house = House::new().await;

    let me = house.result("user.current", json!({})).await;

    assert_eq!((&me["ID"], &me["LAST_ACTIVITY_DATE"]), (&json!("1"), &json!("2026-05-14 12:00:00")));
}

#[tokio::test]
async fn the_scope_decides_which_fields_are_shown() {
    let house = House::new().await;
    let mut lines = Vec::new();
    for scope in ["user", "user_basic", "user_brief"] {
        let person = house.visitor(WebhookSpec::of(1).scopes([scope]));
        let rows = person.result("user.get", json!({ "ID": 1 })).await;
        let row = rows[0].as_object().expect("a row");
        let has =
            ["EMAIL", "LAST_LOGIN", "PERSONAL_MOBILE", "UF_DEPARTMENT"].map(|name| row.contains_key(name));
        lines.push(format!("{scope}: {} fields, {has:?}", row.len()));
    }
    assert_snapshot!(lines.join("\n"), @r"
    user: 28 fields, [true, true, true, true]
    user_basic: 26 fields, [true, false, true, true]
    user_brief: 21 fields, [false, false, false, true]
    ");
}

#[tokio::test]
async fn filters_take_prefixes_and_arrays() {
    let house = House::new().await;
    let find = async |filter: Value| {
        let rows = house.result("user.get", json!({ "FILTER": filter })).await;
        ids(&rows).join(" ")
    };
    let table = [
        find(json!({ "ID": [2, "4", 100] })).await,
        find(json!({ "@ID": [2, 4] })).await,
        find(json!({ "!@ID": [1, 2, 3, 4, 5, 6, 7, 8] })).await,
        find(json!({ ">ID": 10 })).await,
        find(json!({ ">=ID": 3, "<ID": 5 })).await,
        find(json!({ "NAME": "иван" })).await,
        find(json!({ "%LAST_NAME": "field" })).await,
        find(json!({ "=%LAST_NAME": "%bach" })).await,
        find(json!({ "!%EMAIL": "." })).await,
        find(json!({ "ACTIVE": true, ">ID": 8 })).await,
        find(json!({ "ACTIVE": "N" })).await,
        find(json!({ "NO_SUCH_FIELD": 1, "ID": 1 })).await,
        find(json!({ ">DATE_REGISTER": "never" })).await,
        find(json!({ "NAME_SEARCH": "бер ив" })).await,
    ];
    assert_snapshot!(table.join("\n"), @r"
    2 4
    2 4
    9 10 11 12
    11 12
    3 4
    5
    6
    3

    10 11 12
    9
    1

    5
    ");
}

#[tokio::test]
async fn sorting_takes_two_strings_and_passes_over_an_object() {
    let house = House::new().await;

    let rows = house.result("user.get", json!({ "sort": "ID", "order": "desc", "select": ["ID"] })).await;
    let object = json!({ "order": { "ID": "desc" }, "sort": ["ID"], "select": ["ID"] });
    let got = house.result("user.get", object.clone()).await;
    let searched = house.result("user.search", object).await;

    assert_eq!(ids(&rows)[..3], ["12", "11", "10"]);
    assert_eq!((&ids(&got)[..3], &ids(&searched)[..3]), (&["1", "2", "3"][..], &["1", "2", "3"][..]));
}

#[tokio::test]
async fn searching_finds_the_beginnings_of_words() {
    let house = House::new().await;
    let find = async |filter: Value| {
        let rows = house.result("user.search", json!({ "FILTER": filter })).await;
        ids(&rows).join(" ")
    };
    let table = [
        find(json!({ "FIND": "Лебед" })).await,
        find(json!({ "FIND": "ивАН берёз" })).await,
        find(json!({ "FIND": "edianska" })).await,
        find(json!({ "FIND": "Jürgen", "ID": 1 })).await,
        find(json!({ "FIND": "سامر" })).await,
        find(json!({ "NAME": "Oli" })).await,
        find(json!({ "LAST_NAME": "Marsh", "NAME": "Haz" })).await,
    ];
    assert_snapshot!(table.join("\n"), @r"
    1
    5

    3
    8
    6
    ");
}

#[tokio::test]
async fn pages_hold_fifty_and_name_the_next() {
    let house = House::with(Settings { users: 60, ..settings() }).await;
    let page = async |start: i64| {
        let body = house.call("user.get", json!({ "start": start, "select": ["ID"] })).await.json();
        (body["result"].as_array().map(Vec::len), body["total"].clone(), body["next"].clone())
    };

    assert_eq!(page(0).await, (Some(50), json!(60), json!(50)));
    assert_eq!(page(50).await, (Some(10), json!(60), Value::Null));
    assert_eq!(page(-1).await, (Some(50), Value::Null, Value::Null));
}

#[tokio::test]
async fn departments_are_a_tree_with_one_root() {
    let house = House::new().await;

    let rows = house.result("department.get", json!({})).await;
    let children = house.result("department.get", json!({ "PARENT": 2 })).await;

    assert_eq!(rows[0]["PARENT"], Value::Null);
    assert_eq!(
        rows.as_array().map(|rows| rows.iter().filter(|row| row.get("PARENT").is_none()).count()),
        Some(1)
    );
    assert_eq!(
        (&children[0]["ID"], &children[0]["SORT"], &children[0]["PARENT"]),
        (&json!("7"), &json!(100), &json!("2"))
    );
}

#[tokio::test]
async fn the_structure_is_changed_by_administrators() {
    let house = House::new().await;

    let id = house.result("department.add", json!({ "NAME": "Склад", "PARENT": 1 })).await;
    let changed = house.result("department.update", json!({ "ID": id, "NAME": "Lager" })).await;
    let gone = house.result("department.delete", json!({ "ID": id })).await;
    let refused = [
        refusal(&house.call("department.add", json!({ "NAME": "X" })).await),
        refusal(&house.call("department.add", json!({ "PARENT": 1 })).await),
        refusal(&house.call("department.delete", json!({ "ID": id })).await),
        refusal(&house.person(2).call("department.add", json!({ "NAME": "X", "PARENT": 1 })).await),
    ];

    assert_eq!((id, changed, gone), (json!(8), json!(true), json!(true)));
    assert_snapshot!(refused.join("\n"), @r"
    400 ERROR_CORE: There can only be one top-level department in the company structure
    400 ERROR_CORE: Department name not provided.<br>
    400 ERROR_CORE: Department not found
    400 ERROR_CORE: Access denied
    ");
}
