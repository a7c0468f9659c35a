//! The official example messages: each is read, and what was forgiven is kept as a snapshot.

use crate::material::path;
use dci_core::ack::AckBody;
use dci_core::header::{CallbackHeader, RequestHeader};
use dci_core::message::{SearchRequest, SearchResponse};
use dci_core::wire::{Deviation, Json, Leniency, Limits, Object, Reading, Wire};
use dci_registry::social::SocialRecord;
use std::fmt::Write as _;

/// Reads header and message of `tree` as types.
fn read<H: Wire, M: Wire>(tree: &Json) -> Result<Vec<Deviation>, String> {
    let mut reading = Reading::new(Leniency::Content);
    let member = |name: &str| tree.get(name).cloned().unwrap_or_default();
    reading.read_at::<H>("header", &member("header")).map_err(|error| error.to_string())?;
    reading.read_at::<M>("message", &member("message")).map_err(|error| error.to_string())?;
    Ok(reading.into_deviations())
}

/// What a file is, and how it reads.
fn describe(file: &str, tree: &Json) -> (&'static str, Result<Vec<Deviation>, String>) {
    let has = |pointer: &str| tree.pointer(pointer).is_some();
    let social = file.starts_with("social/");
    if !has("/header") {
        return ("placeholder", Ok(Vec::new()));
    }
    let criteria = ["/message/search_request/search_criteria", "/message/search_request/0/search_criteria"];
    if has("/message/search_request") && !criteria.iter().any(|place| has(place)) {
        return ("search of a draft before the standard", Ok(Vec::new()));
    }
    if has("/message/search_request") {
        return ("search", read::<RequestHeader, SearchRequest>(tree));
    }
    if has("/message/search_response") || has("/message/message/search_response") {
        let read = if social {
            read::<CallbackHeader, SearchResponse<SocialRecord>>
        } else {
            read::<CallbackHeader, SearchResponse<Json>>
        };
        return ("on-search", read(tree));
    }
    if has("/message/ack_status") || has("/message/message/ack_status") {
        let read = dci_core::wire::read::<AckBody>(tree, Leniency::Content);
        return ("ack", read.map(|(_, deviations)| deviations).map_err(|error| error.to_string()));
    }
    // Subscriptions, enrolment, disability lookups: header typed, message open until their types exist.
    let reply = file.contains("res.json");
    let read = if reply { read::<CallbackHeader, Object> } else { read::<RequestHeader, Object> };
    ("header of a message this crate has no type for yet", read(tree))
}

pub(crate) fn every_official_example_is_read_and_its_deviations_are_known() {
    let root = path("official/examples");
    let mut files = Vec::new();
    for folder in ["crvs", "dr", "fr", "ibr", "social"] {
        for entry in std::fs::read_dir(root.join(folder)).unwrap() {
            let file = entry.unwrap().path();
            let name = file.file_name().unwrap().to_string_lossy().into_owned();
            if name.starts_with("processflow") {
                files.push((format!("{folder}/{name}"), file));
            }
        }
    }
    files.sort();
    assert_eq!(files.len(), 58);
    let mut report = String::new();
    let mut read = 0;
    for (name, file) in &files {
        let tree = Json::parse_within(&std::fs::read(file).unwrap(), &Limits::tolerant()).unwrap();
        let (kind, outcome) = describe(name, &tree);
        let deviations = outcome.unwrap_or_else(|error| panic!("{name}: {error}"));
        read += usize::from(kind != "placeholder" && !kind.contains("before the standard"));
        writeln!(report, "{name}: {kind}").unwrap();
        for deviation in deviations {
            writeln!(report, "  {deviation}").unwrap();
        }
    }
    assert_eq!(read, 46, "files that carry a message");
    insta::assert_snapshot!("deviations_of_the_official_examples", report);
}
