//! Errands about what work leaves behind: time and files.

use std::collections::BTreeMap;

use b24_model::{FileId, TaskId, UserId};
use b24_rest::{methods::elapsed, wire};
use b24_tools::{Caller, Catalogue, FileOnTask, open_file};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

use super::{create, done, found, hire, portal, those, touched};
use crate::house::House;

/// The entries of time that pass a filter, as the portal itself tells them.
async fn entries(house: &House, filter: Value) -> Vec<Value> {
    let params = json!({ "NAV_PARAMS": { "nPageSize": 50, "iNumPage": 1 } });
    let asked = json!({ "ORDER": { "ID": "asc" }, "FILTER": filter, "SELECT": ["*"], "PARAMS": params });
    let told = house.rest(&elapsed::GETLIST_ALL, asked).await;
    let rows: Vec<Value> = wire::rows(&told).unwrap().into_iter().cloned().collect();
    assert!(rows.len() < 50, "all of them are on one page");
    rows
}

/// "Who worked how long last week?"
#[tokio::test]
async fn the_hours_of_last_week_are_the_sum_of_its_entries() {
    let house = House::open().await;
    let yulia = hire(&house, ["Юлия", "Олеговна", "Щербакова"]);
    let (one, two) = (house.task("Report").await, house.task("Release").await);
    for (task, who, time, date) in [
        (one, json!("me"), "2h", "2026-10-05 09:00"),
        (two, json!("me"), "1:15", "2026-10-09"),
        (one, json!("Shcherbakova"), "1,5 ч", "2026-10-06 10:00"),
        (two, json!("Юлия Щербакова"), "45 min", "2026-10-11 23:30"),
        (two, json!("Щербакова"), "8h", "2026-10-12 00:15"),
        (one, json!("me"), "8h", "2026-10-04 23:30"),
    ] {
        let asked = json!({ "taskId": task, "userId": who, "time": time, "date": date });
        done(&house, "b24_task_elapsed_time_add", asked).await;
    }

    let week = json!({ "from": "2026-10-05", "to": "2026-10-11", "groupBy": "person" });
    let answer = done(&house, "b24_task_elapsed_time_list", week).await;

    let of = json!({ ">=CREATED_DATE": "2026-10-05T00:00:00+03:00", "<=CREATED_DATE": "2026-10-11T23:59:59+03:00" });
    let mut sums: BTreeMap<u64, u64> = BTreeMap::new();
    for entry in entries(&house, of).await {
        *sums.entry(wire::id(&entry["USER_ID"]).unwrap()).or_default() +=
            wire::id(&entry["SECONDS"]).unwrap();
    }
    let number = |value: &Value| value.as_str().unwrap().parse::<u64>().unwrap();
    let groups = answer["groups"].as_array().unwrap();
    let told: BTreeMap<u64, u64> =
        groups.iter().map(|group| (number(&group["key"]), group["seconds"].as_u64().unwrap())).collect();
    assert_eq!(told, sums);
    assert_eq!(sums[&yulia], 135 * 60);
    assert!(sums[&1] >= 195 * 60);
    assert_eq!((&answer["complete"], &answer["seconds"]), (&json!(true), &json!(sums.values().sum::<u64>())));
}

/// "Attach this report to the release, and give me the file back."
#[tokio::test]
async fn a_report_comes_back_byte_for_byte() {
    let house = House::open().await;
    let release = house.task("Release").await;
    let mut report = b"%PDF-1.7\r\n".to_vec();
    report.extend((0..70_000_u32).map(|n| (n % 253) as u8));
    let text = "Отчёт\r\n\tвсё готово 😀\n";

    let pdf = json!({ "taskId": release, "name": "Отчёт Q3.pdf", "content": STANDARD.encode(&report) });
    done(&house, "b24_task_file_add", pdf).await;
    done(&house, "b24_task_file_add", json!({ "taskId": release, "name": "notes.txt", "text": text })).await;
    let files = done(&house, "b24_task_file_list", json!({ "taskId": release })).await;
    let mut back = BTreeMap::new();
    for file in files["files"].as_array().unwrap() {
        let asked = json!({ "taskId": release, "fileId": file["id"] });
        let told = done(&house, "b24_task_file_get", asked).await;
        let id = FileId::new(file["id"].as_u64().unwrap()).unwrap();
        let wanted = FileOnTask { task: TaskId::new(release).unwrap(), file: id };
        assert_eq!(told["resource"], wanted.to_string());
        let opened = open_file(&Catalogue::standard(), house.visit(), wanted).await.unwrap();
        back.insert(opened.name.clone(), opened.download.whole().await.unwrap().to_vec());
    }

    let sent = [("Отчёт Q3.pdf".to_owned(), report), ("notes.txt".to_owned(), text.as_bytes().to_vec())];
    assert_eq!(back, BTreeMap::from(sent));
}

/// "What are my tasks? Write an hour and a half on the offer", through a server whose webhook is somebody else's.
#[tokio::test]
async fn who_the_bearer_stands_for_sees_their_tasks_and_the_time_is_theirs() {
    let mut house = House::open().await;
    let offer = create(&house, json!({ "title": "Offer", "responsibleId": 5 })).await;
    house.task("Of the owner").await;
    house.caller = Caller { stands_for: UserId::new(5).ok(), ..Caller::named("tester") };
    let before = portal(&house);

    let mine = found(&house, json!({ "responsible": "me" })).await;
    assert_eq!(mine, those(&before, |task| task.responsible == 5));
    let wanted = found(&house, json!({ "responsible": "me", "titleContains": "offer" })).await;
    assert_eq!(wanted, [offer]);
    let time = json!({ "taskId": wanted[0], "time": "1h 30m", "comment": "Zahlen geprüft" });
    done(&house, "b24_task_elapsed_time_add", time).await;

    let written = entries(&house, json!({ "TASK_ID": offer })).await;
    let facts = |entry: &Value| {
        (wire::id(&entry["USER_ID"]), wire::id(&entry["SECONDS"]), entry["COMMENT_TEXT"].clone())
    };
    let written: Vec<_> = written.iter().map(facts).collect();
    assert_eq!(written, [(Some(5), Some(5400), json!("Zahlen geprüft"))]);
    assert_eq!(touched(&before, &house), [0; 0]);
}
