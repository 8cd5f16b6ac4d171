//! What the portal's users wrote, made harmless to read.
//!
//! Text is data. Characters that a person does not see but a model does, or that reorder what a person
//! sees, are taken out; everything visible stays as it was written.

/// Takes out control characters (not tab and line breaks), bidirectional controls, invisible operators,
/// tag characters and the supplementary variation selectors, which can carry hidden text.
///
/// Joiners (U+200C, U+200D) stay: Persian and emoji are written with them.
pub(crate) fn clean(text: &str) -> String {
    text.chars().filter(|c| !is_hidden(*c)).collect()
}

fn is_hidden(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => false,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180E}' => {
            true
        }
        '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' => true,
        '\u{3164}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}' => true,
        '\u{E0000}'..='\u{E0FFF}' => true,
        c => c.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_sees_is_taken_out_and_what_is_written_stays() {
        assert_eq!(
            clean("Pay\u{202E}lla\u{202C} \u{E0041}\u{E007F}now\u{0}\u{7f}\u{85}\u{FEFF}"),
            "Paylla now"
        );
        for text in
            ["Иван, проверь\tсчёт\r\n", "مرحبا بالعالم", "می‌خواهم", "👩‍💻 ❤️", "a < b && c > d; 'x' \"y\""]
        {
            assert_eq!(clean(text), text);
        }
    }
}
