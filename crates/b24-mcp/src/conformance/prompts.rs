//! The prompts that the suite asks for, and completions of their arguments.

use rmcp::{
    ErrorData,
    model::{
        CompleteRequestParams, CompleteResult, CompletionInfo, ContentBlock, GetPromptRequestParams,
        GetPromptResponse, GetPromptResult, ImageContent, Prompt, PromptArgument, PromptMessage, Role,
    },
};
use serde_json::json;

use super::{content::PIXEL, rounds};

pub(super) fn all() -> [Prompt; 5] {
    let plain = |name: &str, about: &str| Prompt::new(name, Some(about), None);
    let arguments = ["arg1", "arg2"].map(|name| PromptArgument::new(name).with_required(name == "arg1"));
    [
        plain("test_simple_prompt", "No arguments"),
        Prompt::new("test_prompt_with_arguments", Some("Two arguments"), Some(arguments.to_vec())),
        plain("test_prompt_with_embedded_resource", "A resource inside"),
        plain("test_prompt_with_image", "An image inside"),
        plain("test_input_required_result_prompt", "Asks for input first"),
    ]
}

/// Whether the suite knows a prompt of that name.
pub(super) fn is_one(name: &str) -> bool {
    all().iter().any(|prompt| prompt.name == name)
}

pub(super) fn get(request: &GetPromptRequestParams) -> Result<GetPromptResponse, ErrorData> {
    let text = |text: &str| PromptMessage::new_text(Role::User, text);
    let messages = match request.name.as_str() {
        "test_simple_prompt" => vec![text("This is a simple test prompt.")],
        "test_prompt_with_arguments" => {
            let [first, second] = ["arg1", "arg2"].map(|name| argument(request, name));
            vec![text(&format!("Prompt with arguments: arg1='{first}', arg2='{second}'"))]
        }
        "test_prompt_with_embedded_resource" => vec![
            PromptMessage::new_resource(
                Role::User,
                argument(request, "resourceUri").to_owned(),
                Some("text/plain".into()),
                Some("Embedded resource content for testing.".into()),
                None,
                None,
                None,
            ),
            text("Please process the embedded resource above."),
        ],
        "test_prompt_with_image" => vec![
            PromptMessage::new(Role::User, ContentBlock::Image(ImageContent::new(PIXEL, "image/png"))),
            text("Please analyze the image above."),
        ],
        "test_input_required_result_prompt" => {
            match rounds::answer(request.input_responses.as_ref(), "user_context") {
                Some(answer) => vec![text(&format!("Prompt with {}", answer["content"]["context"]))],
                None => {
                    let ask =
                        rounds::question("What is it about?", json!({ "context": { "type": "string" } }));
                    return Ok(rounds::required([("user_context", ask)], None).into());
                }
            }
        }
        name => return Err(ErrorData::invalid_params(format!("there is no prompt `{name}`"), None)),
    };
    Ok(GetPromptResult::new(messages).into())
}

pub(super) fn complete(request: &CompleteRequestParams) -> Result<CompleteResult, ErrorData> {
    let typed = &request.argument.value;
    let known = ["paris", "park", "party", "test-value"];
    let values =
        known.into_iter().filter(|word| word.starts_with(typed.as_str())).map(str::to_owned).collect();
    let info = CompletionInfo::new(values).map_err(|error| ErrorData::internal_error(error, None))?;
    Ok(CompleteResult::new(info))
}

fn argument<'a>(request: &'a GetPromptRequestParams, name: &str) -> &'a str {
    request.arguments.as_ref().and_then(|all| all.get(name)?.as_str()).unwrap_or_default()
}
