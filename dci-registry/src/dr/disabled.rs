//! `disabled`: does this person have a recognised disability?

use crate::criteria::{MapCriteria, YesNo};
use crate::ibr::item_of;
use dci_core::action::{Action, Message};
use dci_core::code::Status;
use dci_core::id::{CorrelationId, ReferenceId, TransactionId};
use dci_core::time::Timestamp;
use dci_core::wire::Extra;
use dci_core::wire_struct;

/// `disabled` (`dr_api_v1.0.0`, `/registry/sync/disabled`, which its own summary and the official mock call
/// `get-disability-status`). Synchronous only.
#[derive(Debug)]
#[non_exhaustive]
pub struct Disabled;

impl Action for Disabled {
    const ACTION: &'static str = "search";
    const ACTION_ALIASES: &'static [&'static str] = &["get_disability_info", "check_disability_status"];
    const PATH: Option<&'static str> = None;
    const SYNC_PATH: Option<&'static str> = Some("registry/sync/disabled");
    const SYNC_ALIASES: &'static [&'static str] = &["registry/sync/get-disability-status"];
    const CALLBACK: &'static str = "on-search";
    const CALLBACK_PATH: Option<&'static str> = None;
    const SUMMARY: &'static str = "Ask whether a person has a recognised disability";
    type Request = DisabledRequest;
    type Response = DisabledResponse;
}

wire_struct! {
    /// Whom it is about (`DisabledRequest`, `GetDisabilitySupportRequest`).
    pub struct DisabledRequest {
        /// Made by the caller. There is no reference id: the answer names its item by this.
        pub transaction_id: TransactionId,
        /// Who.
        pub disabled_criteria: MapCriteria,
    }
}

impl DisabledRequest {
    /// About the person with `identifier`.
    pub fn person(identifier: &str) -> Self {
        Self::of(MapCriteria::equal([("member.member_identifier", identifier)]))
    }

    /// About whoever fulfils `criteria`.
    pub fn of(disabled_criteria: MapCriteria) -> Self {
        Self { transaction_id: TransactionId::random(), disabled_criteria, extra: Extra::default() }
    }
}

impl Message for DisabledRequest {
    fn transaction_id(&self) -> &TransactionId {
        &self.transaction_id
    }
}

wire_struct! {
    /// The answer (`DisabledResponse`).
    pub struct DisabledResponse {
        /// As in the question.
        pub transaction_id: TransactionId,
        /// Names this answer.
        pub correlation_id: Option<CorrelationId> [expected],
        /// The answer.
        pub disabled_response: Vec<DisabledResult> [required],
    } unwrap "message";
}

impl DisabledResponse {
    /// The answer to the question `transaction_id`.
    pub fn new(transaction_id: TransactionId, disabled_response: Vec<DisabledResult>) -> Self {
        let correlation_id = Some(CorrelationId::random());
        Self { transaction_id, correlation_id, disabled_response, extra: Extra::default() }
    }

    /// Whether the person has a recognised disability; `None` when the registry did not say.
    pub fn is_disabled(&self) -> Option<bool> {
        let said = |status: &YesNo| status.is_published().then_some(*status == YesNo::Yes);
        self.disabled_response.iter().filter_map(|result| result.disabled_status.as_ref()).find_map(said)
    }
}

dci_core::list_reply! { DisabledResponse: disabled_response }

wire_struct! {
    /// Whether one has a recognised disability (`disabled_response[]`).
    pub struct DisabledResult {
        /// Names the item: the question has no id of it.
        pub reference_id: ReferenceId,
        /// When it was answered.
        pub timestamp: Option<Timestamp> [expected],
        /// Whether it could be answered.
        pub status: Status,
        /// Why not, at most 999 characters.
        pub status_reason_message: Option<String>,
        /// The answer.
        pub disabled_status: Option<YesNo> [expected],
    }
}

impl DisabledResult {
    /// The answer to the question `transaction_id`.
    pub fn new(transaction_id: &TransactionId, disabled: bool) -> Self {
        Self {
            reference_id: item_of(transaction_id),
            timestamp: Some(Timestamp::now()),
            status: Status::Succeeded,
            status_reason_message: None,
            disabled_status: Some(disabled.into()),
            extra: Extra::default(),
        }
    }

    /// The question could not be answered.
    pub fn rejected(transaction_id: &TransactionId, words: &str) -> Self {
        Self {
            status: Status::Rejected,
            status_reason_message: Some(words.to_owned()),
            disabled_status: None,
            ..Self::new(transaction_id, false)
        }
    }
}
