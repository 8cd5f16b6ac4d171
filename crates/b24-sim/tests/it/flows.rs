//! Flows: made, changed, switched, removed.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::house::{House, refusal};

fn data(more: Value) -> Value {
    let mut all = json!({ "name": "Rechnungen", "plannedCompletionTime": 7200, "distributionType": "manually",
        "responsibleList": [["user", "3"]] });
    for (name, value) in more.as_object().expect("fields") {
        all[name] = value.clone();
    }
    json!({ "flowData": all })
}

#[tokio::test]
async fn a_flow_is_made_with_a_group_of_its_own_and_told_in_whole() {
    let house = House::new().await;

    let made = house
        .result("tasks.flow.Flow.create", data(json!({ "taskCreators": { "meta-user": "all-users" } })))
        .await;
    let read = house.result("tasks.flow.Flow.get", json!({ "flowId": made["id"] })).await;
    let group = house.result("sonet_group.get", json!({ "GROUP_ID": made["groupId"] })).await;

    assert_eq!((&made, &group[0]["NAME"]), (&read, &json!("Rechnungen")));
    assert_snapshot!(serde_json::to_string_pretty(&made).expect("JSON"), @r#"
    {
      "id": 2,
      "creatorId": 1,
      "ownerId": 1,
      "groupId": 4,
      "templateId": 0,
      "efficiency": 0,
      "active": true,
      "plannedCompletionTime": 7200,
      "activity": "2026-05-14T09:00:00+00:00",
      "name": "Rechnungen",
      "description": "",
      "distributionType": "manually",
      "responsibleList": [
        [
          "user",
          "3"
        ]
      ],
      "demo": false,
      "responsibleCanChangeDeadline": false,
      "matchWorkTime": true,
      "taskControl": false,
      "notifyAtHalfTime": false,
      "notifyOnQueueOverflow": null,
      "notifyOnTasksInProgressOverflow": null,
      "notifyWhenEfficiencyDecreases": null,
      "taskCreators": [
        [
          "meta-user",
          "all-users"
        ]
      ],
      "team": [
        [
          "user",
          "3"
        ]
      ],
      "trialFeatureEnabled": false
    }
    "#);
}

#[tokio::test]
async fn switches_turn_over_and_names_are_taken_once() {
    let house = House::new().await;
    let made = house.result("tasks.flow.Flow.create", data(json!({}))).await;
    let id = &made["id"];
    let flow = json!({ "flowId": id });
    let exists = async |data: Value| {
        house.result("tasks.flow.Flow.isExists", json!({ "flowData": data })).await["exists"].clone()
    };

    let pinned = [
        house.result("tasks.flow.Flow.pin", flow.clone()).await,
        house.result("tasks.flow.Flow.pin", flow.clone()).await,
    ];
    house.result("tasks.flow.Flow.activate", flow.clone()).await;
    let off = house.result("tasks.flow.Flow.get", flow.clone()).await;
    let changed = json!({ "flowData": { "id": id, "plannedCompletionTime": 60, "taskControl": 1 } });
    let changed = house.result("tasks.flow.Flow.update", changed).await;
    let taken = [
        exists(json!({ "name": "Rechnungen" })).await,
        exists(json!({ "name": "Rechnungen", "id": id })).await,
    ];
    let gone = house.result("tasks.flow.Flow.delete", json!({ "flowData": { "id": id } })).await;

    assert_eq!((pinned, &off["active"]), ([json!(true), json!(false)], &json!(false)));
    assert_eq!(
        (&changed["plannedCompletionTime"], &changed["taskControl"], &changed["name"]),
        (&json!(60), &json!(true), &json!("Rechnungen"))
    );
    assert_eq!((taken, gone), ([json!(true), json!(false)], json!({ "deleted": true })));
}

#[tokio::test]
async fn a_task_in_a_flow_needs_no_more_than_a_title() {
    let house = House::new().await;
    let flow = house.result("tasks.flow.Flow.create", data(json!({ "taskControl": 1 }))).await;

    let fields = json!({ "TITLE": "Beleg prüfen", "FLOW_ID": flow["id"] });
    let added = house.result("tasks.task.add", json!({ "fields": fields })).await;

    assert_eq!(
        ["responsibleId", "groupId", "deadline", "taskControl", "flowId"]
            .map(|name| added["task"][name].clone()),
        [
            json!("3"),
            json!(flow["groupId"].to_string()),
            json!("2026-05-14T14:00:00+03:00"),
            json!("Y"),
            json!(flow["id"].to_string())
        ]
    );
}

#[tokio::test]
async fn flows_refuse_with_the_code_zero() {
    let house = House::new().await;
    let made = house.result("tasks.flow.Flow.create", data(json!({}))).await;
    let id = &made["id"];
    let other = house.person(5);

    let lines = [
        house.call("tasks.flow.Flow.create", data(json!({}))).await,
        house.call("tasks.flow.Flow.create", data(json!({ "name": "" }))).await,
        house.call("tasks.flow.Flow.create", data(json!({ "name": "x", "distributionType": "dice" }))).await,
        house.call("tasks.flow.Flow.create", json!({ "name": "x" })).await,
        house.call("tasks.flow.Flow.get", json!({ "flowId": 100_500 })).await,
        house.call("tasks.flow.Flow.pin", json!({ "flowId": 100_500 })).await,
        other.call("tasks.flow.Flow.update", json!({ "flowData": { "id": id, "name": "x" } })).await,
        other.call("tasks.flow.Flow.activate", json!({ "flowId": id })).await,
        other.call("tasks.flow.Flow.delete", json!({ "flowData": { "id": id } })).await,
    ];

    assert_snapshot!(lines.iter().map(refusal).collect::<Vec<_>>().join("\n"), @r"
    400 0: A flow with this name already exists
    400 0: 'name': field's value has an invalid value
    400 0: 'distributionType': field's value has an invalid value
    400 100: Could not find value for parameter {flowData}
    400 0: Flow not found
    400 0: Unknown error
    400 0: Access denied or flow not found
    400 0: Access denied or flow not found
    400 0: Access denied or flow not found
    ");
}
