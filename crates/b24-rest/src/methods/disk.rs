//! The drive (`api-reference/disk/`). Answers of these methods hold links that carry credentials; the client keeps them.

use b24_model::{
    Method, Scope,
    effect::{Read, Write},
};

/// Lists the drives that the caller may enter.
pub static STORAGE_GETLIST: Method<Read> = Method::classic("disk.storage.getlist", Scope::DISK);
/// Lists what lies in the root of a drive: `id`, `filter`, `order`.
pub static STORAGE_GETCHILDREN: Method<Read> = Method::classic("disk.storage.getchildren", Scope::DISK);
/// Puts a new file into the root of a drive: `id`, `data: {NAME}`, `fileContent: [name, base64]`.
///
/// Never in a batch: that would be too long for one.
pub static STORAGE_UPLOADFILE: Method<Write> =
    Method::classic("disk.storage.uploadfile", Scope::DISK).alone();
/// Reads a file of the drive.
pub static FILE_GET: Method<Read> = Method::classic("disk.file.get", Scope::DISK);
