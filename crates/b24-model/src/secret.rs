//! Secrets, as types.
//!
//! A secret cannot be formatted, serialised, cloned or compared with `==`. Its bytes are wiped when it
//! is dropped. It leaves its type through one method, `expose`, so that a reviewer finds every use by
//! searching for that word.
//!
//! ```
//! let bearer = b24_model::secret::Bearer::new("test-token-0123456789-abcdefghij");
//! assert_eq!(format!("{bearer:?}"), "Bearer(***)");
//! ```
//!
//! Printing it does not compile:
//!
//! ```compile_fail,E0277
//! let bearer = b24_model::secret::Bearer::new("test-token-0123456789-abcdefghij");
//! format!("{bearer}");
//! ```
//!
//! ```compile_fail,E0599
//! let webhook = b24_model::secret::WebhookUrl::parse("https://acme.example/rest/1/not-a-secret/");
//! webhook.unwrap().to_string();
//! ```
//!
//! Nor does writing it into a file or an answer:
//!
//! ```compile_fail,E0277
//! fn written<T: serde::Serialize>(_: &T) {}
//! written(&b24_model::secret::Bearer::new("test-token-0123456789-abcdefghij"));
//! ```
//!
//! Nor comparing it byte by byte, which tells by its time how many of them were right:
//!
//! ```compile_fail,E0369
//! use b24_model::secret::Bearer;
//! let same = Bearer::new("one") == Bearer::new("two");
//! ```
//!
//! Nor keeping a copy that nobody wipes:
//!
//! ```compile_fail,E0599
//! let bearer = b24_model::secret::Bearer::new("test-token-0123456789-abcdefghij");
//! let copy = bearer.clone();
//! ```

mod bearer;
mod hash;
mod text;
mod webhook;

pub use bearer::{Bearer, Weakness};
pub use hash::TokenHash;
pub use text::{DatabaseUrl, FeedbackToken, SealingKey, SecretText};
pub use webhook::{WebhookError, WebhookUrl};

#[cfg(test)]
mod tests {
    use zeroize::ZeroizeOnDrop;

    use super::*;

    /// Does not compile for a type that has the trait: then there are two ways to read `_`.
    macro_rules! lacks {
        ($secret:ty: $($bound:path),*) => {$({
            trait Lacks<Way> {
                fn it() {}
            }
            impl<T: ?Sized> Lacks<()> for T {}
            impl<T: ?Sized + $bound> Lacks<u8> for T {}
            <$secret as Lacks<_>>::it();
        })*};
    }

    fn wiped<T: ZeroizeOnDrop>() {}

    macro_rules! kept {
        ($($secret:ty),*) => {$(
            lacks!($secret: std::fmt::Display, serde::Serialize, Clone, PartialEq, PartialOrd, std::hash::Hash);
            lacks!($secret: std::ops::Deref, AsRef<str>, AsRef<[u8]>, Into<String>);
            wiped::<$secret>();
        )*};
    }

    #[test]
    fn no_secret_can_be_shown_written_copied_or_compared_and_each_is_wiped() {
        kept!(Bearer, DatabaseUrl, FeedbackToken, SealingKey, SecretText, TokenHash, WebhookUrl);
    }

    #[test]
    fn what_is_printed_for_debugging_is_only_a_name() {
        let hash = TokenHash::new([7; 32]);
        let texts = (
            SecretText::new("abc"),
            DatabaseUrl::new("abc"),
            FeedbackToken::new("abc"),
            SealingKey::new("abc"),
        );
        assert_eq!(
            format!("{hash:?} {texts:?}"),
            "TokenHash(***) (SecretText(***), DatabaseUrl(***), FeedbackToken(***), SealingKey(***))"
        );
    }

    #[test]
    fn secrets_match_whole_or_not_at_all() {
        let key = |text: &str| SealingKey::new(text);
        assert!(
            key("abc").matches(&key("abc"))
                && !key("abc").matches(&key("abd"))
                && !key("abc").matches(&key("ab"))
        );
        assert!(TokenHash::new([7; 32]).matches(&TokenHash::new([7; 32])));
        assert!(!TokenHash::new([7; 32]).matches(&TokenHash::new([8; 32])));
        assert!(key(" \n").is_blank() && !key("a").is_blank());
    }
}
