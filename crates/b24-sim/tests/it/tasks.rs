//! Adding, reading, changing and deleting tasks.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::house::{House, refusal};

#[tokio::test]
async fn a_new_task_is_answered_whole() {
    let house = House::new().await;
    let fields = json!({
        "TITLE": "Angebot <b>& Co</b>",
        "RESPONSIBLE_ID": "2",
        "DEADLINE": "2026-05-20 18:00:00",
        "AUDITORS": [3, 3, 999],
        "TAGS": ["Vertrieb"],
        "UF_CRM_TASK": ["D_10"],
    });

    let result = house.result("tasks.task.add", json!({ "fields": fields })).await;

    assert_snapshot!(serde_json::to_string_pretty(&result).expect("JSON"), @r#"
    {
      "task": {
        "id": "41",
        "parentId": null,
        "title": "Angebot <b>& Co</b>",
        "description": "",
        "mark": null,
        "priority": "1",
        "multitask": "N",
        "notViewed": "N",
        "replicate": "N",
        "stageId": "0",
        "sprintId": null,
        "backlogId": null,
        "createdBy": "1",
        "createdDate": "2026-05-14T12:00:00+03:00",
        "responsibleId": "2",
        "changedBy": "1",
        "changedDate": "2026-05-14T12:00:00+03:00",
        "statusChangedBy": null,
        "closedBy": null,
        "closedDate": null,
        "activityDate": "2026-05-14T12:00:00+03:00",
        "dateStart": null,
        "deadline": "2026-05-20T18:00:00+03:00",
        "startDatePlan": null,
        "endDatePlan": null,
        "guid": "{65f1fa1b-c84c-44ab-8739-d8c06b36908e}",
        "xmlId": null,
        "commentsCount": null,
        "serviceCommentsCount": null,
        "allowChangeDeadline": "N",
        "allowTimeTracking": "N",
        "taskControl": "N",
        "addInReport": "N",
        "forkedByTemplateId": null,
        "timeEstimate": "0",
        "timeSpentInLogs": null,
        "matchWorkTime": "N",
        "forumTopicId": null,
        "forumId": null,
        "siteId": "s1",
        "subordinate": "N",
        "exchangeModified": null,
        "exchangeId": null,
        "outlookVersion": "1",
        "viewedDate": "2026-05-14T12:00:00+03:00",
        "sorting": null,
        "durationFact": null,
        "isMuted": "N",
        "isPinned": "N",
        "isPinnedInGroup": "N",
        "flowId": null,
        "descriptionInBbcode": "Y",
        "status": "2",
        "statusChangedDate": "2026-05-14T12:00:00+03:00",
        "durationPlan": null,
        "durationType": "days",
        "favorite": "N",
        "groupId": "0",
        "auditors": [
          "3"
        ],
        "accomplices": [],
        "chatId": 2041,
        "tags": {
          "2": {
            "id": 2,
            "title": "Vertrieb"
          }
        },
        "checklist": [],
        "group": [],
        "creator": {
          "id": "1",
          "name": "Мария Лебедянская",
          "link": "/company/personal/user/1/",
          "icon": "/bitrix/images/tasks/default_avatar.png",
          "workPosition": "Администратор"
        },
        "responsible": {
          "id": "2",
          "name": "Hazel Thornbury",
          "link": "/company/personal/user/2/",
          "icon": "/bitrix/images/tasks/default_avatar.png",
          "workPosition": "Support Engineer"
        },
        "accomplicesData": [],
        "auditorsData": {
          "3": {
            "id": "3",
            "name": "Jürgen Weißbach",
            "link": "/company/personal/user/3/",
            "icon": "/bitrix/images/tasks/default_avatar.png",
            "workPosition": "Einkäufer"
          }
        },
        "newCommentsCount": 0,
        "action": {
          "accept": false,
          "decline": false,
          "complete": true,
          "approve": false,
          "disapprove": false,
          "start": true,
          "pause": false,
          "delegate": true,
          "remove": true,
          "edit": true,
          "defer": true,
          "renew": false,
          "create": true,
          "changeDeadline": true,
          "checklistAddItems": true,
          "addFavorite": true,
          "deleteFavorite": false,
          "rate": true,
          "take": false,
          "edit.originator": false,
          "checklist.reorder": true,
          "elapsedtime.add": true,
          "dayplan.timer.toggle": false,
          "edit.plan": true,
          "checklist.add": true,
          "favorite.add": true,
          "favorite.delete": false
        },
        "checkListTree": {
          "nodeId": 0,
          "fields": {
            "id": null,
            "copiedId": null,
            "entityId": null,
            "userId": 1,
            "createdBy": null,
            "parentId": null,
            "title": "",
            "sortIndex": null,
            "displaySortIndex": "",
            "isComplete": false,
            "isImportant": false,
            "completedCount": 0,
            "members": [],
            "attachments": [],
            "nodeId": null
          },
          "action": [],
          "descendants": []
        },
        "checkListCanAdd": true
      }
    }
    "#);
}

#[tokio::test]
async fn names_are_taken_in_both_spellings() {
    let house = House::new().await;
    let fields = json!({ "title": "x", "responsibleId": 1, "allowChangeDeadline": "Y", "startDatePlan": "2026-05-15", "endDatePlan": "2026-05-16" });

    let result = house.result("tasks.task.add", json!({ "fields": fields })).await;

    assert_eq!(
        (&result["task"]["allowChangeDeadline"], &result["task"]["endDatePlan"]),
        (&json!("Y"), &json!("2026-05-16T00:00:00+03:00"))
    );
}

#[tokio::test]
async fn what_cannot_be_added_is_refused_as_documented() {
    let house = House::new().await;
    let add = async |fields: Value| refusal(&house.call("tasks.task.add", json!({ "fields": fields })).await);
    let table = [
        refusal(&house.call("tasks.task.add", json!({})).await),
        add(json!([])).await,
        add(json!("x")).await,
        add(json!({ "RESPONSIBLE_ID": 1 })).await,
        add(json!({ "TITLE": "x" })).await,
        add(json!({ "TITLE": "x", "RESPONSIBLE_ID": 999 })).await,
        add(json!({ "TITLE": "x", "RESPONSIBLE_ID": 1, "STATUS": 9 })).await,
        add(json!({ "TITLE": "x", "RESPONSIBLE_ID": 1, "PARENT_ID": 100_500 })).await,
        add(json!({ "TITLE": "x", "RESPONSIBLE_ID": 1, "DEADLINE": "soon" })).await,
        add(json!({ "TITLE": "x", "RESPONSIBLE_ID": 1, "START_DATE_PLAN": "2026-05-16", "END_DATE_PLAN": "2026-05-15" })).await,
    ];
    assert_snapshot!(table.join("\n"), @r#"
    400 100: Could not find value for parameter {fields}
    400 100: Could not find value for parameter {fields}
    400 100: Invalid value {x} to match with parameter {fields}. Should be value of type array.
    400 ERROR_CORE: Task title is not specified<br>
    400 ERROR_CORE: Responsible person not specified<br>
    400 ERROR_CORE: The user specified in the "Responsible" field was not found<br>
    400 ERROR_CORE: Invalid status<br>
    400 ERROR_CORE: The task specified in the "Parent Task" field was not found<br>
    400 ERROR_CORE: Incorrect date in the field "DEADLINE"<br>
    400 ERROR_CORE: The end date specified in the scheduling is earlier than the start date<br>
    "#);
    assert_eq!(house.portal.task_ids().len(), 40, "nothing was added");
}

#[tokio::test]
async fn dates_are_read_in_the_documented_forms_and_answered_in_the_portals_zone() {
    let house = House::new().await;
    let mut lines = Vec::new();
    for form in [
        "2026-06-01",
        "2026-06-01 09:30:00",
        "2026-06-01T09:30:00",
        "2026-06-01T09:30:00+00:00",
        "2026-06-01T09:30:00Z",
        "01.06.2026 09:30:00",
    ] {
        let fields = json!({ "TITLE": "x", "RESPONSIBLE_ID": 1, "DEADLINE": form });
        let result = house.result("tasks.task.add", json!({ "fields": fields })).await;
        lines.push(format!("{form} -> {}", result["task"]["deadline"].as_str().unwrap_or("none")));
    }
    assert_snapshot!(lines.join("\n"), @r"
    2026-06-01 -> 2026-06-01T00:00:00+03:00
    2026-06-01 09:30:00 -> 2026-06-01T09:30:00+03:00
    2026-06-01T09:30:00 -> 2026-06-01T09:30:00+03:00
    2026-06-01T09:30:00+00:00 -> 2026-06-01T12:30:00+03:00
    2026-06-01T09:30:00Z -> 2026-06-01T12:30:00+03:00
    01.06.2026 09:30:00 -> 2026-06-01T09:30:00+03:00
    ");
}

#[tokio::test]
async fn an_update_is_partial_and_replaces_sets_as_a_whole() {
    let house = House::new().await;
    let id = house.task(json!({ "DESCRIPTION": "[B]x[/B]", "AUDITORS": [2, 3], "TAGS": ["a", "b"] })).await;
    let update = async |fields: Value| {
        house.result("tasks.task.update", json!({ "taskId": id, "fields": fields })).await;
        house.portal.task(id).expect("the task")
    };

    let one = update(json!({ "AUDITORS": [4], "TAGS": ["b"], "DEADLINE": "2026-05-20" })).await;
    let two = update(json!({ "AUDITORS": [], "DEADLINE": "" })).await;

    assert_eq!(
        (one.description.as_str(), &one.auditors[..], &one.tags[..]),
        ("[B]x[/B]", &[4][..], &["b".to_owned()][..])
    );
    assert_eq!((two.auditors.len(), two.tags.len(), two.deadline), (0, 1, None));
}

#[tokio::test]
async fn what_cannot_be_changed_is_refused_and_leaves_no_trace() {
    let house = House::new().await;
    let id = house.task(json!({ "TITLE": "whole" })).await;
    let child = house.task(json!({ "PARENT_ID": id })).await;
    let update = async |fields: Value| {
        refusal(&house.call("tasks.task.update", json!({ "taskId": id, "fields": fields })).await)
    };
    let table = [
        refusal(&house.call("tasks.task.update", json!({ "fields": { "TITLE": "x" } })).await),
        refusal(&house.call("tasks.task.update", json!({ "taskId": "x", "fields": { "TITLE": "x" } })).await),
        refusal(&house.call("tasks.task.update", json!({ "taskId": id })).await),
        update(json!({})).await,
        update(json!({ "TITLE": "" })).await,
        update(json!({ "TITLE": "half", "RESPONSIBLE_ID": 999 })).await,
        update(json!({ "STATUS": 1 })).await,
        update(json!({ "PARENT_ID": 100_500 })).await,
        update(json!({ "PARENT_ID": id })).await,
        update(json!({ "PARENT_ID": child })).await,
    ];
    assert_snapshot!(table.join("\n"), @r#"
    400 100: CTaskItem All parameters in the constructor must have real class type
    400 0: wrong task id
    400 100: Could not find value for parameter {fields}
    400 100: Could not find value for parameter {fields}
    400 ERROR_CORE: Task title is not specified<br>
    400 ERROR_CORE: The user specified in the "Responsible" field was not found<br>
    400 ERROR_CORE: Invalid status<br>
    400 ERROR_CORE: The task specified in the "Parent Task" field was not found<br>
    400 ERROR_CORE: Cannot bind the node to itself<br>
    400 ERROR_CORE: Creating cyclic links in tasks is prohibited<br>
    "#);
    assert_eq!(house.portal.task(id).expect("the task").title, "whole");
}

#[tokio::test]
async fn an_assignee_may_move_the_deadline_only_where_allowed() {
    let house = House::new().await;
    let open = house.task(json!({ "RESPONSIBLE_ID": 2, "ALLOW_CHANGE_DEADLINE": "Y" })).await;
    let fixed = house.task(json!({ "RESPONSIBLE_ID": 2 })).await;
    let assignee = house.person(2);
    let change = async |id: u64, fields: Value| {
        assignee.call("tasks.task.update", json!({ "taskId": id, "fields": fields })).await.status
    };

    let statuses = [
        change(open, json!({ "DEADLINE": "2026-06-01" })).await,
        change(open, json!({ "TITLE": "mine now" })).await,
        change(fixed, json!({ "DEADLINE": "2026-06-01" })).await,
        change(fixed, json!({ "STATUS": 3 })).await,
    ];

    assert_eq!(statuses, [200, 400, 400, 200]);
}

#[tokio::test]
async fn a_deleted_task_is_gone_with_all_that_hung_on_it() {
    let house = House::new().await;
    let id = house.task(json!({})).await;
    let child = house.task(json!({ "PARENT_ID": id })).await;
    house.result("task.commentitem.add", json!({ "TASKID": id, "FIELDS": { "POST_MESSAGE": "x" } })).await;

    let refused = refusal(&house.person(2).call("tasks.task.delete", json!({ "taskId": id })).await);
    let gone = house.result("tasks.task.delete", json!({ "taskId": id })).await;
    let read = house.result("tasks.task.get", json!({ "taskId": id })).await;

    assert_snapshot!(refused, @"400 1048582: No access to delete the task");
    assert_eq!((gone, read), (json!({ "task": true }), json!([])));
    assert_eq!(house.portal.task(child).map(|task| task.parent), Some(None));
}

#[tokio::test]
async fn get_selects_fields_and_refuses_what_is_no_list() {
    let house = House::new().await;
    let id = house.task(json!({ "TITLE": "x", "UF_CRM_TASK": ["L_4"] })).await;

    let result = house
        .result("tasks.task.get", json!({ "taskId": id, "select": ["ID", "TITLE", "UF_CRM_TASK"] }))
        .await;
    let refused = refusal(&house.call("tasks.task.get", json!({ "taskId": id, "select": "" })).await);

    let names: Vec<&String> = result["task"].as_object().expect("a task").keys().collect();
    assert_eq!(names, ["id", "title", "descriptionInBbcode", "group", "action", "ufCrmTask"]);
    assert_snapshot!(
        refused,
        @"400 100: Invalid value {} to match with parameter {select}. Should be value of type array."
    );
}

#[tokio::test]
async fn access_is_told_for_several_people() {
    let house = House::new().await;
    let id = house.task(json!({ "RESPONSIBLE_ID": 2 })).await;

    let result = house.result("tasks.task.getaccess", json!({ "taskId": id, "users": [1, 2, 999] })).await;

    let told = |user: &str, action: &str| result["allowedActions"][user][action].as_bool();
    assert_eq!(
        (
            told("1", "EDIT"),
            told("2", "EDIT"),
            told("2", "START"),
            told("999", "START"),
            told("1", "CHANGE_DEADLINE")
        ),
        (Some(true), Some(false), Some(true), Some(false), Some(true))
    );
}

#[tokio::test]
async fn what_people_do_for_themselves_is_theirs() {
    let house = House::new().await;
    let id = house.task(json!({ "RESPONSIBLE_ID": 2 })).await;
    let of = async |user: u64| {
        let task = house.person(user).result("tasks.task.get", json!({ "taskId": id })).await["task"].clone();
        ["favorite", "isMuted", "isPinned"].map(|name| task[name].as_str().unwrap_or_default().to_owned())
    };

    house.result("tasks.task.favorite.add", json!({ "taskId": id })).await;
    house.result("tasks.task.mute", json!({ "id": id })).await;
    house.result("tasks.task.pin", json!({ "id": id })).await;
    let missing = refusal(&house.call("tasks.task.favorite.add", json!({ "taskId": 100_500 })).await);
    let unwatched = refusal(&house.call("tasks.task.startwatch", json!({ "taskId": 100_500 })).await);

    assert_eq!(
        (of(1).await, of(2).await),
        (["Y", "Y", "Y"].map(String::from), ["N", "N", "N"].map(String::from))
    );
    assert_snapshot!(missing, @"400 1: Task not found or not accessible");
    assert_snapshot!(unwatched, @"400 1048584: a:0:{}");
}
