//! The portal about itself and about the credential (`api-reference/common/system/`).

use b24_model::{Method, Scope, effect::Read};

/// The person behind the credential, without any scope.
pub static PROFILE: Method<Read> = Method::classic("profile", Scope::BASIC);
/// The scopes of the credential.
pub static SCOPE: Method<Read> = Method::classic("scope", Scope::BASIC);
/// The portal's clock.
pub static SERVER_TIME: Method<Read> = Method::classic("server.time", Scope::BASIC);
