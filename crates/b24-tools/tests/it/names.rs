//! People as they are called, in either script.

use b24_sim::WebhookSpec;
use insta::{assert_json_snapshot, assert_snapshot};
use serde_json::{Value, json};

use crate::house::House;

/// The house with these people, by first name, patronymic and surname. The first one is 13.
async fn with(people: &[[&str; 3]]) -> House {
    let house = House::open().await;
    for names in people {
        let _ = house.portal.employ(*names, "Инженер", 4);
    }
    house
}

/// Who gets a task that is given to `said`: an id, or the refusal.
async fn given_to(house: &House, said: &str) -> String {
    let answer = house.call("b24_task_create", json!({ "title": "A", "responsibleId": said })).await;
    match answer["responsibleId"].as_u64() {
        Some(id) => id.to_string(),
        None => format!("{}: {}", answer["code"].as_str().unwrap(), answer["message"].as_str().unwrap()),
    }
}

#[tokio::test]
async fn a_person_is_found_in_whatever_spelling_and_script_the_name_was_said() {
    let people = [
        ["Анна", "Петровна", "Иванова"],
        ["Юлия", "Олеговна", "Щербакова"],
        ["Mikhail", "", "Khabarov"],
        ["Александр", "Ильич", "Цветков"],
        ["Елена", "", "Ёлкина"],
        ["Jürgen", "", "Müller"],
        ["Ольга", "Юрьевна", "Соловьёва"],
    ];
    let house = with(&people).await;
    let said: [(u64, &[&str]); 7] = [
        (
            13,
            &[
                "Иванова",
                "Ivanova",
                "Анна Петровна",
                "Анна Петровна Иванова",
                "Ivanova Anna",
                "А. Иванова",
                "person13@rosenfeld.example.com",
                "13",
            ],
        ),
        (
            14,
            &[
                "Щербакова",
                "Shcherbakova",
                "Scherbakova",
                "Julia Shcherbakova",
                "Yulia",
                "Iuliia Shcherbakova",
                "Щербакова Юлия",
            ],
        ),
        (15, &["Хабаров", "Khabarov", "Habarov", "Михаил Хабаров", "Mihail", "khabarov, mikhail"]),
        (16, &["Цветков", "Tsvetkov", "Cvetkov", "Alexander Tsvetkov", "Aleksandr", "Alex Tsvetkov"]),
        (17, &["Ёлкина", "Елкина", "Elkina", "Yolkina", "Elena Yolkina"]),
        (18, &["Müller", "Mueller", "Muller", "Мюллер", "Jurgen Muller", "Юрген Мюллер"]),
        (19, &["Соловьёва", "Соловьева", "Solovyova", "Solovieva", "Olga Solovyeva"]),
    ];
    for (id, spellings) in said {
        for spelling in spellings {
            assert_eq!(given_to(&house, spelling).await, id.to_string(), "{spelling}");
        }
    }
}

#[tokio::test]
async fn a_name_costs_one_request_as_it_is_written_and_two_in_another_spelling() {
    let house = with(&[["Анна", "", "Иванова"], ["Юлия", "", "Щербакова"]]).await;
    let watchers = json!(["Иванова", "Shcherbakova", "me", "Иванова", 5]);
    let asked = json!({ "title": "A", "responsibleId": "Anna Ivanova", "auditors": watchers, "accomplices": ["Щербакова"] });
    assert_eq!(house.code("b24_task_create", asked).await, "ok");
    assert_snapshot!(house.traffic(), @r"
    batch(4: user.search)
    batch(12: user.get)
    tasks.task.add
    ");
    let filter = json!({ "responsible": "Иванова", "filter": { "!AUDITOR": ["Щербакова", "me"], "CREATED_BY": "me" } });
    assert_eq!(house.code("b24_task_list", filter).await, "ok");
    assert_snapshot!(house.traffic(), @r"
    batch(2: user.search)
    tasks.task.list
    ");
}

#[tokio::test]
async fn several_of_one_name_are_told_with_position_and_department_and_nobody_is_guessed() {
    let house = with(&[
        ["Анна", "", "Иванова"],
        ["Anna", "", "Ivanova"],
        ["Анна", "Петровна", "Иванова"],
        ["Иван", "", "Иванов"],
    ])
    .await;
    assert_snapshot!(given_to(&house, "Иван Иванов").await, @"16");
    assert_snapshot!(given_to(&house, "Анна Петровна").await, @"15");
    // In the letters that were said before those that sound alike.
    assert_snapshot!(given_to(&house, "Ivanova").await, @"14");
    assert_json_snapshot!(house.call("b24_task_create", json!({ "title": "A", "responsibleId": "Иванова" })).await, @r#"
    {
      "code": "PERSON_AMBIGUOUS",
      "message": "2 people match \"Иванова\": 13 Анна Иванова (Инженер, Entwicklung); 15 Анна Петровна Иванова (Инженер, Entwicklung)",
      "hint": "ask which one is meant, then call again with the id"
    }
    "#);
    house.traffic();
    assert_snapshot!(given_to(&house, "Иван").await);
    assert_snapshot!(house.traffic());
}

#[tokio::test]
async fn a_credential_that_may_not_read_departments_tells_candidates_without_them() {
    let house = House::acting_as(WebhookSpec::of(1).scopes(["task", "user_brief"])).await;
    for names in [["Анна", "", "Иванова"], ["Анна", "", "Петрова"]] {
        let _ = house.portal.employ(names, "Инженер", 4);
    }
    assert_snapshot!(given_to(&house, "Анна").await);
}

#[tokio::test]
async fn a_name_that_nobody_has_is_told_with_the_nearest_ones() {
    let house =
        with(&[["Анна", "Петровна", "Иванова"], ["Максим", "", "Орлов"], ["Anna", "", "Bergmann"]]).await;
    let mut told = String::new();
    // Inflected, misspelt, cut short, of another sex, by position; and somebody who left.
    house.portal.dismiss(14);
    for said in [
        "Ивановой",
        "Ivanoff",
        "Иваова",
        "Anna Berg",
        "Иванов",
        "Орлов",
        "Инженер Иванова",
        "Zzyzx",
        "ليلى الفلاني",
    ] {
        let answer = house.call("b24_task_create", json!({ "title": "A", "responsibleId": said })).await;
        told.push_str(&format!(
            "{said}\n  {}\n  {}\n",
            answer["message"].as_str().unwrap(),
            answer["hint"].as_str().unwrap()
        ));
    }
    assert_snapshot!(told);
}

#[tokio::test]
async fn the_whole_of_a_long_list_of_namesakes_is_looked_through() {
    let house = House::open().await;
    for number in 0..60 {
        let _ = house.portal.employ(["Иван", "", if number == 55 { "Ким" } else { "Кимов" }], "Инженер", 4);
    }
    assert_snapshot!(given_to(&house, "Ким").await);
    for _ in 0..250 {
        let _ = house.portal.employ(["Пётр", "", "Кимов"], "Инженер", 4);
    }
    assert_snapshot!(given_to(&house, "Ким").await);
}

#[tokio::test]
async fn people_are_found_in_both_scripts_and_by_department_in_one_request() {
    let house =
        with(&[["Анна", "Петровна", "Иванова"], ["Anna", "", "Ivanova"], ["Юлия", "", "Цветкова"]]).await;
    let found = |asked: Value| {
        let house = &house;
        async move {
            house.portal.clear_traffic();
            let answer = house.call("b24_user_find", asked).await;
            let ids: Vec<u64> = answer["users"]
                .as_array()
                .map(|users| users.iter().filter_map(|user| user["id"].as_u64()).collect())
                .unwrap_or_default();
            format!(
                "{ids:?} total {} in {}{}",
                answer["total"],
                house.traffic().replace('\n', ", "),
                answer["message"].as_str().unwrap_or_default()
            )
        }
    };
    let mut told = Vec::new();
    for asked in [
        json!({ "query": "Иванова" }),
        json!({ "query": "Anna Ivanova" }),
        json!({ "lastName": "Tsvetkova", "firstName": "Yulia" }),
        json!({ "secondName": "Petrovna" }),
        json!({ "position": "инженер" }),
        json!({ "department": "Entwicklung", "query": "анна" }),
        json!({ "department": "otdel prodazh" }),
        json!({ "department": 6, "lastName": "Thorn" }),
        json!({ "department": "Legal" }),
        json!({ "query": "Иванова", "start": 50 }),
    ] {
        told.push(format!("{asked}\n  {}", found(asked.clone()).await));
    }
    assert_snapshot!(told.join("\n"));
}
