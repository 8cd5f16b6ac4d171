//! What is offered while somebody types.

use std::collections::BTreeMap;

use b24_sim::WebhookSpec;
use b24_tools::{
    Policy,
    complete::{Completion, Of, complete},
};

use crate::house::House;

async fn offer(house: &House, of: Of<'_>, argument: &str, typed: &str) -> Option<Completion> {
    complete(&house.catalogue, &house.visit(), of, argument, typed, &BTreeMap::new()).await
}

async fn values(house: &House, of: Of<'_>, argument: &str, typed: &str) -> Vec<String> {
    offer(house, of, argument, typed).await.map(|offered| offered.values).unwrap_or_default()
}

const PERSON: (Of<'_>, &str) = (Of::Prompt("attention"), "person");

#[tokio::test]
async fn people_are_offered_by_the_beginning_of_their_names_in_one_request() {
    let house = House::open().await;
    let offered = values(&house, PERSON.0, PERSON.1, "Ив").await;
    assert_eq!(offered, ["Иван Берёзкин"]);
    assert_eq!(house.traffic(), "user.search");
    let everybody = values(&house, PERSON.0, PERSON.1, "").await;
    assert!(everybody.len() > 5 && everybody[0] == "me", "{everybody:?}");
    assert_eq!(values(&house, PERSON.0, PERSON.1, "m").await[0], "me");
    assert_eq!(values(&house, Of::Resource("b24://user/{id}"), "id", "Ив").await, ["5"]);
}

#[tokio::test]
async fn words_and_numbers_are_offered_without_asking_the_portal() {
    let house = House::open().await;
    assert_eq!(values(&house, PERSON.0, "language", "r").await, ["ru"]);
    assert_eq!(values(&house, Of::Prompt("weekly_report"), "from", "-1").await, ["-14d"]);
    assert_eq!(values(&house, Of::Resource("b24://task/{id}"), "id", "12").await, ["12"]);
    assert_eq!(values(&house, Of::Prompt("meeting_plan"), "notes", "Anna").await, [""; 0]);
    assert_eq!(values(&house, PERSON.0, PERSON.1, &"x".repeat(101)).await, [""; 0]);
    assert_eq!(house.traffic(), "");
}

#[tokio::test]
async fn tasks_are_offered_by_a_part_of_their_titles() {
    let house = House::open().await;
    let id = house.task("Paint the fence 100%").await;
    assert_eq!(values(&house, Of::Resource("b24://task/{id}"), "id", "the fence").await, [id.to_string()]);
    assert!(!values(&house, Of::Resource("b24://task/{id}"), "id", "").await.is_empty());
    assert_eq!(values(&house, Of::Resource("b24://task/{id}"), "id", "%no such%").await, [""; 0]);
}

#[tokio::test]
async fn groups_are_offered_by_name_and_columns_by_their_group() {
    let house = House::open().await;
    let groups = values(&house, PERSON.0, "project", "").await;
    assert!(!groups.is_empty());
    let part: String = groups[0].chars().skip(1).take(4).collect();
    assert!(values(&house, PERSON.0, "project", &part).await.contains(&groups[0]));
    house.traffic();

    let stage = (Of::Prompt("meeting_plan"), "stage");
    let given = BTreeMap::from([("project".to_owned(), groups[0].clone())]);
    let columns = complete(&house.catalogue, &house.visit(), stage.0, stage.1, "", &given).await.unwrap();
    assert!(columns.values.len() > 2, "{columns:?}");
    assert_eq!(house.traffic(), "sonet_group.get\ntask.stages.get");
    let first: String = columns.values[0].chars().take(3).collect();
    let narrowed =
        complete(&house.catalogue, &house.visit(), stage.0, stage.1, &first, &given).await.unwrap();
    assert!(narrowed.values.contains(&columns.values[0]), "{narrowed:?}");
}

#[tokio::test]
async fn what_cannot_be_asked_or_may_not_be_seen_is_offered_as_nothing() {
    let house = House::acting_as(WebhookSpec::of(1).scopes(["task"])).await;
    assert_eq!(offer(&house, PERSON.0, PERSON.1, "Ив").await, Some(Completion::default()));
    let mut house = House::open().await;
    house.policy = Policy { exclude: ["b24_user_find".to_owned()].into(), ..Policy::default() };
    assert_eq!(offer(&house, PERSON.0, PERSON.1, "Ив").await, Some(Completion::default()));
    assert_eq!(house.traffic(), "");
    for (of, argument) in [
        (Of::Prompt("nonsense"), "person"),
        (Of::Prompt("attention"), "nonsense"),
        (Of::Resource("b24://task/field"), "id"),
        (Of::Resource("b24://task/{id}"), "id2"),
    ] {
        assert_eq!(offer(&house, of, argument, "x").await, None, "{of:?} {argument}");
    }
}
