//! Which names are those of credentials.

/// How names end that stand before a credential, in small letters and without what separates words.
const ENDINGS: [&str; 21] = [
    "token",
    "secret",
    "password",
    "passwd",
    "passphrase",
    "pwd",
    "auth",
    "authorization",
    "apikey",
    "accesskey",
    "privatekey",
    "secretkey",
    "signingkey",
    "sealingkey",
    "encryptionkey",
    "credential",
    "credentials",
    "cookie",
    "cookies",
    // How the portal calls its tokens when it opens an application.
    "authid",
    "refreshid",
];

/// Four bytes of each of them.
pub(super) const GRAMS: [&[u8; 4]; 23] = [
    b"toke", b"secr", b"pass", b"pwd=", b"pwd:", b"pwd\"", b"pwd'", b"auth", b"apik", b"api_", b"api-",
    b"sske", b"ss_k", b"ss-k", b"priv", b"gkey", b"g_ke", b"g-ke", b"nkey", b"n_ke", b"cred", b"cook",
    b"refr",
];

/// Whether a name is that of a credential, whatever its case and its separators: `applicationToken`, `B24_MCP_TOKEN`,
/// `api-key`, `token2`.
pub(super) fn is_credential(name: &[u8]) -> bool {
    let letters = || {
        let meant = name.iter().rev().filter(|byte| byte.is_ascii_alphanumeric());
        meant.map(u8::to_ascii_lowercase).skip_while(u8::is_ascii_digit)
    };
    ENDINGS.iter().any(|ending| {
        let mut letters = letters();
        ending.bytes().rev().all(|byte| letters.next() == Some(byte))
    })
}

/// Whether the credential goes on to the end of the line: a header that holds several.
pub(super) fn is_cookie(name: &[u8]) -> bool {
    name.to_ascii_lowercase().windows(6).any(|word| word == b"cookie")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_credentials_are_known_in_any_case_and_others_are_not_taken_for_them() {
        for name in [
            "auth",
            "Password",
            "TOKEN",
            "secret",
            "apiKey",
            "API_KEY",
            "x-api-key",
            "Authorization",
            "applicationToken",
            "client_secret",
            "B24_MCP_TOKEN",
            "AUTH_ID",
            "refresh_id",
            "Set-Cookie",
            "privateKey",
            "token2",
        ] {
            assert!(is_credential(name.as_bytes()), "{name}");
        }
        for name in [
            "code",
            "author",
            "tokens",
            "max_tokens",
            "token_type",
            "secretary",
            "authority",
            "keyword",
            "id",
        ] {
            assert!(!is_credential(name.as_bytes()), "{name}");
        }
    }

    #[test]
    fn every_name_of_a_credential_is_given_away_by_four_of_its_bytes() {
        for ending in ENDINGS {
            let written = format!("{ending}={ending}:{ending}\"");
            let found = |gram: &[u8]| written.as_bytes().windows(4).any(|four| four == gram);
            assert!(GRAMS.iter().any(|gram| found(*gram)), "{ending}");
        }
    }
}
