//! The portal in a box over real HTTP. Every test starts its own and talks to it as a stranger would.

mod batch;
mod comments;
mod faults;
mod house;
mod http;
mod lifecycle;
mod limits;
mod lists;
mod people;
mod seed;
mod tasks;
mod v3;
mod wire;
