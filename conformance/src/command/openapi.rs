//! `openapi`: an `OpenAPI` document, made from the actions of an interface.

use super::{PASSED, USAGE, end};
use crate::openapi::document;
use clap::Args;

#[derive(Debug, Args)]
pub(super) struct OpenApi {
    /// The interface: `social`, `crvs`, `ibr`, `dr`, `fr` or `ess`.
    interface: String,
}

impl OpenApi {
    pub(super) fn run(self) -> u8 {
        let interface = match super::interface(&self.interface) {
            Ok(interface) => interface,
            Err(code) => return code,
        };
        match serde_json::to_string_pretty(&document(interface)) {
            Ok(text) => out!("{text}"),
            Err(error) => return end(USAGE, &error),
        }
        PASSED
    }
}
