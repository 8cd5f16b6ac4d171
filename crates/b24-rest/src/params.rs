//! Parameters, as the portal's languages spell them: JSON for a call of its own, PHP brackets for a command of a batch.

pub(crate) mod brackets;
pub(crate) mod positional;

use std::borrow::Cow;

use b24_model::method::Binding;

use crate::{Call, CallError, Params};

/// The parameters of `call` in the order and under the names that go over the wire.
///
/// Refuses what the portal would misread without a word: `auth`, which would be taken for a credential, and
/// parameters of a positional method that have no place.
pub(crate) fn placed(call: &Call) -> Result<Cow<'_, Params>, CallError> {
    let facts = call.facts();
    let misuse = |what| CallError::Misuse { method: facts.name, what };
    if call.params().keys().any(|name| name.eq_ignore_ascii_case("auth")) {
        return Err(misuse("`auth` is not a parameter: the client adds the credential".to_owned()));
    }
    match facts.binding {
        Binding::Named => Ok(Cow::Borrowed(call.params())),
        Binding::Positional(order) => {
            positional::in_order(order, call.params()).map(Cow::Owned).map_err(misuse)
        }
    }
}
