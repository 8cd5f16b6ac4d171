//! From letters of either script to sounds, and from sounds to what all spellings of them share.
//!
//! Sounds are written in small Latin letters, with four more: `C` (ч), `S` (ш, щ), `J` (ж), `c` (ц).

/// Groups of Latin letters that are one sound, the longest first.
const GROUPS: [(&str, &str); 25] = [
    ("schtsch", "S"),
    ("shtsch", "S"),
    ("tshch", "tS"),
    ("shch", "S"),
    ("tsch", "C"),
    ("sch", "S"),
    ("shh", "S"),
    ("tch", "C"),
    ("tsh", "tS"),
    ("tzh", "tJ"),
    ("chr", "kr"),
    ("chl", "kl"),
    ("sh", "S"),
    ("ch", "C"),
    ("cz", "C"),
    ("zh", "J"),
    ("kh", "h"),
    ("ph", "f"),
    ("th", "t"),
    ("gh", "g"),
    ("ck", "k"),
    ("qu", "kv"),
    ("ts", "c"),
    ("tc", "c"),
    ("tz", "c"),
];

/// The sounds of a word. Letters of other scripts stand for themselves.
pub(super) fn sounds(word: &str) -> String {
    let latin: String = word.chars().flat_map(char::to_lowercase).map(latin).collect();
    let mut sounds = String::with_capacity(latin.len());
    let mut rest = latin.as_str();
    while let Some(letter) = rest.chars().next() {
        if let Some((group, sound)) = GROUPS.iter().find(|(group, _)| rest.starts_with(group)) {
            sounds.push_str(sound);
            rest = &rest[group.len()..];
            continue;
        }
        rest = &rest[letter.len_utf8()..];
        match letter {
            'c' if rest.starts_with(['e', 'i', 'y', 'v']) => sounds.push('c'),
            'c' | 'q' => sounds.push('k'),
            'x' => sounds.push_str("ks"),
            'w' => sounds.push('v'),
            'j' | 'y' => sounds.push('i'),
            other => sounds.push(other),
        }
    }
    single(&sounds)
}

/// What all spellings of these sounds share: about vowels and what is between them, nobody agrees.
pub(super) fn bones(sounds: &str) -> String {
    let sounds = sounds.replace('c', "s").replace('o', "e");
    let mut bones = String::with_capacity(sounds.len());
    let letters: Vec<char> = sounds.chars().collect();
    for (at, letter) in letters.iter().enumerate() {
        let after = |steps: usize| letters.get(at + steps).copied().unwrap_or(' ');
        let gone = match letter {
            // ье, ие, ё, io, ye … are one.
            'i' if after(1) == 'e' => true,
            // Lyubov and Lubov, Мюллер and Muller; but not Yulia.
            'i' if after(1) == 'u' => at > 0,
            // Umlauts without their dots: ae, ue (oe is ee by now).
            'e' => bones.ends_with(['a', 'u']),
            _ => false,
        };
        if !gone {
            bones.push(*letter);
        }
    }
    let mut bones = single(&bones);
    // Alexander and Александр, Peter and Пётр.
    let end: Vec<char> = bones.chars().rev().take(3).collect();
    if let ['r', 'e', before] = end[..]
        && !"aeiu".contains(before)
    {
        bones.truncate(bones.len() - 2);
        bones.push('r');
    }
    bones
}

/// The same without doubled letters: Anna and Ana.
fn single(text: &str) -> String {
    let mut once = String::with_capacity(text.len());
    for letter in text.chars() {
        if !once.ends_with(letter) {
            once.push(letter);
        }
    }
    once
}

/// A letter in plain Latin ones.
fn latin(letter: char) -> Latin {
    let text = match letter {
        'а' | 'á' | 'à' | 'â' | 'ã' | 'ä' | 'å' | 'ą' | 'ă' | 'ā' | 'æ' | 'ә' => "a",
        'б' => "b",
        'в' | 'ў' => "v",
        'г' | 'ґ' | 'ғ' | 'ğ' => "g",
        'д' | 'ď' | 'đ' => "d",
        'е' | 'ё' | 'э' | 'é' | 'è' | 'ê' | 'ë' | 'ę' | 'ě' | 'ē' => "e",
        'є' => "ie",
        'ж' | 'ž' => "zh",
        'з' | 'ź' | 'ż' => "z",
        'и' | 'й' | 'ы' | 'і' | 'ї' | 'í' | 'ì' | 'î' | 'ï' | 'ı' | 'ý' | 'ÿ' => "i",
        'к' | 'қ' => "k",
        'л' | 'ł' | 'ľ' => "l",
        'м' => "m",
        'н' | 'ң' | 'ñ' | 'ń' | 'ň' => "n",
        'о' | 'ó' | 'ò' | 'ô' | 'õ' | 'ő' => "o",
        'ö' | 'ø' | 'œ' | 'ө' => "oe",
        'п' => "p",
        'р' | 'ř' => "r",
        'с' | 'ś' => "s",
        'т' | 'ť' => "t",
        'у' | 'ү' | 'ұ' | 'ú' | 'ù' | 'û' | 'ü' | 'ů' | 'ű' => "u",
        'ф' => "f",
        'х' | 'һ' => "kh",
        'ц' => "ts",
        'ч' | 'č' | 'ć' => "ch",
        'ш' | 'š' | 'ş' => "sh",
        'щ' => "shch",
        'ç' => "ch",
        'ß' => "ss",
        'ю' => "iu",
        'я' => "ia",
        'ь' | 'ъ' => "",
        other => return Latin::Itself(other),
    };
    Latin::Text(text)
}

/// Latin letters for one letter.
enum Latin {
    Text(&'static str),
    Itself(char),
}

impl FromIterator<Latin> for String {
    fn from_iter<T: IntoIterator<Item = Latin>>(letters: T) -> Self {
        letters.into_iter().fold(Self::new(), |mut text, latin| {
            match latin {
                Latin::Text(part) => text.push_str(part),
                Latin::Itself(letter) => text.push(letter),
            }
            text
        })
    }
}
