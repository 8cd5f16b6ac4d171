//! What a model can do in Bitrix24: tools, the plans they make, the gates they pass, the answers they give.
//!
//! Knows the client (`b24-rest`) and the vocabulary (`b24-model`). Knows nothing of MCP, HTTP servers,
//! storage, the environment or the clock: the time and the caller come in with each [`Visit`].
//!
//! The path of one call is [`serve`]: every stage takes the value that only the stage before it can make.
//!
//! ```text
//! catalogue.find → gate::admit → input → Tool::plan → gate::confirm → gate::record → Tool::run → answer
//!                  Admitted      Asked   Planned      Confirmed       Permit<E>
//! ```

mod answer;
mod batch;
mod catalogue;
pub mod complete;
mod contract;
mod course;
mod desk;
mod directory;
mod file;
mod filter;
mod gate;
mod hygiene;
mod input;
mod link;
mod memory;
mod permit;
mod plan;
mod policy;
mod prepared;
pub mod prompts;
mod record;
mod refusal;
pub mod resources;
mod schema;
mod serve;
mod tool;
pub mod tools;
mod view;
mod visit;

pub use answer::{Answer, Form, tokens_at_most};
pub use catalogue::{Catalogue, Listing, UnknownTool};
pub use course::{Brake, Canceller, Course, Freeze, Progress, Unbraked, Untold};
pub use desk::{Desk, Filed, Mailbox, NotFiled, Note};
pub use file::{FileOnTask, LinkDesk, MOST_FILE_BYTES, OneUse, OpenFile, open_file};
pub use gate::record::{Intent, IntentId, NotRecorded, Outcome, Recorder, Unrecorded};
pub use memory::Memory;
pub use permit::{Permit, Reader};
pub use plan::{Loss, Plan, Target};
pub use policy::{Confirm, Narrowing, Policy};
pub use refusal::{Code, Refusal};
pub use serve::serve;
pub use tool::{Gate, Rows, Spec, Tool, Toolset};
pub use tools::task::undocumented::{NOT_DOCUMENTED, NotDocumented};
pub use view::{NotAView, View};
pub use visit::{Caller, Tenant, Visit, Zone};
