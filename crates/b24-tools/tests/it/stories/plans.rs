//! Errands that plan work: what belongs together, and what waits for what.

use std::collections::BTreeSet;

use b24_rest::{methods::dependence, wire};
use serde_json::{Value, json};

use super::{asks_first, at, create, done, hire, portal, touched};
use crate::house::House;

/// "Plan the fair from these meeting notes": a parent, three parts for three people, and a checklist.
#[tokio::test]
async fn meeting_notes_become_a_task_with_three_parts_people_deadlines_and_a_checklist() {
    let house = House::open().await;
    let people = [
        hire(&house, ["Юлия", "Олеговна", "Щербакова"]),
        hire(&house, ["Mikhail", "", "Khabarov"]),
        hire(&house, ["Jürgen", "", "Müller"]),
    ];
    let before = portal(&house);

    let parent = create(&house, json!({ "title": "Messe", "responsibleId": "me", "deadline": "+2w" })).await;
    let mut parts = Vec::new();
    for (title, who, deadline) in [
        ("Стенд заказать", "Julia Shcherbakova", "tomorrow 18:00"),
        ("Print the flyers", "Михаил Хабаров", "monday"),
        ("Hotel buchen", "Мюллер", "2026-10-21 12:00"),
    ] {
        let part = json!({ "title": title, "responsibleId": who, "deadline": deadline, "parentId": parent });
        parts.push(create(&house, part).await);
    }
    let item = |title: &'static str, heading: Value| {
        let asked = json!({ "taskId": parent, "title": title, "parentId": heading });
        async { done(&house, "b24_task_checklist_item_add", asked).await["itemId"].clone() }
    };
    let heading = item("Before we leave", json!(0)).await;
    for title in ["Badges", "Визитки"] {
        item(title, heading.clone()).await;
    }

    let mut made = vec![parent];
    made.extend(&parts);
    assert_eq!(touched(&before, &house), made);
    let fair = house.portal.task(parent).unwrap();
    assert_eq!((fair.title.as_str(), fair.responsible, fair.parent), ("Messe", 1, None));
    assert_eq!(fair.deadline, at("2026-10-30T19:00:00+03:00"));
    let heading = wire::id(&heading).unwrap();
    let list: Vec<_> = fair.checklist.iter().map(|item| (item.title.as_str(), item.parent)).collect();
    assert_eq!(list, [("Before we leave", 0), ("Badges", heading), ("Визитки", heading)]);
    let due = ["2026-10-17T18:00:00+03:00", "2026-10-19T19:00:00+03:00", "2026-10-21T12:00:00+03:00"];
    for ((id, person), due) in parts.into_iter().zip(people).zip(due) {
        let part = house.portal.task(id).unwrap();
        assert_eq!((part.parent, part.responsible, part.deadline), (Some(parent), person, at(due)));
    }
}

/// "The launch waits for these three." Then: "not for the flyers, after all."
#[tokio::test]
async fn the_launch_waits_for_three_tasks_and_then_for_two() {
    let house = House::open().await;
    let launch = house.task("Launch").await;
    let three = [house.task("Texts").await, house.task("Photos").await, house.task("Flyers").await];
    let before = portal(&house);
    let waits_for = async |id: u64| {
        let told = house.rest(&dependence::DEPENDS_ON, json!({ "TASKID": id })).await;
        wire::rows(&told).unwrap().into_iter().filter_map(wire::id).collect::<BTreeSet<_>>()
    };

    let after = json!({ "taskIdTo": launch, "taskIdFrom": three, "linkType": 2 });
    done(&house, "b24_task_dependency_add", after).await;
    assert_eq!(waits_for(launch).await, BTreeSet::from(three));

    let mut less = json!({ "taskIdTo": launch, "taskIdFrom": three[2] });
    let tool = "b24_task_dependency_remove";
    asks_first(&house, tool, less.clone(), "DELETE_NEEDS_CONFIRM").await;
    assert_eq!(waits_for(launch).await, BTreeSet::from(three));
    less["confirmDelete"] = json!(true);
    done(&house, tool, less).await;
    assert_eq!(waits_for(launch).await, BTreeSet::from([three[0], three[1]]));
    for id in three {
        assert_eq!(waits_for(id).await, BTreeSet::new());
    }
    assert_eq!(touched(&before, &house), [0; 0]);
}
