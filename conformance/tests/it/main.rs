//! The binary as its users run it, and the data it is made of.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod command_line;
mod data;
mod dialects;
mod inspect;
mod openapi;
mod peers;
mod reports;
