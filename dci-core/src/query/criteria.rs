//! Search criteria and what goes with a query: order, page, consent.

use super::language::Query;
use crate::code::{QueryType, SortOrder};
use crate::time::Timestamp;
use crate::wire::{Extra, Json, ReadError, Reading, Rule};
use crate::wire_struct;

wire_struct! {
    /// What is looked for, and how much of it (`search_criteria`).
    pub struct SearchCriteria {
        /// Version of the criteria.
        pub version: Option<String>,
        /// The registry meant.
        pub reg_type: Option<String>,
        /// The kind of record wanted.
        pub reg_record_type: Option<String>,
        /// The event meant; replaced by `reg_type` and `reg_record_type` in December 2025 and still sent.
        pub reg_event_type: Option<String>,
        /// The language of `query`.
        pub query_type: QueryType,
        /// The unit wanted; social registry only: `Group` or `Member`.
        pub response_entity: Option<String>,
        /// The query.
        pub query: Query,
        /// The order of the records.
        pub sort: Vec<Sort>,
        /// The page wanted.
        pub pagination: Option<Pagination>,
        /// That the person agreed.
        pub consent: Option<Consent>,
        /// Why the caller may ask.
        pub authorize: Option<Consent>,
    } then note_query_form;
}

fn note_query_form(criteria: &mut SearchCriteria, reading: &mut Reading) -> Result<(), ReadError> {
    criteria.query.settle("query", &mut criteria.query_type, reading)
}

impl Query {
    /// The form of a query is what counts: a published `query_type` that names another language is noted and corrected.
    pub(crate) fn settle(
        &self,
        member: &'static str,
        named: &mut QueryType,
        reading: &mut Reading,
    ) -> Result<(), ReadError> {
        let Some(shape) = self.query_type().filter(|shape| named.is_published() && shape != named) else {
            return Ok(());
        };
        reading.within(member, |reading| reading.forgive_as(Rule::QueryForm, format!("query_type {named}")))?;
        *named = shape;
        Ok(())
    }
}

impl SearchCriteria {
    /// Criteria around `query`.
    pub fn new(query: Query) -> Self {
        Self {
            version: Some(crate::header::VERSION.to_owned()),
            reg_type: None,
            reg_record_type: None,
            reg_event_type: None,
            query_type: query.query_type().unwrap_or(QueryType::Expression),
            response_entity: None,
            query,
            sort: Vec::new(),
            pagination: None,
            consent: None,
            authorize: None,
            extra: Extra::default(),
        }
    }

    /// Criteria for the record with one identifier.
    pub fn identifier(kind: &str, value: &str) -> Self {
        Self::new(Query::identifier(kind, value))
    }

    /// Names the registry and record type of `R`, as the newest text does.
    pub fn of<R: crate::action::Registry>(mut self) -> Self {
        self.reg_type = Some(R::REG_TYPE.to_owned());
        self.reg_record_type = Some(R::RECORD_TYPE.to_owned());
        self
    }

    /// Asks for one page.
    pub fn page(mut self, page_number: u64, page_size: u64) -> Self {
        self.pagination = Some(Pagination::new(page_number, page_size));
        self
    }

    /// Adds an order.
    pub fn sorted_by(mut self, attribute: &str, order: SortOrder) -> Self {
        self.sort.push(Sort {
            attribute_name: Some(attribute.to_owned()),
            sort_order: Some(order),
            extra: Extra::default(),
        });
        self
    }
}

wire_struct! {
    /// One order (`sort[]`).
    pub struct Sort {
        /// The attribute.
        pub attribute_name: Option<String>,
        /// The direction; ascending when absent.
        pub sort_order: Option<SortOrder>,
    }
}

wire_struct! {
    /// The page wanted (`pagination` of a request). Pages count from 1.
    pub struct Pagination {
        /// Records per page.
        pub page_size: Option<i64> [expected],
        /// The page; the first when absent.
        pub page_number: Option<i64>,
    }
}

impl Pagination {
    /// Page `page_number` of `page_size` records.
    pub fn new(page_number: u64, page_size: u64) -> Self {
        let whole = |value: u64| i64::try_from(value).unwrap_or(i64::MAX);
        Self { page_size: Some(whole(page_size)), page_number: Some(whole(page_number)), extra: Extra::default() }
    }
}

wire_struct! {
    /// The page given (`pagination` of a reply).
    pub struct PageInfo {
        /// Records per page.
        pub page_size: Option<u64> [expected],
        /// This page, from 1.
        pub page_number: Option<u64> [expected],
        /// How many records match in all.
        pub total_count: Option<u64> [expected; also "total_records"],
    }
}

impl PageInfo {
    /// Page `page_number` of `page_size` records, of `total_count` in all.
    pub fn new(page_number: u64, page_size: u64, total_count: u64) -> Self {
        Self {
            page_size: Some(page_size),
            page_number: Some(page_number),
            total_count: Some(total_count),
            extra: Extra::default(),
        }
    }
}

wire_struct! {
    personal
    /// A statement of consent or authority (`consent`, `authorize`). The schema has any object here; this is the form
    /// the vocabulary gives it (`Consent`, `Authorize`).
    pub struct Consent {
        /// JSON-LD context, as it came.
        pub at_context: Option<Json>,
        /// JSON-LD type.
        pub at_type: Option<String>,
        /// When it was given.
        pub ts: Option<Timestamp>,
        /// For what.
        pub purpose: Option<Purpose>,
    }
}

wire_struct! {
    personal
    /// What a consent or authority is for (`purpose`).
    pub struct Purpose {
        /// In words.
        pub text: Option<String>,
        /// From a list documented at `ref_uri`.
        pub code: Option<String>,
        /// Where the code is documented. Never fetched.
        pub ref_uri: Option<String> [also "refUri"],
    }
}
