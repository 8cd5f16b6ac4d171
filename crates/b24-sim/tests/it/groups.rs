//! Workgroups and projects: who sees them, who runs them, and what membership opens in tasks.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::house::{House, refusal};

async fn group(house: &House, fields: Value) -> u64 {
    let mut all = json!({ "NAME": "Umzug" });
    for (name, value) in fields.as_object().expect("fields") {
        all[name] = value.clone();
    }
    house.result("sonet_group.create", all).await.as_u64().expect("an id")
}

#[tokio::test]
async fn the_invented_groups_as_the_administrator_may_see_them() {
    let house = House::new().await;

    let plain = house.call("sonet_group.get", json!({ "ORDER": { "ID": "ASC" } })).await.json();
    let all =
        house.call("sonet_group.get", json!({ "ORDER": { "ID": "ASC" }, "IS_ADMIN": "Y" })).await.json();
    let lifted = house.person(2).call("sonet_group.get", json!({ "IS_ADMIN": "Y" })).await.json();
    let project =
        house.result("sonet_group.get", json!({ "FILTER": { "?NAME": "website", "><ID": [1, 3] } })).await;

    let names = |reply: &Value| {
        let rows = reply["result"].as_array().expect("rows").iter();
        rows.map(|row| row["NAME"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names(&all), ["Тендеры", "Website relaunch", "Vertrauliche Planung"]);
    assert!(names(&plain).len() <= 3 && names(&lifted).len() <= 3);
    assert_snapshot!(serde_json::to_string_pretty(&project).expect("JSON"), @r#"
    [
      {
        "ID": "2",
        "SITE_ID": "s1",
        "NAME": "Website relaunch",
        "DESCRIPTION": "Neue Website bis zum Herbst",
        "DATE_CREATE": "2026-02-13T12:00:00+03:00",
        "DATE_UPDATE": "2026-05-11T12:00:00+03:00",
        "ACTIVE": "Y",
        "VISIBLE": "Y",
        "OPENED": "Y",
        "CLOSED": "N",
        "SUBJECT_ID": "1",
        "OWNER_ID": "4",
        "KEYWORDS": null,
        "NUMBER_OF_MEMBERS": "4",
        "DATE_ACTIVITY": "2026-05-11T12:00:00+03:00",
        "SUBJECT_NAME": "Workgroups",
        "PROJECT": "Y",
        "IS_EXTRANET": "N"
      }
    ]
    "#);
}

#[tokio::test]
async fn a_group_is_made_changed_given_away_and_removed() {
    let house = House::new().await;
    let id = group(&house, json!({ "PROJECT": "Y", "DESCRIPTION": "im Herbst", "VISIBLE": "N" })).await;
    let task = house.task(json!({ "GROUP_ID": id })).await;

    let updated = house.result("sonet_group.update", json!({ "GROUP_ID": id, "NAME": "Büroumzug" })).await;
    let inside = house.result("tasks.task.get", json!({ "taskId": task })).await;
    let given = house.result("sonet_group.setowner", json!({ "GROUP_ID": id, "USER_ID": 2 })).await;
    let members = house.result("sonet_group.user.get", json!({ "ID": id })).await;
    let removed = house.result("sonet_group.delete", json!({ "GROUP_ID": id })).await;
    let outside = house.result("tasks.task.get", json!({ "taskId": task })).await;

    assert_eq!((updated, given, removed), (json!(id), json!(true), json!(true)));
    assert_eq!(
        inside["task"]["group"],
        json!({ "id": id.to_string(), "name": "Büroumzug", "opened": false, "membersCount": 1, "image": "",
            "additionalData": [] })
    );
    assert_eq!(members, json!([{ "USER_ID": "1", "ROLE": "E" }, { "USER_ID": "2", "ROLE": "A" }]));
    assert_eq!((&outside["task"]["groupId"], &outside["task"]["group"]), (&json!("0"), &json!([])));
}

#[tokio::test]
async fn members_come_and_go_and_answers_name_whom_it_concerned() {
    let house = House::new().await;
    let id = group(&house, json!({})).await;

    let added =
        house.result("sonet_group.user.add", json!({ "GROUP_ID": id, "USER_ID": [2, 3, 1, 100_500] })).await;
    let raised =
        house.result("sonet_group.user.update", json!({ "GROUP_ID": id, "USER_ID": 2, "ROLE": "E" })).await;
    let own = house.person(2).result("sonet_group.user.groups", json!({})).await;
    let left = house.result("sonet_group.user.delete", json!({ "GROUP_ID": id, "USER_ID": [1, 3] })).await;

    assert_eq!((added, raised, left), (json!(["2", "3"]), json!(["2"]), json!(["3"])));
    let mine = own.as_array().expect("rows").iter().find(|row| row["GROUP_ID"] == json!(id.to_string()));
    assert_eq!(
        mine,
        Some(
            &json!({ "GROUP_ID": id.to_string(), "GROUP_NAME": "Umzug", "ROLE": "E", "GROUP_IMAGE_ID": null,
            "GROUP_IMAGE": "" })
        )
    );
}

#[tokio::test]
async fn members_see_the_tasks_of_their_group_and_its_leaders_edit_them() {
    let house = House::new().await;
    let id = group(&house, json!({})).await;
    let task = house.task(json!({ "GROUP_ID": id })).await;
    let update = json!({ "taskId": task, "fields": { "TITLE": "x" } });
    let (outsider, member, leader) = (house.person(5), house.person(6), house.person(7));
    house.result("sonet_group.user.add", json!({ "GROUP_ID": id, "USER_ID": [6, 7] })).await;
    house.result("sonet_group.user.update", json!({ "GROUP_ID": id, "USER_ID": 7, "ROLE": "E" })).await;

    let hidden = outsider.result("tasks.task.get", json!({ "taskId": task })).await;
    let seen = member.result("tasks.task.get", json!({ "taskId": task })).await;
    let edits = [
        member.call("tasks.task.update", update.clone()).await.status,
        leader.call("tasks.task.update", update).await.status,
    ];

    assert_eq!((hidden, &seen["task"]["id"]), (json!([]), &json!(task.to_string())));
    assert_eq!(edits, [400, 200]);
}

#[tokio::test]
async fn groups_refuse_in_words_with_an_empty_code() {
    let house = House::new().await;
    let id = group(&house, json!({})).await;
    let hidden = group(&house, json!({ "VISIBLE": "N" })).await;
    let other = house.person(2);

    let lines = [
        house.call("sonet_group.create", json!({})).await,
        house.call("sonet_group.update", json!({ "NAME": "x" })).await,
        other.call("sonet_group.update", json!({ "GROUP_ID": id, "NAME": "x" })).await,
        other.call("sonet_group.delete", json!({ "GROUP_ID": id })).await,
        other.call("sonet_group.setowner", json!({ "GROUP_ID": id, "USER_ID": 2 })).await,
        house.call("sonet_group.setowner", json!({ "GROUP_ID": 100_500, "USER_ID": 2 })).await,
        other.call("sonet_group.user.get", json!({ "ID": hidden })).await,
        house.call("sonet_group.user.get", json!({ "ID": "x" })).await,
        other.call("sonet_group.user.add", json!({ "GROUP_ID": id, "USER_ID": 3 })).await,
        house.call("sonet_group.user.add", json!({ "GROUP_ID": id })).await,
        house.call("sonet_group.user.update", json!({ "GROUP_ID": id, "USER_ID": 3, "ROLE": "A" })).await,
        other.call("sonet_group.user.delete", json!({ "GROUP_ID": id, "USER_ID": 3 })).await,
        house.call("socialnetwork.api.workgroup.get", json!({ "params": { "select": [] } })).await,
        other.call("socialnetwork.api.workgroup.get", json!({ "params": { "groupId": hidden } })).await,
    ];

    assert_snapshot!(lines.iter().map(refusal).collect::<Vec<_>>().join("\n"), @r"
    400 : Cannot create group
    400 : Wrong group ID
    400 : User has no permissions to update group
    400 : User has no permissions to delete group
    400 : User has no permissions to set owner
    400 : Invalid workgroup/project ID
    400 : Socialnetwork group not found
    400 : Wrong socialnetwork group ID
    400 : No permissions to add users
    400 : Wrong user IDs
    400 : Incorrect role code
    400 : No permissions to update users role
    400 SONET_CONTROLLER_WORKGROUP_EMPTY: No value for the workgroup ID was provided.
    400 SONET_CONTROLLER_WORKGROUP_NOT_FOUND: Workgroup not found.
    ");
}

#[tokio::test]
async fn the_newer_methods_spell_the_same_group_in_two_ways() {
    let house = House::new().await;
    let id = group(&house, json!({ "KEYWORDS": "a, b", "PROJECT": "Y" })).await;

    let one = house.result("socialnetwork.api.workgroup.get", json!({ "params": { "groupId": id } })).await;
    let bare = house.call("socialnetwork.api.workgroup.list", json!({ "filter": { "ID": id } })).await.json();
    let select = json!({ "filter": { "ID": id }, "select": ["NAME", "OWNER_ID", "TYPE"], "start": -1 });
    let named = house.call("socialnetwork.api.workgroup.list", select).await.json();

    assert_eq!(
        ["ID", "OWNER_ID", "PROJECT", "TYPE", "TAGS", "DATE_CREATE"].map(|name| one[name].clone()),
        [json!(id), json!(1), json!("Y"), json!("project"), json!(["a", "b"]), json!("05/14/2026 12:00:00")]
    );
    assert_eq!(
        (&bare["result"], &bare["total"]),
        (&json!({ "workgroups": [{ "id": id.to_string() }] }), &json!(1))
    );
    assert_eq!(
        (&named["result"]["workgroups"][0], &named["total"]),
        (&json!({ "id": id.to_string(), "name": "Umzug", "ownerId": "1", "type": "project" }), &Value::Null)
    );
}
