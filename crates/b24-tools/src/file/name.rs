//! Names of files: what a folder, a header or a person's eye could take for something else is taken out.

/// The longest name, in characters.
const LONGEST: usize = 200;
/// The longest ending that survives when a name is cut.
const LONGEST_ENDING: usize = 12;

/// The name without separators of paths, control characters and characters that nobody sees; `None` when nothing is left.
pub(crate) fn clean(name: &str) -> Option<String> {
    let visible: String = crate::hygiene::clean(name)
        .chars()
        .filter(|c| !c.is_control())
        .map(|c| if matches!(c, '/' | '\\') { '_' } else { c })
        .collect();
    // Some systems drop what is at the end, and would then have two files of one name.
    let name = visible.trim().trim_end_matches(['.', ' ']);
    (!name.is_empty()).then(|| cut(name))
}

/// Cuts the middle out: the ending says what a file is.
fn cut(name: &str) -> String {
    let count = name.chars().count();
    if count <= LONGEST {
        return name.to_owned();
    }
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let ending = if ending.chars().count() <= LONGEST_ENDING { format!(".{ending}") } else { String::new() };
    let kept = LONGEST - ending.chars().count();
    name.chars().take(kept).chain(ending.chars()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_no_path_and_hides_nothing() {
        let table = [
            ("Отчёт 😀 (1).pdf", Some("Отчёт 😀 (1).pdf")),
            ("../../etc/passwd", Some(".._.._etc_passwd")),
            ("C:\\temp\\a.txt", Some("C:_temp_a.txt")),
            ("a\r\nSet-Cookie: x\0.txt", Some("aSet-Cookie: x.txt")),
            ("invoice\u{202E}fdp.exe", Some("invoicefdp.exe")),
            (" a.txt. ", Some("a.txt")),
            (".env", Some(".env")),
            ("..", None),
            (" \u{200B}", None),
            ("", None),
        ];
        for (name, wanted) in table {
            assert_eq!(clean(name).as_deref(), wanted, "{name:?}");
        }
        let long = clean(&format!("{}.docx", "д".repeat(300))).unwrap_or_default();
        assert!(long.chars().count() == LONGEST && long.ends_with("д.docx"));
    }
}
