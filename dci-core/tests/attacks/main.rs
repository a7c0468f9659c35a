//! Attacks, one test each, by the numbers of the threat model: what is refused, at which step, and that every cause of
//! one class reads the same to whoever sent it.
//!
//! Attacks that are lists of published vectors have their tests in `tests/shared`: T-12 in `wycheproof`, T-36 in
//! `the_parsing_suite_is_read_as_decided`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod callbacks;
mod encryption;
mod envelope;
mod http_limits;
mod json;
mod keys;
mod signature;
mod tokens;
mod world;
