//! `freeze` and `thaw`: stop all changes of every server on a data folder, at once, and allow them again.

use std::path::PathBuf;

use b24_tools::Freeze as Stopped;
use clap::Args;

use super::{exit::Exit, flags, say};
use crate::{
    clock,
    config::{Environment, Key, Settings, Source},
    freeze::FreezeFile,
    redact,
};

/// Which servers.
#[derive(Args)]
pub(crate) struct Where {
    /// The configuration file [default: b24-mcp.toml, when it is there]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The data folder of the servers [default: as configured]
    #[arg(long, value_name = "FOLDER")]
    data_dir: Option<String>,
}

/// The arguments of `freeze`.
#[derive(Args)]
pub(crate) struct Freeze {
    /// Why, for whoever is refused
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    #[command(flatten)]
    at: Where,
}

/// The arguments of `thaw`.
#[derive(Args)]
pub(crate) struct Thaw {
    #[command(flatten)]
    at: Where,
}

impl Where {
    fn settle(&self, environment: &Environment) -> Result<(Settings, PathBuf, FreezeFile), Exit> {
        let settings = flags::settle(self.config.as_deref(), environment, |written| {
            if let Some(folder) = &self.data_dir {
                written.say(Key::DataDir, folder.as_str(), Source::Flag("--data-dir"));
            }
        })?;
        let Some(folder) = settings.data.path.clone() else {
            say::talk("error: no data folder is known");
            say::talk("\nhint: set B24_DATA_DIR, or give --data-dir: the folder that the servers use");
            return Err(Exit::Config);
        };
        let file = FreezeFile::in_folder(&folder);
        Ok((settings, folder, file))
    }
}

impl Freeze {
    /// Stops all changes.
    pub(crate) fn run(self, environment: &Environment) -> Exit {
        self.try_run(environment).unwrap_or_else(|exit| exit)
    }

    fn try_run(self, environment: &Environment) -> Result<Exit, Exit> {
        let (settings, folder, file) = self.at.settle(environment)?;
        let reason = self.reason.map(|reason| redact::text(&reason).into_owned());
        let freeze = Stopped { by: settings.operator, since: Some(clock::now()), reason };
        file.write(&freeze).map_err(|error| cannot(&error))?;
        say::data(&format!("frozen: every server on {} makes no changes", folder.display()));
        say::talk("hint: `b24-mcp thaw` allows them again");
        Ok(Exit::Done)
    }
}

impl Thaw {
    /// Allows changes again.
    pub(crate) fn run(self, environment: &Environment) -> Exit {
        self.try_run(environment).unwrap_or_else(|exit| exit)
    }

    fn try_run(self, environment: &Environment) -> Result<Exit, Exit> {
        let (_, folder, file) = self.at.settle(environment)?;
        let was_frozen = file.remove().map_err(|error| cannot(&error))?;
        let word = if was_frozen { "thawed" } else { "not frozen" };
        say::data(&format!("{word}: servers on {} make changes", folder.display()));
        Ok(Exit::Done)
    }
}

fn cannot(error: &std::io::Error) -> Exit {
    say::error(error, Some("run it as the person who runs the server, or give its folder with --data-dir"));
    Exit::Failed
}
