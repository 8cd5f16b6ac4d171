//! Words the seeded tasks are made of: titles, descriptions with BBCode, checklist lines, comments, tags.

pub(crate) const TITLES: [&str; 24] = [
    "Подготовить коммерческое предложение",
    "Согласовать договор с юристами",
    "Позвонить клиенту и уточнить сроки",
    "Сверить акты за квартал",
    "Обновить прайс-лист на сайте",
    "Провести собеседование с кандидатом",
    "Prepare the quarterly report",
    "Fix the login page & the password reset",
    "Call back the customer about the invoice",
    "Review pull request <feature/export>",
    "Plan the team offsite",
    "Order new laptops",
    "Angebot für Kunden erstellen",
    "Größenangaben im Katalog prüfen",
    "Besprechung mit dem Einkauf vorbereiten",
    "Urlaubsplanung abstimmen",
    "Serverumzug planen (50 % fertig)",
    "إعداد عرض الأسعار للعميل",
    "مراجعة عقد التوريد",
    "تحديث صفحة المنتجات",
    "ترتيب اجتماع مع فريق الدعم",
    "Inventory: count the \"spare\" parts",
    "Check backups",
    "Write the onboarding guide",
];

pub(crate) const DESCRIPTIONS: [&str; 6] = [
    "",
    "[B]Важно:[/B] согласовать до пятницы.\n[LIST]\n[*]собрать данные\n[*]отправить на проверку\n[/LIST]",
    "See [URL=https://docs.example.com/guide]the guide[/URL] first. Then [I]ask[/I] if anything is unclear.",
    "Bitte mit [USER=1]dem Administrator[/USER] abstimmen.",
    "يرجى مراجعة المستند قبل الاجتماع.",
    "Plain text without any formatting; 5 < 7 & 7 > 5.",
];

pub(crate) const CHECKLISTS: [&str; 3] = ["Checklist 1", "Подготовка", "Abnahme"];

pub(crate) const LINES: [&str; 8] = [
    "Собрать документы",
    "Agree on details with the client",
    "Termin bestätigen",
    "إرسال البريد",
    "Проверить реквизиты",
    "Sign the contract",
    "Fotos hochladen",
    "Archive the result",
];

pub(crate) const COMMENTS: [&str; 6] = [
    "Взял в работу, отпишусь завтра.",
    "Any news here?",
    "Die Unterlagen sind [B]unterwegs[/B].",
    "تم الإرسال.",
    "Жду ответа от клиента.",
    "Done on my side, please check.",
];

pub(crate) const TAGS: [&str; 6] = ["срочно", "client", "Vertrieb", "отчёт", "важно", "follow-up"];

pub(crate) const RESULTS: [&str; 4] = [
    "Договор подписан, скан во вложении.",
    "The report was sent to the client.",
    "Angebot verschickt, Rückmeldung bis [B]Freitag[/B].",
    "تم تسليم التقرير.",
];

pub(crate) const WORK: [&str; 4] = ["Созвон с клиентом", "Drafting", "Korrekturen", "مراجعة"];

/// Groups: name, description, whether a project, whether shown to outsiders.
pub(crate) const GROUPS: [(&str, &str, bool, bool); 3] = [
    ("Тендеры", "Подготовка заявок и документов", false, true),
    ("Website relaunch", "Neue Website bis zum Herbst", true, true),
    ("Vertrauliche Planung", "", false, false),
];
