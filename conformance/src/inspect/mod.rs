//! Looking at one message: what it is, where it leaves the standard, who signed it how, and what is in it.

mod kind;
mod seal;

use crate::target::TargetError;
use chrono::{DateTime, Utc};
use dci_core::carrier::Carrier;
use dci_core::jose::{KeySet, PrivateKey};
use dci_core::peer::Profile;
use dci_core::wire::{Deviation, Json, Limits};
use serde::Serialize;

/// What is known beside the message.
#[derive(Debug)]
#[non_exhaustive]
pub struct Knowledge {
    /// What its sender speaks; every scheme is tried when not known.
    pub profile: Option<Profile>,
    /// The sender's keys.
    pub keys: Option<KeySet>,
    /// The private key that opens it.
    pub decryption_key: Option<PrivateKey>,
    /// The time it is judged at.
    pub at: DateTime<Utc>,
    /// The HTTP message it came in, as far as it is known.
    pub carrier: Carrier,
}

impl Knowledge {
    /// Nothing, now.
    pub fn none() -> Self {
        Self { profile: None, keys: None, decryption_key: None, at: Utc::now(), carrier: Carrier::default() }
    }
}

/// Whether a message can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Verdict {
    /// Its signature holds, and it is of its time.
    Verified,
    /// It does not; the reason says why.
    Refused,
    /// There is none.
    Absent,
}

/// One point where a message leaves the standard's own form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Noted {
    /// Where.
    pub pointer: String,
    /// The rule.
    pub rule: String,
    /// What was seen, without personal data.
    pub seen: String,
    /// The rule in words.
    pub meaning: String,
}

impl Noted {
    fn of(deviation: &Deviation) -> Self {
        Self {
            pointer: deviation.pointer.clone(),
            rule: deviation.rule.id().to_owned(),
            seen: deviation.seen.clone(),
            meaning: deviation.rule.meaning().to_owned(),
        }
    }

    fn fault(rule: &str, pointer: &str, meaning: String) -> Self {
        Self { pointer: pointer.to_owned(), rule: rule.to_owned(), seen: String::new(), meaning }
    }
}

/// What was found out about a message.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Findings {
    /// What it is: `search`, `on-search`, `ack`, `http-error` …
    pub kind: String,
    /// Who says they sent it.
    pub sender_id: Option<String>,
    /// The signature scheme that was found.
    pub scheme: Option<String>,
    /// How far that scheme is from the standard.
    pub distance: Option<String>,
    /// The key the signature names.
    pub key_id: Option<String>,
    /// Over which text it holds.
    pub basis: Option<String>,
    /// The verdict.
    pub verdict: Verdict,
    /// Why it is refused or absent.
    pub reason: Option<String>,
    /// Whether the message is encrypted.
    pub encrypted: bool,
    /// Where it leaves the standard's own form.
    pub deviations: Vec<Noted>,
    /// The message as a tree, for a person to look at; decrypted where a key was given.
    #[serde(skip)]
    pub content: Json,
}

/// Why there is nothing to find out.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Unreadable {
    /// A file cannot be read.
    #[error(transparent)]
    File(#[from] TargetError),
    /// It is not JSON.
    #[error("the message is {0}")]
    Json(dci_core::wire::ParseError),
    /// It is JSON and nothing of this protocol.
    #[error(
        "the JSON is neither an envelope (header and message), nor an acknowledgement, nor an error of any known shape"
    )]
    Unknown,
}

/// Looks at `body`.
pub fn inspect(body: &[u8], known: &Knowledge) -> Result<Findings, Unreadable> {
    let mut limits = Limits::tolerant();
    limits.string_bytes = limits.opaque_bytes;
    let tree = Json::parse_within(body, &limits).map_err(Unreadable::Json)?;
    let mut findings = kind::recognise(&tree).ok_or(Unreadable::Unknown)?;
    if let Err(error) = Json::parse(body) {
        findings.deviations.push(Noted::fault("strict-json", "", format!("a strict reader refuses it: it is {error}")));
    }
    if tree.get("header").is_some() {
        seal::judge(body, &tree, known, &mut findings);
    }
    if findings.content.get("message").is_some() {
        kind::read(&mut findings, known);
    }
    Ok(findings)
}
