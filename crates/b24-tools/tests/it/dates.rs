//! Dates as they are said, and when the company works.

use std::sync::Arc;

use b24_sim::WebhookSpec;
use insta::assert_snapshot;
use jiff::tz::{TimeZone, offset};
use serde_json::{Value, json};

use crate::house::House;

/// The deadline of a task that was created with `said`, its zone and its notes.
async fn due(house: &House, said: &str) -> String {
    let answer =
        house.call("b24_task_create", json!({ "title": "A", "responsibleId": 1, "deadline": said })).await;
    let told = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    match answer["code"].as_str() {
        Some(_) => told(&answer["message"]),
        None => format!("{} {} {}", told(&answer["deadline"]), told(&answer["timeZone"]), answer["notes"]),
    }
}

#[tokio::test]
async fn a_plain_day_ends_with_the_hours_of_the_portal_and_a_day_off_is_kept_and_said() {
    let house = House::open().await;
    house.traffic();
    let mut told = Vec::new();
    for said in
        ["monday", "sunday", "2027-01-01", "2026-12-31", "sunday 12:00", "2027-03-08T12:00:00Z", "none"]
    {
        told.push(format!("{said}: {}", due(&house, said).await));
    }
    assert_snapshot!(told.join("\n"));
    let asked: Vec<String> =
        house.traffic().lines().filter(|line| line.starts_with("cal")).map(str::to_owned).collect();
    assert_eq!(asked, ["calendar.settings.get"], "asked once, and remembered");
    // Whoever plans the start of work means its beginning.
    let task = house.task("Planned").await;
    let fields = json!({ "START_DATE_PLAN": "monday", "END_DATE_PLAN": "2026-10-24" });
    let answer = house.call("b24_task_update", json!({ "taskId": task, "fields": fields })).await;
    assert_eq!(answer["changed"]["startDatePlan"]["to"], "2026-10-19T09:00:00+03:00");
    assert_eq!(answer["notes"], json!(["2026-10-24 is a Saturday, a day off on this portal"]));
}

#[tokio::test]
async fn a_date_that_names_its_time_does_not_ask_the_calendar() {
    let house = House::open().await;
    house.traffic();
    due(&house, "tomorrow 18:00").await;
    due(&house, "+4h").await;
    assert_snapshot!(house.traffic(), @r"
    tasks.task.add
    tasks.task.add
    ");
}

#[tokio::test]
async fn a_calendar_that_may_not_be_read_leaves_six_o_clock_and_no_day_off() {
    let house = House::acting_as(WebhookSpec::of(1).scopes(["task"])).await;
    assert_snapshot!(due(&house, "sunday").await, @"2026-10-18T18:00:00+03:00 Europe/Moscow null");
    assert_snapshot!(due(&house, "monday").await, @"2026-10-19T18:00:00+03:00 Europe/Moscow null");
    assert_snapshot!(house.traffic(), @r"
    calendar.settings.get
    tasks.task.add
    tasks.task.add
    ");
}

#[tokio::test]
async fn every_zone_reads_dates_by_its_own_clocks() {
    let mut told = Vec::new();
    for (zone, said) in [
        ("Europe/Berlin", ["2026-10-25", "2026-10-25 02:30", "2027-03-28 02:30", "2026-10-26"]),
        ("America/New_York", ["2026-11-01", "2026-11-01 01:30", "2027-03-14 02:30", "+3w"]),
        ("Asia/Kolkata", ["today", "2026-10-25 02:30", "tomorrow 00:15", "+2d"]),
        ("Pacific/Apia", ["today", "friday", "2011-12-30", "2011-12-30 12:00"]),
    ] {
        let mut house = House::open().await;
        house.tenant.zone = Arc::new(TimeZone::get(zone).unwrap());
        for said in said {
            told.push(format!("{zone} {said}: {}", due(&house, said).await));
        }
    }
    let mut house = House::open().await;
    house.tenant.zone = Arc::new(TimeZone::fixed(offset(2)));
    for said in ["monday", "2027-07-01 12:00", "2027-07-01T12:00:00+02:00"] {
        told.push(format!("+02:00 {said}: {}", due(&house, said).await));
    }
    assert_snapshot!(told.join("\n"));
}

#[tokio::test]
async fn a_filter_takes_the_whole_of_a_day_however_long_it_is() {
    let mut house = House::open().await;
    house.tenant.zone = Arc::new(TimeZone::get("America/Havana").unwrap());
    assert_eq!(house.code("b24_task_list", json!({ "filter": { "DEADLINE": "2026-11-01" } })).await, "ok");
    assert_snapshot!(house.portal.traffic()[0].params["filter"]);
}

#[tokio::test]
async fn dates_are_told_in_the_zone_of_the_acting_person_wherever_they_are_told() {
    let mut house = House::open().await;
    house.tenant.zone = Arc::new(TimeZone::get("America/New_York").unwrap());
    let asked = json!({ "title": "Zoned", "responsibleId": 1, "deadline": "monday" });
    let id = house.call("b24_task_create", asked).await["id"].as_u64().unwrap();
    let told = house.call("b24_task_get", json!({ "taskId": id })).await;
    assert_eq!(told["deadline"], "2026-10-19T19:00:00-04:00");
    let listed = house.call("b24_task_list", json!({ "filter": { "ID": id } })).await;
    assert_eq!(listed["tasks"][0]["deadline"], "2026-10-19T19:00:00-04:00");
    let moved = house.call("b24_task_update", json!({ "taskId": id, "deadline": "+4w" })).await;
    // Over the clock change, at the same hour.
    let change = json!({ "from": "2026-10-19T19:00:00-04:00", "to": "2026-11-13T19:00:00-05:00" });
    assert_eq!(moved["changed"]["deadline"], change);
}
