//! Counting tokens of the o200k vocabulary, which is built in: nothing is fetched.

use tiktoken_rs::{CoreBPE, o200k_base};

/// The vocabulary. Loading it takes a moment, so there is one for each run.
pub(crate) struct Vocabulary(CoreBPE);

impl Vocabulary {
    /// Loads it.
    pub(crate) fn load() -> Result<Self, String> {
        o200k_base().map(Self).map_err(|e| format!("the o200k vocabulary cannot be loaded: {e}"))
    }

    /// How many tokens a text has. Words that control a model have no meaning here: they are text.
    pub(crate) fn count(&self, text: &str) -> usize {
        self.0.encode_ordinary(text).len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vocabulary_is_o200k_and_needs_no_network() -> Result<(), String> {
        let words = Vocabulary::load()?;

        // Counted by OpenAI's own tiktoken 0.12 with o200k_base.
        let counted =
            ["hello world", "Привет, мир", "1234567890", "<|endoftext|>"].map(|text| words.count(text));
        assert_eq!(counted, [2, 4, 4, 7]);
        Ok(())
    }
}
