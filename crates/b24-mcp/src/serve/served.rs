//! Who answers behind `/mcp`: the product, or in a build for the conformance suite the product with its fixtures.

use super::handler::Handler;

#[cfg(feature = "conformance")]
pub(super) type Served = crate::conformance::Fixtures;
#[cfg(not(feature = "conformance"))]
pub(super) type Served = Handler;

#[cfg(feature = "conformance")]
pub(super) fn dress(product: Handler) -> Served {
    Served::from(product)
}

#[cfg(not(feature = "conformance"))]
pub(super) fn dress(product: Handler) -> Served {
    product
}
