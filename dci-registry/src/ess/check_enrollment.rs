//! `check-enrollment`: where does this person stand in the service?

use crate::criteria::MapCriteria;
use crate::ibr::item_of;
use dci_core::action::{Action, Message};
use dci_core::code::Status;
use dci_core::id::{CorrelationId, ReferenceId, TransactionId};
use dci_core::open_enum;
use dci_core::time::Timestamp;
use dci_core::wire::Extra;
use dci_core::wire_struct;

/// `check-enrollment` (official mock of the employment service, `/ess/sync/check-enrollment`; there is no OpenAPI document).
/// Synchronous only.
#[derive(Debug)]
#[non_exhaustive]
pub struct CheckEnrollment;

impl Action for CheckEnrollment {
    const ACTION: &'static str = "enrollementstatus";
    const ACTION_ALIASES: &'static [&'static str] = &["enrollmentstatus", "search"];
    const PATH: Option<&'static str> = None;
    const SYNC_PATH: Option<&'static str> = Some("registry/sync/check-enrollment");
    const CALLBACK: &'static str = "txn-on-status";
    const CALLBACK_PATH: Option<&'static str> = None;
    const SUMMARY: &'static str = "Ask where a person stands in the employment service";
    type Request = CheckEnrollmentRequest;
    type Response = CheckEnrollmentResponse;
}

open_enum! {
    /// Where somebody stands, as `check-enrollment` says it: the mock writes the label, unlike `enrolled` of the beneficiary
    /// registry, which says yes or no. The labels are those of [`EnrolmentStatus`](super::EnrolmentStatus).
    pub enum EnrollmentLabel {
        /// Active.
        Active = "Active" ["1", "yes"],
        /// Deceased.
        Deceased = "Deceased" ["2"],
        /// Left the service.
        Exited = "Exited" ["3"],
        /// Suspended.
        Suspended = "Suspended" ["4"],
        /// Inactive.
        Inactive = "Inactive" ["5", "no"],
        /// Back in the service.
        Reinstated = "Reinstated" ["6"],
        /// To be renewed.
        AwaitingRenewal = "Awaiting Renewal" ["7"],
    }
}

wire_struct! {
    /// The question.
    pub struct CheckEnrollmentRequest {
        /// Made by the caller.
        pub transaction_id: TransactionId,
        /// Who.
        pub enrolled_criteria: MapCriteria,
    }
}

impl CheckEnrollmentRequest {
    /// About the person with `identifier`.
    pub fn person(identifier: &str) -> Self {
        let enrolled_criteria = MapCriteria::person(identifier);
        Self { transaction_id: TransactionId::random(), enrolled_criteria, extra: Extra::default() }
    }
}

impl Message for CheckEnrollmentRequest {
    fn transaction_id(&self) -> &TransactionId {
        &self.transaction_id
    }
}

wire_struct! {
    /// The answer.
    pub struct CheckEnrollmentResponse {
        /// As in the question.
        pub transaction_id: TransactionId,
        /// Names this answer.
        pub correlation_id: Option<CorrelationId> [expected],
        /// The answer; empty when the person is not known.
        pub enrolled_response: Vec<CheckEnrollmentResult> [required],
    } unwrap "message";
}

impl CheckEnrollmentResponse {
    /// The answer to the question `transaction_id`.
    pub fn new(transaction_id: TransactionId, enrolled_response: Vec<CheckEnrollmentResult>) -> Self {
        let correlation_id = Some(CorrelationId::random());
        Self { transaction_id, correlation_id, enrolled_response, extra: Extra::default() }
    }

    /// Where the person stands; `None` when the service does not know them.
    pub fn status(&self) -> Option<&EnrollmentLabel> {
        self.enrolled_response.iter().find_map(|result| result.enrolled_status.as_ref())
    }
}

dci_core::list_reply! { CheckEnrollmentResponse: enrolled_response }

wire_struct! {
    /// Where one stands (`enrolled_response[]`).
    pub struct CheckEnrollmentResult {
        /// Names the item: the question has no id of it.
        pub reference_id: ReferenceId,
        /// When it was answered.
        pub timestamp: Option<Timestamp> [expected],
        /// Whether it could be answered.
        pub status: Status,
        /// Why not, at most 999 characters.
        pub status_reason_message: Option<String>,
        /// The answer.
        pub enrolled_status: Option<EnrollmentLabel>,
    }
}

impl CheckEnrollmentResult {
    /// The answer to the question `transaction_id`.
    pub fn new(transaction_id: &TransactionId, status: Option<EnrollmentLabel>) -> Self {
        Self {
            reference_id: item_of(transaction_id),
            timestamp: Some(Timestamp::now()),
            status: Status::Succeeded,
            status_reason_message: None,
            enrolled_status: status,
            extra: Extra::default(),
        }
    }

    /// The question could not be answered.
    pub fn rejected(transaction_id: &TransactionId, words: &str) -> Self {
        Self {
            status: Status::Rejected,
            status_reason_message: Some(words.to_owned()),
            ..Self::new(transaction_id, None)
        }
    }
}
