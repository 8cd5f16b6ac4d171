//! The invented world: the same for the same seed, and varied enough to be useful.

use b24_sim::{Settings, StartError, WebhookSpec};
use insta::assert_snapshot;

use crate::house::{House, noon, settings};

#[tokio::test]
async fn the_same_seed_gives_the_same_tasks_and_another_seed_gives_others() {
    let tasks = async |seed: u64| {
        let house = House::with(Settings { seed, ..settings() }).await;
        let ids = house.portal.task_ids().into_iter();
        ids.filter_map(|id| house.portal.task(id)).collect::<Vec<_>>()
    };

    let (one, again, other) = (tasks(1).await, tasks(1).await, tasks(2).await);

    assert_eq!(one, again);
    assert_ne!(one, other);
}

#[tokio::test]
async fn seeded_tasks_cover_what_people_ask_about() {
    let house = House::new().await;
    let tasks: Vec<_> = house.portal.task_ids().into_iter().filter_map(|id| house.portal.task(id)).collect();
    let count = |test: &dyn Fn(&b24_sim::TaskFacts) -> bool| tasks.iter().filter(|task| test(task)).count();
    let mut lines = vec![format!("all: {}", tasks.len())];
    for status in 2..=6 {
        lines.push(format!("status {status}: {}", count(&|task| task.status == status)));
    }
    let overdue = |task: &b24_sim::TaskFacts| task.status < 4 && task.deadline.is_some_and(|at| at < noon());
    lines.push(format!("overdue: {}", count(&overdue)));
    lines.push(format!("without a deadline: {}", count(&|task| task.deadline.is_none())));
    lines.push(format!("BBCode: {}", count(&|task| task.description.contains("[B]"))));
    lines.push(format!("with a checklist: {}", count(&|task| !task.checklist.is_empty())));
    lines.push(format!("with comments: {}", count(&|task| !task.comments.is_empty())));
    lines.push(format!("with a chat: {}", count(&|task| task.new_card)));
    lines.push(format!("in a group: {}", count(&|task| task.group != 0)));
    lines.push(format!("with tags: {}", count(&|task| !task.tags.is_empty())));
    lines.push(format!("subtasks: {}", count(&|task| task.parent.is_some())));
    assert_snapshot!(lines.join("\n"), @r"
    all: 40
    status 2: 7
    status 3: 19
    status 4: 1
    status 5: 10
    status 6: 3
    overdue: 8
    without a deadline: 8
    BBCode: 9
    with a checklist: 14
    with comments: 3
    with a chat: 26
    in a group: 6
    with tags: 24
    subtasks: 5
    ");
}

#[tokio::test]
async fn nobody_gets_no_webhook() {
    let house = House::new().await;

    let error = house.portal.add_webhook(WebhookSpec::of(99)).expect_err("refused");

    assert!(matches!(error, StartError::NoSuchUser(99, 12)));
    assert_snapshot!(error, @"there is no person 99 to make a webhook for: the portal has people 1 to 12");
}

#[tokio::test]
async fn a_portal_that_stopped_no_longer_answers() {
    let house = House::new().await;
    let address = house.portal.address();

    house.portal.stop().await;

    assert!(tokio::net::TcpStream::connect(address).await.is_err());
}
