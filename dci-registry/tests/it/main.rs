//! Integration tests of client and server against each other, over real sockets on loopback, and of the queries and
//! schemas of the social registry.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod domain;
mod exchange;
mod limits;
mod properties;
mod queries;
mod schemas;
mod subscriptions;
mod world;
