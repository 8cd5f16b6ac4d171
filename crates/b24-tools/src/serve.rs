//! The path of one call.
//!
//! Each line of [`walk`] turns one type into the next, and only that line can make it: leaving out a
//! stage, or changing their order, does not compile.

use serde_json::{Map, Value};

use crate::{
    Answer, Catalogue, Refusal, UnknownTool, Visit,
    gate::{admit::admit, confirm::confirm},
    prepared::AnyTool,
};

/// Calls a tool by name or alias.
///
/// A refusal is an [`Answer`] too. The only error is a name that no tool has: that is broken protocol.
pub async fn serve(
    catalogue: &Catalogue,
    visit: Visit<'_>,
    name: &str,
    arguments: Map<String, Value>,
) -> Result<Answer, UnknownTool> {
    let tool = catalogue.find(name)?;
    let (walked, calls) = match walk(tool, &visit, arguments).await {
        Ok((walked, calls)) => (walked, calls),
        Err(refusal) => (Err(refusal), 0),
    };
    Ok(Answer::from_walk(walked, calls))
}

type Walked = (Result<Value, Refusal>, u32);

async fn walk(
    tool: &dyn AnyTool,
    visit: &Visit<'_>,
    arguments: Map<String, Value>,
) -> Result<Walked, Refusal> {
    let admitted = admit(tool, visit)?;
    let question = admitted.ask(arguments)?;
    let proposal = question.plan().await?;
    let agreed = confirm(proposal)?;
    Ok(agreed.run().await)
}
