//! Whose signature a message carries, whether it holds, and what is behind its encryption.

use super::{Findings, Knowledge, Verdict};
use dci_core::envelope::{Received, SignatureMember};
use dci_core::gate::Window;
use dci_core::id::KeyId;
use dci_core::jose::{AwsLc, DecryptionKey, Jwe, KeySet};
use dci_core::signature::{Basis, Found, SCHEMES, SignatureScheme};
use dci_core::time::Timestamp;
use dci_core::wire::{Json, Leniency, Limits};
use std::sync::Arc;

pub(super) fn judge(body: &[u8], tree: &Json, known: &Knowledge, findings: &mut Findings) {
    let received = match Received::parse(body, &Limits::default()) {
        Ok(received) => received.carried_by(known.carrier.clone()),
        Err(error) => return refuse(findings, &error.to_string()),
    };
    judge_signature(&received, known, findings);
    open(tree, known, findings);
}

fn refuse(findings: &mut Findings, reason: &str) {
    findings.verdict = Verdict::Refused;
    findings.reason = Some(reason.to_owned());
}

fn judge_signature(received: &Received, known: &Knowledge, findings: &mut Findings) {
    let schemes: Vec<Arc<dyn SignatureScheme>> = match &known.profile {
        Some(profile) => profile.schemes.clone(),
        None => SCHEMES.iter().map(dci_core::signature::SchemeInfo::make).collect(),
    };
    let found: Vec<_> = schemes.iter().filter_map(|scheme| Some((scheme.name(), scheme.find(received)?))).collect();
    if found.is_empty() {
        return match received.signature() {
            SignatureMember::Absent { placeholder } => {
                findings.verdict = Verdict::Absent;
                let words = "the text in /signature is one that unsigned systems put there";
                findings.reason = placeholder.then(|| words.to_owned());
            }
            SignatureMember::Text(_) => refuse(findings, "no scheme that may be used has the form of /signature"),
            _ => refuse(findings, "/signature is no text"),
        };
    }
    // Of several that may be meant and do not hold, the first is named: it is the most usual one.
    let mut first = None;
    for (scheme, found) in &found {
        let read = found.as_ref().map(|found| &**found);
        let checked = read.map_err(ToString::to_string).and_then(|found| check(found, received, known));
        match checked {
            Ok(basis) => {
                name_scheme(findings, scheme, read.ok());
                findings.verdict = Verdict::Verified;
                findings.basis = Some(basis.name().to_owned());
                return;
            }
            Err(reason) => drop(first.get_or_insert((scheme, read.ok(), reason))),
        }
    }
    if let Some((scheme, found, reason)) = first {
        name_scheme(findings, scheme, found);
        refuse(findings, &reason);
    }
}

fn name_scheme(findings: &mut Findings, name: &str, found: Option<&dyn Found>) {
    findings.scheme = Some(name.to_owned());
    findings.distance = SCHEMES.iter().find(|info| info.name == name).map(|info| info.distance.to_owned());
    findings.key_id = found.and_then(|found| found.claimed().key_id.as_ref()).map(ToString::to_string);
}

fn check(found: &dyn Found, received: &Received, known: &Knowledge) -> Result<Basis, String> {
    let claimed = found.claimed();
    let sender = received.header().get("sender_id").and_then(Json::as_str);
    if let Some(named) = claimed.sender_id.as_ref().filter(|named| sender.is_some_and(|it| it != named.as_str())) {
        return Err(format!("the signature names the sender {named}, the header another"));
    }
    let keys = known.keys.as_ref().ok_or("there are no keys to verify it with (--keys)")?;
    let basis = verify(found, received, keys)?;
    let window = Window::default();
    if let Some(validity) = claimed.validity {
        window.check_signature(validity, known.at)?;
    }
    let time =
        received.header().get("message_ts").map(|value| dci_core::wire::read::<Timestamp>(value, Leniency::Content));
    if let Some(Ok((time, _))) = time {
        window
            .check_message(time.instant(), known.at)
            .map_err(|rule| format!("{rule} (--at judges it at another time)"))?;
    }
    Ok(basis)
}

fn verify(found: &dyn Found, received: &Received, keys: &KeySet) -> Result<Basis, String> {
    let claimed = found.claimed();
    let candidates = keys.find(claimed.key_id.as_ref());
    let named = claimed.key_id.as_ref().map(|id| format!(" {id}")).unwrap_or_default();
    let mut last = format!("the key set has no key{named}");
    for key in candidates {
        if key.algorithm() != claimed.algorithm {
            last = format!("the key{named} is one for {}, the signature says {}", key.algorithm(), claimed.algorithm);
            continue;
        }
        match found.verify(received, &key) {
            Ok(basis) => return Ok(basis),
            Err(error) => last = error.to_string(),
        }
    }
    Err(last)
}

/// Opens an encrypted message. A key that does not open it is a refusal.
fn open(tree: &Json, known: &Knowledge, findings: &mut Findings) {
    let message = tree.get("message").and_then(Json::as_object).filter(|message| message.get("ciphertext").is_some());
    let Some(message) = message else { return };
    findings.encrypted = true;
    let Ok(jwe) = Jwe::parse(message) else {
        return refuse(
            findings,
            "the encrypted message is not one that may be opened (RFC 7516; RSA-OAEP-256 or ECDH-ES, GCM)",
        );
    };
    let Some(private) = &known.decryption_key else { return };
    let key_id = jwe.key_id().cloned().unwrap_or_else(KeyId::random);
    let key = DecryptionKey::new(key_id, jwe.key_management(), private, &AwsLc::new());
    let plain = key.map_err(|error| error.to_string()).and_then(|key| {
        jwe.decrypt(&key).map_err(|_| "the key given does not open the message, or it was altered".to_owned())
    });
    let opened = plain.and_then(|plain| Json::parse(&plain).map_err(|error| format!("the plaintext is {error}")));
    match opened {
        Ok(opened) => {
            if let Some(content) = findings.content.as_object_mut() {
                content.insert("message", opened);
            }
        }
        Err(reason) => refuse(findings, &reason),
    }
}
