//! What a message is, and where it leaves the standard's own form.

use super::{Findings, Knowledge, Noted, Verdict};
use crate::interface::{INTERFACES, Interface, Operation, Part};
use dci_core::ack::AckBody;
use dci_core::client::{ErrorShape, PeerError};
use dci_core::header::{CallbackHeader, RequestHeader};
use dci_core::wire::{Json, Leniency, ReadError, Reading, Rule, Wire};

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

/// The first `reg_type` anywhere in `tree`.
fn registry_named(tree: &Json) -> Option<String> {
    match tree {
        Json::Object(members) => {
            let own = members.get("reg_type").and_then(Json::as_str).map(str::to_owned);
            own.or_else(|| members.iter().find_map(|(_, member)| registry_named(member)))
        }
        Json::Array(items) => items.iter().find_map(registry_named),
        _ => None,
    }
}

/// The interface a message belongs to, as far as it says; every one of them otherwise, the named one first.
fn interfaces(tree: &Json) -> Vec<&'static Interface> {
    let word = |name: &str| name.rsplit([':', '.']).next().unwrap_or_default().to_ascii_lowercase();
    let named = registry_named(tree).map(|name| name.to_ascii_lowercase()).unwrap_or_default();
    let is_named = |interface: &&&Interface| {
        word(&named) == word(interface.reg_type)
            || named.contains(interface.name)
            || named.contains(&word(interface.reg_type))
    };
    let first = INTERFACES.iter().find(is_named).copied();
    first.into_iter().chain(INTERFACES).collect()
}

/// The messages of `action`: as requests and notices, and as answers.
fn messages(interface: &Interface, action: &str) -> Vec<Part> {
    let of = |operation: &Operation| {
        let asks = operation.action == action || operation.aliases.contains(&action);
        let request = asks.then_some(operation.request);
        let reply = operation.reply.filter(|(callback, _)| *callback == action).map(|(_, reply)| reply);
        [request, reply]
    };
    interface.operations.iter().flat_map(of).flatten().collect()
}

/// Reads `message` as what it can be: the first that can be read at all, with what was forgiven.
fn note_message(message: &Json, action: &str, tree: &Json, findings: &mut Findings) {
    let mut failed = None;
    for part in interfaces(tree).into_iter().flat_map(|interface| messages(interface, action)) {
        let mut reading = Reading::new(Leniency::Content);
        match (part.rewrite)(&mut reading, "message", message) {
            Ok(_) => {
                findings.deviations.extend(reading.into_deviations().iter().map(Noted::of));
                return;
            }
            Err(error) => {
                failed.get_or_insert((error, reading));
            }
        }
    }
    let Some((error, reading)) = failed else {
        let words = format!("no registry of the standard has the action {action:?}");
        findings.deviations.push(Noted::fault("unknown-action", "/header/action", words));
        return;
    };
    findings.deviations.extend(reading.into_deviations().iter().map(Noted::of));
    findings.deviations.push(Noted::fault("unreadable", &error.pointer.clone(), error.to_string()));
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
    if let Some(message) = tree.get("message") {
        note_message(message, &action, &tree, findings);
    }
}
