//! The path of one call.
//!
//! Each line of [`walk`] turns one type into the next, and only that line can make it: leaving out a
//! stage, or changing their order, does not compile.

use serde_json::{Map, Value};

use crate::{
    Answer, Catalogue, Refusal, UnknownTool, Visit,
    answer::Telling,
    catalogue::Found,
    gate::{
        admit::admit,
        confirm::{Ran, confirm},
    },
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
    let found = catalogue.find(name)?;
    let rows = found.tool.rows();
    let start = rows.and_then(|rows| arguments.get(rows.start?)?.as_u64()).unwrap_or(0);
    let ran = match walk(&found, &visit, arguments).await {
        Ok(ran) => ran,
        Err(refusal) => return Ok(Answer::refused(&refusal, 0)),
    };
    let telling = Telling { form: visit.form, rows, start, zone: ran.zone };
    Ok(Answer::from_walk(ran.answer, ran.calls, &telling))
}

async fn walk(found: &Found<'_>, visit: &Visit<'_>, arguments: Map<String, Value>) -> Result<Ran, Refusal> {
    let admitted = admit(found.tool, visit)?;
    let question = admitted.ask(given(arguments, found.preset)?)?;
    let proposal = question.plan().await?;
    let agreed = confirm(proposal)?;
    Ok(agreed.run().await)
}

/// The arguments, with the one that the name itself gives.
fn given(
    mut arguments: Map<String, Value>,
    preset: Option<(&str, &str)>,
) -> Result<Map<String, Value>, Refusal> {
    if let Some((argument, value)) = preset
        && let Some(said) = arguments.insert(argument.to_owned(), value.into())
        && said != value
    {
        return Err(Refusal::invalid(format!(
            "there is no argument `{argument}` here: the tool's name says it"
        )));
    }
    Ok(arguments)
}
