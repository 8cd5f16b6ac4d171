//! The id that ties together what one request left in the log.

/// Sixteen random hexadecimal digits.
pub(crate) fn fresh() -> String {
    let mut bytes = [0; 8];
    // Without randomness the lines of one request are merely harder to tell apart.
    let _ = getrandom::fill(&mut bytes);
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
