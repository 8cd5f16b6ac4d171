//! What runs: every value checked once, every default filled in.

use std::{collections::BTreeSet, fmt, path::PathBuf, str::FromStr, time::Duration};

use b24_model::secret::WebhookUrl;

use b24_tools::{Confirm, Policy, View, prompts::Language};

use super::{
    error::{self, ConfigError},
    key::Key,
    names::{self, Kind},
    written::{Said, Source, Written},
};
use crate::{
    door::{admin::AdminToken, bearer::Bearers},
    feedback::Place,
    telemetry::otlp::Endpoint,
};

/// How long one request may take.
const DEADLINE: Duration = Duration::from_secs(60);
/// How many bytes one request may have.
const BODY_LIMIT: usize = 4 * 1024 * 1024;
/// How many connections there may be at a time.
const MAX_CONNECTIONS: usize = 1024;

/// Everything that is configured.
#[derive(Debug)]
pub(crate) struct Settings {
    pub(crate) webhook: Option<WebhookUrl>,
    pub(crate) bearers: Bearers,
    pub(crate) listen: Listen,
    pub(crate) public_url: Option<PublicUrl>,
    /// Certificates in PEM that are trusted besides the usual ones.
    pub(crate) ca_pem: Option<Vec<u8>>,
    /// Log directives, as written: a level, or `level,target=level`.
    pub(crate) log: Option<String>,
    pub(crate) log_format: LogFormat,
    /// Who may read what only the admin may.
    pub(crate) admin: Option<AdminToken>,
    /// Where metrics are read, when not at the address of the server itself.
    pub(crate) metrics_listen: Option<Listen>,
    /// Where traces and metrics are sent.
    pub(crate) otlp: Option<Endpoint>,
    /// Where feedback about the server is filed.
    pub(crate) feedback: Option<Place>,
    pub(crate) view: View,
    pub(crate) policy: Policy,
    /// In which language prompts are said when nobody says one.
    pub(crate) language: Language,
    pub(crate) data: DataFolder,
    /// Who runs the program, as the machine calls them.
    pub(crate) operator: Option<String>,
    pub(crate) deadline: Duration,
    pub(crate) body_limit: usize,
    /// How many connections there may be at a time.
    pub(crate) max_connections: usize,
    /// The configuration file that was read.
    pub(crate) file: Option<PathBuf>,
    /// Where each setting that was said came from.
    pub(crate) origins: Vec<Origin>,
    /// What an admin should know.
    pub(crate) remarks: Vec<String>,
}

/// Where the program keeps what outlives it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct DataFolder {
    /// `None` when nobody said one and the machine has no usual place for it.
    pub(crate) path: Option<PathBuf>,
    /// Whether the configuration says it. Then it is made when it is missing.
    pub(crate) is_said: bool,
}

/// Where a setting came from.
#[derive(Debug)]
pub(crate) struct Origin {
    pub(crate) key: Key,
    pub(crate) source: Source,
}

/// What lines of the log look like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum LogFormat {
    #[default]
    Text,
    Json,
}

/// The address to listen on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Listen {
    pub(crate) host: String,
    pub(crate) port: u16,
}

impl Default for Listen {
    fn default() -> Self {
        Self { host: "127.0.0.1".into(), port: 3000 }
    }
}

impl FromStr for Listen {
    type Err = ();

    /// Reads `host:port`, `[v6]:port`, `:port` or `port`; without a host it is the loopback address.
    fn from_str(text: &str) -> Result<Self, ()> {
        let (host, port) = text.rsplit_once(':').unwrap_or(("", text));
        let port = port.parse().map_err(|_| ())?;
        let host = host.trim_start_matches('[').trim_end_matches(']');
        let legal = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | b':');
        if !host.bytes().all(legal) {
            return Err(());
        }
        let host = if host.is_empty() { Self::default().host } else { host.to_ascii_lowercase() };
        Ok(Self { host, port })
    }
}

impl fmt::Display for Listen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.host.contains(':') {
            write!(f, "[{}]:{}", self.host, self.port)
        } else {
            write!(f, "{}:{}", self.host, self.port)
        }
    }
}

impl Listen {
    /// Whether only this machine can reach it.
    pub(crate) fn is_loopback(&self) -> bool {
        self.host == "localhost" || self.host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
    }
}

/// The address under which people reach the server, when a proxy stands in front of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PublicUrl(url::Url);

impl PublicUrl {
    /// The host name, lower-case, without the brackets of an IPv6 literal.
    pub(crate) fn host(&self) -> &str {
        self.0.host_str().unwrap_or_default().trim_start_matches('[').trim_end_matches(']')
    }

    /// The port, the scheme's own when none is written.
    pub(crate) fn port(&self) -> u16 {
        self.0.port_or_known_default().unwrap_or_default()
    }

    /// `https` or `http`.
    pub(crate) fn scheme(&self) -> &str {
        self.0.scheme()
    }

    /// The address of the MCP endpoint below it.
    pub(crate) fn endpoint(&self) -> String {
        self.below("mcp")
    }

    /// An address below it.
    pub(crate) fn below(&self, path: &str) -> String {
        format!("{}/{path}", self.0.as_str().trim_end_matches('/'))
    }
}

impl FromStr for PublicUrl {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let url = url::Url::parse(text).map_err(|_| ())?;
        let plain = url.username().is_empty()
            && url.password().is_none()
            && url.query().is_none()
            && url.fragment().is_none();
        let http = matches!(url.scheme(), "https" | "http") && url.has_host();
        if plain && http { Ok(Self(url)) } else { Err(()) }
    }
}

impl TryFrom<Written> for Settings {
    type Error = ConfigError;

    fn try_from(mut said: Written) -> Result<Self, ConfigError> {
        let ca_pem = certificates(&mut said)?;
        let admin = admin(&mut said);
        let feedback = Place::settle(&mut said)?;
        let read_only = value(&said, Key::ReadOnly, "true or false", truth)?.unwrap_or(false);
        let confirm = confirm(&said)?;
        let view = value(&said, Key::View, "core, full, contract or a list of toolsets", |text| {
            text.parse::<View>().ok()
        })?;
        let view = view.unwrap_or_else(|| default_view(&said));
        let policy = Policy {
            read_only,
            toolsets: known(&said, Key::Toolsets, Kind::Toolset)?,
            tools: known(&said, Key::Tools, Kind::Tool)?,
            exclude: known(&said, Key::ExcludeTools, Kind::Tool)?.unwrap_or_default(),
            confirm,
            contract_gates: view == View::Contract,
        };
        let webhook = said.about(Key::WebhookUrl).map(|said| {
            WebhookUrl::parse(said.text.expose())
                .map_err(|source| ConfigError::Webhook { place: said.source.to_string(), source })
        });
        let seconds =
            |text: &str| text.parse().ok().filter(|s| (1..=3600).contains(s)).map(Duration::from_secs);
        let bytes = |text: &str| text.parse().ok().filter(|n| (1024..=64 * 1024 * 1024).contains(n));
        Ok(Self {
            webhook: webhook.transpose()?,
            bearers: Bearers::settle(&said)?,
            listen: value(&said, Key::Listen, "an address such as 127.0.0.1:3000", |text| text.parse().ok())?
                .unwrap_or_default(),
            public_url: value(&said, Key::PublicUrl, "an address such as https://mcp.example.com", |text| {
                text.parse().ok()
            })?,
            ca_pem,
            log: said.about(Key::Log).map(|said| said.text.expose().trim().to_owned()),
            log_format: value(&said, Key::LogFormat, "text or json", |text| match text {
                "text" => Some(LogFormat::Text),
                "json" => Some(LogFormat::Json),
                _ => None,
            })?
            .unwrap_or_default(),
            admin,
            metrics_listen: value(&said, Key::MetricsListen, "an address such as 127.0.0.1:9464", |text| {
                text.parse().ok()
            })?,
            otlp: value(&said, Key::OtlpEndpoint, "an address such as http://127.0.0.1:4318", |text| {
                text.parse().ok()
            })?,
            feedback,
            view,
            policy,
            language: value(&said, Key::Language, "en or ru", |text| text.parse().ok())?.unwrap_or_default(),
            data: data_folder(&said),
            operator: said.operator.clone(),
            deadline: value(&said, Key::Deadline, "a number of seconds from 1 to 3600", seconds)?
                .unwrap_or(DEADLINE),
            body_limit: value(&said, Key::BodyLimit, "a number of bytes from 1024 to 67108864", bytes)?
                .unwrap_or(BODY_LIMIT),
            max_connections: value(&said, Key::MaxConnections, "a number from 1 to 65536", |text| {
                text.parse().ok().filter(|n| (1..=65536).contains(n))
            })?
            .unwrap_or(MAX_CONNECTIONS),
            file: said.file.clone(),
            origins: said.all().map(|(key, said)| Origin { key, source: said.source.clone() }).collect(),
            remarks: said.remarks,
        })
    }
}

/// Reads one value, or says what it should have been.
fn value<T>(
    said: &Written,
    key: Key,
    wanted: &str,
    read: impl FnOnce(&str) -> Option<T>,
) -> Result<Option<T>, ConfigError> {
    let Some(said) = said.about(key) else {
        return Ok(None);
    };
    let refused = || ConfigError::Value {
        name: key.entry().name,
        wanted: wanted.to_owned(),
        place: said.source.to_string(),
    };
    read(said.text.expose().trim()).ok_or_else(refused).map(Some)
}

/// The folder that is said, else the one that the machine's own rules name. Absolute: several programs speak of it.
fn data_folder(said: &Written) -> DataFolder {
    let absolute = |path: PathBuf| std::path::absolute(&path).unwrap_or(path);
    match said.about(Key::DataDir) {
        Some(folder) => {
            DataFolder { path: Some(absolute(PathBuf::from(folder.text.expose().trim()))), is_said: true }
        }
        None => DataFolder { path: said.state_folder.clone(), is_said: false },
    }
}

/// Not yet built, `two-step` must not be taken for something weaker.
fn confirm(said: &Written) -> Result<Confirm, ConfigError> {
    let confirm = value(said, Key::Confirm, "flag or strict", |text| text.parse::<Confirm>().ok())?;
    match (confirm, said.about(Key::Confirm)) {
        (Some(Confirm::TwoStep), Some(said)) => Err(ConfigError::TwoStep { place: said.source.to_string() }),
        (confirm, _) => Ok(confirm.unwrap_or_default()),
    }
}

/// A list of names, each of which has to be one: a misspelt one would allow or forbid nothing.
fn known(said: &Written, key: Key, kind: Kind) -> Result<Option<BTreeSet<String>>, ConfigError> {
    let Some(said) = said.about(key) else {
        return Ok(None);
    };
    names::known(key.entry().name, kind, set(said), &said.source.to_string()).map(Some)
}

fn truth(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "1" | "yes" | "on" => Some(true),
        "false" | "0" | "no" | "off" => Some(false),
        _ => None,
    }
}

fn set(said: &Said) -> BTreeSet<String> {
    said.text.expose().split(',').map(str::trim).filter(|item| !item.is_empty()).map(str::to_owned).collect()
}

/// A weak admin token protects nothing, so it is as good as none.
fn admin(written: &mut Written) -> Option<AdminToken> {
    let said = written.about(Key::AdminToken)?;
    match AdminToken::new(said.text.expose().trim()) {
        Ok(token) => Some(token),
        Err(why) => {
            let remark = format!("the admin token of {} is ignored: {why}", said.source);
            written.remarks.push(remark);
            None
        }
    }
}

/// A variable of Node that points nowhere stops nothing there, so it stops nothing here.
fn certificates(written: &mut Written) -> Result<Option<Vec<u8>>, ConfigError> {
    let Some(said) = written.about(Key::CaFile) else {
        return Ok(None);
    };
    let path = PathBuf::from(said.text.expose().trim());
    let (name, is_alias) = (said.source.to_string(), matches!(said.source, Source::Alias(_)));
    match std::fs::read(&path) {
        Ok(pem) => Ok(Some(pem)),
        Err(error) if is_alias => {
            written.remarks.push(format!(
                "the certificates that {name} points to cannot be read: {}",
                error::word(error.kind())
            ));
            Ok(None)
        }
        Err(error) => Err(ConfigError::SecretFile { name, path, why: error.kind() }),
    }
}

/// A server that only the reference system's own names configured stands in for that system: it shows
/// exactly its tools.
fn default_view(said: &Written) -> View {
    let theirs = |name: &str| ["NUXT_", "BITRIX24_", "NITRO_"].iter().any(|start| name.starts_with(start));
    let mut seen = false;
    for (_, said) in said.all() {
        match &said.source {
            Source::Alias(name) if theirs(name) => seen = true,
            Source::Alias(_) | Source::Flag(_) => {}
            Source::Variable(_) | Source::File(_) | Source::SecretFile(_) => return View::Core,
        }
    }
    if seen { View::Contract } else { View::Core }
}
