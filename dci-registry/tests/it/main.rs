//! Integration tests of client and server against each other, over real sockets on loopback.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod exchange;
mod world;
