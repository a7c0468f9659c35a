//! Integration tests of `dci-core`, through its public API.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod gate;
mod http;
mod jose;
mod jwe;
mod key_files;
mod peers_table;
mod providers;
