//! Invented names in four languages. Any likeness to a living person is an accident of the combination.

/// A pool of people who share a language and a city.
pub(crate) struct Pool {
    pub(crate) people: &'static [Person],
    pub(crate) time_zone: &'static str,
    pub(crate) city: &'static str,
    pub(crate) positions: &'static [&'static str],
    pub(crate) dial: &'static str,
}

/// Latin spelling comes with the person, for the e-mail address.
pub(crate) struct Person {
    pub(crate) name: &'static str,
    pub(crate) last_name: &'static str,
    pub(crate) second_name: &'static str,
    pub(crate) gender: &'static str,
    pub(crate) latin: &'static str,
}

const fn person(
    name: &'static str,
    second_name: &'static str,
    last_name: &'static str,
    gender: &'static str,
    latin: &'static str,
) -> Person {
    Person { name, last_name, second_name, gender, latin }
}

pub(crate) const POOLS: [Pool; 4] = [
    Pool {
        people: &[
            person("Мария", "Сергеевна", "Лебедянская", "F", "m.lebedyanskaya"),
            person("Иван", "Петрович", "Берёзкин", "M", "i.beryozkin"),
            person("Ольга", "Николаевна", "Заозёрная", "F", "o.zaozyornaya"),
            person("Алексей", "Дмитриевич", "Щукарёв", "M", "a.shchukaryov"),
            person("Иван", "Алексеевич", "Полевой", "M", "i.polevoy"),
            person("Екатерина", "Игоревна", "Снежинская", "F", "e.snezhinskaya"),
        ],
        time_zone: "Europe/Moscow",
        city: "Москва",
        positions: &["Менеджер по продажам", "Бухгалтер", "Юрист", "Руководитель отдела"],
        dial: "+7 900 000-",
    },
    Pool {
        people: &[
            person("Hazel", "", "Thornbury", "F", "h.thornbury"),
            person("Oliver", "", "Marshfield", "M", "o.marshfield"),
            person("Ivy", "", "O'Larkin", "F", "i.olarkin"),
            person("Ethan", "", "Brookhollow", "M", "e.brookhollow"),
            person("Maria", "", "Fernside", "F", "m.fernside"),
        ],
        time_zone: "Europe/London",
        city: "London",
        positions: &["Account Manager", "Support Engineer", "Marketing Lead", "Analyst"],
        dial: "+44 7700 900",
    },
    Pool {
        people: &[
            person("Jürgen", "", "Weißbach", "M", "j.weissbach"),
            person("Annelie", "", "Grünwald-Möller", "F", "a.gruenwald"),
            person("Björn", "", "Öhlschläger", "M", "b.oehlschlaeger"),
            person("Käthe", "", "Sonnenfeld", "F", "k.sonnenfeld"),
        ],
        time_zone: "Europe/Berlin",
        city: "Berlin",
        positions: &["Vertriebsleiterin", "Entwickler", "Einkäufer", "Projektleiter"],
        dial: "+49 1500 00",
    },
    Pool {
        people: &[
            person("ليلى", "", "النجمي", "F", "l.alnajmi"),
            person("سامر", "", "الوادي", "M", "s.alwadi"),
            person("نورة", "", "البستاني", "F", "n.albustani"),
            person("طارق", "", "الساحلي", "M", "t.alsahili"),
        ],
        time_zone: "Asia/Dubai",
        city: "دبي",
        positions: &["مدير المبيعات", "محاسبة", "مهندس دعم", "منسقة مشاريع"],
        dial: "+971 50 00",
    },
];

/// Departments: id, name, sort, parent.
pub(crate) const DEPARTMENTS: [(u64, &str, i64, u64); 7] = [
    (1, "Rosenfeld & Partner", 500, 0),
    (2, "Отдел продаж", 100, 1),
    (3, "Support", 200, 1),
    (4, "Entwicklung", 300, 1),
    (5, "قسم التسويق", 400, 1),
    (6, "Бухгалтерия", 500, 1),
    (7, "Продажи: ключевые клиенты", 100, 2),
];
