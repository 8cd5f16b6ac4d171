//! Errands about many tasks at once.

use b24_rest::{
    methods::{group, task},
    wire,
};
use b24_sim::WebhookSpec;
use serde_json::json;

use super::{PROJECT, asks_first, at, create, done, field, found, hire, portal, said, those, touched};
use crate::house::House;

/// "Find Anna's overdue tasks, push them to Friday, tell her in a comment."
#[tokio::test]
async fn what_anna_is_late_with_is_due_on_friday_and_she_is_told() {
    let house = House::open().await;
    let anna = hire(&house, ["Анна", "Петровна", "Соколова"]);
    let mut late = Vec::new();
    for (title, deadline) in
        [("Смета", "2026-10-12"), ("Offer", "2026-10-15 12:00"), ("Later", "monday"), ("Whenever", "none")]
    {
        let id = create(&house, json!({ "title": title, "responsibleId": anna, "deadline": deadline })).await;
        if deadline.starts_with("2026") {
            late.push(id);
        }
    }
    let finished = json!({ "title": "Done in time", "responsibleId": anna, "deadline": "2026-10-01" });
    let finished = create(&house, finished).await;
    done(&house, "b24_task_complete", json!({ "taskId": finished })).await;
    let before = portal(&house);

    let overdue = found(&house, json!({ "responsible": "Anna Sokolova", "overdue": true })).await;
    for id in &overdue {
        done(&house, "b24_task_update", json!({ "taskId": id, "deadline": "friday" })).await;
        let text = format!("[USER={anna}]Анна[/USER], новый срок: пятница.");
        done(&house, "b24_task_comment_add", json!({ "taskId": id, "text": text })).await;
    }

    assert_eq!(touched(&before, &house), late);
    for id in late {
        assert_eq!(house.portal.task(id).unwrap().deadline, at("2026-10-23T19:00:00+03:00"));
        let told = said(&house, id).pop().unwrap();
        assert_eq!(told, (1, format!("[USER={anna}]Анна[/USER], новый срок: пятница.")));
    }
}

/// "Close everything in the project except what waits for review."
#[tokio::test]
async fn everything_in_the_project_is_closed_but_what_waits_for_review() {
    let house = House::open().await;
    for (title, status) in [("Texts", 2), ("Photos", 3), ("Imprint", 4), ("Checkout", 4), ("Shop", 6)] {
        let asked = json!({
            "title": title, "responsibleId": 2, "groupId": PROJECT,
            "fields": { "TASK_CONTROL": if status == 4 { "Y" } else { "N" } },
        });
        let id = create(&house, asked).await;
        done(&house, "b24_task_update", json!({ "taskId": id, "fields": { "STATUS": status } })).await;
    }
    let before = portal(&house);
    let project = before.values().find(|task| task.title == "Texts").unwrap().group;
    let open = those(&before, |task| task.group == project && [2, 3, 6].contains(&task.status));
    let waiting = those(&before, |task| task.group == project && task.status == 4);
    assert!(open.len() >= 3 && waiting.len() >= 2);

    let asked = found(&house, json!({ "group": PROJECT, "status": [2, 3, 6] })).await;
    done(&house, "b24_task_complete", json!({ "taskId": asked, "confirmChange": true })).await;

    assert_eq!(touched(&before, &house), open);
    let now = portal(&house);
    assert_eq!(those(&now, |task| open.contains(&task.id) && task.status == 5), open);
    assert_eq!(those(&now, |task| task.group == project && task.status != 5), waiting);
}

/// "Boris leaves today: hand over all his open tasks to Yulia."
#[tokio::test]
async fn the_open_tasks_of_who_leaves_are_handed_over_and_the_finished_ones_stay_his() {
    let house = House::open().await;
    let boris = hire(&house, ["Борис", "", "Наумов"]);
    let yulia = hire(&house, ["Юлия", "Олеговна", "Щербакова"]);
    let mut all = Vec::new();
    for number in 1..=14 {
        all.push(create(&house, json!({ "title": format!("Job {number}"), "responsibleId": boris })).await);
    }
    let (finished, open) = all.split_at(2);
    done(&house, "b24_task_complete", json!({ "taskId": finished })).await;
    done(&house, "b24_task_start", json!({ "taskId": &open[..3] })).await;
    let before = portal(&house);

    let asked = found(&house, json!({ "responsible": "Boris Naumov", "status": [2, 3, 4, 6] })).await;
    let mut hand_over = json!({ "taskId": asked, "responsibleId": "Shcherbakova" });
    asks_first(&house, "b24_task_delegate", hand_over.clone(), "CHANGE_NEEDS_CONFIRM").await;
    hand_over["confirmChange"] = json!(true);
    done(&house, "b24_task_delegate", hand_over).await;
    house.portal.dismiss(boris);

    assert_eq!(touched(&before, &house), open);
    let now = portal(&house);
    assert_eq!(those(&now, |task| task.responsible == boris), finished);
    assert_eq!(those(&now, |task| task.responsible == yulia), open);
}

/// "Move what is done to the last column of the board", says the owner of the project.
#[tokio::test]
async fn what_is_done_stands_in_the_last_column_and_the_rest_where_it_stood() {
    let mut house = House::open().await;
    let mut closed = Vec::new();
    for title in ["Texts", "Photos", "Shop"] {
        let id = create(&house, json!({ "title": title, "responsibleId": 2, "groupId": PROJECT })).await;
        closed.push(id);
    }
    let open = closed.pop().unwrap();
    done(&house, "b24_task_complete", json!({ "taskId": closed })).await;
    let project = house.portal.task(open).unwrap().group;
    let owner = house.rest(&group::GET, json!({ "FILTER": { "ID": project } })).await[0]["OWNER_ID"].clone();
    house.act_as(WebhookSpec::of(wire::id(&owner).unwrap()));
    let house = house;
    let board = async || {
        let select = json!(["ID", "STATUS", "STAGE_ID"]);
        let asked = json!({ "filter": { "GROUP_ID": project }, "order": { "ID": "asc" }, "select": select });
        let answer = house.rest(&task::LIST, asked).await;
        let rows = answer["tasks"].as_array().unwrap().clone();
        let stands = |row: &serde_json::Value| {
            (wire::id(&row["id"]).unwrap(), row["status"] == "5", wire::id(&row["stageId"]))
        };
        rows.iter().map(stands).collect::<Vec<_>>()
    };
    let (before, stood) = (portal(&house), board().await);

    let asked = found(&house, json!({ "group": PROJECT, "status": [5] })).await;
    let columns = done(&house, "b24_stage_list", json!({ "group": PROJECT })).await;
    let last = columns["stages"].as_array().unwrap().last().unwrap();
    done(&house, "b24_task_stage_move", json!({ "taskId": asked, "stage": last["title"] })).await;

    let last = wire::id(&last["id"]);
    let should: Vec<_> =
        stood.iter().map(|(id, done, stage)| (*id, *done, if *done { last } else { *stage })).collect();
    assert_eq!(board().await, should);
    assert_ne!(stood, should);
    assert_eq!(touched(&before, &house), [0; 0], "nothing but the column is another");
}

/// "Add Boris as an observer to all tasks of the project without losing anybody." Later: "Take him off again."
#[tokio::test]
async fn boris_watches_the_whole_project_and_later_no_longer_and_nobody_else_is_lost() {
    let house = House::open().await;
    let boris = hire(&house, ["Борис", "", "Наумов"]);
    for (title, watchers) in [("Texts", json!([4, 5])), ("Photos", json!([])), ("Shop", json!([6]))] {
        let asked = json!({ "title": title, "responsibleId": 2, "groupId": PROJECT, "auditors": watchers });
        create(&house, asked).await;
    }
    let before = portal(&house);
    let project = before.values().find(|task| task.title == "Texts").unwrap().group;

    let tasks = found(&house, json!({ "group": PROJECT })).await;
    for id in &tasks {
        done(&house, "b24_task_update", json!({ "taskId": id, "add": { "auditors": ["Boris Naumov"] } }))
            .await;
    }
    let mut should = before.clone();
    for task in should.values_mut().filter(|task| task.group == project) {
        task.auditors.push(boris);
    }
    assert_eq!(portal(&house), should);

    for id in &tasks {
        let mut less = json!({ "taskId": id, "remove": { "auditors": ["Наумов"] } });
        asks_first(&house, "b24_task_update", less.clone(), "CHANGE_NEEDS_CONFIRM").await;
        less["confirmChange"] = json!(true);
        done(&house, "b24_task_update", less).await;
    }
    assert_eq!(portal(&house), before);
}

/// "Delete the test tasks." And then: "The checklist of the release as well."
#[tokio::test]
async fn test_tasks_go_when_that_was_agreed_to_and_a_whole_checklist_needs_two_agreements() {
    let house = House::open().await;
    let mut tests = Vec::new();
    for title in ["[test] one", "[test] two", "A [test] three"] {
        tests.push(house.task(title).await);
    }
    let release = house.task("Release without tests").await;
    let add = |title: &'static str, parent: u64| {
        let asked = json!({ "taskId": release, "title": title, "parentId": parent });
        async { done(&house, "b24_task_checklist_item_add", asked).await["itemId"].as_u64().unwrap() }
    };
    let heading = add("Tests", 0).await;
    add("API", heading).await;
    let kept = add("Launch", 0).await;
    let before = portal(&house);

    let asked = found(&house, json!({ "titleContains": "[test]" })).await;
    asks_first(&house, "b24_task_delete", json!({ "taskId": asked }), "DELETE_NEEDS_CONFIRM").await;
    done(&house, "b24_task_delete", json!({ "taskId": asked, "confirmDelete": true })).await;
    assert_eq!(touched(&before, &house), tests);
    assert!(tests.iter().all(|id| house.portal.task(*id).is_none()));

    let mut whole = json!({ "taskId": release, "itemId": heading });
    let tool = "b24_task_checklist_item_delete";
    asks_first(&house, tool, whole.clone(), "DELETE_NEEDS_CONFIRM").await;
    whole["confirmDelete"] = json!(true);
    asks_first(&house, tool, whole.clone(), "HEADING_DELETE_NEEDS_CONFIRM").await;
    whole["confirmDeleteHeading"] = json!(true);
    done(&house, tool, whole).await;
    let left: Vec<u64> = house.portal.task(release).unwrap().checklist.iter().map(|item| item.id).collect();
    assert_eq!(left, [kept]);
}

/// "Set the contract number and the risk by their labels, then find the task by them."
#[tokio::test]
async fn a_contract_is_numbered_and_rated_by_labels_and_found_by_them() {
    let house = House::open().await;
    let (ours, other) = (house.task("Договор с типографией").await, house.task("Another contract").await);
    let set = |id: u64, number: &str, risk: &str| json!({ "taskId": id, "fields": { "Номер договора": number, "Риск": risk } });
    done(&house, "b24_task_update", set(ours, "Д-42/26", "high")).await;
    done(&house, "b24_task_update", set(other, "Д-42/26", "Низкий")).await;
    let before = portal(&house);

    let by = |risk: &str| json!({ "filter": { "номер договора": "Д-42/26", "Риск": risk } });
    assert_eq!(found(&house, by("High")).await, [ours]);
    assert_eq!(found(&house, by("низкий")).await, [other]);
    assert_eq!(found(&house, by("Mittel")).await, [0; 0]);

    for (id, risk) in [(ours, 43), (other, 41)] {
        let number = field(&house, id, "UF_AUTO_731845920011", "ufAuto731845920011").await;
        let choice = field(&house, id, "UF_AUTO_731845920012", "ufAuto731845920012").await;
        assert_eq!((number, wire::id(&choice)), (json!("Д-42/26"), Some(risk)));
    }
    assert_eq!(touched(&before, &house), [0; 0]);
}
