//! What a run is made of: fresh sentinels in files, a portal of its own, a folder, and everything that was captured.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::captured::Captured;
use super::forms::{Finder, Sentinel};
use super::process::{Environment, Process};
use super::wire;

/// Characters that every encoding leaves alone, and some that most change.
const PLAIN: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const MIXED: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/+._~-/+/+";

/// The portal in a box. What it says itself is no business of the test.
pub(crate) struct Portal {
    _process: Process,
    address: String,
    token: String,
    /// The address of its webhook, over TLS.
    pub(crate) webhook: String,
}

impl Portal {
    fn start(program: &Path, folder: &Path) -> Result<Self, String> {
        let cert = folder.join("portal.pem").display().to_string();
        let args = "sandbox --listen 127.0.0.1:0 --limits off --show-admin-token --tls-listen 127.0.0.1:0 --cert-out";
        let args: Vec<&str> = args.split(' ').chain([cert.as_str()]).collect();
        let process = Process::start(program, &args, &[], folder, &Captured::default())?;
        // The two streams come in no order, but each line comes once.
        let (mut plain, mut tls, mut token) = (None, None, None);
        while plain.is_none() || tls.is_none() || token.is_none() {
            let line = process.told_line()?;
            let word = |mark: &str| {
                line.split_once(mark)
                    .map(|(_, rest)| rest.split([' ', ';', '\n']).next().unwrap_or_default().to_owned())
            };
            tls = tls.or_else(|| word("by TLS it is https://"));
            token = token.or_else(|| word("admin token: "));
            plain = plain.or_else(|| line.starts_with("http://").then(|| word("http://")).flatten());
        }
        let (plain, tls) = (plain.unwrap_or_default(), tls.unwrap_or_default());
        let (address, path) = plain.split_once('/').ok_or("the portal has no webhook")?;
        let authority = tls.split('/').next().unwrap_or_default();
        let webhook = format!("https://{authority}/{path}");
        Ok(Self { _process: process, address: address.to_owned(), token: token.unwrap_or_default(), webhook })
    }

    /// Plans that the portal misbehaves.
    pub(crate) fn plan(&self, rule: &str) {
        let headers = [("X-Sandbox-Token", self.token.as_str())];
        let bytes = wire::request(&self.address, "POST /__sandbox/faults", &headers, rule);
        wire::exchange(&self.address, &bytes, &Captured::default(), "portal");
    }
}

/// Everything of one run.
pub(crate) struct World {
    pub(crate) program: PathBuf,
    /// Where the server runs and writes.
    pub(crate) folder: PathBuf,
    secrets: PathBuf,
    pub(crate) portal: Portal,
    pub(crate) sentinels: Vec<Sentinel>,
    pub(crate) finder: Finder,
    pub(crate) captured: Captured,
    calls: AtomicUsize,
}

impl World {
    /// Makes one below `root`.
    pub(crate) fn new(program: &Path, root: &Path, name: &str) -> Result<Self, String> {
        let (folder, secrets) = (root.join(name), root.join(format!("{name}-secrets")));
        for folder in [&folder, &secrets] {
            if folder.exists() {
                fs::remove_dir_all(folder).map_err(|e| format!("cannot empty {}: {e}", folder.display()))?;
            }
            fs::create_dir_all(folder).map_err(|e| format!("cannot make {}: {e}", folder.display()))?;
        }
        let portal = Portal::start(program, &secrets)?;
        let webhook = portal.webhook.trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_owned();
        let mut sentinels = vec![Sentinel { name: "webhook", value: webhook }];
        for (name, alphabet) in [
            ("first Bearer", MIXED),
            ("second Bearer", PLAIN),
            ("admin token", MIXED),
            ("feedback token", PLAIN),
            ("password of the database", PLAIN),
            ("sealing key", MIXED),
            ("certificates", PLAIN),
        ] {
            sentinels.push(Sentinel { name, value: random(40, alphabet)? });
        }
        let finder = Finder::new(&sentinels);
        let captured = Captured::default();
        let world = Self {
            program: program.into(),
            folder,
            secrets,
            portal,
            sentinels,
            finder,
            captured,
            calls: AtomicUsize::new(0),
        };
        world.write_secrets()?;
        Ok(world)
    }

    fn write_secrets(&self) -> Result<(), String> {
        let certificates = fs::read_to_string(self.secrets.join("portal.pem"))
            .map_err(|e| format!("no certificate: {e}"))?;
        fs::write(self.secrets.join("ca.pem"), format!("# {}\n{certificates}", self.secret("certificates")))
            .map_err(|e| format!("cannot write: {e}"))?;
        for (name, value) in self.said() {
            fs::write(self.secrets.join(name), value).map_err(|e| format!("cannot write: {e}"))?;
        }
        Ok(())
    }

    /// Every secret as an admin says it, by the name of its setting.
    fn said(&self) -> [(&'static str, String); 6] {
        [
            ("B24_WEBHOOK_URL", self.portal.webhook.clone()),
            (
                "B24_MCP_TOKEN",
                format!("anna={},{}", self.secret("first Bearer"), self.secret("second Bearer")),
            ),
            ("B24_ADMIN_TOKEN", self.secret("admin token").to_owned()),
            ("B24_FEEDBACK_TOKEN", self.secret("feedback token").to_owned()),
            (
                "B24_DATABASE_URL",
                format!("postgres://b24:{}@127.0.0.1:9/b24", self.secret("password of the database")),
            ),
            ("B24_SECRET_KEY", self.secret("sealing key").to_owned()),
        ]
    }

    /// A secret by its name.
    pub(crate) fn secret(&self, name: &str) -> &str {
        self.sentinels.iter().find(|sentinel| sentinel.name == name).map_or("", |sentinel| &sentinel.value)
    }

    /// An environment that points to secrets in files.
    pub(crate) fn pointing(&self, log: &str, format: &str, collector: &str) -> Environment {
        let path = |name: &str| self.secrets.join(name).display().to_string();
        let mut environment: Environment =
            self.said().iter().map(|(name, _)| (format!("{name}_FILE"), path(name))).collect();
        environment.extend(self.others(log, format));
        environment.push(("B24_OTLP_ENDPOINT".into(), collector.into()));
        environment
    }

    /// An environment with the secrets in it.
    pub(crate) fn saying(&self, log: &str, format: &str) -> Environment {
        let said = self.said().into_iter().map(|(name, value)| (name.to_owned(), value));
        said.chain(self.others(log, format)).collect()
    }

    fn others(&self, log: &str, format: &str) -> Environment {
        let folder = |name: &str| self.folder.join(name).display().to_string();
        let pairs = [
            ("B24_CA_FILE", self.secrets.join("ca.pem").display().to_string()),
            ("B24_DATA_DIR", folder("data")),
            ("B24_AUDIT_DIR", folder("audit")),
            ("B24_LOG", log.into()),
            ("B24_LOG_FORMAT", format.into()),
            ("B24_DEADLINE", "3".into()),
            ("B24_BODY_LIMIT", "65536".into()),
            ("B24_VIEW", "full".into()),
            ("B24_CONFIRM", "flag".into()),
            ("HOME", folder("home")),
            ("TMPDIR", self.folder.display().to_string()),
        ];
        pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }

    /// Counts a call.
    pub(crate) fn called(&self) -> usize {
        self.calls.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// How many calls there were.
    pub(crate) fn calls(&self) -> usize {
        self.calls.load(Ordering::Relaxed)
    }
}

fn random(length: usize, alphabet: &[u8]) -> Result<String, String> {
    let mut bytes = vec![0; length];
    fs::File::open("/dev/urandom")
        .and_then(|mut source| source.read_exact(&mut bytes))
        .map_err(|e| format!("cannot read random bytes: {e}"))?;
    Ok(bytes.iter().map(|byte| char::from(alphabet[usize::from(*byte) % alphabet.len()])).collect())
}
