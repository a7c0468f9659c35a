//! Integration tests of client and server against each other, over real sockets on loopback, and of both against the
//! published documents and examples.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod examples;
mod exchange;
mod limits;
mod openapi;
mod properties;
mod queries;
mod world;
