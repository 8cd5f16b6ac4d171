//! Flags that several commands share, and how they enter the configuration.

use std::path::{Path, PathBuf};

use clap::Args;

use super::{exit::Exit, say};
use crate::config::{self, ConfigError, Environment, Key, Settings, Source, Written};

/// Where the configuration is, and what is shown and allowed.
#[derive(Args, Clone, Default)]
pub(crate) struct Shared {
    /// The configuration file [default: b24-mcp.toml, when it is there]
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Which tools are listed: core, full, contract, or toolsets such as task,user
    #[arg(long, value_name = "VIEW")]
    view: Option<String>,
    /// Nothing that writes or destroys
    #[arg(long)]
    read_only: bool,
    /// Allow only these toolsets
    #[arg(long, value_name = "LIST")]
    toolsets: Option<String>,
    /// Allow only these tools
    #[arg(long, value_name = "LIST")]
    tools: Option<String>,
    /// Never allow these tools
    #[arg(long, value_name = "LIST")]
    exclude_tools: Option<String>,
    /// How destruction is agreed to by clients that cannot ask: flag or strict
    #[arg(long, value_name = "HOW")]
    confirm: Option<String>,
    /// How many seconds a call may take
    #[arg(long, value_name = "SECONDS")]
    deadline: Option<u64>,
}

impl Shared {
    fn say(&self, written: &mut Written) {
        let texts = [
            (Key::View, &self.view, "--view"),
            (Key::Toolsets, &self.toolsets, "--toolsets"),
            (Key::Tools, &self.tools, "--tools"),
            (Key::ExcludeTools, &self.exclude_tools, "--exclude-tools"),
            (Key::Confirm, &self.confirm, "--confirm"),
        ];
        for (key, text, flag) in texts {
            if let Some(text) = text {
                written.say(key, text.as_str(), Source::Flag(flag));
            }
        }
        if self.read_only {
            written.say(Key::ReadOnly, "true", Source::Flag("--read-only"));
        }
        if let Some(seconds) = self.deadline {
            written.say(Key::Deadline, seconds.to_string(), Source::Flag("--deadline"));
        }
    }

    /// Settles the configuration, or says what is wrong with it.
    pub(crate) fn settle(
        &self,
        environment: &Environment,
        more: impl FnOnce(&mut Written),
    ) -> Result<Settings, Exit> {
        let flags = |written: &mut Written| {
            self.say(written);
            more(written);
        };
        settle(self.config.as_deref(), environment, flags)
    }
}

/// Settles the configuration without any of these flags, or says what is wrong with it.
pub(super) fn settle(
    config: Option<&Path>,
    environment: &Environment,
    more: impl FnOnce(&mut Written),
) -> Result<Settings, Exit> {
    config::load(config, environment, more).map_err(|error| complain(&error))
}

fn complain(error: &ConfigError) -> Exit {
    say::error(error, Some(&error.hint()));
    Exit::Config
}
