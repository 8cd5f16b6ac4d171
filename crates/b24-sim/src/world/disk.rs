//! The drive: a storage for each person and each group, files in them, files attached to tasks.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

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

/// A number nobody can guess, so that nobody guesses the address of a file either. Never printed, never saved.
#[derive(Clone, Copy)]
pub(crate) struct Key(u64);

impl Default for Key {
    fn default() -> Self {
        // Without random bytes the addresses are guessable, which a box on loopback survives.
        Self(getrandom::u64().unwrap_or(0x00B2_4000))
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
        let seed = self.key.0 ^ object.rotate_left(32) ^ user.rotate_left(8);
        super::random::uuid(seed).replace('-', "")
    }

    /// The credential to put one file after another into a folder, for one person. Folders and files share one row of
    /// ids, so it must not be the credential of a file.
    pub(crate) fn upload_pass(&self, folder: u64, user: u64, unique: bool) -> String {
        self.pass(folder ^ (1 << 63), user ^ (u64::from(unique) << 62))
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
