//! Takes out of an answer every link that carries a credential: whoever reads answers gets the file, not the key to it.

use serde_json::Value;

/// What stands in the place of a link.
const WITHHELD: &str = "***";

/// Names of members that hold such links, in lower case and without underscores. Source: `api-reference/disk/`,
/// `api-reference/files/`, `api-reference/crm/document-generator/`, `api-reference/tasks/tasks-task-get-rest-v3.md`.
const NAMES: [&str; 9] = [
    "archivelink",
    "downloadmachine",
    "downloadurl",
    "downloadurlmachine",
    "imageurlmachine",
    "pdfurlmachine",
    "uploadurl",
    "urldownload",
    "urlmachine",
];
/// Parameters of an address that open what it leads to.
const KEYS: [&str; 5] = ["auth", "auth[auth]", "auth%5bauth%5d", "access_token", "sessid"];
/// Addresses whose every parameter does.
const PATHS: [&str; 3] = ["/rest/download.json", "/rest/upload.json", "/bitrix/tools/disk/uf.php"];

/// Replaces every link that carries a credential, however deep it lies.
pub(crate) fn withhold(value: &mut Value) {
    match value {
        Value::String(text) if opens(text) => *text = WITHHELD.to_owned(),
        Value::Array(rows) => rows.iter_mut().for_each(withhold),
        Value::Object(map) => {
            for (name, value) in map.iter_mut() {
                match value {
                    Value::String(text) if !text.is_empty() && is_listed(name) => *text = WITHHELD.to_owned(),
                    value => withhold(value),
                }
            }
        }
        _ => {}
    }
}

fn is_listed(name: &str) -> bool {
    let name = name.replace('_', "").to_ascii_lowercase();
    NAMES.contains(&name.as_str())
}

/// Whether the whole text is an address that opens something by itself. Prose that quotes one is somebody's prose.
fn opens(text: &str) -> bool {
    let is_address = ["https://", "http://", "/"].iter().any(|start| text.starts_with(start));
    if !is_address || text.contains(char::is_whitespace) {
        return false;
    }
    let Some((path, query)) = text.split_once('?') else { return false };
    let names = query.split('&').filter_map(|pair| pair.split('=').next());
    PATHS.iter().any(|end| path.ends_with(end))
        || names.map(str::to_ascii_lowercase).any(|name| KEYS.contains(&name.as_str()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn links_with_credentials_are_taken_out_and_everything_else_stays() {
        let mut answer = json!({
            "DOWNLOAD_URL": "https://acme.example/anything",
            "DETAIL_URL": "https://acme.example/company/personal/user/1/disk/file/a.txt",
            "items": [{ "file": { "urlMachine": "/rest/x?auth=1", "url": "/bitrix/x.php?id=7&auth=1" } }],
            "photo": "https://cdn.example/a.png?size=10",
            "file": "https://acme.example/bitrix/tools/disk/uf.php?attachedId=4&auth[auth]=1",
            "text": "see https://acme.example/?auth=1 for more",
            "archive_link": "",
            "uploadUrl": "https://acme.example/rest/upload.json?token=1",
        });
        withhold(&mut answer);
        assert_eq!(
            answer,
            json!({
                "DOWNLOAD_URL": "***",
                "DETAIL_URL": "https://acme.example/company/personal/user/1/disk/file/a.txt",
                "items": [{ "file": { "urlMachine": "***", "url": "***" } }],
                "photo": "https://cdn.example/a.png?size=10",
                "file": "***",
                "text": "see https://acme.example/?auth=1 for more",
                "archive_link": "",
                "uploadUrl": "***",
            })
        );
    }
}
