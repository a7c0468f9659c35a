//! `openapi`: an `OpenAPI` document, made from the actions of an interface.

use super::{PASSED, USAGE, end};
use crate::interface;
use crate::openapi::document;
use clap::Args;

#[derive(Debug, Args)]
pub(super) struct OpenApi {
    /// The interface: `social`, `crvs`, `ibr`, `dr`, `fr` or `ess`.
    interface: String,
}

impl OpenApi {
    pub(super) fn run(self) -> u8 {
        let Some(interface) = interface::find(&self.interface) else {
            eprintln!("error: there is no interface {:?}; offered: {}", self.interface, interface::names());
            return USAGE;
        };
        match serde_json::to_string_pretty(&document(interface)) {
            Ok(text) => out!("{text}"),
            Err(error) => return end(USAGE, &error),
        }
        PASSED
    }
}
