//! People who are mentioned in a text: `[USER=5]Anna[/USER]`. The portal's own lines write `[USER=5 REPLACE]Anna[/USER]`,
//! which is the same to a reader.

use schemars::JsonSchema;
use serde::Serialize;

/// How far the end of a mention is looked for, in bytes: a name is shorter, and a text full of beginnings stays cheap.
const LONGEST: usize = 300;

/// Somebody who is mentioned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Mention {
    pub id: u64,
    pub name: String,
}

/// A text with its mentions in one spelling.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) text: String,
    pub(super) mentions: Vec<Mention>,
}

/// Reads the mentions of a text. What only looks like one stays as it is.
pub(super) fn read(written: &str) -> Said {
    let mut said = Said { text: String::with_capacity(written.len()), mentions: Vec::new() };
    let mut rest = written;
    while let Some(at) = rest.find('[') {
        let (before, tag) = rest.split_at(at);
        said.text.push_str(before);
        match parse(tag) {
            Some((mention, after)) => {
                said.text.push_str(&format!("[USER={}]{}[/USER]", mention.id, mention.name));
                if !said.mentions.contains(&mention) {
                    said.mentions.push(mention);
                }
                rest = after;
            }
            None => {
                said.text.push('[');
                rest = &tag[1..];
            }
        }
    }
    said.text.push_str(rest);
    said
}

/// The mention that a text begins with, and what follows it.
fn parse(text: &str) -> Option<(Mention, &str)> {
    let inside = strip_start(text, "[user=")?;
    let (head, rest) = inside.split_once(']')?;
    let id = head.split(' ').next()?.parse().ok().filter(|id| *id > 0)?;
    let end = find(&rest[..rest.floor_char_boundary(LONGEST)], "[/user]")?;
    let name = rest.get(..end)?;
    // A name with a tag in it is no name.
    let mention = Mention { id, name: name.to_owned() };
    (!name.contains('[')).then_some((mention, rest.get(end + "[/user]".len()..)?))
}

/// `text` without `start`, whatever the case of its ASCII letters.
fn strip_start<'a>(text: &'a str, start: &str) -> Option<&'a str> {
    text.get(..start.len()).filter(|head| head.eq_ignore_ascii_case(start)).and(text.get(start.len()..))
}

fn find(text: &str, needle: &str) -> Option<usize> {
    text.match_indices('[').map(|(at, _)| at).find(|at| strip_start(&text[*at..], needle).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        let said = read(text);
        let names: Vec<String> = said.mentions.iter().map(|one| format!("{} {}", one.id, one.name)).collect();
        format!("{} <{}>", said.text, names.join(", "))
    }

    #[test]
    fn a_mention_is_read_in_any_spelling_and_what_is_none_stays() {
        assert_eq!(told("ask [USER=5]Anna[/USER]!"), "ask [USER=5]Anna[/USER]! <5 Anna>");
        assert_eq!(
            told("[user=503 REPLACE]Klaus Weber[/user] invited [USER=7 REPLACE]Аня[/USER]"),
            "[USER=503]Klaus Weber[/USER] invited [USER=7]Аня[/USER] <503 Klaus Weber, 7 Аня>"
        );
        for text in
            ["[USER=x]A[/USER]", "[USER=5]A", "[USER=0]A[/USER]", "[b]x[/b] [", "[USER=5", "Ж[USER=5]"]
        {
            assert_eq!(told(text), format!("{text} <>"));
        }
        assert_eq!(told("[USER=5][b]A[/USER]"), "[USER=5][b]A[/USER] <>");
    }
}
