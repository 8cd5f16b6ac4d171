//! One call, before it is sent: which method, with which parameters.

use b24_model::{
    Dialect, Effect, Method,
    effect::EffectKind,
    method::{Batching, MethodFacts},
};

use crate::Params;

/// One call. Its effect was proven by the type of the method and is carried on as a value.
///
/// `Debug` shows the method and the names of the parameters, never their values.
#[derive(Clone)]
pub struct Call {
    facts: &'static MethodFacts,
    params: Params,
    idempotency_key: Option<String>,
}

impl Call {
    /// A call of `method`.
    ///
    /// Parameters of a positional method are given by their documented names, in any order; the client puts
    /// them in place, and refuses unknown names and gaps with [`CallError::Misuse`](crate::CallError::Misuse).
    pub fn new<E: EffectKind>(method: &'static Method<E>, params: Params) -> Self {
        Self { facts: method.facts(), params, idempotency_key: None }
    }

    /// What is known about the method.
    pub fn facts(&self) -> &'static MethodFacts {
        self.facts
    }

    /// What the call does to the portal.
    pub fn effect(&self) -> Effect {
        self.facts.effect
    }

    /// The parameters, as they were given.
    pub fn params(&self) -> &Params {
        &self.params
    }

    /// The same call, recognised by the portal when it is sent twice with the same `key` within 24 hours.
    ///
    /// Only REST 3.0 knows such keys; a classic call stays as it was, because the portal would ignore the key
    /// and run the call again. A key is 1 to 255 printable ASCII characters; the portal refuses the key with
    /// another body. Source: the REST 3.0 documentation, "Idempotency".
    #[must_use]
    pub fn with_idempotency_key(mut self, key: String) -> Self {
        if self.facts.dialect == Dialect::V3 {
            self.idempotency_key = Some(key);
        }
        self
    }

    /// The same call under a key that nobody used before, so that a lost answer can be asked for again.
    ///
    /// Reads and classic calls stay as they were, and so does every call when there is no source of chance.
    #[must_use]
    pub fn with_fresh_idempotency_key(self) -> Self {
        if self.effect() == Effect::Read || self.facts.dialect != Dialect::V3 {
            return self;
        }
        match (getrandom::u64(), getrandom::u64()) {
            (Ok(one), Ok(two)) => self.with_idempotency_key(format!("{one:016x}{two:016x}")),
            _ => self,
        }
    }

    /// The key under which the portal recognises a repetition.
    pub(crate) fn idempotency_key(&self) -> Option<&str> {
        self.idempotency_key.as_deref()
    }

    /// Whether the call may be sent again although it may have run already.
    pub(crate) fn is_repeatable(&self) -> bool {
        self.effect() == Effect::Read || self.idempotency_key.is_some()
    }

    /// Whether the method itself may be a command of a classic `batch`.
    pub(crate) fn may_ride(&self) -> bool {
        self.facts.dialect == Dialect::Classic && self.facts.batching == Batching::Allowed
    }

    /// The same call with other parameters, for the next page of a list.
    pub(crate) fn with_params(&self, params: Params) -> Self {
        Self { params, ..self.clone() }
    }
}

impl std::fmt::Debug for Call {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Call({}", self.facts.name)?;
        for name in self.params.keys() {
            write!(f, " {name}")?;
        }
        f.write_str(")")
    }
}
