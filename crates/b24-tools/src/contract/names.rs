//! Names that tools had before.

/// The name now, and the name before.
pub(crate) const OLD: [(&str, &str); 30] = [
    ("b24_user_me", "bitrix24_current_user"),
    ("b24_user_find", "bitrix24_find_user"),
    ("b24_task_create", "bitrix24_create_task"),
    ("b24_task_list", "bitrix24_list_tasks"),
    ("b24_task_update", "bitrix24_update_task"),
    ("b24_task_start", "bitrix24_start_task"),
    ("b24_task_pause", "bitrix24_pause_task"),
    ("b24_task_complete", "bitrix24_complete_task"),
    ("b24_task_approve", "bitrix24_approve_task"),
    ("b24_task_disapprove", "bitrix24_disapprove_task"),
    ("b24_task_defer", "bitrix24_defer_task"),
    ("b24_task_renew", "bitrix24_renew_task"),
    ("b24_task_rate", "bitrix24_rate_task"),
    ("b24_task_comment_add", "bitrix24_add_task_comment"),
    ("b24_task_checklist_item_add", "bitrix24_add_checklist_item"),
    ("b24_task_checklist_item_list", "bitrix24_list_checklist_items"),
    ("b24_task_checklist_item_complete", "bitrix24_complete_checklist_item"),
    ("b24_task_checklist_item_renew", "bitrix24_renew_checklist_item"),
    ("b24_task_checklist_item_delete", "bitrix24_delete_checklist_item"),
    ("b24_task_result_add", "bitrix24_add_task_result"),
    ("b24_task_result_list", "bitrix24_list_task_results"),
    ("b24_task_result_update", "bitrix24_update_task_result"),
    ("b24_task_result_delete", "bitrix24_delete_task_result"),
    ("b24_task_elapsed_time_add", "bitrix24_add_elapsed_time"),
    ("b24_task_elapsed_time_list", "bitrix24_list_elapsed_time"),
    ("b24_task_elapsed_time_update", "bitrix24_update_elapsed_time"),
    ("b24_task_elapsed_time_delete", "bitrix24_delete_elapsed_time"),
    ("b24_task_dependency_add", "bitrix24_add_task_dependency"),
    ("b24_task_dependency_remove", "bitrix24_remove_task_dependency"),
    ("b24_task_dependency_list", "bitrix24_list_task_dependencies"),
];

/// The name now of a tool that is asked for by the name it had, or has.
pub(crate) fn present(name: &str) -> &str {
    OLD.iter().find(|(_, old)| *old == name).map_or(name, |(now, _)| now)
}
