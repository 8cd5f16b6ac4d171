//! Spellings that people use, and transliterations by rule.

use proptest::prelude::*;

use super::*;

/// `%` is any text.
fn like(text: &str, pattern: &str) -> bool {
    let (text, pattern) = (text.to_lowercase(), pattern.to_lowercase());
    let mut rest = text.as_str();
    let mut parts = pattern.split('%');
    let Some(anchored) = rest.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    rest = anchored;
    parts.all(|part| {
        let found = rest.find(part);
        rest = found.map_or("", |at| &rest[at + part.len()..]);
        found.is_some()
    })
}

/// Each line is one name.
const ALIKE: [&[&str]; 34] = [
    &["Иванов", "Ivanov"],
    &["Щербаков", "Shcherbakov", "Scherbakov", "Schtscherbakow"],
    &["Юлия", "Yulia", "Julia", "Iuliia", "Yuliya", "Julija"],
    &["Ёлкина", "Елкина", "Elkina", "Yolkina", "Iolkina", "Jolkina"],
    &["Хабаров", "Khabarov", "Habarov"],
    &["Цветкова", "Tsvetkova", "Tcvetkova", "Cvetkova"],
    &["Михаил", "Mikhail", "Mihail"],
    &["Александр", "Alexander", "Aleksandr", "Alexandr", "Aleksander"],
    &["Müller", "Mueller", "Muller", "Мюллер"],
    &["Möller", "Moeller", "Moller", "Мёллер"],
    &["Weißbach", "Weissbach"],
    &["Дмитрий", "Dmitry", "Dmitrii", "Dmitriy", "Dmitri", "Dmitrij"],
    &["Евгений", "Evgeny", "Evgenii", "Yevgeniy", "Evgenij", "Jewgeni"],
    &["Сергей", "Sergei", "Sergey", "Sergej"],
    &["Алексей", "Alexey", "Aleksei", "Alexei", "Aleksey", "Alexej"],
    &["Наталья", "Natalia", "Natalya", "Nataliya", "Наталия", "Natalja"],
    &["Татьяна", "Tatiana", "Tatyana", "Tatjana"],
    &["Соловьёв", "Соловьев", "Solovyov", "Solovyev", "Soloviev", "Solovev"],
    &["Фёдор", "Федор", "Fyodor", "Fedor", "Fiodor"],
    &["Пётр", "Pyotr", "Petr", "Piotr", "Peter"],
    &["Горбачёв", "Gorbachev", "Gorbachov", "Gorbachyov", "Gorbatschow"],
    &["Ксения", "Ksenia", "Xenia", "Kseniya"],
    &["Виктор", "Victor", "Viktor", "Wiktor"],
    &["Жуков", "Zhukov"],
    &["Чайка", "Chaika", "Chayka", "Tschaika"],
    &["Шрёдер", "Schröder", "Schroeder", "Schroder"],
    &["Любовь", "Lyubov", "Liubov", "Ljubov"],
    &["Ольга", "Olga"],
    &["Илья", "Ilya", "Ilia", "Ilja", "Il'ya"],
    &["Подъячев", "Podyachev", "Podiachev"],
    &["Яковлев", "Yakovlev", "Iakovlev", "Jakowlew"],
    &["Вагнер", "Wagner"],
    &["Björn", "Bjoern", "Bjorn", "Бьёрн"],
    &["Чёрный", "Черный", "Cherny", "Chernyi", "Chernyy"],
];

#[test]
fn the_spellings_of_a_name_share_a_skeleton() {
    for spellings in ALIKE {
        let bones: Vec<String> = spellings.iter().map(|name| skeleton(&words(name)[0])).collect();
        assert!(bones.windows(2).all(|pair| pair[0] == pair[1]), "{spellings:?} are {bones:?}");
    }
}

#[test]
fn names_that_are_not_the_same_keep_different_skeletons() {
    for (one, other) in [
        ("Иванов", "Иванова"),
        ("Ivanov", "Ivankov"),
        ("Анна", "Яна"),
        ("Юлия", "Юлиан"),
        ("Berg", "Bergmann"),
        ("Орлов", "Козлов"),
        ("Петров", "Петрова"),
        ("Щербаков", "Щербак"),
        ("Müller", "Möller"),
        ("Жуков", "Шуков"),
    ] {
        assert_ne!(skeleton(&words(one)[0]), skeleton(&words(other)[0]), "{one} and {other}");
    }
}

#[test]
fn a_portal_that_knows_one_spelling_is_asked_so_that_it_finds_it() {
    let mut missed = Vec::new();
    for spellings in ALIKE {
        for said in spellings {
            for written in spellings.iter().filter(|written| *written != said) {
                let Some(script) = script(&words(written)[0]) else { continue };
                let asked = patterns(&words(said)[0], script, 3);
                assert!(asked.len() <= 3 && !asked.is_empty());
                if !asked.iter().any(|pattern| like(written, pattern)) {
                    missed.push(format!("{said} → {written}: {asked:?}"));
                }
            }
        }
    }
    // Known gaps: German ways to write a Russian name beyond its first letter, and names that lost their dots.
    insta::assert_snapshot!(missed.join("\n"));
}

#[test]
fn a_pattern_is_made_of_letters_whatever_was_said() {
    assert_eq!(patterns("ivanov", Script::Cyrillic, 3), ["И%в%а%н%о%в%"]);
    assert_eq!(patterns("иванов", Script::Latin, 3), ["I%v%a%n%o%v%", "Y%v%a%n%o%v%"]);
    assert_eq!(patterns("julia", Script::Cyrillic, 3), ["Ю%л%", "И%л%"]);
    assert_eq!(patterns("щербаков", Script::Latin, 1), ["S%r%b%a%o%v%"]);
    for said in ["%", "_", "%%__", "\\", "a%b_c", "' OR 1=1"] {
        for word in words(said) {
            for pattern in patterns(&word, Script::Latin, 3) {
                assert!(pattern.chars().all(|c| c.is_alphabetic() || c == '%'), "{said}: {pattern}");
                assert!(pattern.contains(char::is_alphabetic), "{said}: {pattern}");
            }
        }
    }
}

#[test]
fn what_was_said_fits_by_the_letter_before_it_fits_by_ear() {
    let fits = |said: &str, written: &str| fit(&words(said), &words(written));
    assert_eq!(fits("Иванова Анна", "Анна Иванова"), Some(Fit::Whole));
    assert_eq!(fits("анна иванова", "Анна Петровна Иванова"), Some(Fit::Same));
    assert_eq!(fits("Анна Петровна", "Анна Петровна Иванова"), Some(Fit::Same));
    assert_eq!(fits("Anna Ivanova", "Анна Петровна Иванова"), Some(Fit::Alike));
    assert_eq!(fits("OLarkin", "Ivy O'Larkin"), Some(Fit::Same));
    assert_eq!(fits("Grünwald", "Annelie Grünwald-Möller"), Some(Fit::Same));
    assert_eq!(fits("Gruenwald Moeller", "Annelie Grünwald-Möller"), Some(Fit::Alike));
    assert_eq!(fits("Анна Анна", "Анна Иванова"), None);
    assert_eq!(fits("Ivan", "Иванова"), None);
    assert_eq!(fits("ليلى", "ليلى النجمي"), Some(Fit::Same));
    assert_eq!(fits("", "Anna"), None);
    assert!(begins(&words("А Иван"), &words("Анна Иванова")));
    assert!(begins(&words("Alex"), &words("Александр")));
    assert!(!begins(&words("Berger"), &words("Berg")));
}

/// Russian letters by the rules of passports, of aircraft, of maps, and of the letter that people write.
const RULES: [[&str; 4]; 33] = [
    ["а", "a", "a", "a"],
    ["б", "b", "b", "b"],
    ["в", "v", "v", "v"],
    ["г", "g", "g", "g"],
    ["д", "d", "d", "d"],
    ["е", "e", "e", "e"],
    ["ё", "e", "e", "yo"],
    ["ж", "zh", "zh", "zh"],
    ["з", "z", "z", "z"],
    ["и", "i", "i", "i"],
    ["й", "i", "i", "y"],
    ["к", "k", "k", "k"],
    ["л", "l", "l", "l"],
    ["м", "m", "m", "m"],
    ["н", "n", "n", "n"],
    ["о", "o", "o", "o"],
    ["п", "p", "p", "p"],
    ["р", "r", "r", "r"],
    ["с", "s", "s", "s"],
    ["т", "t", "t", "t"],
    ["у", "u", "u", "u"],
    ["ф", "f", "f", "f"],
    ["х", "kh", "kh", "h"],
    ["ц", "tc", "ts", "ts"],
    ["ч", "ch", "ch", "ch"],
    ["ш", "sh", "sh", "sh"],
    ["щ", "shch", "shch", "shch"],
    ["ъ", "", "ie", ""],
    ["ы", "y", "y", "y"],
    ["ь", "", "", "'"],
    ["э", "e", "e", "e"],
    ["ю", "iu", "iu", "yu"],
    ["я", "ia", "ia", "ya"],
];

fn transliterated(name: &str, rule: usize) -> String {
    let letter = |c: char| RULES.iter().find(|row| row[0].starts_with(c)).map_or("", |row| row[rule]);
    name.chars().map(letter).collect()
}

/// Words that could be names: Russian syllables, now and then with a soft sign. Consonants come together as they do in
/// names: "сх" and "цч" would read as others in Latin.
fn name() -> impl Strategy<Value = String> {
    let begin = "([бвгджзклмнпрстфхцчшщ]|ст|пр|тр|кр|вл|сн|др|гр|бл|кл|св|см|зн|шк|ск|жд)?";
    let end = "([бвгджзклмнпрстфх]ь?|нт|рг|рт|нд|лк|вс|льв|нск)?";
    let syllables = format!("({begin}[аеёиоуыэюя]й?{end}){{1,4}}");
    proptest::string::string_regex(&syllables).expect("a regular expression")
}

proptest! {
    #[test]
    fn a_name_and_its_transliterations_share_a_skeleton_and_find_each_other(name in name(), rule in 1_usize..4) {
        // No Russian name begins with ы, and where х is a plain h, "тх" and "кх" read as others.
        let hidden = |pair: &[char]| pair[1] == 'х' && !"аеёиоуыэюяй".contains(pair[0]);
        let letters: Vec<char> = name.chars().collect();
        let unlike = name.starts_with('ы') || (rule == 3 && letters.windows(2).any(hidden));
        prop_assume!(!unlike);
        let (name, latin) = (words(&name).concat(), words(&transliterated(&name, rule)).concat());
        prop_assert_eq!(skeleton(&name), skeleton(&latin), "{} by rule {} is {}", name, rule, latin);
        let found = |said: &str, written: &str, script| {
            let asked = patterns(said, script, 3);
            asked.is_empty() || asked.iter().any(|pattern| like(written, pattern))
        };
        prop_assert!(found(&name, &latin, Script::Latin), "{name} finds {latin}: {:?}", patterns(&name, Script::Latin, 3));
        prop_assert!(found(&latin, &name, Script::Cyrillic), "{latin} finds {name}: {:?}", patterns(&latin, Script::Cyrillic, 3));
    }

    #[test]
    fn whatever_is_said_has_a_skeleton_and_patterns_of_letters(said in "\\PC{0,40}") {
        for word in words(&said) {
            let _ = skeleton(&word);
            for script in [Script::Latin, Script::Cyrillic] {
                for pattern in patterns(&word, script, 3) {
                    prop_assert!(pattern.chars().all(|c| c == '%' || c.is_alphabetic()), "{pattern}");
                }
            }
        }
    }
}
