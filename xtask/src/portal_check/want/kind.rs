//! How a value is written: the wire tells numbers as text in one family and as numbers in the next.

use serde_json::Value;

/// A way of writing a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    /// A number written as text, such as `"12"`.
    Digits,
    Whole,
    Number,
    Flag,
    YesNo,
    /// ISO 8601 with an offset.
    Moment,
    /// The same, or nothing: `null` or `""`.
    MomentOrNothing,
    List,
    Map,
    /// A map, or `[]` in place of an empty one.
    MapOrEmpty,
    /// `[]`.
    Empty,
    /// Text with something in it.
    Words,
}

impl Kind {
    /// What a reader is told.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Text => "a text",
            Self::Digits => "a number written as text",
            Self::Whole => "a whole number",
            Self::Number => "a number",
            Self::Flag => "true or false",
            Self::YesNo => "\"Y\" or \"N\"",
            Self::Moment => "an ISO 8601 moment with an offset",
            Self::MomentOrNothing => "an ISO 8601 moment with an offset, null or \"\"",
            Self::List => "a list",
            Self::Map => "a map",
            Self::MapOrEmpty => "a map, or [] for an empty one",
            Self::Empty => "[]",
            Self::Words => "a text with something in it",
        }
    }

    /// Whether a value is written so.
    pub(crate) fn fits(self, value: &Value) -> bool {
        let nothing = value.is_null() || value == "";
        match self {
            Self::Text => value.is_string(),
            Self::Words => value.as_str().is_some_and(|text| !text.is_empty()),
            Self::Digits => value.as_str().is_some_and(|text| text.parse::<i64>().is_ok()),
            Self::Whole => value.is_i64() || value.is_u64(),
            Self::Number => value.is_number(),
            Self::Flag => value.is_boolean(),
            Self::YesNo => value == "Y" || value == "N",
            Self::Moment => value.as_str().is_some_and(is_moment),
            Self::MomentOrNothing => nothing || Self::Moment.fits(value),
            Self::List => value.is_array(),
            Self::Map => value.is_object(),
            Self::MapOrEmpty => value.is_object() || Self::Empty.fits(value),
            Self::Empty => value.as_array().is_some_and(Vec::is_empty),
        }
    }
}

/// `2026-05-14T10:26:32+02:00`, or with `Z`.
fn is_moment(text: &str) -> bool {
    const SHAPE: &[u8] = b"0000-00-00T00:00:00";
    let bytes = text.as_bytes();
    let Some((head, offset)) = bytes.split_at_checked(SHAPE.len()) else { return false };
    let like = |text: &[u8], shape: &[u8]| {
        let pair =
            |(byte, shape): (&u8, &u8)| if *shape == b'0' { byte.is_ascii_digit() } else { byte == shape };
        text.len() == shape.len() && text.iter().zip(shape).all(pair)
    };
    like(head, SHAPE) && (offset == b"Z" || like(offset, b"+00:00") || like(offset, b"-00:00"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_number_and_a_number_written_as_text_are_two_things() {
        assert!(
            Kind::Digits.fits(&json!("12"))
                && !Kind::Digits.fits(&json!(12))
                && !Kind::Digits.fits(&json!(""))
        );
        assert!(
            Kind::Whole.fits(&json!(12)) && !Kind::Whole.fits(&json!("12")) && !Kind::Whole.fits(&json!(1.5))
        );
    }

    #[test]
    fn a_moment_has_a_day_a_time_and_an_offset() {
        for moment in ["2026-05-14T10:26:32+02:00", "2026-05-14T10:26:32-03:30", "2026-05-14T10:26:32Z"] {
            assert!(Kind::Moment.fits(&json!(moment)), "{moment}");
        }
        for other in
            ["2026-05-14", "2026-05-14 10:26:32", "2026-05-14T10:26:32", "14.05.2026T10:26:32+02:00", ""]
        {
            assert!(!Kind::Moment.fits(&json!(other)), "{other}");
        }
        assert!(Kind::MomentOrNothing.fits(&json!(null)) && Kind::MomentOrNothing.fits(&json!("")));
    }

    #[test]
    fn an_empty_map_may_arrive_as_an_empty_list() {
        assert!(Kind::MapOrEmpty.fits(&json!([])) && Kind::MapOrEmpty.fits(&json!({})));
        assert!(!Kind::MapOrEmpty.fits(&json!([1])) && !Kind::Map.fits(&json!([])));
    }
}
