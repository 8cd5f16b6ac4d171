//! The drive: a storage for each person and each group, files in them, files attached to tasks.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::World;

/// Whose drive it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub(crate) enum Owner {
    User(u64),
    Group(u64),
    Company,
}

/// A drive. Its root folder has the id of [`Storage::root`].
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Storage {
    pub(crate) id: u64,
    pub(crate) owner: Owner,
}

/// A folder or a file: they share one row of ids.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Object {
    pub(crate) id: u64,
    pub(crate) storage: u64,
    /// The folder it lies in; the root of a storage has none of its own.
    pub(crate) parent: u64,
    pub(crate) name: String,
    pub(crate) created_by: u64,
    pub(crate) created: Timestamp,
    pub(crate) updated: Timestamp,
    /// Absent for a folder.
    pub(crate) file: Option<Content>,
}

/// What is in a file.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Content {
    /// Base64, as it came and as a saved world can hold it.
    pub(crate) base64: String,
    /// In bytes.
    pub(crate) size: u64,
    pub(crate) version: u64,
}

/// A file attached to a task.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
pub(crate) struct Attached {
    pub(crate) id: u64,
    pub(crate) object: u64,
    pub(crate) task: u64,
    pub(crate) by: u64,
    pub(crate) at: Timestamp,
}

/// What the addresses of files are made with, so that nobody guesses one. Never printed, never saved.
#[derive(Clone, Copy)]
pub(crate) struct Key([u8; 32]);

impl Default for Key {
    fn default() -> Self {
        let mut key = [0; 32];
        // Without random bytes the addresses are guessable, which a box on loopback survives.
        let _ = getrandom::fill(&mut key);
        Self(key)
    }
}

impl Key {
    /// The credential for `what` with these numbers. A keyed hash: of credentials nobody learns the key, nor another one.
    fn pass(&self, what: &str, numbers: &[u64]) -> String {
        let mut hash = Sha256::new();
        // The key fills the front and the end, so that nothing can be appended to what was hashed.
        hash.update(self.0);
        hash.update(what.as_bytes());
        numbers.iter().for_each(|number| hash.update(number.to_be_bytes()));
        hash.update(self.0);
        hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(…)")
    }
}

impl Storage {
    /// The root folder, which is no object of its own: its number is derived.
    pub(crate) fn root(&self) -> u64 {
        1_000_000 + self.id
    }
}

impl World {
    /// The credential of one file for one person.
    pub(crate) fn pass(&self, object: u64, user: u64) -> String {
        self.key.pass("download", &[object, user])
    }

    /// The credential of one attachment for one person.
    pub(crate) fn attached_pass(&self, attached: u64, user: u64) -> String {
        self.key.pass("attached", &[attached, user])
    }

    /// The credential to put one file after another into a folder, for one person.
    pub(crate) fn upload_pass(&self, folder: u64, user: u64, unique: bool) -> String {
        self.key.pass("upload", &[folder, user, u64::from(unique)])
    }

    /// Whether `user` may read and write in a storage.
    pub(crate) fn opens_storage(&self, storage: u64, user: u64) -> bool {
        let Some(storage) = self.storages.get(&storage) else {
            return false;
        };
        match storage.owner {
            Owner::Company => true,
            Owner::User(owner) => owner == user || super::rights::is_admin(self, user),
            Owner::Group(group) => {
                self.groups.get(&group).is_some_and(|group| group.role(user).is_some())
                    || super::rights::is_admin(self, user)
            }
        }
    }

    /// The storage whose root has this number.
    pub(crate) fn storage_of_root(&self, root: u64) -> Option<&Storage> {
        self.storages.values().find(|storage| storage.root() == root)
    }

    /// A file the caller may read: one of an open storage, or one attached to a task they may see.
    pub(crate) fn readable_file(&self, id: u64, user: u64) -> Option<&Object> {
        let object = self.objects.get(&id).filter(|object| object.file.is_some())?;
        let attached = || {
            let mut tasks = self
                .attached
                .values()
                .filter(|attached| attached.object == id)
                .filter_map(|attached| self.tasks.get(&attached.task));
            tasks.any(|task| super::rights::role(self, task, user).can_read())
        };
        (self.opens_storage(object.storage, user) || attached()).then_some(object)
    }

    /// Puts a folder or a file on the drive and returns its id.
    pub(crate) fn store(&mut self, mut object: Object) -> u64 {
        self.last.object += 1;
        object.id = self.last.object;
        let id = object.id;
        self.objects.insert(id, object);
        id
    }

    /// Attaches a file to a task and returns the id of the attachment; one that hangs there already keeps its own.
    pub(crate) fn attach(&mut self, object: u64, task: u64, by: u64, at: Timestamp) -> u64 {
        let same = |attached: &&Attached| attached.object == object && attached.task == task;
        if let Some(known) = self.attached.values().find(same) {
            return known.id;
        }
        self.last.object += 1;
        let id = self.last.object;
        self.attached.insert(id, Attached { id, object, task, by, at });
        id
    }
}
