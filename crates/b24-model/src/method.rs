//! Methods of the REST API, with what is known about each before it is called.
//!
//! The constants themselves live with the client (`b24-rest`, `methods/`). The effect is part of the
//! type: code that holds the right to read cannot be given a method that writes.

use std::marker::PhantomData;

use crate::{
    Scope,
    effect::{Effect, EffectKind},
};

/// The two languages of the REST API. They share names, so the method knows its language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// The classic API, under `/rest/`.
    Classic,
    /// REST 3.0, under `/rest/api/`.
    V3,
}

/// How a method finds its parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binding {
    /// By name. Order does not matter.
    Named,
    /// By position: the legacy `task.*` classes. These are the documented names, in documented order;
    /// nothing may come before, between or after them.
    Positional(&'static [&'static str]),
}

/// Whether a method may be a command of a `batch`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Batching {
    /// It may.
    Allowed,
    /// The portal refuses it there, or its answer makes no sense there.
    Alone,
}

/// What is known about a method, with its effect as a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MethodFacts {
    /// The documented name, in documented case.
    pub name: &'static str,
    /// Which of the two languages it belongs to.
    pub dialect: Dialect,
    /// What it does to the portal.
    pub effect: Effect,
    /// The narrowest scope that lets a credential call it.
    pub scope: Scope,
    /// How it finds its parameters.
    pub binding: Binding,
    /// Whether it may ride in a batch.
    pub batching: Batching,
}

/// A method whose effect is `E`.
#[derive(Debug)]
pub struct Method<E> {
    facts: MethodFacts,
    effect: PhantomData<fn() -> E>,
}

impl<E: EffectKind> Method<E> {
    /// A method of the classic API that finds its parameters by name.
    pub const fn classic(name: &'static str, scope: Scope) -> Self {
        Self::of(name, Dialect::Classic, scope)
    }

    /// A method of REST 3.0. Those never ride in a classic batch.
    pub const fn v3(name: &'static str, scope: Scope) -> Self {
        Self::of(name, Dialect::V3, scope).alone()
    }

    const fn of(name: &'static str, dialect: Dialect, scope: Scope) -> Self {
        let facts = MethodFacts {
            name,
            dialect,
            effect: E::EFFECT,
            scope,
            binding: Binding::Named,
            batching: Batching::Allowed,
        };
        Self { facts, effect: PhantomData }
    }

    /// The same method, reading its parameters by position, in this order.
    #[must_use]
    pub const fn positional(mut self, order: &'static [&'static str]) -> Self {
        self.facts.binding = Binding::Positional(order);
        self
    }

    /// The same method, never in a batch.
    #[must_use]
    pub const fn alone(mut self) -> Self {
        self.facts.batching = Batching::Alone;
        self
    }

    /// What is known about it.
    pub const fn facts(&self) -> &MethodFacts {
        &self.facts
    }

    /// Its documented name.
    pub const fn name(&self) -> &'static str {
        self.facts.name
    }
}
