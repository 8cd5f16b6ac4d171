//! Finds, in one pass, the few places of a text at which something could stand that has to go.
//!
//! Four bytes at a time, whatever their case, are looked up in a small table: nearly all text passes without a second look.
//! Decides nothing: whoever asked looks again at what is found. An automaton would do the same, but would keep
//! whole secrets in tables that nobody wipes; here there are four bytes of each.

/// Four bytes in lower case.
pub(super) type Gram = [u8; 4];

const BITS: u32 = 14;
const SLOTS: usize = 1 << BITS;

/// What is looked for, by the four bytes that give it away.
pub(super) struct Filter<T> {
    table: Box<[bool; SLOTS]>,
    /// Sorted by their four bytes.
    entries: Vec<(u32, T)>,
}

impl<T: Copy> Filter<T> {
    /// A filter that finds each of these. Capitals are as good as small letters.
    pub(super) fn new(wanted: impl IntoIterator<Item = (Gram, T)>) -> Self {
        let mut entries: Vec<(u32, T)> =
            wanted.into_iter().map(|(gram, what)| (folded(gram), what)).collect();
        entries.sort_by_key(|(gram, _)| *gram);
        let mut table = Box::new([false; SLOTS]);
        entries.iter().for_each(|(gram, _)| table[slot(*gram)] = true);
        Self { table, entries }
    }

    /// Calls `found` with each place where one of them may begin, in order.
    pub(super) fn each(&self, text: &[u8], mut found: impl FnMut(usize, T)) {
        for at in 0..text.len() {
            let Some(gram) = text[at..].first_chunk().copied().map(folded) else { return };
            if self.table[slot(gram)] {
                let first = self.entries.partition_point(|(other, _)| *other < gram);
                let same = self.entries[first..].iter().take_while(|(other, _)| *other == gram);
                same.for_each(|(_, what)| found(at, *what));
            }
        }
    }
}

/// Four bytes without their case. Some signs become others; whoever looks again sees the difference.
fn folded(gram: Gram) -> u32 {
    u32::from_le_bytes(gram) | 0x2020_2020
}

fn slot(gram: u32) -> usize {
    (gram.wrapping_mul(0x9e37_79b1) >> (32 - BITS)) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_found_whatever_its_case_and_whoever_shares_it() {
        let filter = Filter::new([(*b"toke", 1), (*b"Rest", 2), (*b"toke", 3)]);
        let mut found = Vec::new();
        filter.each(b"a TOKEn at rest, tok", |at, what| found.push((at, what)));
        assert_eq!(found, [(2, 1), (2, 3), (11, 2)]);
    }
}
