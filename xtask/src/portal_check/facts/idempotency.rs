//! `Idempotency-Key`: a call that is sent twice runs once.

use crate::portal_check::fact::{Family, fact, v2, v3};
use crate::portal_check::want::{Kind, Want};

const THIRD: &str = "api-reference/rest-v3.md";

const NEW: &str = r#"{"fields":{"title":"<word> once","creatorId":<me>,"responsibleId":<me>}}"#;
const OTHER: &str = r#"{"fields":{"title":"<word> twice","creatorId":<me>,"responsibleId":<me>}}"#;

pub(crate) static FAMILY: Family = Family {
    name: "idempotency",
    scopes: &["task", "tasks"],
    writes: true,
    facts: &[
        fact(
            "idempotency.first",
            THIRD,
            "The first call runs, and its key comes back in a header.",
            v3("tasks.task.add", NEW).key("<word>"),
            &[
                Want::Status(200),
                Want::Header("idempotency-key", "<word>"),
                Want::NoHeader("idempotent-replayed"),
            ],
        )
        .keeping(&[("i_task", "/result/item/id")]),
        fact(
            "idempotency.replay",
            THIRD,
            "The same call with the same key is answered with what was stored.",
            v3("tasks.task.add", NEW).key("<word>"),
            &[
                Want::Status(200),
                Want::Is("/result/item/id", "<i_task>"),
                Want::Header("idempotent-replayed", "true"),
                Want::Header("idempotency-key", "<word>"),
            ],
        ),
        fact(
            "idempotency.once",
            THIRD,
            "The call that was sent twice created one task.",
            v2("tasks.task.list", r#"{"filter":{"TITLE":"<word> once"},"select":["ID"]}"#),
            &[Want::Count("/result/tasks", 1)],
        ),
        fact(
            "idempotency.reused",
            THIRD,
            "The same key with another body is IDEMPOTENCYKEYREUSEDEXCEPTION with status 422.",
            v3("tasks.task.add", OTHER).key("<word>"),
            &[
                Want::Status(422),
                Want::Is("/error/code", "\"BITRIX_REST_V3_EXCEPTION_IDEMPOTENCYKEYREUSEDEXCEPTION\""),
            ],
        ),
        fact(
            "idempotency.method",
            THIRD,
            "The same key in another method is another call.",
            v3("tasks.task.update", r#"{"id":<i_task>,"fields":{"title":"<word> once more"}}"#).key("<word>"),
            &[Want::Status(200), Want::NoHeader("idempotent-replayed")],
        ),
        fact(
            "idempotency.error",
            THIRD,
            "A refusal is not stored: the call runs again.",
            v3("tasks.task.add", r#"{"fields":{}}"#).key("<word>e"),
            &[Want::Status(400), Want::NoHeader("idempotent-replayed")],
        ),
        fact(
            "idempotency.long",
            THIRD,
            "A key of more than 255 letters is INVALIDIDEMPOTENCYKEYEXCEPTION with status 400.",
            v3("tasks.task.add", OTHER).key(LONG),
            &[
                Want::Status(400),
                Want::Is("/error/code", "\"BITRIX_REST_V3_EXCEPTION_INVALIDIDEMPOTENCYKEYEXCEPTION\""),
            ],
        ),
        fact(
            "idempotency.classic",
            THIRD,
            "The classic API does not know the key.",
            v2("tasks.task.add", r#"{"fields":{"TITLE":"<word> old","RESPONSIBLE_ID":<me>}}"#).key("<word>o"),
            &[Want::Status(200), Want::Kind("/result/task/id", Kind::Digits)],
        )
        .keeping(&[("i_old", "/result/task/id")]),
        fact(
            "idempotency.classic.again",
            THIRD,
            "The classic API runs a call with the same key again.",
            v2("tasks.task.add", r#"{"fields":{"TITLE":"<word> old","RESPONSIBLE_ID":<me>}}"#).key("<word>o"),
            &[
                Want::Status(200),
                Want::Kind("/result/task/id", Kind::Digits),
                Want::NoHeader("idempotent-replayed"),
            ],
        )
        .keeping(&[("i_older", "/result/task/id")]),
    ],
};

macro_rules! sixty_four {
    () => {
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
    };
}

/// 256 letters.
const LONG: &str = concat!(sixty_four!(), sixty_four!(), sixty_four!(), sixty_four!());
