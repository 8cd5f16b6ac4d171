//! How the program ends. Scripts rely on these numbers: they are never renumbered.

use std::process::ExitCode;

/// Shown at the end of `--help`.
pub(crate) const HELP: &str = "\
Exit codes:
   0  done
   1  failed or refused; stderr says why
   2  the command line is wrong
  78  the configuration is wrong";

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// What was asked for is done.
    Done,
    /// It failed, or it was refused.
    Failed,
    /// The command line is wrong. The parser of the command line uses the same number.
    Usage,
    /// The configuration is wrong (`EX_CONFIG` of sysexits.h).
    Config,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::Failed => 1,
            Exit::Usage => 2,
            Exit::Config => 78,
        })
    }
}
