//! What `portal-check` is told, and where the address of the portal comes from. It is a password, so it is read from
//! the environment, a file or stdin; an argument, which every process list shows, is taken for this machine only.

use std::io::Read;

pub(crate) const ARGUMENT_IS_PUBLIC: &str = "a webhook's address is a password, and arguments are seen by everyone on this machine; \
     put it into B24_WEBHOOK_URL, into a file for --url-file, or pipe it into stdin";

/// The words of the command line.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) writes: bool,
    pub(crate) json: bool,
    file: Option<String>,
    address: Option<String>,
}

impl Told {
    pub(crate) fn read(words: &[&str]) -> Result<Self, String> {
        let mut told = Self::default();
        let mut words = words.iter();
        while let Some(word) = words.next() {
            match *word {
                "--write" => told.writes = true,
                "--json" => told.json = true,
                "--url-file" => {
                    told.file = Some((*words.next().ok_or("--url-file takes a path")?).to_owned())
                }
                other if !other.starts_with('-') && told.address.is_none() => {
                    told.address = Some(other.to_owned())
                }
                // Not repeated: it may be an address.
                _ => return Err("portal-check takes [URL] [--url-file PATH] [--write] [--json]".to_owned()),
            }
        }
        Ok(told)
    }

    /// Whether the address stood on the command line.
    pub(crate) fn is_in_argument(&self) -> bool {
        self.address.is_some()
    }

    /// The address: the argument, else the file, else the environment, else stdin.
    pub(crate) fn address(&self) -> Result<String, String> {
        if let Some(address) = &self.address {
            return Ok(address.clone());
        }
        if let Some(file) = &self.file {
            return std::fs::read_to_string(file).map_err(|e| format!("cannot read {file}: {e}"));
        }
        if let Some(address) = environment() {
            return Ok(address);
        }
        let mut address = String::new();
        std::io::stdin().read_to_string(&mut address).map_err(|e| format!("cannot read stdin: {e}"))?;
        Ok(address)
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place where xtask reads the address of a portal")]
fn environment() -> Option<String> {
    std::env::var("B24_WEBHOOK_URL").ok().filter(|address| !address.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_taken_in_any_order() {
        let told =
            Told::read(&["--json", "http://127.0.0.1:1/rest/1/x/", "--write"]).expect("they are known");

        assert!(told.writes && told.json && told.is_in_argument());
        assert_eq!(told.address().as_deref(), Ok("http://127.0.0.1:1/rest/1/x/"));
    }

    #[test]
    fn an_unknown_word_is_refused_and_not_repeated() {
        let why = Told::read(&["--token=hunter2"]).expect_err("it is unknown");

        assert!(!why.contains("hunter2"), "{why}");
    }
}
