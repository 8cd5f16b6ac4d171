//! What stands beside the tools: prompts, resources and completions, each asked for with a secret in it.

use serde_json::{Map, Value, json};

use super::serve::{Client, message};

impl Client<'_> {
    /// Everything that is listed.
    pub(crate) fn beside(&self) -> Result<(), String> {
        let secret = self.world.secret("second Bearer");
        for prompt in self.listed("prompts/list", "prompts")? {
            let names =
                prompt["arguments"].as_array().into_iter().flatten().filter_map(|one| one["name"].as_str());
            let all: Map<String, Value> = names.map(|name| (name.to_owned(), secret.into())).collect();
            for name in all.keys() {
                let of = json!({ "type": "ref/prompt", "name": prompt["name"] });
                self.complete(&of, name, secret);
            }
            self.post(&[], &message("prompts/get", &json!({ "name": prompt["name"], "arguments": all })));
            self.post(&[], &message("prompts/get", &json!({ "name": prompt["name"] })));
        }
        for resource in self.listed("resources/list", "resources")? {
            self.post(&[], &message("resources/read", &json!({ "uri": resource["uri"] })));
        }
        for template in self.listed("resources/templates/list", "resourceTemplates")? {
            let pattern = template["uriTemplate"].as_str().unwrap_or_default();
            for value in [secret, "1"] {
                self.post(&[], &message("resources/read", &json!({ "uri": filled(pattern, value) })));
            }
            let name = pattern.split(['{', '}']).nth(1).unwrap_or_default();
            self.complete(&json!({ "type": "ref/resource", "uri": pattern }), name, secret);
        }
        Ok(())
    }

    fn complete(&self, of: &Value, name: &str, value: &str) {
        let argument = json!({ "name": name, "value": value });
        self.post(&[], &message("completion/complete", &json!({ "ref": of, "argument": argument })));
    }

    fn listed(&self, method: &str, member: &str) -> Result<Vec<Value>, String> {
        let answer = self.ask(method, &json!({}))?;
        answer["result"][member].as_array().cloned().ok_or_else(|| format!("`{method}` lists nothing"))
    }
}

/// A pattern with a value in each of its places.
fn filled(pattern: &str, value: &str) -> String {
    pattern.split('{').enumerate().fold(String::new(), |uri, (index, part)| {
        if index == 0 {
            return uri + part;
        }
        uri + value + part.split_once('}').map_or("", |(_, rest)| rest)
    })
}
