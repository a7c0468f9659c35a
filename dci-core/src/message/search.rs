//! Search: find the records that match a query.
//!
//! Asynchronous at `registry/search`, answered at `registry/on-search`; synchronous at `registry/sync/search`
//! (registry standard, `SearchRequest` and `SearchResponse`).

use crate::code::{SearchReason, Status};
use crate::id::{CorrelationId, ReferenceId, TransactionId};
use crate::locale::Locale;
use crate::query::{PageInfo, Pagination, SearchCriteria};
use crate::time::Timestamp;
use crate::wire::{Alone, Json, ReadError, Reading, Rule, Wire};
use crate::wire_struct;

wire_struct! {
    /// One batch of searches (`SearchRequest`).
    pub struct SearchRequest {
        /// Made by the caller; names the batch until its last callback.
        pub transaction_id: TransactionId,
        /// The searches.
        pub search_request: Vec<SearchItem> [required],
    }
}

impl SearchRequest {
    /// A batch of one search with new ids.
    pub fn one(criteria: SearchCriteria) -> Self {
        Self::batch([criteria])
    }

    /// A batch with new ids.
    pub fn batch(criteria: impl IntoIterator<Item = SearchCriteria>) -> Self {
        Self {
            transaction_id: TransactionId::random(),
            search_request: criteria.into_iter().map(SearchItem::new).collect(),
            extra: crate::wire::Extra::default(),
        }
    }
}

crate::list_message! { SearchRequest: search_request }

wire_struct! {
    /// One search of a batch (`search_request[]`).
    pub struct SearchItem {
        /// Made by the caller; the result repeats it.
        pub reference_id: ReferenceId,
        /// When the search was asked. A request without it is refused.
        pub timestamp: Option<Timestamp> [expected],
        /// What is looked for.
        pub search_criteria: SearchCriteria,
        /// The language wanted.
        pub locale: Option<Locale>,
    } then bring_criteria_home;
}

/// `pagination`, `consent` and `authorize` belong into the criteria; some systems write them beside.
fn bring_criteria_home(item: &mut SearchItem, reading: &mut Reading) -> Result<(), ReadError> {
    fn fetch<T: Wire>(item: &SearchItem, name: &'static str, reading: &mut Reading) -> Result<Option<T>, ReadError> {
        let Some(value) = item.extra.get(name) else { return Ok(None) };
        let read: Option<T> = reading.read_at(name, value)?;
        if read.is_some() {
            reading.within(name, |reading| reading.forgive_as(Rule::MemberPlace, "beside search_criteria"))?;
        }
        Ok(read)
    }
    if item.search_criteria.pagination.is_none() {
        item.search_criteria.pagination = fetch::<Pagination>(item, "pagination", reading)?;
    }
    if item.search_criteria.consent.is_none() {
        item.search_criteria.consent = fetch(item, "consent", reading)?;
    }
    if item.search_criteria.authorize.is_none() {
        item.search_criteria.authorize = fetch(item, "authorize", reading)?;
    }
    Ok(())
}

impl SearchItem {
    /// A search with a new reference id, now.
    pub fn new(search_criteria: SearchCriteria) -> Self {
        Self {
            reference_id: ReferenceId::random(),
            timestamp: Some(Timestamp::now()),
            search_criteria,
            locale: Some(Locale::english()),
            extra: crate::wire::Extra::default(),
        }
    }
}

wire_struct! {
    /// The results of a batch (`SearchResponse`).
    pub struct SearchResponse<R> {
        /// As in the request.
        pub transaction_id: TransactionId,
        /// As in the acknowledgement; new in a synchronous reply.
        pub correlation_id: Option<CorrelationId> [expected],
        /// One result per search that is done. A missing one means: nothing was found.
        pub search_response: Vec<SearchResult<R>> [required],
    } unwrap "message";
}

impl<R: Wire> SearchResponse<R> {
    /// The results of the batch `transaction_id`.
    pub fn new(transaction_id: TransactionId, search_response: Vec<SearchResult<R>>) -> Self {
        let correlation_id = Some(CorrelationId::random());
        Self { transaction_id, correlation_id, search_response, extra: crate::wire::Extra::default() }
    }

    /// Every record found, over all items.
    pub fn records(&self) -> impl Iterator<Item = &R> {
        self.search_response.iter().flat_map(SearchResult::records)
    }

    /// The result for one item.
    pub fn result(&self, reference_id: &ReferenceId) -> Option<&SearchResult<R>> {
        self.search_response.iter().find(|result| result.reference_id == *reference_id)
    }
}

crate::list_reply! { SearchResponse<R>: search_response }

wire_struct! {
    /// The result of one search (`search_response[]`).
    pub struct SearchResult<R> {
        /// As in the request.
        pub reference_id: ReferenceId,
        /// When the result was made.
        pub timestamp: Option<Timestamp> [expected],
        /// What became of it. Some systems leave `rcvd` on finished results; trust the data.
        pub status: Status,
        /// Why it was rejected.
        pub status_reason_code: Option<SearchReason>,
        /// The reason in words, at most 999 characters.
        pub status_reason_message: Option<String>,
        /// What was found; absent from a rejected item.
        pub data: Option<SearchData<R>>,
        /// Which page this is, and how many records match in all.
        pub pagination: Option<PageInfo>,
        /// The language of the result.
        pub locale: Option<Locale>,
    }
}

impl<R: Wire> SearchResult<R> {
    fn of(reference_id: ReferenceId, status: Status) -> Self {
        Self {
            reference_id,
            timestamp: Some(Timestamp::now()),
            status,
            status_reason_code: None,
            status_reason_message: None,
            data: None,
            pagination: None,
            locale: None,
            extra: crate::wire::Extra::default(),
        }
    }

    /// A page of what was found.
    pub fn found(reference_id: ReferenceId, data: SearchData<R>, pagination: PageInfo) -> Self {
        Self { data: Some(data), pagination: Some(pagination), ..Self::of(reference_id, Status::Succeeded) }
    }

    /// A search that was not done, and why.
    pub fn rejected(reference_id: ReferenceId, reason: SearchReason, message: &str) -> Self {
        Self {
            status_reason_code: Some(reason),
            status_reason_message: Some(crate::ack::cut(message)),
            ..Self::of(reference_id, Status::Rejected)
        }
    }

    /// A search that is not finished.
    pub fn pending(reference_id: ReferenceId) -> Self {
        Self::of(reference_id, Status::Pending)
    }

    /// The records of this page.
    pub fn records(&self) -> &[R] {
        self.data.as_ref().map_or(&[], |data| &data.reg_records.0)
    }
}

wire_struct! {
    /// What one search found (`search_response[].data`).
    pub struct SearchData<R> {
        /// Version of the record schema.
        pub version: Option<String>,
        /// The registry that answered.
        pub reg_type: Option<String>,
        /// What the records are.
        pub reg_record_type: Option<String>,
        /// The records; empty when nothing matches.
        pub reg_records: Records<R>,
    }
}

impl<R: Wire> SearchData<R> {
    /// Records of the registry `I`.
    pub fn of<I: crate::action::Registry<Record = R>>(records: Vec<R>) -> Self {
        Self {
            version: Some(crate::header::VERSION.to_owned()),
            reg_type: Some(I::REG_TYPE.to_owned()),
            reg_record_type: Some(I::RECORD_TYPE.to_owned()),
            reg_records: Records(records),
            extra: crate::wire::Extra::default(),
        }
    }
}

impl<R: Wire> SearchData<R> {
    /// Records of an answer that does not name its registry.
    pub fn unnamed(records: Vec<R>) -> Self {
        Self {
            version: None,
            reg_type: None,
            reg_record_type: None,
            reg_records: Records(records),
            extra: crate::wire::Extra::default(),
        }
    }
}

/// `reg_records`: a list in most texts, one object in some, a list of lists in one.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::exhaustive_structs)] // a transparent list
pub struct Records<R>(pub Vec<R>);

impl<R: Wire> Wire for Records<R> {
    const EXPECTED: &'static str = "a list of records";

    fn read(value: &Json, reading: &mut Reading) -> Result<Self, ReadError> {
        // Two published examples hold a pasted schema fragment whose `example` is the list.
        let pasted = value.get("example").filter(|_| value.get("type").is_some_and(|kind| kind.as_str().is_some()));
        if let Some(example) = pasted {
            reading.forgive_as(Rule::Wrapper, "example")?;
            return reading.within("example", |reading| Self::read(example, reading));
        }
        let alone = match R::ALONE {
            Alone::Anywhere => true,
            Alone::InStatus => reading.pointer().contains("/txn_status/"),
            Alone::Nowhere => false,
        };
        if alone && value.as_object().is_some() {
            return R::read(value, reading).map(|record| Self(vec![record]));
        }
        let nested = |items: &&[Json]| !R::IS_LIST && items.iter().any(|item| item.as_array().is_some());
        let Some(items) = value.as_array().filter(nested) else {
            return Vec::read(value, reading).map(Self);
        };
        reading.forgive_as(Rule::Wrapper, "a list in a list")?;
        let flat = items.iter().flat_map(|item| item.as_array().map_or_else(|| vec![item.clone()], <[Json]>::to_vec));
        Vec::read(&Json::Array(flat.collect()), reading).map(Self)
    }

    fn write(&self) -> Json {
        self.0.write()
    }
}

#[cfg(feature = "schema")]
impl<R: Wire + crate::schema::JsonSchema> crate::schema::JsonSchema for Records<R> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("Records_of_{}", R::schema_name()).into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut crate::schema::SchemaGenerator) -> crate::schema::Schema {
        Vec::<R>::json_schema(generator)
    }
}
