//! What the portal only knows of the person to whom its credential belongs: favourites, the planner, the groups one is in.
//!
//! A caller may stand for somebody else. Then these are somebody else's, and saying so is better than showing them as one's
//! own.

use b24_model::effect::EffectKind;

use crate::{Code, Permit, Refusal};

/// Refuses when "me" is not the person whose `what` the portal would take.
pub(super) fn check<E: EffectKind>(what: &str, permit: &Permit<E>) -> Result<(), Refusal> {
    let (me, acting) = (permit.me(), permit.acting());
    if me == acting {
        return Ok(());
    }
    Err(Refusal::new(
        Code::ACTION_NOT_ALLOWED,
        format!("the portal would take the {what} of person {acting}, to whom its credential belongs, not those of person {me}"),
    )
    .hint("tell the person to do it in the portal, or to connect with a credential of their own"))
}
