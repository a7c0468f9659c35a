//! `schema`: JSON Schemas, derived from the types.

use super::{PASSED, USAGE, end};
use crate::results::Results;
use clap::Args;
use dci_core::ack::{AckBody, HttpErrorBody};
use dci_core::header::{CallbackHeader, RequestHeader};
use dci_core::message::{SearchRequest, SearchResponse, TxnStatusRequest, TxnStatusResponse};
use dci_core::schema;
use dci_registry::social::SocialRecord;
use serde_json::Value;

#[derive(Debug, Args)]
pub(super) struct SchemaCommand {
    /// Which schema; `list` names them.
    name: String,
}

type Make = fn() -> Value;

const SCHEMAS: &[(&str, Make)] = &[
    ("results", schema::of::<Results>),
    ("request-header", schema::of::<RequestHeader>),
    ("callback-header", schema::of::<CallbackHeader>),
    ("ack", schema::of::<AckBody>),
    ("http-error", schema::of::<HttpErrorBody>),
    ("search-request", schema::of::<SearchRequest>),
    ("social-search-response", schema::of::<SearchResponse<SocialRecord>>),
    ("txn-status-request", schema::of::<TxnStatusRequest>),
    ("social-txn-status-response", schema::of::<TxnStatusResponse<SocialRecord>>),
    ("social-record", schema::of::<SocialRecord>),
];

/// The schema called `name`.
pub(crate) fn find(name: &str) -> Option<Value> {
    SCHEMAS.iter().find(|(other, _)| *other == name).map(|(_, make)| make())
}

impl SchemaCommand {
    pub(super) fn run(self) -> u8 {
        if self.name == "list" {
            for (name, _) in SCHEMAS {
                out!("{name}");
            }
            return PASSED;
        }
        let Some(found) = find(&self.name) else {
            eprintln!("error: there is no schema {:?}; `schema list` names them", self.name);
            return USAGE;
        };
        match serde_json::to_string_pretty(&found) {
            Ok(text) => out!("{text}"),
            Err(error) => return end(USAGE, &error),
        }
        PASSED
    }
}
