//! Tools behind one object-safe face, so that a catalogue can hold them all.
//!
//! The stages keep their types on the inside: [`Asked`] holds the typed question, [`Planned`] the typed plan.

use std::{marker::PhantomData, sync::Arc};

use futures_util::future::BoxFuture;
use serde_json::{Map, Value};

use crate::{
    Plan, Reader, Refusal, Spec, Tool,
    gate::{confirm::Confirmed, record::Passage},
    input,
    plan::Summary,
    schema,
    tool::{Agreement, Rows},
};

/// A tool, whatever its types.
pub(crate) trait AnyTool: Send + Sync {
    fn spec(&self) -> &'static Spec;
    fn stands_for(&self) -> &'static [&'static str];
    fn rows(&self) -> Option<Rows>;
    fn input_schema(&self) -> Map<String, Value>;
    fn output_schema(&self) -> Map<String, Value>;
    /// Reads the arguments into the tool's question.
    fn ask(&self, arguments: Map<String, Value>) -> Result<Box<dyn Asked>, Refusal>;
}

/// A question that was understood.
pub(crate) trait Asked: Send + Sync {
    fn called_as(&self) -> Option<&'static str>;
    fn agrees_to_delete(&self) -> bool;
    fn plan<'a>(self: Box<Self>, reader: &'a Reader) -> BoxFuture<'a, Result<Box<dyn Planned>, Refusal>>;
}

/// A question whose consequences are known.
pub(crate) trait Planned: Send + Sync {
    fn summary(&self) -> Summary;
    fn agrees_to_change(&self) -> bool;
    fn agrees_to_cascade(&self) -> bool;
    /// Takes the confirmed plan through the record, and runs it.
    fn run<'a>(self: Box<Self>, confirmed: Confirmed<'a>) -> BoxFuture<'a, Result<Value, Refusal>>;
}

/// A tool type as a value.
pub(crate) struct Shelved<T>(PhantomData<fn() -> T>);

impl<T: Tool> Shelved<T> {
    /// What makes the constant a static: each tool's `SPEC` is one place in memory.
    const SPEC: &'static Spec = &T::SPEC;

    pub(crate) fn shelve() -> Arc<dyn AnyTool> {
        const {
            // The effect is said twice, as a word and as a type. They must agree.
            assert!(Self::SPEC.effect as u8 == <T::Effect as b24_model::effect::EffectKind>::EFFECT as u8);
        }
        Arc::new(Self(PhantomData))
    }
}

impl<T: Tool> AnyTool for Shelved<T> {
    fn spec(&self) -> &'static Spec {
        Self::SPEC
    }

    fn stands_for(&self) -> &'static [&'static str] {
        T::STANDS_FOR
    }

    fn rows(&self) -> Option<Rows> {
        T::ROWS
    }

    fn input_schema(&self) -> Map<String, Value> {
        schema::input::<T::Ask>()
    }

    fn output_schema(&self) -> Map<String, Value> {
        schema::output::<T::Answer>()
    }

    fn ask(&self, arguments: Map<String, Value>) -> Result<Box<dyn Asked>, Refusal> {
        let ask: T::Ask = input::read(arguments, &|| self.input_schema())?;
        Ok(Box::new(AskOf::<T>(ask)))
    }
}

struct AskOf<T: Tool>(T::Ask);

impl<T: Tool> Asked for AskOf<T> {
    fn called_as(&self) -> Option<&'static str> {
        T::called_as(&self.0)
    }

    fn agrees_to_delete(&self) -> bool {
        self.0.to_delete()
    }

    fn plan<'a>(self: Box<Self>, reader: &'a Reader) -> BoxFuture<'a, Result<Box<dyn Planned>, Refusal>> {
        Box::pin(async move {
            let plan = T::plan(&self.0, reader).await?;
            Ok(Box::new(PlanOf::<T> { ask: self.0, plan }) as Box<dyn Planned>)
        })
    }
}

struct PlanOf<T: Tool> {
    ask: T::Ask,
    plan: Plan<T::Found>,
}

impl<T: Tool> Planned for PlanOf<T> {
    fn summary(&self) -> Summary {
        self.plan.summary()
    }

    fn agrees_to_change(&self) -> bool {
        self.ask.to_change()
    }

    fn agrees_to_cascade(&self) -> bool {
        self.ask.to_cascade()
    }

    fn run<'a>(self: Box<Self>, confirmed: Confirmed<'a>) -> BoxFuture<'a, Result<Value, Refusal>> {
        Box::pin(async move {
            let passed = <T::Effect as Passage>::pass(confirmed).await?;
            let (permit, closing) = passed;
            let ran = T::run(self.ask, self.plan, permit).await;
            closing.close(ran.as_ref().err()).await;
            let answer = ran?;
            serde_json::to_value(answer).map_err(|error| Refusal::internal(&error))
        })
    }
}
