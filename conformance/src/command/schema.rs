//! `schema`: JSON Schemas, derived from the types.

use super::{PASSED, USAGE, end};
use crate::interface::INTERFACES;
use crate::openapi;
use crate::results::Results;
use clap::Args;
use dci_core::ack::{AckBody, HttpErrorBody};
use dci_core::header::{CallbackHeader, RequestHeader};
use dci_core::schema;
use serde_json::Value;

#[derive(Debug, Args)]
pub(super) struct SchemaCommand {
    /// Which schema; `list` names them.
    name: String,
}

type Make = fn() -> Value;

/// What belongs to no interface.
const COMMON: &[(&str, Make)] = &[
    ("results", schema::of::<Results>),
    ("request-header", schema::of::<RequestHeader>),
    ("callback-header", schema::of::<CallbackHeader>),
    ("ack", schema::of::<AckBody>),
    ("http-error", schema::of::<HttpErrorBody>),
    ("encrypted-message", openapi::encrypted_message),
    ("file-info", openapi::file_info),
];

/// Messages that are the same at every interface.
const SHARED: [&str; 6] = [
    "search-request",
    "txn-status-request",
    "subscribe-request",
    "subscribe-response",
    "unsubscribe-request",
    "unsubscribe-response",
];

/// Every schema, by name: what is common, then each interface's messages, records and documents.
pub(crate) fn all() -> Vec<(String, Make)> {
    let mut out: Vec<(String, Make)> = COMMON.iter().map(|(name, make)| ((*name).to_owned(), *make)).collect();
    let mut add = |interface: &str, name: String, make: Make| {
        let name = if SHARED.contains(&&*name) { name } else { format!("{interface}-{name}") };
        if !out.iter().any(|(other, _)| *other == name) {
            out.push((name, make));
        }
    };
    for interface in INTERFACES {
        for operation in interface.operations {
            add(interface.name, format!("{}-request", operation.name), operation.request.schema);
            if let Some((_, reply)) = operation.reply {
                add(interface.name, format!("{}-response", operation.name), reply.schema);
            }
        }
    }
    for interface in INTERFACES {
        let documents = interface.documents.iter().map(|(_, part)| part);
        for part in interface.records.iter().chain(documents) {
            out.push((part.name.to_owned(), part.schema));
        }
    }
    out
}

/// The schema called `name`.
pub(crate) fn find(name: &str) -> Option<Value> {
    all().into_iter().find(|(other, _)| *other == name).map(|(_, make)| make())
}

impl SchemaCommand {
    pub(super) fn run(self) -> u8 {
        if self.name == "list" {
            for (name, _) in all() {
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
