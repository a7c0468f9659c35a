//! The official example messages: each is read, and what was forgiven is kept as a snapshot.

use crate::material::path;
use dci_core::ack::AckBody;
use dci_core::header::{CallbackHeader, RequestHeader};
use dci_core::message::{SearchRequest, SearchResponse, SubscribeRequest};
use dci_core::wire::{Deviation, Json, Leniency, Limits, Object, Reading, Wire};
use dci_crvs::CivilPerson;
use dci_registry::dr::{DisabledPerson, DisabledRequest, DisabledResponse};
use dci_registry::fr::Farmer;
use dci_registry::ibr::{Beneficiary, EnrolledRequest, EnrolledResponse, EnrollmentUpdatesRequest};
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
        let read = match file.split('/').next() {
            Some("social") => read::<CallbackHeader, SearchResponse<SocialRecord>>,
            Some("crvs") => read::<CallbackHeader, SearchResponse<CivilPerson>>,
            // Asked whether somebody is enrolled, and answered with the records of the enrolment.
            Some("ibr") if file.contains("flow2res") => read::<CallbackHeader, EnrolledResponse>,
            Some("ibr") => read::<CallbackHeader, SearchResponse<Beneficiary>>,
            Some("dr") => read::<CallbackHeader, SearchResponse<DisabledPerson>>,
            _ => read::<CallbackHeader, SearchResponse<Farmer>>,
        };
        return ("on-search", read(tree));
    }
    if has("/message/ack_status") || has("/message/message/ack_status") {
        let read = dci_core::wire::read::<AckBody>(tree, Leniency::Content);
        return ("ack", read.map(|(_, deviations)| deviations).map_err(|error| error.to_string()));
    }
    for (member, kind, read) in OTHERS {
        if has(&format!("/message/{member}")) {
            return (kind, read(tree));
        }
    }
    ("of no known kind", Err("nobody has a type for it".to_owned()))
}

type Read = fn(&Json) -> Result<Vec<Deviation>, String>;

/// The other messages, by a member only they have.
const OTHERS: [(&str, &str, Read); 7] = [
    ("subscribe_request", "subscribe", read::<RequestHeader, SubscribeRequest>),
    ("enrolled_criteria", "enrolled", read::<RequestHeader, EnrolledRequest>),
    ("receipt_information", "enrollment/updates", read::<RequestHeader, EnrollmentUpdatesRequest>),
    ("disabled_criteria", "disabled", read::<RequestHeader, DisabledRequest>),
    ("disabled_response", "on-disabled", read::<CallbackHeader, DisabledResponse>),
    ("results", "a list of results from before the standard", read::<CallbackHeader, Object>),
    ("enrolled_response", "on-enrolled", read::<CallbackHeader, EnrolledResponse>),
];

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
    assert_eq!(read, 45, "files that carry a message");
    insta::assert_snapshot!("deviations_of_the_official_examples", report);
}
