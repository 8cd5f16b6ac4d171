//! Prompts and resources in the words of the protocol.

use b24_tools::{
    Answer, Code,
    prompts::{Argument, Language, Prompt, Said},
    resources::Resource,
};
use rmcp::{
    ErrorData,
    model::{self, GetPromptResult, PromptArgument, PromptMessage, ResourceContents, ResourceTemplate, Role},
};
use serde_json::{Value, json};

use crate::redact;

/// A prompt, as it is listed.
pub(super) fn prompt(prompt: &Prompt, language: Language) -> model::Prompt {
    let argument = |own: &Argument| {
        PromptArgument::new(own.name)
            .with_title(own.title.say(language))
            .with_description(own.description.say(language))
            .with_required(own.required)
    };
    let arguments = prompt.arguments().map(argument).collect();
    model::Prompt::new(prompt.name, Some(prompt.description.say(language)), Some(arguments))
        .with_title(prompt.title.say(language))
}

/// A prompt, as it is said: one message, for the model to act on.
pub(super) fn said(said: Said) -> GetPromptResult {
    GetPromptResult::new(vec![PromptMessage::new_text(Role::User, redact::shown(&said.text))])
        .with_description(said.description)
}

/// A resource with an address of its own, as it is listed.
pub(super) fn resource(about: &Resource) -> model::Resource {
    let listed = model::Resource::new(about.uri, about.name)
        .with_title(about.title)
        .with_description(about.description);
    match about.mime {
        Some(mime) => listed.with_mime_type(mime),
        None => listed,
    }
}

/// Many resources under one pattern, as they are listed.
pub(super) fn template(about: &Resource) -> ResourceTemplate {
    let listed = ResourceTemplate::new(about.uri, about.name)
        .with_title(about.title)
        .with_description(about.description);
    match about.mime {
        Some(mime) => listed.with_mime_type(mime),
        None => listed,
    }
}

/// What is in a resource.
pub(super) fn contents(uri: &str, about: &Resource, text: String) -> ResourceContents {
    ResourceContents::TextResourceContents {
        uri: redact::shown(uri).into_owned(),
        mime_type: about.mime.map(str::to_owned),
        text,
        meta: None,
    }
}

/// There is nothing at an address, or nothing for this caller.
pub(super) fn nothing_at(uri: &str) -> ErrorData {
    let uri = super::printable(uri, 256);
    ErrorData::resource_not_found(format!("there is no resource `{uri}`"), Some(json!({ "uri": uri })))
}

/// Why a resource cannot be read, when a tool would have refused.
pub(super) fn refused(uri: &str, answer: &Answer) -> ErrorData {
    let mut refusal: Value = serde_json::from_str(&answer.text).unwrap_or_default();
    let sentence = refusal["message"].as_str().unwrap_or("the resource cannot be read").to_owned();
    if answer.code.as_deref() == Some(Code::NOT_FOUND) {
        refusal["uri"] = super::printable(uri, 256).into();
        return ErrorData::resource_not_found(sentence, Some(refusal));
    }
    ErrorData::internal_error(sentence, Some(refusal))
}
