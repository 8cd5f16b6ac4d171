//! What a Russian portal says instead. Codes never change; only words do, and only those that modules say: refusals of
//! the REST module itself are English on every portal.
//!
//! Methods word their refusals in English; here the same sentence is found in the other language, as the Russian edition
//! of the documents has it. A sentence that is not in the table stays as it is, as on a portal with gaps in its
//! translation.

use std::borrow::Cow;

use crate::settings::Language;

/// English and Russian; `{}` stands for a part that is carried over. More specific sentences come first.
const PAIRS: [(&str, &str); 88] = [
    // Tasks, classic.
    ("Action on the task is not allowed", "Действие над задачей не разрешено"),
    ("No access to delete the task", "Нет доступа к удалению задачи"),
    ("No access to edit the task", "Нет доступа к редактированию задачи"),
    ("Task title is not specified", "Не указано название задачи"),
    ("Task title not specified", "Не указано название задачи"),
    ("Responsible person not specified", "Не указан исполнитель"),
    (
        "The user specified in the \"Responsible\" field was not found",
        "Пользователь указанный в поле \"Исполнитель\" не найден",
    ),
    (
        "User specified in the \"Responsible\" field not found",
        "Пользователь указанный в поле \"Исполнитель\" не найден",
    ),
    (
        "User specified in the \"Executor\" field not found",
        "Пользователь указанный в поле \"Исполнитель\" не найден",
    ),
    (
        "The user specified in the \"Creator\" field was not found",
        "Пользователь указанный в поле \"Постановщик\" не найден",
    ),
    (
        "The task specified in the \"Parent Task\" field was not found",
        "Задача указанная в поле \"Надзадача\" не найдена",
    ),
    (
        "Task specified in the \"Parent Task\" field not found",
        "Задача указанная в поле \"Надзадача\" не найдена",
    ),
    ("Cannot bind the node to itself", "Невозможно привязать узел к самому себе"),
    ("Cannot bind a node to itself", "Невозможно привязать узел к самому себе"),
    ("Creating cyclic links in tasks is prohibited", "Создание зацикленных связей в задачах запрещено"),
    ("Invalid status", "Некорректный статус"),
    ("Incorrect status", "Некорректный статус"),
    (
        "The end date specified in the scheduling is earlier than the start date",
        "В планировании сроков указана дата окончания меньшая даты старта",
    ),
    (
        "The end date specified in the planning is earlier than the start date",
        "В планировании сроков указана дата окончания меньшая даты старта",
    ),
    (
        "The duration of the task specified in the scheduling is too long",
        "В планировании сроков указана слишком большая длительность задачи",
    ),
    (
        "The planning duration specified is too long",
        "В планировании сроков указана слишком большая длительность задачи",
    ),
    ("Invalid sorting key", "Неверный ключ сортировки"),
    ("Required field {} value not entered", "Не введено значение обязательного поля {}"),
    // Checklists, comments, elapsed time, links, stages, flows.
    ("Adding item: action not allowed", "Добавление элемента: действие недоступно"),
    ("Adding item: action unavailable", "Добавление элемента: действие недоступно"),
    ("Updating item: action not allowed", "Обновление элемента: действие недоступно"),
    ("Deleting item: action not allowed", "Удаление элемента: действие недоступно"),
    ("Moving item: action not allowed", "Перемещение элемента: действие недоступно"),
    ("Item name not specified", "Не указано название элемента"),
    (
        "Incorrect value [{}] specified for field [{}] in item [{}]",
        "Указано некорректное значение [{}] для поля [{}] в элементе [{}]",
    ),
    ("Comment text is not specified", "Не указан текст комментария"),
    ("Comment text not specified", "Не указан текст комментария"),
    ("Insufficient permissions to add a comment", "Недостаточно прав для добавления комментария"),
    ("File not found", "Не удалось найти файл"),
    ("Insufficient permissions", "Недостаточно прав"),
    ("Task not found", "Задача не найдена"),
    ("Action not allowed", "Действие не разрешено"),
    ("Unknown error", "Неизвестная ошибка"),
    ("Invalid method parameters provided", "Переданы неверные параметры метода"),
    ("A link between tasks already exists", "Связь между задачами уже существует"),
    ("The dependency between tasks does not exist", "Связь между задачами не существует"),
    ("Unable to add a link between tasks", "Невозможно добавить связь между задачами"),
    ("It is not possible to delete the dependency between tasks", "Невозможно удалить связь между задачами"),
    ("Stage title is not specified", "Не указан заголовок стадии"),
    ("Stage not found", "Стадия не найдена"),
    ("You do not have permission to manage stages", "Вы не можете управлять стадиями"),
    ("You cannot view stages in this group", "Вы не можете просматривать стадии в этой группе"),
    ("You cannot modify stages in this group", "Вы не можете изменять стадии в этой группе"),
    ("You cannot manage stages", "Вы не можете управлять стадиями"),
    ("The default stage cannot be deleted", "Стадия, установленная по умолчанию, не может быть удалена"),
    ("You cannot move this task", "Вы не можете перемещать эту задачу"),
    ("Task not found or access to it is denied", "Задача не найдена или доступ к ней запрещен"),
    ("Access denied or flow not found", "Доступ запрещен или поток не найден"),
    ("A flow with this name already exists", "Поток с таким названием уже существует"),
    // Groups, departments, chats, files.
    ("No value for the workgroup ID was provided", "Не передано значение ID рабочей группы"),
    ("Workgroup not found", "Рабочая группа не найдена"),
    ("Department name not provided", "Не введено название раздела"),
    (
        "There can only be one top-level department in the company structure",
        "В структуре компании должен быть только один раздел верхнего уровня",
    ),
    ("A file with this name already exists", "Файл с таким именем уже есть"),
    (
        "Insufficient permissions to add participants to the chat",
        "Недостаточно прав на добавление участников в чат",
    ),
    ("The specified user is not in the chat", "Указанный пользователь не состоит в чате"),
    ("Error creating message", "Ошибка при создании сообщения"),
    // REST 3.0.
    ("Access denied", "Доступ запрещен"),
    ("Error during request object validation", "Ошибка при валидации объекта запроса"),
    ("Error during object validation", "Ошибка при валидации объекта"),
    ("Required field `{}` is missing", "Обязательное поле `{}` не указано"),
    ("Required field `{}` is not specified", "Обязательное поле `{}` не указано"),
    (
        "Field `{}` requires data type `{}` for this request",
        "В поле `{}` требуется тип данных `{}` для такого запроса",
    ),
    ("Field `{}` must not be empty", "Значение поля `{}` не может быть пустым"),
    ("Field `{}` is not available for filling", "Поле `{}` не доступно к заполнению"),
    ("Field `{}` not found", "Поле `{}` не найдено"),
    ("The field value cannot be empty", "Значение поля не может быть пустым"),
    ("Unknown field `{}` for entity `{}`", "Неизвестное поле `{}` для сущности `{}`"),
    ("Record with ID = `{}` not found", "Запись с ID = `{}` не найдена"),
    (
        "In DTO `{}`, the `{}` field requires the `{}` attribute for such a request",
        "В DTO `{}` в поле `{}` требуется наличие атрибута `{}` для такого запроса",
    ),
    (
        "In DTO `{}`, the field `{}` requires the presence of the `{}` attribute for such a request",
        "В DTO `{}` в поле `{}` требуется наличие атрибута `{}` для такого запроса",
    ),
    (
        "A filter for the required field `{}` must be specified",
        "Требуется указать фильтр по обязательному полю `{}`",
    ),
    ("Unknown filter operator `{}`", "Неизвестный оператор фильтра `{}`"),
    ("Unable to recognize the filter parameter `{}`", "Не удается распознать выражение фильтра `{}`"),
    ("Unable to recognize filter expression `{}`", "Не удается распознать выражение фильтра `{}`"),
    ("Unable to recognize the pagination parameter `{}`", "Не удается распознать параметр пагинации `{}`"),
    ("Unable to recognize the sorting parameter `{}`", "Не удается распознать параметр сортировки `{}`"),
    ("Unable to recognize the select parameter `{}`", "Не удается распознать выражение select `{}`"),
    ("Unable to recognize select expression `{}`", "Не удается распознать выражение select `{}`"),
    ("Incorrect date in the field \"{}\"", "Некорректная дата в поле \"{}\""),
    ("Incorrect priority", "Некорректный приоритет"),
    ("Object with identifier `{}` not found", "Объект с идентификатором `{}` не найден"),
    ("Record with the specified identifier not found", "Запись с указанным идентификатором не найдена"),
];

/// `text` as a portal of this language says it.
pub(super) fn said(text: &str, language: Language) -> Cow<'_, str> {
    let translated = match language {
        Language::En => None,
        Language::Ru => russian(text),
    };
    translated.map_or(Cow::Borrowed(text), Cow::Owned)
}

fn russian(text: &str) -> Option<String> {
    // Old task methods end their words with a tag, some with a full stop before it.
    for tail in ["<br>", "."] {
        if let Some(bare) = text.strip_suffix(tail) {
            return Some(russian(bare)? + tail);
        }
    }
    // `TASKS_ERROR_EXCEPTION_#8; words; 8/TE/ACTION_FAILED_TO_BE_PROCESSED` frames its words with codes.
    if let Some((head, rest)) = text.split_once("; ").filter(|_| text.starts_with("TASKS_ERROR")) {
        let (words, tail) = rest.rsplit_once("; ")?;
        return Some(format!("{head}; {}; {tail}", russian(words)?));
    }
    PAIRS.iter().find_map(|(english, russian)| Some(filled(russian, &holes(text, english)?)))
}

/// What stands in the holes of `pattern`, when `text` fits it.
fn holes<'a>(text: &'a str, pattern: &str) -> Option<Vec<&'a str>> {
    let mut parts = pattern.split("{}");
    let mut rest = text.strip_prefix(parts.next()?)?;
    let mut found = Vec::new();
    let mut parts = parts.peekable();
    while let Some(part) = parts.next() {
        // The last part must end the text, so that a hole may hold what looks like it.
        let at = if parts.peek().is_none() {
            rest.len().checked_sub(part.len()).filter(|_| rest.ends_with(part))?
        } else {
            rest.find(part)?
        };
        found.push(&rest[..at]);
        rest = &rest[at + part.len()..];
    }
    rest.is_empty().then_some(found)
}

fn filled(pattern: &str, holes: &[&str]) -> String {
    let mut text = String::new();
    let mut holes = holes.iter();
    for (at, part) in pattern.split("{}").enumerate() {
        if at > 0 {
            text.push_str(holes.next().copied().unwrap_or_default());
        }
        text.push_str(part);
    }
    text
}
