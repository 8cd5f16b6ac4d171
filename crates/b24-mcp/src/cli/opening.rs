//! From a configuration to a house, with a portal in a box when one is wanted.

use std::{net::SocketAddr, path::PathBuf, sync::Arc};

use b24_model::secret::WebhookUrl;
use b24_rest::Limits as ClientLimits;
use b24_sim::{Cards, FaultRule, Language, Limits, OperatingCharge, Running, StartMinusOne};
use clap::Args;

use super::{exit::Exit, say};
use crate::{
    config::{DataFolder, Settings},
    freeze,
    serve::house::House,
    tenant::Tenants,
};

/// How the portal in the box is made.
#[derive(Args, Clone)]
pub(crate) struct World {
    /// The same seed makes the same people and tasks
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many people work in the portal
    #[arg(long, default_value_t = 12)]
    users: usize,
    /// How many tasks there are
    #[arg(long, default_value_t = 40)]
    tasks: usize,
    /// The limits of the cloud: off, standard or enterprise
    #[arg(long, default_value = "standard")]
    limits: Limits,
    /// Misbehave on cue, such as tasks.task.add=drop-after*2 or any=delay:500 (may be repeated)
    #[arg(long, value_name = "METHOD=FAULT[*TIMES]")]
    fault: Vec<FaultRule>,
    /// Keep the portal in this file between starts; --seed, --users and --tasks only count for a new file
    #[arg(long, value_name = "FILE")]
    data: Option<PathBuf>,
    /// Serve the portal by TLS too, at this loopback address; some SDKs insist on https
    #[arg(long, value_name = "ADDRESS", requires = "cert_out")]
    tls_listen: Option<SocketAddr>,
    /// Where to write the certificate to trust for --tls-listen; it is made anew at every start
    #[arg(long, value_name = "FILE", requires = "tls_listen")]
    cert_out: Option<PathBuf>,
    /// Whether lists obey start=-1 (no counting): honour or ignore
    #[arg(long, value_name = "HOW", default_value = "honour")]
    start_minus_one: StartMinusOne,
    /// Who pays for the commands of a batch: inner (each its own method) or outer (`batch` itself)
    #[arg(long, value_name = "WHO", default_value = "inner")]
    operating_charge: OperatingCharge,
    /// What every call is charged, in milliseconds of operating time [default: as --limits says]
    #[arg(long, value_name = "MS")]
    method_ms: Option<u64>,
    /// The language of the portal's messages and dates: en or ru
    #[arg(long, default_value = "en")]
    language: Language,
    /// Where comments of tasks live: old (forum), new (chat of the task) or mixed
    #[arg(long, default_value = "mixed")]
    cards: Cards,
}

/// Whether the portal is in a box.
#[derive(Args, Clone)]
pub(crate) struct Sandbox {
    /// Start a portal in this process, and work in that
    #[arg(long)]
    pub(crate) sandbox: bool,
    #[command(flatten)]
    pub(crate) world: World,
}

/// An open house, and the portal in the box behind it.
pub(crate) struct Opened {
    pub(crate) house: Arc<House>,
    pub(crate) portal: Option<Running>,
}

impl World {
    /// The settings of such a portal.
    pub(crate) fn settings(&self) -> b24_sim::Settings {
        let settings = b24_sim::Settings {
            seed: self.seed,
            users: self.users,
            tasks: self.tasks,
            limits: self.limits,
            data: self.data.clone(),
            tls_listen: self.tls_listen,
            cert_out: self.cert_out.clone(),
            start_minus_one: self.start_minus_one,
            operating_charge: self.operating_charge,
            method_ms: self.method_ms,
            language: self.language,
            cards: self.cards,
            ..b24_sim::Settings::default()
        };
        for rule in &self.fault {
            settings.faults.plan(rule.clone());
        }
        settings
    }

    /// What becomes of it when it ends.
    pub(crate) fn memory(&self) -> String {
        match &self.data {
            Some(file) => format!("It keeps everything in {}", file.display()),
            None => "It forgets everything when it ends".to_owned(),
        }
    }

    /// What the client may expect of such a portal.
    fn client_limits(&self) -> ClientLimits {
        if self.limits == Limits::off() {
            ClientLimits::OFF
        } else if self.limits == Limits::enterprise() {
            ClientLimits::ENTERPRISE
        } else {
            ClientLimits::STANDARD
        }
    }
}

/// Opens the house. Speaks to no portal yet.
pub(crate) async fn open(settings: &mut Settings, sandbox: &Sandbox) -> Result<Opened, Exit> {
    let mut limits = ClientLimits::STANDARD;
    let mut portal = None;
    if sandbox.sandbox {
        let running = start(sandbox.world.settings()).await?;
        crate::redact::learn([running.expose_webhook_url().as_str()]);
        let webhook = WebhookUrl::parse(&running.expose_webhook_url());
        settings.webhook = Some(webhook.map_err(|error| failed(&error))?);
        limits = sandbox.world.client_limits();
        portal = Some(running);
    }
    let tenants = Tenants::new(settings, limits).map_err(|error| failed(&error))?;
    let house = House::new(settings, tenants);
    Ok(Opened { house: Arc::new(house), portal })
}

/// Makes the data folder that the configuration says, before a server relies on it. One that nobody said is looked into
/// when it is there.
pub(crate) fn make_data_folder(settings: &Settings) -> Result<(), Exit> {
    match &settings.data {
        DataFolder { path: Some(folder), is_said: true } => freeze::make_folder(folder).map_err(|error| {
            say::talk(&format!("error: the data folder {} cannot be made: {error}", folder.display()));
            say::talk("\nhint: make it, for the person who runs the server, or set B24_DATA_DIR to another");
            Exit::Failed
        }),
        _ => Ok(()),
    }
}

/// Starts a portal in a box.
pub(crate) async fn start(settings: b24_sim::Settings) -> Result<Running, Exit> {
    b24_sim::Portal::start(settings).await.map_err(|error| failed(&error))
}

fn failed(error: &dyn std::error::Error) -> Exit {
    say::error(error, None);
    Exit::Failed
}
