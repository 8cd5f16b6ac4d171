//! Lists of tasks, as `tasks.task.list` gives them.

use crate::portal_check::fact::{Family, fact, v2};
use crate::portal_check::want::{Kind, Want};

const LIST: &str = "api-reference/tasks/tasks-task-list.md";
const SPEED: &str = "settings/performance/huge-data.md";

pub(crate) static FAMILY: Family = Family {
    name: "tasks_list",
    scopes: &["task"],
    writes: false,
    facts: &[
        fact(
            "tasks_list.tasks",
            LIST,
            "The tasks stand in `result.tasks`, a list.",
            v2("tasks.task.list", r#"{"select":["ID"]}"#),
            &[Want::Status(200), Want::Kind("/result/tasks", Kind::List)],
        ),
        fact(
            "tasks_list.id",
            LIST,
            "The id of a task is a number written as text.",
            v2("tasks.task.list", r#"{"select":["ID"]}"#),
            &[Want::Every("/result/tasks", "/id", Kind::Digits)],
        ),
        fact(
            "tasks_list.newest",
            LIST,
            "Tasks come by falling id unless asked otherwise.",
            v2("tasks.task.list", r#"{"select":["ID"]}"#),
            &[Want::Falling("/result/tasks", "/id")],
        ),
        fact(
            "tasks_list.order",
            LIST,
            "`order` by ID in capitals grows.",
            v2("tasks.task.list", r#"{"order":{"ID":"ASC"},"select":["ID"]}"#),
            &[Want::Growing("/result/tasks", "/id")],
        ),
        fact(
            "tasks_list.order.unknown",
            LIST,
            "A field that cannot be sorted by is the code \"0\" with status 400.",
            v2("tasks.task.list", r#"{"order":{"NO_SUCH_FIELD":"asc"}}"#),
            &[Want::Status(400), Want::Is("/error", "\"0\"")],
        ),
        fact(
            "tasks_list.camel",
            LIST,
            "Fields are asked for in capitals and answered in camelCase.",
            v2("tasks.task.list", r#"{"select":["ID","RESPONSIBLE_ID","CREATED_DATE"]}"#),
            &[
                Want::Every("/result/tasks", "/responsibleId", Kind::Digits),
                Want::Every("/result/tasks", "/createdDate", Kind::Moment),
            ],
        ),
        fact(
            "tasks_list.title",
            LIST,
            "The title is a text.",
            v2("tasks.task.list", r#"{"select":["ID","TITLE"]}"#),
            &[Want::Every("/result/tasks", "/title", Kind::Text)],
        ),
        fact(
            "tasks_list.status",
            LIST,
            "The status is a number written as text.",
            v2("tasks.task.list", r#"{"select":["ID","STATUS"]}"#),
            &[Want::Every("/result/tasks", "/status", Kind::Digits)],
        ),
        fact(
            "tasks_list.deadline",
            LIST,
            "A deadline is a moment with an offset, or nothing.",
            v2("tasks.task.list", r#"{"select":["ID","DEADLINE"]}"#),
            &[Want::Every("/result/tasks", "/deadline", Kind::MomentOrNothing)],
        ),
        fact(
            "tasks_list.people",
            LIST,
            "Observers and co-doers are lists.",
            v2("tasks.task.list", r#"{"select":["ID","AUDITORS","ACCOMPLICES"]}"#),
            &[
                Want::Every("/result/tasks", "/auditors", Kind::List),
                Want::Every("/result/tasks", "/accomplices", Kind::List),
            ],
        ),
        fact(
            "tasks_list.responsible",
            LIST,
            "The responsible person is told with an id, a name, a link and an icon.",
            v2("tasks.task.list", r#"{"select":["ID","RESPONSIBLE_ID"]}"#),
            &[
                Want::Every("/result/tasks", "/responsible/id", Kind::Digits),
                Want::Every("/result/tasks", "/responsible/name", Kind::Text),
                Want::Every("/result/tasks", "/responsible/link", Kind::Text),
                Want::Every("/result/tasks", "/responsible/icon", Kind::Text),
            ],
        ),
        fact(
            "tasks_list.group",
            LIST,
            "A task without a project has `[]` for it, a task in one a map.",
            v2("tasks.task.list", r#"{"select":["ID","GROUP_ID"]}"#),
            &[Want::Every("/result/tasks", "/group", Kind::MapOrEmpty)],
        ),
        fact(
            "tasks_list.by-id",
            LIST,
            "A filter by ID finds one task.",
            v2("tasks.task.list", r#"{"filter":{"ID":<task>},"select":["ID"]}"#),
            &[
                Want::Count("/result/tasks", 1),
                Want::Is("/result/tasks/0/id", "\"<task>\""),
                Want::Is("/total", "1"),
            ],
        ),
        fact(
            "tasks_list.not",
            LIST,
            "`!` turns a condition around.",
            v2(
                "tasks.task.list",
                r#"{"order":{"ID":"asc"},"filter":{"<=ID":<later>,"!ID":<task>},"select":["ID"]}"#,
            ),
            &[Want::EveryIs("/result/tasks", "/id", "\"<later>\"")],
        ),
        fact(
            "tasks_list.beyond",
            LIST,
            "`>` leaves out the value itself.",
            v2("tasks.task.list", r#"{"filter":{">ID":<task>,"<=ID":<task>},"select":["ID"]}"#),
            &[Want::Count("/result/tasks", 0)],
        ),
        fact(
            "tasks_list.up-to",
            LIST,
            "`>=` and `<=` take in the value itself.",
            v2("tasks.task.list", r#"{"filter":{">=ID":<task>,"<=ID":<task>},"select":["ID"]}"#),
            &[Want::Count("/result/tasks", 1)],
        ),
        fact(
            "tasks_list.below",
            LIST,
            "`<` leaves out the value itself.",
            v2("tasks.task.list", r#"{"filter":{"<ID":<later>,">=ID":<task>},"select":["ID"]}"#),
            &[Want::EveryIs("/result/tasks", "/id", "\"<task>\"")],
        ),
        fact(
            "tasks_list.none",
            LIST,
            "A filter that lets nothing through answers no tasks and a total of 0.",
            v2("tasks.task.list", r#"{"filter":{"TITLE":"<word>"},"select":["ID"]}"#),
            &[
                Want::Status(200),
                Want::Count("/result/tasks", 0),
                Want::Is("/total", "0"),
                Want::Absent("/next"),
            ],
        ),
        fact(
            "tasks_list.mine",
            LIST,
            "RESPONSIBLE_ID is a filter.",
            v2("tasks.task.list", r#"{"filter":{"RESPONSIBLE_ID":<me>},"select":["ID","RESPONSIBLE_ID"]}"#),
            &[Want::EveryIs("/result/tasks", "/responsibleId", "\"<me>\"")],
        ),
        fact(
            "tasks_list.created-by",
            LIST,
            "CREATED_BY is a filter.",
            v2("tasks.task.list", r#"{"filter":{"CREATED_BY":<me>},"select":["ID","CREATED_BY"]}"#),
            &[Want::EveryIs("/result/tasks", "/createdBy", "\"<me>\"")],
        ),
        fact(
            "tasks_list.completed",
            LIST,
            "REAL_STATUS 5 finds completed tasks.",
            v2("tasks.task.list", r#"{"filter":{"REAL_STATUS":5},"select":["ID","STATUS"]}"#),
            &[Want::EveryIs("/result/tasks", "/status", "\"5\"")],
        ),
        fact(
            "tasks_list.important",
            LIST,
            "PRIORITY is a filter, and told as text.",
            v2("tasks.task.list", r#"{"filter":{"PRIORITY":2},"select":["ID","PRIORITY"]}"#),
            &[Want::EveryIs("/result/tasks", "/priority", "\"2\"")],
        ),
        fact(
            "tasks_list.pattern",
            LIST,
            "A title is looked for by a pattern with %.",
            v2("tasks.task.list", r#"{"filter":{"TITLE":"%<word>%"},"select":["ID"]}"#),
            &[Want::Status(200), Want::Count("/result/tasks", 0)],
        ),
        fact(
            "tasks_list.favourite",
            LIST,
            "Favourites are asked for through `::SUBFILTER-PARAMS`.",
            v2("tasks.task.list", r#"{"filter":{"::SUBFILTER-PARAMS":{"FAVORITE":"Y"}},"select":["ID"]}"#),
            &[Want::Status(200), Want::Kind("/result/tasks", Kind::List)],
        ),
        fact(
            "tasks_list.substatus",
            LIST,
            "A list tells the status for sorting in `subStatus`.",
            v2("tasks.task.list", r#"{"select":["ID","STATUS"]}"#),
            &[Want::Every("/result/tasks", "/subStatus", Kind::Digits)],
        ),
        fact(
            "tasks_list.results",
            LIST,
            "WITH_RESULT_INFO adds whether there is a result.",
            v2(
                "tasks.task.list",
                r#"{"filter":{"ID":<task>},"select":["ID"],"params":{"WITH_RESULT_INFO":"Y"}}"#,
            ),
            &[
                Want::Every("/result/tasks", "/taskHasResult", Kind::YesNo),
                Want::Every("/result/tasks", "/taskRequireResult", Kind::YesNo),
            ],
        ),
        fact(
            "tasks_list.timer",
            LIST,
            "WITH_TIMER_INFO adds whether the caller's timer runs.",
            v2(
                "tasks.task.list",
                r#"{"filter":{"ID":<task>},"select":["ID"],"params":{"WITH_TIMER_INFO":"Y"}}"#,
            ),
            &[Want::Every("/result/tasks", "/timerIsRunningForCurrentUser", Kind::YesNo)],
        ),
        fact(
            "tasks_list.uncounted",
            SPEED,
            "With `start=-1` a page of up to 50 records comes without a count.",
            v2("tasks.task.list", r#"{"order":{"ID":"asc"},"filter":{">ID":0},"select":["ID"],"start":-1}"#),
            &[Want::Status(200), Want::AtMost("/result/tasks", 50), Want::Growing("/result/tasks", "/id")],
        ),
    ],
};
