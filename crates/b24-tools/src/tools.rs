//! The tools. Adding one is a file below this folder and a line here.

pub mod project;
pub mod server;
pub mod task;
pub mod user;

mod own; // what belongs to the owner of the credential, and to nobody else

use std::sync::Arc;

use crate::prepared::{AnyTool, Shelved};

/// Every tool there is.
pub(crate) fn all() -> Vec<Arc<dyn AnyTool>> {
    vec![
        Shelved::<project::flow::find::FlowFind>::shelve(),
        Shelved::<project::group::find::GroupFind>::shelve(),
        Shelved::<project::stage::list::StageList>::shelve(),
        Shelved::<server::list_session::ListSession>::shelve(),
        Shelved::<server::submit_feedback::SubmitFeedback>::shelve(),
        Shelved::<task::checklist::add::ItemAdd>::shelve(),
        Shelved::<task::checklist::complete::ItemComplete>::shelve(),
        Shelved::<task::checklist::delete::ItemDelete>::shelve(),
        Shelved::<task::checklist::list::ItemList>::shelve(),
        Shelved::<task::checklist::renew::ItemRenew>::shelve(),
        Shelved::<task::comment::add::CommentAdd>::shelve(),
        Shelved::<task::comment::list::CommentList>::shelve(),
        Shelved::<task::counter::get::CounterGet>::shelve(),
        Shelved::<task::create::TaskCreate>::shelve(),
        Shelved::<task::delegate::TaskDelegate>::shelve(),
        Shelved::<task::delete::TaskDelete>::shelve(),
        Shelved::<task::dependency::add::DependencyAdd>::shelve(),
        Shelved::<task::dependency::list::DependencyList>::shelve(),
        Shelved::<task::dependency::remove::DependencyRemove>::shelve(),
        Shelved::<task::file::add::FileAdd>::shelve(),
        Shelved::<task::file::get::FileGet>::shelve(),
        Shelved::<task::file::list::FileList>::shelve(),
        Shelved::<task::file::remove::FileRemove>::shelve(),
        Shelved::<task::field_list::FieldList>::shelve(),
        Shelved::<task::favorite::TaskFavorite>::shelve(),
        Shelved::<task::get::TaskGet>::shelve(),
        Shelved::<task::history::list::HistoryList>::shelve(),
        Shelved::<task::list::TaskList>::shelve(),
        Shelved::<task::rate::TaskRate>::shelve(),
        Shelved::<task::result::add::ResultAdd>::shelve(),
        Shelved::<task::result::delete::ResultDelete>::shelve(),
        Shelved::<task::result::list::ResultList>::shelve(),
        Shelved::<task::result::update::ResultUpdate>::shelve(),
        Shelved::<task::stage_move::StageMove>::shelve(),
        Shelved::<task::time::add::TimeAdd>::shelve(),
        Shelved::<task::time::delete::TimeDelete>::shelve(),
        Shelved::<task::time::list::TimeList>::shelve(),
        Shelved::<task::time::update::TimeUpdate>::shelve(),
        Shelved::<task::transition::TaskTransition>::shelve(),
        Shelved::<task::update::TaskUpdate>::shelve(),
        Shelved::<task::watch::TaskWatch>::shelve(),
        Shelved::<user::department::find::DepartmentFind>::shelve(),
        Shelved::<user::find::UserFind>::shelve(),
        Shelved::<user::get::UserGet>::shelve(),
        Shelved::<user::me::UserMe>::shelve(),
    ]
}
