//! What a message is, and where it leaves the standard's own form.

use super::{Findings, Knowledge, Noted, Verdict};
use dci_core::ack::AckBody;
use dci_core::client::{ErrorShape, PeerError};
use dci_core::header::{CallbackHeader, RequestHeader};
use dci_core::message::{SearchRequest, SearchResponse, TxnStatusRequest, TxnStatusResponse};
use dci_core::wire::{Json, Leniency, ReadError, Reading, Rule, Wire};
use dci_crvs::CivilPerson;
use dci_registry::social::SocialRecord;

fn findings(kind: &str, tree: &Json) -> Findings {
    Findings {
        kind: kind.to_owned(),
        sender_id: tree.pointer("/header/sender_id").and_then(Json::as_str).map(str::to_owned),
        scheme: None,
        distance: None,
        key_id: None,
        basis: None,
        verdict: Verdict::Absent,
        reason: None,
        encrypted: false,
        deviations: Vec::new(),
        content: tree.clone(),
    }
}

/// What `tree` is; `None` when it is nothing of this protocol.
pub(super) fn recognise(tree: &Json) -> Option<Findings> {
    let is_object = |name: &str| tree.get(name).is_some_and(|value| value.as_object().is_some());
    if is_object("header") && is_object("message") {
        let action = tree.pointer("/header/action").and_then(Json::as_str).unwrap_or("envelope");
        // Some systems repeat the request's action in their answers; what is asked and answered has different members.
        let kind = match action {
            "search" if tree.pointer("/message/search_response").is_some() => "on-search",
            other => other,
        };
        return Some(findings(kind, tree));
    }
    let acknowledged = tree.pointer("/message/ack_status").or_else(|| tree.get("ack_status"));
    if acknowledged.is_some() {
        let mut out = findings("ack", tree);
        out.reason = Some("acknowledgements are not signed".to_owned());
        note::<AckBody>(tree, "", &mut out);
        return Some(out);
    }
    let error = PeerError::find(0, tree)?;
    let mut out = findings("http-error", tree);
    out.reason = Some("errors are not signed".to_owned());
    if error.shape != ErrorShape::HttpError {
        let shape = format!("an error of the shape {:?}; the standard has a list errors", error.shape);
        out.deviations.push(Noted::fault("error-shape", "", shape));
    }
    Some(out)
}

fn note<T: Wire>(tree: &Json, at: &'static str, findings: &mut Findings) {
    let mut reading = Reading::new(Leniency::Content);
    let value = if at.is_empty() { Some(tree) } else { tree.get(at) };
    let Some(value) = value else { return };
    let read: Result<T, ReadError> =
        if at.is_empty() { T::read(value, &mut reading) } else { reading.read_at(at, value) };
    findings.deviations.extend(reading.into_deviations().iter().map(Noted::of));
    if let Err(error) = read {
        findings.deviations.push(Noted::fault("unreadable", &error.pointer.clone(), error.to_string()));
    }
}

/// Whether an answer comes from civil registration.
fn is_civil(tree: &Json) -> bool {
    let named = tree.pointer("/message/search_response/0/data/reg_type").and_then(Json::as_str).unwrap_or_default();
    let named = named.to_ascii_lowercase();
    ["civil", "crvs"].iter().any(|word| named.contains(word))
}

/// Reads header and message with the types, and notes what was forgiven.
pub(super) fn read(findings: &mut Findings, known: &Knowledge) {
    let mut tree = findings.content.clone();
    let answer = tree.pointer("/header/status").is_some() || findings.kind.starts_with("on-");
    if answer {
        note::<CallbackHeader>(&tree, "header", findings);
    } else {
        note::<RequestHeader>(&tree, "header", findings);
    }
    let action = tree.pointer("/header/action").and_then(Json::as_str).unwrap_or_default();
    if answer && action == "search" {
        let words = Rule::Action.meaning().to_owned();
        findings
            .deviations
            .push(Noted { seen: action.to_owned(), ..Noted::fault(Rule::Action.id(), "/header/action", words) });
    }
    if tree.pointer("/message/ciphertext").is_some() {
        return;
    }
    if let (Some(profile), Some(message)) =
        (&known.profile, tree.as_object_mut().and_then(|tree| tree.get_mut("message")))
    {
        if answer {
            profile.read_answer(message);
        } else {
            profile.read_request(message);
        }
    }
    let action = findings.kind.clone();
    match action.as_str() {
        "search" => note::<SearchRequest>(&tree, "message", findings),
        "on-search" if is_civil(&tree) => note::<SearchResponse<CivilPerson>>(&tree, "message", findings),
        "on-search" => note::<SearchResponse<SocialRecord>>(&tree, "message", findings),
        "txn-status" => note::<TxnStatusRequest>(&tree, "message", findings),
        "txn-on-status" => note::<TxnStatusResponse<Json>>(&tree, "message", findings),
        other => {
            let words = format!("messages of the action {other:?} are not read by this version");
            findings.deviations.push(Noted::fault("unknown-action", "/header/action", words));
        }
    }
}
