//! `enrollment/updates`: a programme tells the beneficiary registry whom it enrolled, and what changed.

use super::Beneficiary;
use super::enrolled::item_of;
use dci_core::action::{Action, Message};
use dci_core::code::Status;
use dci_core::header::RequestHeader;
use dci_core::id::{CorrelationId, ReferenceId, TransactionId};
use dci_core::time::Timestamp;
use dci_core::wire::{Extra, Json};
use dci_core::wire_struct;

/// `enrollment/updates` (`ibr_api_v1.0.0`, `/registry/sync/enrollment/updates`). Synchronous only.
///
/// It is a request, and the standard puts it under the header of callbacks and the action `notify`: this crate writes what
/// both headers require.
#[derive(Debug)]
#[non_exhaustive]
pub struct EnrollmentUpdates;

impl Action for EnrollmentUpdates {
    const ACTION: &'static str = "notify";
    const ACTION_ALIASES: &'static [&'static str] = &["register"];
    const PATH: Option<&'static str> = None;
    const SYNC_PATH: Option<&'static str> = Some("registry/sync/enrollment/updates");
    const SYNC_ALIASES: &'static [&'static str] = &["registry/enrollments/updates"];
    const CALLBACK: &'static str = "on-search";
    const CALLBACK_PATH: Option<&'static str> = None;
    const SUMMARY: &'static str = "Tell whom a programme enrolled, and what changed";
    type Request = EnrollmentUpdatesRequest;
    type Response = EnrollmentUpdatesResponse;

    fn dress(header: &mut RequestHeader) {
        header.extra.insert("status", Status::Received.as_str());
    }

    fn of_ack(request: &EnrollmentUpdatesRequest, ack: &Json) -> Option<EnrollmentUpdatesResponse> {
        let taken = ack.get("ack_status")?.as_str()? == "ACK";
        let taken = taken.then(|| EnrollmentUpdateResult::taken(&request.transaction_id))?;
        Some(EnrollmentUpdatesResponse::new(request.transaction_id.clone(), vec![taken]))
    }
}

wire_struct! {
    /// What changed (`EnrollmentUpdatesRequest`).
    pub struct EnrollmentUpdatesRequest {
        /// Made by the caller; the receipt can be asked for by it.
        pub transaction_id: TransactionId,
        /// Who.
        pub enrolled_updates: EnrolledUpdates [also "receipt_information"],
    }
}

wire_struct! {
    /// The beneficiaries that changed (`enrolled_updates`).
    pub struct EnrolledUpdates {
        /// Each as it is now.
        pub beneficiaries: Vec<Beneficiary>,
    }
}

impl EnrollmentUpdatesRequest {
    /// These beneficiaries are new, or changed.
    pub fn new(beneficiaries: impl IntoIterator<Item = Beneficiary>) -> Self {
        let beneficiaries = beneficiaries.into_iter().collect();
        Self {
            transaction_id: TransactionId::random(),
            enrolled_updates: EnrolledUpdates { beneficiaries, extra: Extra::default() },
            extra: Extra::default(),
        }
    }
}

impl Message for EnrollmentUpdatesRequest {
    fn transaction_id(&self) -> &TransactionId {
        &self.transaction_id
    }
}

wire_struct! {
    /// What became of it (`EnrollmentUpdatesResponse`).
    pub struct EnrollmentUpdatesResponse {
        /// As in the request.
        pub transaction_id: TransactionId,
        /// Names this answer.
        pub correlation_id: Option<CorrelationId> [expected],
        /// The result.
        pub enrolled_response: Vec<EnrollmentUpdateResult> [required],
    } unwrap "message";
}

impl EnrollmentUpdatesResponse {
    /// The answer to the request `transaction_id`.
    pub fn new(transaction_id: TransactionId, enrolled_response: Vec<EnrollmentUpdateResult>) -> Self {
        let correlation_id = Some(CorrelationId::random());
        Self { transaction_id, correlation_id, enrolled_response, extra: Extra::default() }
    }
}

dci_core::list_reply! { EnrollmentUpdatesResponse: enrolled_response }

wire_struct! {
    /// The result (`enrolled_response[]` of this action, which has no `enrolled_status`).
    pub struct EnrollmentUpdateResult {
        /// Names the item: the request has no id of it.
        pub reference_id: ReferenceId,
        /// When it was taken.
        pub timestamp: Option<Timestamp> [expected],
        /// Whether it was taken.
        pub status: Status,
        /// Why not, at most 999 characters.
        pub status_reason_message: Option<String>,
    }
}

impl EnrollmentUpdateResult {
    /// The updates were taken.
    pub fn taken(transaction_id: &TransactionId) -> Self {
        Self {
            reference_id: item_of(transaction_id),
            timestamp: Some(Timestamp::now()),
            status: Status::Succeeded,
            status_reason_message: None,
            extra: Extra::default(),
        }
    }

    /// None of them was, and why.
    pub fn rejected(transaction_id: &TransactionId, words: &str) -> Self {
        Self { status: Status::Rejected, status_reason_message: Some(words.to_owned()), ..Self::taken(transaction_id) }
    }
}
