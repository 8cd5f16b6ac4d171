//! `calendar.settings.get`: working hours and holidays, as a planner of tasks asks for them. The calendar itself is
//! not in the box.

use serde_json::json;

use super::{Call, Method};
use crate::wire::answer_v2::Outcome;

pub(super) const METHODS: &[Method] =
    &[Method { name: "calendar.settings.get", scopes: &["calendar"], run: settings }];

fn settings(_: &mut Call<'_>) -> Outcome {
    Ok(json!({
        "work_time_start": "9",
        "work_time_end": "19",
        "year_holidays": "1.01,2.01,7.01,23.02,8.03,1.05,9.05,12.06,4.11",
        "year_workdays": "31.12",
        "week_holidays": ["SA", "SU"],
        "week_start": "MO",
        "user_name_template": "#NAME# #LAST_NAME#",
        "sync_by_push": false,
        "user_show_login": true,
        "path_to_user": "/company/personal/user/#user_id#/",
        "path_to_user_calendar": "/company/personal/user/#user_id#/calendar/",
        "path_to_group": "/workgroups/group/#group_id#/",
        "path_to_group_calendar": "/workgroups/group/#group_id#/calendar/",
        "path_to_vr": "",
        "path_to_rm": "",
        "rm_iblock_type": "",
        "rm_iblock_id": "",
        "dep_manager_sub": true,
        "denied_superpose_types": [],
        "pathes_for_sites": "",
        "forum_id": "8",
        "rm_for_sites": true,
        "path_to_type_company_calendar": "",
        "path_to_type_location": "",
        "path_to_type_open_event": "",
    })
    .into())
}
