//! The conformance suite and sandbox of the DCI standards.
//!
//! Requirements are data (`requirements/*.toml`), single exchanges are data (`cases/**/*.toml`), conversations are code
//! ([`check`]); the sandbox ([`sandbox`]) can make every mistake a check looks for.

pub mod check;
pub mod command;
pub mod identity;
pub mod inspect;
pub mod interface;
pub mod openapi;
pub mod report;
pub mod requirement;
pub mod results;
pub mod runner;
pub mod sandbox;
pub mod select;
pub mod target;
