//! Files that hang on records (`api-reference/disk/attached-object/`).

use b24_model::{Method, Scope, effect::Read};

/// Name and size of an attached file. Its answer holds a `DOWNLOAD_URL` with a credential in it: that stays here.
pub static GET: Method<Read> = Method::classic("disk.attachedObject.get", Scope::DISK);
