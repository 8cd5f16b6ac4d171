//! Resources: what is read by an address.

use b24_tools::{
    Policy,
    resources::{self, Reading},
};
use serde_json::{Value, json};

use crate::house::House;

async fn read(house: &House, uri: &str) -> Value {
    match resources::find(&house.catalogue, &house.policy, uri).map(|named| named.reading) {
        Some(Reading::Known(value)) => value,
        Some(Reading::File(file)) => json!(file.to_string()),
        Some(Reading::Call { tool, arguments }) => house.call(tool, Value::Object(arguments)).await,
        None => json!("nothing"),
    }
}

#[tokio::test]
async fn tasks_people_fields_and_states_are_read_by_their_addresses() {
    let house = House::open().await;
    let id = house.task("Read me by address").await;
    assert_eq!(read(&house, &format!("b24://task/{id}")).await["title"], "Read me by address");
    insta::assert_json_snapshot!(read(&house, "b24://user/5").await);
    insta::assert_json_snapshot!(read(&house, "b24://task/status").await);
    let fields = read(&house, "b24://task/field").await;
    let own =
        |name: &str| fields["fields"].as_array().unwrap().iter().find(|row| row["name"] == name).cloned();
    assert_eq!(own("PRIORITY").unwrap()["values"]["2"], "High");
    assert!(own("UF_CRM_TASK").is_some());
    assert_eq!(read(&house, "b24://task/7/file/12").await, "b24://task/7/file/12");
}

#[tokio::test]
async fn an_address_of_nothing_is_nothing_and_of_nobody_is_refused() {
    let house = House::open().await;
    for uri in ["b24://task/", "b24://task/x", "b24://task/field/", "b24://nonsense/1", "http://task/1", ""] {
        assert_eq!(read(&house, uri).await, json!("nothing"), "{uri}");
    }
    assert_eq!(read(&house, "b24://user/99999").await["code"], "NOT_FOUND");
    assert_eq!(read(&house, "b24://task/99999").await["code"], "NOT_FOUND");
}

#[tokio::test]
async fn what_the_policy_hides_has_no_address() {
    let mut house = House::open().await;
    house.policy =
        Policy { toolsets: Some(["user".to_owned()].into()), read_only: true, ..Policy::default() };
    let listed = resources::list(&house.catalogue, &house.policy);
    assert_eq!(listed.iter().map(|resource| resource.uri).collect::<Vec<_>>(), ["b24://user/{id}"]);
    assert_eq!(read(&house, "b24://task/1").await, json!("nothing"));
    assert_eq!(read(&house, "b24://user/5").await["id"], 5);
}

#[tokio::test]
async fn a_person_is_read_by_name_too_and_fields_may_be_only_those_of_the_portal() {
    let house = House::open().await;
    assert_eq!(house.call("b24_user_get", json!({ "userId": "me" })).await["id"], 1);
    let custom = house.call("b24_task_field_list", json!({ "custom": true })).await;
    let names = custom["fields"].as_array().unwrap();
    assert!(names.iter().all(|row| row["name"].as_str().unwrap().starts_with("UF_")), "{custom}");
}
