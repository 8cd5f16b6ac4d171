//! A client of the Bitrix24 REST API: say what you want from a portal; get it, or a reason.
//!
//! It keeps to the portal's limits, speaks both of its languages, and never repeats a write that may have run.
//! It knows nothing of tools, of MCP, of the environment or of storage: a credential and options come in, and
//! replies and typed errors come out. No error, log line or `Debug` output holds a webhook's secret.
//!
//! ```
//! use b24_rest::{Call, CallError, Deadline, Params, Portal, methods};
//!
//! async fn who_am_i(portal: &Portal) -> Result<String, CallError> {
//!     let call = Call::new(&methods::system::PROFILE, Params::new());
//!     let reply = portal.call(call, Deadline::after(std::time::Duration::from_secs(20))).await?;
//!     Ok(reply.result["NAME"].as_str().unwrap_or_default().to_owned())
//! }
//! ```

mod batch; // many calls in one request
mod brake; // who may hold a request back at the last moment
mod call; // one call, before it is sent
mod credential; // what opens the door: a webhook now, an OAuth grant later
mod deadline; // how long the caller is ready to wait
mod dialect; // the two wire languages, classic and REST 3.0
mod error; // why a call has no reply
mod exchange; // the one loop that sends, waits and repeats
mod failure; // what one try ran into
mod file; // files, by links that never leave this crate
pub mod methods; // the methods this project calls, with their effect
mod options; // how a portal is spoken to
mod pacer; // when a portal may be called again
mod page; // lists longer than one answer
mod params; // parameters, as the portal's languages spell them
mod plain; // text for people out of what a portal wrote
mod portal; // one Bitrix24 account, seen through one credential
mod redirect; // whether a renamed portal may be followed
mod reply; // what a portal answered
mod send; // one HTTP exchange
pub mod signals; // what is counted, for whoever listens
mod tls; // whom we believe to be the portal
mod verdict; // whether a failed call may be made again
pub mod wire; // reading values the way PHP writes them

/// Named parameters of a call. Their order is kept.
pub type Params = serde_json::Map<String, serde_json::Value>;

pub use brake::{Brake, Stop};
pub use call::Call;
pub use deadline::Deadline;
pub use error::{CallError, Cause, ConnectError, PortalCode, Ran, Refusal};
pub use file::{Download, FileRef, RemoteFile};
pub use options::{Limits, Options, Patience};
pub use page::{Cursor, Page, Rows};
pub use portal::Portal;
pub use reply::{Reply, Timing};
pub use tls::trusting;
