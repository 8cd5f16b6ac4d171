//! Takes out of a text what must not leave the process: configured secrets, and whatever has the shape of one.
//!
//! Pure: bytes in, bytes out. Knows no sink, and nothing of what a text is about.

use std::ops::Range;

use super::{
    encodings::{self, View},
    filter::Filter,
    shapes::{self, Shape},
    values::Values,
};

/// What stands where a secret stood.
pub(crate) const GONE: &str = "<REDACTED>";

/// How much is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rules {
    /// Everything that looks like a credential: for what people and machines read about the server.
    All,
    /// Configured secrets and addresses of webhooks: for what a person asked to see. A task may be titled
    /// "token: abc", and stays so.
    Answer,
}

/// A part of a text that has to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) range: Range<usize>,
    /// Where that begins by which it was recognised, such as the key before the value.
    pub(super) known_from: usize,
    /// What goes is a value of JSON and not the inside of a text, so that the mark needs quotes.
    pub(super) needs_quotes: bool,
}

#[derive(Clone, Copy)]
enum Wanted {
    Form(usize),
    Shape(Shape),
}

/// Knows what to look for.
pub(crate) struct Redactor {
    filter: Filter<Wanted>,
    values: Values,
}

impl Default for Redactor {
    fn default() -> Self {
        Self::of(Values::default())
    }
}

impl Redactor {
    fn of(values: Values) -> Self {
        let forms = values.grams().map(|(gram, index)| (gram, Wanted::Form(index)));
        let shapes = shapes::grams().map(|(gram, shape)| (gram, Wanted::Shape(shape)));
        Self { filter: Filter::new(forms.chain(shapes)), values }
    }

    /// The same, with more secrets to look for. None is ever unlearnt.
    pub(crate) fn knowing<'a>(&self, secrets: impl IntoIterator<Item = &'a str>) -> Self {
        let mut values = self.values.clone();
        secrets.into_iter().for_each(|secret| values.learn(secret));
        Self::of(values)
    }

    /// The text without what has to go; `None` when nothing has to.
    pub(crate) fn redacted(&self, text: &[u8], rules: Rules) -> Option<Vec<u8>> {
        let spots = self.spots(text, rules);
        (!spots.is_empty()).then(|| without(text, &spots))
    }

    /// Everything that was learnt.
    #[cfg(feature = "probe")]
    pub(super) fn expose_values(&self) -> impl Iterator<Item = &str> {
        self.values.expose()
    }

    /// How long the longest form of a secret is.
    pub(super) fn longest(&self) -> usize {
        self.values.longest()
    }

    /// What has to go, in order, without overlaps.
    pub(super) fn spots(&self, text: &[u8], rules: Rules) -> Vec<Spot> {
        let mut spots = Vec::new();
        encodings::each_layer(text, |view| self.look(view, rules, &mut spots));
        if spots.len() > 1 {
            join(&mut spots);
        }
        spots
    }

    fn look(&self, view: &View<'_>, rules: Rules, spots: &mut Vec<Spot>) {
        let text = &*view.bytes;
        // A word may be given away twice, such as `api_token`.
        let mut seen = 0;
        self.filter.each(text, |at, wanted| {
            let found = match wanted {
                Wanted::Form(index) => self.values.at(text, at, index).map(|(start, end)| Spot {
                    range: start..end,
                    known_from: start,
                    needs_quotes: false,
                }),
                Wanted::Shape(shape) => shapes::find(shape, view, at, rules, &mut seen),
            };
            if let Some(Spot { range, known_from, needs_quotes }) = found {
                let range = view.place(range.start)..view.place(range.end);
                spots.push(Spot { range, known_from: view.place(known_from), needs_quotes });
            }
        });
    }
}

/// Puts spots in order, and makes one of those that overlap.
fn join(spots: &mut Vec<Spot>) {
    spots.sort_by_key(|spot| (spot.range.start, std::cmp::Reverse(spot.range.end)));
    let mut joined: Vec<Spot> = Vec::with_capacity(spots.len());
    for spot in spots.drain(..) {
        match joined.last_mut() {
            Some(last) if spot.range.start < last.range.end => {
                last.needs_quotes &= spot.range.end <= last.range.end;
                last.range.end = last.range.end.max(spot.range.end);
                last.known_from = last.known_from.min(spot.known_from);
            }
            _ => joined.push(spot),
        }
    }
    *spots = joined;
}

fn without(text: &[u8], spots: &[Spot]) -> Vec<u8> {
    let mut kept = Vec::with_capacity(text.len());
    let mut from = 0;
    for spot in spots {
        kept.extend_from_slice(&text[from..spot.range.start]);
        let quote = if spot.needs_quotes { "\"" } else { "" };
        kept.extend([quote, GONE, quote].iter().flat_map(|part| part.bytes()));
        from = spot.range.end;
    }
    kept.extend_from_slice(&text[from..]);
    kept
}
