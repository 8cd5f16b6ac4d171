//! What a credential looks like when nobody knows its value: where it stands, and what stands before it.

mod address;
mod key;
mod member;
mod scheme;
mod value;

use super::{
    encodings::View,
    filter::Gram,
    redactor::{Rules, Spot},
};

/// A way to be recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// The value under a key such as `token`, in JSON, an address, a header or a sentence.
    Member,
    /// `?code=…`: what a sign-in hands over. As a member of JSON, `code` is something else.
    Code,
    /// `/rest/1/…`: an inbound webhook.
    Webhook,
    /// `scheme://person:password@host`.
    Password,
    /// `Bearer …`, without its header.
    Scheme,
}

/// What gives each shape away.
pub(super) fn grams() -> impl Iterator<Item = (Gram, Shape)> {
    let members = key::GRAMS.iter().map(|gram| (**gram, Shape::Member));
    let before_a_host =
        (b'a'..=b'z').chain(b'0'..=b'9').map(|last| ([last, b':', b'/', b'/'], Shape::Password));
    let others = [
        (*b"?cod", Shape::Code),
        (*b"&cod", Shape::Code),
        (*b"est/", Shape::Webhook),
        (*b"bear", Shape::Scheme),
        (*b"basi", Shape::Scheme),
    ];
    members.chain(before_a_host).chain(others)
}

/// Looks whether the shape is there. Words before `seen` were looked at.
pub(super) fn find(shape: Shape, view: &View<'_>, at: usize, rules: Rules, seen: &mut usize) -> Option<Spot> {
    let text = &*view.bytes;
    if shape == Shape::Webhook {
        return address::webhook(text, at, rules);
    }
    if rules == Rules::Answer {
        return None;
    }
    match shape {
        Shape::Member => member::find(text, at, view.is_outermost(), seen),
        Shape::Code => address::code(text, at, seen),
        Shape::Password => address::password(text, at),
        Shape::Scheme => scheme::find(text, at),
        Shape::Webhook => None,
    }
}
