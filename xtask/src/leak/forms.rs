//! What a secret may look like on its way out: a list of its own, made without looking at what the server searches for.

use std::collections::HashMap;

/// So many bytes in a row are a find: a secret that was cut short is still one.
const WINDOW: usize = 12;

/// A secret that was made for this run, and that stands nowhere else.
#[derive(Clone)]
pub(crate) struct Sentinel {
    pub(crate) name: &'static str,
    pub(crate) value: String,
}

/// What was found: whose secret, in which form.
pub(crate) type Find = (&'static str, &'static str);

/// Finds sentinels in bytes.
pub(crate) struct Finder {
    windows: HashMap<[u8; WINDOW], Find>,
    /// The first two bytes of each, so that nearly every place is left at once.
    begins: Vec<bool>,
}

impl Finder {
    pub(crate) fn new(sentinels: &[Sentinel]) -> Self {
        let mut finder = Self { windows: HashMap::new(), begins: vec![false; 1 << 16] };
        for sentinel in sentinels {
            for (form, bytes) in forms(sentinel.value.as_bytes()) {
                for window in bytes.windows(WINDOW).filter_map(|window| window.first_chunk::<WINDOW>()) {
                    finder.begins[begin(window)] = true;
                    finder.windows.entry(*window).or_insert((sentinel.name, form));
                }
            }
        }
        finder
    }

    /// Every find, with its place.
    pub(crate) fn finds(&self, bytes: &[u8]) -> Vec<(usize, Find)> {
        let mut finds: Vec<(usize, Find)> = Vec::new();
        for (at, window) in bytes.windows(WINDOW).enumerate() {
            if !self.begins[begin(window)] {
                continue;
            }
            let found = window.first_chunk::<WINDOW>().and_then(|window| self.windows.get(window));
            // The windows of one secret follow one another: they are one find.
            let is_next = finds.last().is_some_and(|(last, find)| Some(find) == found && at < last + 400);
            if let Some(found) = found.filter(|_| !is_next) {
                finds.push((at, *found));
            }
        }
        finds
    }
}

fn begin(window: &[u8]) -> usize {
    usize::from(window[0]) << 8 | usize::from(window[1])
}

fn forms(secret: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let each = |write: &dyn Fn(u8) -> String| {
        secret.iter().map(|byte| write(*byte)).collect::<String>().into_bytes()
    };
    let reversed = || secret.iter().rev().copied().collect();
    let mut forms: Vec<(&'static str, Vec<u8>)> = vec![
        ("as it is", secret.to_vec()),
        ("in small letters", secret.to_ascii_lowercase()),
        ("in capitals", secret.to_ascii_uppercase()),
        ("backwards", reversed()),
        ("hexadecimal", each(&|byte| format!("{byte:02x}"))),
        ("hexadecimal", each(&|byte| format!("{byte:02X}"))),
        ("hexadecimal, apart", each(&|byte| format!("{byte:02x} "))),
        ("hexadecimal, apart", each(&|byte| format!("\\x{byte:02x}"))),
        ("percent", each(&|byte| format!("%{byte:02x}"))),
        ("percent", each(&|byte| format!("%{byte:02X}"))),
        ("percent, twice", each(&|byte| format!("%25{byte:02X}"))),
        ("percent where needed", each(&|byte| sparing(byte, "%"))),
        ("percent where needed, twice", each(&|byte| sparing(byte, "%25"))),
        ("JSON, each character", each(&|byte| format!("\\u{byte:04x}"))),
        ("JSON, slashes", each(&|byte| if byte == b'/' { "\\/".into() } else { char::from(byte).into() })),
        (
            "HTML",
            each(&|byte| {
                if byte.is_ascii_alphanumeric() { char::from(byte).into() } else { format!("&#{byte};") }
            }),
        ),
        ("numbers", each(&|byte| format!("{byte}, "))),
        ("numbers", each(&|byte| format!("{byte},"))),
        ("16 bits", secret.iter().flat_map(|byte| [*byte, 0]).collect()),
    ];
    for url in [false, true] {
        forms.extend((0..3).map(|before| ("base64", base64(secret, before, url))));
    }
    forms
}

fn sparing(byte: u8, mark: &str) -> String {
    if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
        char::from(byte).into()
    } else {
        format!("{mark}{byte:02X}")
    }
}

/// Whole groups of three bytes, from the first that begins within the secret; groups do not depend on each other.
fn base64(secret: &[u8], before: usize, url: bool) -> Vec<u8> {
    let digit = |bits: u32| -> u8 {
        match (bits, url) {
            (0..26, _) => b'A' + bits as u8,
            (26..52, _) => b'a' + (bits - 26) as u8,
            (52..62, _) => b'0' + (bits - 52) as u8,
            (62, false) => b'+',
            (62, true) => b'-',
            (_, false) => b'/',
            (_, true) => b'_',
        }
    };
    let whole = secret.get((3 - before) % 3..).unwrap_or_default().chunks_exact(3);
    let group = |three: &[u8]| u32::from(three[0]) << 16 | u32::from(three[1]) << 8 | u32::from(three[2]);
    whole.map(group).flat_map(|group| [18, 12, 6, 0].map(|shift| digit(group >> shift & 63))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentinel_is_found_whole_cut_short_and_encoded_and_nothing_else_is() {
        let finder = Finder::new(&[Sentinel { name: "key", value: "fJ3/kQ9+zR7xW1vB5nM".into() }]);
        let found = |text: &str| finder.finds(text.as_bytes()).into_iter().map(|(_, (_, form))| form).next();

        assert_eq!(found("it was fJ3/kQ9+zR7x"), Some("as it is"));
        assert_eq!(found("x=fJ3%2FkQ9%2BzR7xW1vB5nM"), Some("percent where needed"));
        assert_eq!(found("eHhmSjMva1E5K3pSN3hXMXZCNW5Nenp6"), Some("base64"));
        assert_eq!(found("664a332f6b51392b7a52377857"), Some("hexadecimal"));
        assert_eq!(found("fJ3/kQ9+zR"), None);
        assert_eq!(found("nothing to see here, and nothing behind it"), None);
    }
}
