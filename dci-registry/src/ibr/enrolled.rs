//! `enrolled`: is this person in that programme? Asked before somebody is enrolled twice.

use crate::criteria::{MapCriteria, YesNo};
use dci_core::action::{Action, Message};
use dci_core::code::Status;
use dci_core::id::{CorrelationId, ReferenceId, TransactionId};
use dci_core::time::Timestamp;
use dci_core::wire::{Extra, Json, ReadError, Reading, Rule};
use dci_core::wire_struct;

/// `enrolled` (`ibr_api_v1.0.0`, `/registry/sync/enrolled`). Synchronous only.
///
/// The document has the answer without an envelope, as `$ref` to a schema; this crate writes the envelope of every other
/// synchronous answer and reads both, and the acknowledgements of the official mock.
#[derive(Debug)]
#[non_exhaustive]
pub struct Enrolled;

impl Action for Enrolled {
    const ACTION: &'static str = "search";
    const PATH: Option<&'static str> = None;
    const SYNC_PATH: Option<&'static str> = Some("registry/sync/enrolled");
    const CALLBACK: &'static str = "on-search";
    const CALLBACK_PATH: Option<&'static str> = None;
    const SUMMARY: &'static str = "Ask whether a person is enrolled in a programme";
    type Request = EnrolledRequest;
    type Response = EnrolledResponse;

    fn of_ack(request: &EnrolledRequest, ack: &Json) -> Option<EnrolledResponse> {
        let status = YesNo::from_spelling(ack.get("ack_status")?.as_str()?)?;
        Some(EnrolledResponse::new(
            request.transaction_id.clone(),
            vec![EnrolledResult::new(&request.transaction_id, status)],
        ))
    }
}

wire_struct! {
    /// The question (`EnrolledRequest`).
    pub struct EnrolledRequest {
        /// Made by the caller. There is no reference id: the answer names its item by this.
        pub transaction_id: TransactionId,
        /// Who, and in which programme.
        pub enrolled_criteria: MapCriteria,
    }
}

impl EnrolledRequest {
    /// Whether the person with `identifier` is in the programme `programme`.
    pub fn new(identifier: &str, programme: &str) -> Self {
        let programme_path = "programme_identifier.program.programme_identifier";
        Self::of(MapCriteria::equal([("person_identifier", identifier), (programme_path, programme)]))
    }

    /// Whether anybody fulfils `criteria`.
    pub fn of(enrolled_criteria: MapCriteria) -> Self {
        Self { transaction_id: TransactionId::random(), enrolled_criteria, extra: Extra::default() }
    }
}

impl Message for EnrolledRequest {
    fn transaction_id(&self) -> &TransactionId {
        &self.transaction_id
    }
}

wire_struct! {
    /// The answer (`EnrolledResponse`).
    pub struct EnrolledResponse {
        /// As in the question.
        pub transaction_id: TransactionId,
        /// Names this answer.
        pub correlation_id: Option<CorrelationId> [expected],
        /// The answer.
        pub enrolled_response: Vec<EnrolledResult> [required; also "search_response"],
    } unwrap "message";
}

impl EnrolledResponse {
    /// The answer to the question `transaction_id`.
    pub fn new(transaction_id: TransactionId, enrolled_response: Vec<EnrolledResult>) -> Self {
        let correlation_id = Some(CorrelationId::random());
        Self { transaction_id, correlation_id, enrolled_response, extra: Extra::default() }
    }

    /// Whether the person is enrolled; `None` when the registry did not say.
    pub fn is_enrolled(&self) -> Option<bool> {
        let said = |status: &YesNo| status.is_published().then_some(*status == YesNo::Yes);
        self.enrolled_response.iter().filter_map(|result| result.enrolled_status.as_ref()).find_map(said)
    }
}

dci_core::list_reply! { EnrolledResponse: enrolled_response }

wire_struct! {
    /// Whether one is enrolled (`enrolled_response[]`).
    pub struct EnrolledResult {
        /// Names the item: the question has no id of it.
        pub reference_id: ReferenceId,
        /// When it was answered.
        pub timestamp: Option<Timestamp> [expected],
        /// Whether it could be answered.
        pub status: Status,
        /// Why not, at most 999 characters.
        pub status_reason_message: Option<String>,
        /// The answer.
        pub enrolled_status: Option<YesNo> [expected],
    } then enrolled_by_records;
}

/// An older text answers with the records of the enrolment: their presence is the answer.
fn enrolled_by_records(result: &mut EnrolledResult, reading: &mut Reading) -> Result<(), ReadError> {
    if result.enrolled_status.is_some() {
        return Ok(());
    }
    let data = result.extra.get("data");
    let records = data.and_then(|data| data.get("reg_records").or_else(|| data.get("reg_record")));
    if let Some(records) = records {
        reading.within("data", |reading| reading.forgive_as(Rule::Wrapper, "records for enrolled_status"))?;
        let any = records.as_array().map_or(!records.is_blank(), |records| !records.is_empty());
        result.enrolled_status = Some(any.into());
    }
    Ok(())
}

impl EnrolledResult {
    /// The answer to the question `transaction_id`.
    pub fn new(transaction_id: &TransactionId, enrolled: impl Into<YesNo>) -> Self {
        Self {
            reference_id: item_of(transaction_id),
            timestamp: Some(Timestamp::now()),
            status: Status::Succeeded,
            status_reason_message: None,
            enrolled_status: Some(enrolled.into()),
            extra: Extra::default(),
        }
    }

    /// The question could not be answered.
    pub fn rejected(transaction_id: &TransactionId, words: &str) -> Self {
        Self {
            status: Status::Rejected,
            status_reason_message: Some(words.to_owned()),
            enrolled_status: None,
            ..Self::new(transaction_id, YesNo::No)
        }
    }
}

/// The id of the item of a question that has none: the transaction's.
pub(crate) fn item_of(transaction_id: &TransactionId) -> ReferenceId {
    ReferenceId::new(transaction_id.as_str()).unwrap_or_else(|_| ReferenceId::random())
}

#[cfg(feature = "client")]
pub(super) mod client {
    use super::super::Ibr;
    use super::{Enrolled, EnrolledRequest};
    use async_trait::async_trait;
    use dci_core::client::{Client, ClientError};

    /// What only the beneficiary registry is asked.
    #[async_trait]
    pub trait EnrollmentCheck {
        /// Whether the person with `identifier` is in the programme `programme`; `None` when the registry did not say.
        async fn enrolled(&self, identifier: &str, programme: &str) -> Result<Option<bool>, ClientError>;
    }

    #[async_trait]
    impl EnrollmentCheck for Client<Ibr> {
        async fn enrolled(&self, identifier: &str, programme: &str) -> Result<Option<bool>, ClientError> {
            let request = EnrolledRequest::new(identifier, programme);
            Ok(self.call::<Enrolled>(&request).await?.message().is_enrolled())
        }
    }
}
