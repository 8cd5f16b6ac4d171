//! A Russian portal: words change, codes do not.

use b24_sim::{Language, Settings};
use insta::assert_snapshot;
use serde_json::json;

use crate::house::{House, refusal, settings, v3_refusal};

async fn russian() -> House {
    House::with(Settings { language: Language::Ru, ..settings() }).await
}

#[tokio::test]
async fn refusals_of_modules_are_russian_and_keep_their_codes() {
    let house = russian().await;
    let id = house.task(json!({ "STATUS": 3 })).await;
    let lines = [
        refusal(&house.call("tasks.task.start", json!({ "taskId": id })).await),
        refusal(&house.call("tasks.task.approve", json!({ "taskId": id })).await),
        refusal(&house.call("tasks.task.add", json!({ "fields": { "RESPONSIBLE_ID": 1 } })).await),
        refusal(&house.call("tasks.task.add", json!({ "fields": { "TITLE": "x" } })).await),
        refusal(
            &house.call("tasks.task.update", json!({ "taskId": id, "fields": { "PARENT_ID": id } })).await,
        ),
        refusal(&house.call("task.checklistitem.add", json!([id, { "SORT_INDEX": 1 }])).await),
        refusal(&house.call("department.add", json!({ "PARENT": 1 })).await),
    ];

    assert_snapshot!(lines.join("\n"), @r"
    400 0: Действие над задачей не разрешено
    400 1048582: Действие над задачей не разрешено
    400 ERROR_CORE: Не указано название задачи<br>
    400 ERROR_CORE: Не указан исполнитель<br>
    400 ERROR_CORE: Невозможно привязать узел к самому себе<br>
    400 ERROR_CORE: TASKS_ERROR_EXCEPTION_#8; Не указано название элемента; 8/TE/ACTION_FAILED_TO_BE_PROCESSED<br>
    400 ERROR_CORE: Не введено название раздела.<br>
    ");
}

#[tokio::test]
async fn refusals_of_the_rest_module_are_english_everywhere() {
    let house = russian().await;
    let lines = [
        refusal(&house.call("no.such", json!({})).await),
        refusal(&house.call("tasks.task.add", json!({})).await),
        refusal(&house.call("tasks.task.get", json!({})).await),
    ];

    assert_snapshot!(lines.join("\n"), @r"
    404 ERROR_METHOD_NOT_FOUND: Method not found!
    400 100: Could not find value for parameter {fields}
    400 100: CTaskItem All parameters in the constructor must have real class type
    ");
}

#[tokio::test]
async fn rest_3_speaks_russian_in_messages_and_validation() {
    let house = russian().await;
    let lines = [
        v3_refusal(&house.v3("tasks.task.get", json!({ "id": "5" })).await),
        v3_refusal(&house.v3("tasks.task.get", json!({})).await),
        v3_refusal(&house.v3("tasks.task.get", json!({ "id": 100_500 })).await),
        v3_refusal(&house.v3("tasks.task.get", json!({ "id": 1, "select": ["responsible.shoe"] })).await),
        v3_refusal(&house.v3("tasks.task.list", json!({ "pagination": { "limit": "abc" } })).await),
        v3_refusal(&house.v3("tasks.task.list", json!({ "filter": [["title", "x"]] })).await),
        v3_refusal(&house.v3("tasks.task.update", json!({ "id": 1, "fields": { "creatorId": 2 } })).await),
        v3_refusal(&house.v3("tasks.task.delete", json!({ "id": 100_500 })).await),
    ];

    assert_snapshot!(lines.join("\n"), @r#"
    400 BITRIX_REST_V3_EXCEPTION_VALIDATION_REQUESTVALIDATIONEXCEPTION: Ошибка при валидации объекта запроса
      id: В поле `id` требуется тип данных `int` для такого запроса
    400 BITRIX_REST_V3_EXCEPTION_VALIDATION_REQUESTVALIDATIONEXCEPTION: Ошибка при валидации объекта запроса
      id: Обязательное поле `id` не указано
    400 BITRIX_REST_V3_EXCEPTION_ENTITYNOTFOUNDEXCEPTION: Запись с ID = `100500` не найдена
    400 BITRIX_REST_V3_EXCEPTION_UNKNOWNDTOPROPERTYEXCEPTION: Неизвестное поле `shoe` для сущности `UserDto`
    400 BITRIX_REST_V3_EXCEPTION_INVALIDPAGINATIONEXCEPTION: Не удается распознать параметр пагинации `{"limit":"abc"}`
    400 BITRIX_REST_V3_EXCEPTION_VALIDATION_REQUESTVALIDATIONEXCEPTION: Ошибка при валидации объекта запроса
      title: В DTO `TaskDto` в поле `title` требуется наличие атрибута `Filterable` для такого запроса
    400 BITRIX_REST_V3_EXCEPTION_VALIDATION_REQUESTVALIDATIONEXCEPTION: Ошибка при валидации объекта запроса
      creatorId: В DTO `TaskDto` в поле `creatorId` требуется наличие атрибута `Editable` для такого запроса
    403 BITRIX_REST_V3_EXCEPTION_ACCESSDENIEDEXCEPTION: Доступ запрещен
    "#);
}

#[tokio::test]
async fn a_batch_speaks_the_language_of_the_portal_too() {
    let house = russian().await;

    let result = house
        .result("batch", json!({ "cmd": { "a": "tasks.task.start?taskId=100500", "b": "no.such" } }))
        .await;

    assert_eq!(
        result["result_error"],
        json!({
            "a": { "error": "0", "error_description": "Действие над задачей не разрешено" },
            "b": { "error": "ERROR_METHOD_NOT_FOUND", "error_description": "Method not found!" },
        })
    );
}

#[tokio::test]
async fn dates_in_the_format_of_the_portal_follow_its_language() {
    let mut dates = Vec::new();
    for language in [Language::En, Language::Ru] {
        let house = House::with(Settings { language, ..settings() }).await;
        let params = json!({ "params": { "groupId": 1 } });
        let group = house.result("socialnetwork.api.workgroup.get", params).await;
        dates.push(group["DATE_CREATE"].as_str().expect("a date").to_owned());
    }
    let (english, russian) = (&dates[0], &dates[1]);
    let parts: Vec<&str> = english.split(['/', ' ']).collect();

    assert_eq!(*russian, format!("{}.{}.{} {}", parts[1], parts[0], parts[2], parts[3]));
}
