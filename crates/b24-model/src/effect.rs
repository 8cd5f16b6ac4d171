//! What a call does to a portal: it reads, it writes, or it destroys.
//!
//! The effect exists twice: as a value, for lists and policies, and as a type, so that the right to
//! read cannot be used to write. The two never disagree, because the value comes from the type.

use serde::Serialize;

/// What a call does to the portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Effect {
    /// Nothing changes.
    Read,
    /// Something is created or changed, and can be changed back.
    Write,
    /// Something is gone afterwards.
    Destroy,
}

impl Effect {
    /// The lower-case word, as catalogues and logs print it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Destroy => "destroy",
        }
    }
}

/// The effect, as a type. Sealed: [`Read`], [`Write`] and [`Destroy`] are all there are.
pub trait EffectKind: sealed::Sealed + Send + Sync + 'static {
    /// The same effect, as a value.
    const EFFECT: Effect;
}

/// `A: Covers<B>`: the right to do `A` includes the right to do `B`.
pub trait Covers<B: EffectKind>: EffectKind {}

/// The effect of a call after which nothing has changed.
#[derive(Clone, Copy, Debug)]
pub enum Read {}
/// The effect of a call that creates or changes.
#[derive(Clone, Copy, Debug)]
pub enum Write {}
/// The effect of a call after which something is gone.
#[derive(Clone, Copy, Debug)]
pub enum Destroy {}

impl EffectKind for Read {
    const EFFECT: Effect = Effect::Read;
}
impl EffectKind for Write {
    const EFFECT: Effect = Effect::Write;
}
impl EffectKind for Destroy {
    const EFFECT: Effect = Effect::Destroy;
}

impl Covers<Read> for Read {}
impl Covers<Read> for Write {}
impl Covers<Write> for Write {}
impl Covers<Read> for Destroy {}
impl Covers<Write> for Destroy {}
impl Covers<Destroy> for Destroy {}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Read {}
    impl Sealed for super::Write {}
    impl Sealed for super::Destroy {}
}
