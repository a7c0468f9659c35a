//! Transaction status: what became of an earlier request.
//!
//! Asynchronous at `registry/txn/status`, answered at `registry/txn/on-status`; synchronous at
//! `registry/sync/txn/status` (registry standard, `TxnStatusRequest` and `TxnStatusResponse`).

use super::search::SearchResponse;
use super::subscribe::SubscribeResponse;
use super::unsubscribe::UnsubscribeResponse;
use crate::action::{Message, Reply};
use crate::code::{AttributeType, TxnType};
use crate::id::{CorrelationId, ReferenceId, TransactionId};
use crate::locale::Locale;
use crate::wire::{Json, ReadError, Reading, Rule, Wire};
use crate::wire_struct;

wire_struct! {
    /// A question about an earlier transaction (`TxnStatusRequest`).
    pub struct TxnStatusRequest {
        /// Names this question, not the transaction asked about.
        pub transaction_id: TransactionId,
        /// The question. One object, although every other request holds a list.
        pub txnstatus_request: TxnStatusQuery,
    }
}

impl TxnStatusRequest {
    /// Asks for a search by one of its ids.
    pub fn search(attribute_type: AttributeType, value: AttributeValue) -> Self {
        Self::new(TxnType::Search, attribute_type, value)
    }

    /// Asks for a transaction of the type `txn_type` by one of its ids.
    pub fn new(txn_type: TxnType, attribute_type: AttributeType, value: AttributeValue) -> Self {
        Self {
            transaction_id: TransactionId::random(),
            txnstatus_request: TxnStatusQuery {
                reference_id: ReferenceId::random(),
                txn_type,
                attribute_type,
                attribute_value: value,
                locale: Some(Locale::english()),
                extra: crate::wire::Extra::default(),
            },
            extra: crate::wire::Extra::default(),
        }
    }
}

impl Message for TxnStatusRequest {
    fn transaction_id(&self) -> &TransactionId {
        &self.transaction_id
    }
}

wire_struct! {
    /// Which transaction is asked about (`txnstatus_request`).
    pub struct TxnStatusQuery {
        /// Names the question.
        pub reference_id: ReferenceId,
        /// What kind of transaction it was.
        pub txn_type: TxnType,
        /// By what it is named.
        pub attribute_type: AttributeType,
        /// The id or ids.
        pub attribute_value: AttributeValue,
        /// The language wanted.
        pub locale: Option<Locale>,
    }
}

/// `attribute_value`: one id, or a list of them.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AttributeValue {
    /// A transaction or correlation id.
    One(String),
    /// Reference ids or subscription codes.
    Many(Vec<String>),
}

impl AttributeValue {
    /// The ids.
    pub fn values(&self) -> &[String] {
        match self {
            Self::One(value) => std::slice::from_ref(value),
            Self::Many(values) => values,
        }
    }
}

impl Wire for AttributeValue {
    const EXPECTED: &'static str = "a text or a list of texts";

    fn read(value: &Json, reading: &mut Reading) -> Result<Self, ReadError> {
        match value {
            Json::Array(_) => Vec::read(value, reading).map(Self::Many),
            one => String::read(one, reading).map(Self::One),
        }
    }

    fn write(&self) -> Json {
        match self {
            Self::One(value) => value.write(),
            Self::Many(values) => values.write(),
        }
    }
}

#[cfg(feature = "schema")]
impl crate::schema::JsonSchema for AttributeValue {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "AttributeValue".into()
    }

    fn json_schema(_: &mut crate::schema::SchemaGenerator) -> crate::schema::Schema {
        let text = schemars::json_schema!({"type": "string", "maxLength": 99});
        schemars::json_schema!({"anyOf": [text, {"type": "array", "items": text}]})
    }
}

wire_struct! {
    /// What became of a transaction (`TxnStatusResponse`).
    pub struct TxnStatusResponse<R> {
        /// As in the question.
        pub transaction_id: TransactionId,
        /// Names this answer.
        pub correlation_id: Option<CorrelationId> [expected],
        /// The answer.
        pub txnstatus_response: TxnStatusAnswer<R>,
    }
}

impl<R: Wire> TxnStatusResponse<R> {
    /// The answer for a transaction of the type `txn_type`.
    pub fn new(transaction_id: TransactionId, txn_type: TxnType, txn_status: TxnState<R>) -> Self {
        Self {
            transaction_id,
            correlation_id: Some(CorrelationId::random()),
            txnstatus_response: TxnStatusAnswer { txn_type, txn_status, extra: crate::wire::Extra::default() },
            extra: crate::wire::Extra::default(),
        }
    }

    /// The answer for a search.
    pub fn search(transaction_id: TransactionId, state: SearchResponse<R>) -> Self {
        Self::new(transaction_id, TxnType::Search, TxnState::Search(Box::new(state)))
    }
}

impl<R: Wire + Clone + std::fmt::Debug + Send + Sync + 'static> Message for TxnStatusResponse<R> {
    fn transaction_id(&self) -> &TransactionId {
        &self.transaction_id
    }
}

impl<R: Wire + Clone + std::fmt::Debug + Send + Sync + 'static> Reply for TxnStatusResponse<R> {
    fn empty(transaction_id: TransactionId) -> Self {
        Self::search(transaction_id.clone(), SearchResponse::new(transaction_id, Vec::new()))
    }

    fn absorb(&mut self, later: Self) {
        *self = later;
    }

    fn correlate(&mut self, transaction_id: TransactionId, correlation_id: CorrelationId) {
        self.transaction_id = transaction_id;
        self.correlation_id = Some(correlation_id);
    }

    fn correlation_id(&self) -> Option<&CorrelationId> {
        self.correlation_id.as_ref()
    }
}

wire_struct! {
    /// The state of one transaction (`txnstatus_response`).
    pub struct TxnStatusAnswer<R> {
        /// What kind of transaction it was.
        pub txn_type: TxnType,
        /// Its state, in the form of the answer it would have got.
        pub txn_status: TxnState<R>,
    }
}

/// The state of a transaction, in the form of its answer (`txn_status`).
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum TxnState<R> {
    /// The results of a search so far; unfinished items are `pdng`.
    Search(Box<SearchResponse<R>>),
    /// What became of subscriptions. The social and beneficiary registries may ask for it and have no form of answer: this one
    /// is that of the others.
    Subscribe(Box<SubscribeResponse>),
    /// What became of an end of subscriptions.
    Unsubscribe(Box<UnsubscribeResponse>),
    /// What was handed in.
    Receipt(Box<Receipt<R>>),
    /// Another form, as it came.
    Other(Json),
}

impl<R: Wire> Wire for TxnState<R> {
    const EXPECTED: &'static str = "an object";

    fn read(value: &Json, reading: &mut Reading) -> Result<Self, ReadError> {
        let has = |name: &str| value.get(name).is_some();
        if has("search_response") {
            return SearchResponse::read(value, reading).map(Box::new).map(Self::Search);
        }
        if has("subscribe_response") {
            return SubscribeResponse::read(value, reading).map(Box::new).map(Self::Subscribe);
        }
        if has("receipt_information") {
            return Receipt::read(value, reading).map(Box::new).map(Self::Receipt);
        }
        if has("subscription_status") || (has("status") && has("timestamp")) {
            return UnsubscribeResponse::read(value, reading).map(Box::new).map(Self::Unsubscribe);
        }
        reading.forgive_as(Rule::UnlistedCode, value.kind())?;
        Ok(Self::Other(value.clone()))
    }

    fn write(&self) -> Json {
        match self {
            Self::Search(state) => state.write(),
            Self::Subscribe(state) => state.write(),
            Self::Unsubscribe(state) => state.write(),
            Self::Receipt(state) => state.write(),
            Self::Other(tree) => tree.clone(),
        }
    }
}

wire_struct! {
    /// What was handed in by a transaction (`txn_status` of the type `receipt`).
    pub struct Receipt<R> {
        /// The transaction.
        pub transaction_id: TransactionId,
        /// What it held.
        pub receipt_information: ReceiptInformation<R>,
    }
}

wire_struct! {
    /// The content of a receipt (`receipt_information`).
    pub struct ReceiptInformation<R> {
        /// The beneficiaries, as the registry took them.
        pub beneficiaries: Vec<R>,
    }
}

impl<R: Wire> Receipt<R> {
    /// The transaction `transaction_id` handed in `beneficiaries`.
    pub fn new(transaction_id: TransactionId, beneficiaries: Vec<R>) -> Self {
        Self {
            transaction_id,
            receipt_information: ReceiptInformation { beneficiaries, extra: crate::wire::Extra::default() },
            extra: crate::wire::Extra::default(),
        }
    }
}

#[cfg(feature = "schema")]
impl<R: Wire + crate::schema::JsonSchema> crate::schema::JsonSchema for TxnState<R> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("TxnState_of_{}", R::schema_name()).into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut crate::schema::SchemaGenerator) -> crate::schema::Schema {
        let search = generator.subschema_for::<SearchResponse<R>>();
        let subscribe = generator.subschema_for::<SubscribeResponse>();
        let unsubscribe = generator.subschema_for::<UnsubscribeResponse>();
        let receipt = generator.subschema_for::<Receipt<R>>();
        schemars::json_schema!({"anyOf": [search, subscribe, unsubscribe, receipt]})
    }
}
