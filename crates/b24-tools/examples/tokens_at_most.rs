//! What `tokens_at_most` says of each text: a JSON list of texts on stdin, a JSON list of numbers on stdout.
//! `cargo xtask tokens --bound` compares the numbers with the real count.

use std::io::{Write, stdin, stdout};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let texts: Vec<String> = serde_json::from_reader(stdin())?;
    let counts: Vec<usize> = texts.iter().map(|text| b24_tools::tokens_at_most(text)).collect();
    serde_json::to_writer(stdout(), &counts)?;
    stdout().flush()?;
    Ok(())
}
