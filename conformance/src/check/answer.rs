//! An answer of the target, and the ways to look at it.

use super::ensure;
use super::outcome::{Outcome, Stop, failed};
use crate::identity::Identity;
use crate::interface::{AnySearch, Interface, Open, Rewrite, rewrite};
use crate::target::Target;
use dci_core::action::{Action, Subscribe, TxnStatus, Unsubscribe};
use dci_core::carrier::Carrier;
use dci_core::code::Status;
use dci_core::envelope::Received;
use dci_core::header::CallbackHeader;
use dci_core::jose::Jwe;
use dci_core::message::{NotifyRequest, SearchResponse, SearchResult};
use dci_core::wire::{Deviation, Form, Json, Leniency, Limits, Reading, Wire};
use dci_registry::dr::{Disabled, GetDisabilityDetails, GetDisabilitySupport};
use dci_registry::ess::CheckEnrollment;
use dci_registry::ibr::{Enrolled, EnrollmentUpdates};
use std::borrow::Cow;

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) media_type: String,
    pub(crate) body: Vec<u8>,
    pub(crate) tree: Option<Json>,
    /// What surrounded the body, as far as signatures cover it.
    pub(crate) carrier: Carrier,
    /// The body as the standard has it and in the clear, where it came otherwise.
    readable: Option<Vec<u8>>,
    interface: &'static Interface,
}

/// A reply of the action `A` as it was read, not verified.
pub(crate) struct ReadReply<M> {
    pub(crate) header: CallbackHeader,
    pub(crate) message: M,
    pub(crate) deviations: Vec<Deviation>,
}

/// A body in the clear and as the standard has it; `None` where it is that already.
fn readable(body: &[u8], target: &Target, identity: &Identity) -> Option<Vec<u8>> {
    let mut tree = Json::parse_within(body, &Limits::tolerant()).ok()?;
    let message = tree.as_object_mut()?.get_mut("message")?;
    let jwe = message.as_object().filter(|message| message.get("ciphertext").is_some()).map(Jwe::parse);
    let opened = jwe.and_then(Result::ok).and_then(|jwe| identity.keyring.open(&jwe).ok());
    if let Some(plain) = opened.and_then(|plain| Json::parse_within(&plain, &Limits::tolerant()).ok()) {
        *message = plain;
    }
    target.profile.read_answer(message);
    Some(tree.print(Form::Compact).into_bytes())
}

/// What arrived for `identity`, in the clear and as the standard has it.
pub(crate) fn delivered<'a>(body: &'a [u8], target: &Target, identity: &Identity) -> Cow<'a, [u8]> {
    readable(body, target, identity).map_or(Cow::Borrowed(body), Cow::Owned)
}

/// An action of any interface, whose answers are judged as those of one.
pub(crate) trait Judged: Action {
    /// Reads an answer as the interface's own.
    fn judge(interface: &Interface) -> Rewrite;
}

impl Judged for AnySearch {
    fn judge(interface: &Interface) -> Rewrite {
        interface.search_response
    }
}

impl Judged for TxnStatus<Open> {
    fn judge(interface: &Interface) -> Rewrite {
        interface.txn_status_response
    }
}

macro_rules! judged_plainly {
    ($($action:ty),+ $(,)?) => {$(
        impl Judged for $action {
            fn judge(_: &Interface) -> Rewrite {
                rewrite::<<$action as Action>::Response>
            }
        }
    )+};
}

judged_plainly! {
    Subscribe<Open>,
    Unsubscribe<Open>,
    Enrolled,
    EnrollmentUpdates,
    Disabled,
    GetDisabilityDetails,
    GetDisabilitySupport,
    CheckEnrollment,
}

/// Header and message of an envelope that came from the target.
fn read_parts<M: Wire>(body: &[u8], judge: Rewrite) -> Result<(CallbackHeader, M, Vec<Deviation>), Stop> {
    let received = Received::parse(body, &Limits::tolerant())
        .map_err(|error| failed(format!("expected an envelope {{signature, header, message}}; {error}")))?;
    let tree = Json::parse_within(body, &Limits::tolerant()).unwrap_or_default();
    let mut reading = Reading::new(Leniency::Content);
    let unreadable = |error: dci_core::wire::ReadError| failed(format!("the message cannot be read: {error}"));
    let header: CallbackHeader = reading.read_at("header", received.header()).map_err(unreadable)?;
    let message = tree.get("message").cloned().unwrap_or_default();
    let message = judge(&mut reading, "message", &message).map_err(unreadable)?;
    // In the standard's form by now: nothing more to forgive.
    let (message, _) = dci_core::wire::read::<M>(&message, Leniency::Content).map_err(unreadable)?;
    Ok((header, message, reading.into_deviations()))
}

/// Reads the body of a notification.
pub(crate) fn read_notification(
    body: &[u8],
    interface: &Interface,
) -> Result<(CallbackHeader, NotifyRequest<Json>), Stop> {
    let (header, message, _) = read_parts(body, interface.notification)?;
    Ok((header, message))
}

/// Reads the body of a reply or callback.
pub(crate) fn read_reply<A: Judged>(body: &[u8], interface: &Interface) -> Result<ReadReply<A::Response>, Stop> {
    let (header, message, deviations) = read_parts(body, A::judge(interface))?;
    Ok(ReadReply { header, message, deviations })
}

impl Answer {
    pub(crate) fn new(status: u16, media_type: String, body: Vec<u8>, interface: &'static Interface) -> Self {
        let tree = Json::parse_within(&body, &Limits::tolerant()).ok();
        Self { status, media_type, body, tree, carrier: Carrier::reply(status), readable: None, interface }
    }

    /// Opens what was encrypted for `identity`, and reads what `target` writes in its own way.
    pub(crate) fn made_readable(mut self, target: &Target, identity: &Identity) -> Self {
        self.readable = readable(&self.body, target, identity);
        if let Some(readable) = &self.readable {
            self.tree = Json::parse_within(readable, &Limits::tolerant()).ok();
        }
        self
    }

    pub(crate) fn text(&self, pointer: &str) -> Option<String> {
        self.tree.as_ref()?.pointer(pointer)?.scalar_text().map(std::borrow::Cow::into_owned)
    }

    /// The reply of a call that should have worked.
    pub(crate) fn reply<A: Judged>(&self) -> Result<ReadReply<A::Response>, Stop> {
        ensure!(
            self.status == 200,
            "expected HTTP 200 with an envelope, got HTTP {}{}",
            self.status,
            self.codes().first().map(|code| format!(" ({code})")).unwrap_or_default()
        );
        read_reply::<A>(self.readable.as_ref().unwrap_or(&self.body), self.interface)
    }

    /// The acknowledgement of a request that should have been accepted: its correlation id.
    pub(crate) fn acknowledged(&self) -> Result<String, Stop> {
        ensure!(
            matches!(self.status, 200 | 202),
            "expected HTTP 200 or 202 with an acknowledgement, got HTTP {}",
            self.status
        );
        let verdict = self.text("/message/ack_status");
        ensure!(
            verdict.as_deref() == Some("ACK"),
            "expected /message/ack_status ACK, got {}",
            verdict.as_deref().unwrap_or("nothing")
        );
        Ok(self.text("/message/correlation_id").unwrap_or_default())
    }

    /// Every code the answer carries, wherever it stands.
    pub(crate) fn codes(&self) -> Vec<String> {
        let places = [
            "/message/error/code",
            "/message/message/error/code",
            "/errors/0/code",
            "/errors/code",
            "/error/code",
            "/error",
            "/header/status_reason_code",
            "/message/search_response/0/status_reason_code",
        ];
        let mut codes: Vec<String> = places.iter().filter_map(|place| self.text(place)).collect();
        // A header reason can only be told in words where there is no envelope.
        let words = self.text("/message/error/message").or_else(|| self.text("/errors/0/message")).unwrap_or_default();
        codes.extend(words.split([':', ' ']).next().filter(|word| word.starts_with("rjct.")).map(str::to_owned));
        codes
    }

    /// Whether the answer says no, at any level.
    pub(crate) fn is_refusal(&self) -> bool {
        let negative = |place: &str| {
            let status = self.text(place).and_then(|status| Status::from_spelling(&status));
            status == Some(Status::Rejected)
        };
        let verdict = self.text("/message/ack_status");
        (400..500).contains(&self.status)
            || verdict.is_some_and(|verdict| verdict != "ACK")
            || negative("/header/status")
    }

    /// The request must have been turned away, for one of `codes`, or with one of `statuses` where those are given.
    pub(crate) fn refused(&self, codes: &[String], statuses: &[u16]) -> Outcome {
        ensure!(
            self.status < 500,
            "expected a refusal, got HTTP {}: bad input must never end in a server error",
            self.status
        );
        let seen = self.codes();
        let told = if seen.is_empty() { "no code".to_owned() } else { seen.join(", ") };
        ensure!(
            self.is_refusal(),
            "expected a refusal ({}), but it was accepted (HTTP {}, {told})",
            wanted(codes, statuses),
            self.status
        );
        let by_code = seen.iter().any(|code| codes.contains(code));
        let by_status = statuses.contains(&self.status);
        ensure!(
            by_code || by_status,
            "expected a refusal with {}, got HTTP {} with {told}",
            wanted(codes, statuses),
            self.status
        );
        Ok(())
    }
}

fn wanted(codes: &[String], statuses: &[u16]) -> String {
    let statuses = statuses.iter().map(|status| format!("HTTP {status}"));
    codes.iter().cloned().chain(statuses).collect::<Vec<_>>().join(" or ")
}

/// The one result of a search of one item.
pub(crate) fn only_result(response: &SearchResponse<Json>) -> Result<&SearchResult<Json>, Stop> {
    ensure!(
        response.search_response.len() == 1,
        "expected one item in /message/search_response, got {}",
        response.search_response.len()
    );
    response.search_response.first().ok_or_else(|| failed("no item"))
}

/// A result that must have succeeded.
pub(crate) fn succeeded(result: &SearchResult<Json>) -> Outcome {
    let reason = result.status_reason_code.as_ref().map_or("", |reason| reason.as_str());
    ensure!(result.status == Status::Succeeded, "expected item status succ, got {} {reason}", result.status);
    Ok(())
}
