//! Applying criteria to records: filter, order, page, within limits.

use super::attribute::Attribute;
use super::criteria::{Pagination, SearchCriteria, Sort};
use super::filter::Filter;
use super::limits::{QueryLimits, SearchRefusal};
use crate::action::Registry;
use crate::code::{QueryType, SearchReason, SortOrder};
use crate::wire::{Json, Wire as _};
use std::cmp::Ordering;

/// One page of what was found.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Page<R> {
    /// The records of this page.
    pub records: Vec<R>,
    /// This page, from 1.
    pub page_number: u64,
    /// Records per page.
    pub page_size: u64,
    /// How many records match in all.
    pub total_count: u64,
}

impl<R> Page<R> {
    /// A page; `total_count` counts the records of all pages.
    pub fn new(records: Vec<R>, page_number: u64, page_size: u64, total_count: u64) -> Self {
        Self { records, page_number, page_size, total_count }
    }
}

/// Records that can be searched with the queries of the standard.
///
/// For registries that fit into memory, for tests, and for the sandbox; a registry on a database compiles the
/// [`Filter`] into its own language instead.
#[derive(Clone, Debug)]
pub struct Table<I: Registry> {
    rows: Vec<(I::Record, Json)>,
    limits: QueryLimits,
}

impl<I: Registry> Table<I> {
    /// A table of `records`.
    pub fn new(records: impl IntoIterator<Item = I::Record>) -> Self {
        let row = |record: I::Record| {
            let tree = record.write();
            (record, tree)
        };
        Self { rows: records.into_iter().map(row).collect(), limits: QueryLimits::default() }
    }

    /// Replaces the limits.
    pub fn limits(mut self, limits: QueryLimits) -> Self {
        self.limits = limits;
        self
    }

    /// The number of records.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are no records.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Every record.
    pub fn records(&self) -> impl Iterator<Item = &I::Record> {
        self.rows.iter().map(|(record, _)| record)
    }

    /// The page of the records that fulfil `criteria`, in their order.
    pub fn search(&self, criteria: &SearchCriteria) -> Result<Page<I::Record>, SearchRefusal> {
        check_query_type(&criteria.query_type)?;
        check_registry::<I>(criteria)?;
        let filter = Filter::compile(&criteria.query, I::ATTRIBUTES, I::IDENTIFIER_PATHS, &self.limits)?;
        let order = compile_order(&criteria.sort, I::ATTRIBUTES)?;
        let (page_number, page_size) = page_bounds(criteria.pagination.as_ref(), &self.limits)?;
        let entity = I::entity(criteria)?;
        let wanted = |(record, tree): &&(I::Record, Json)| {
            entity.as_ref().is_none_or(|entity| I::is_entity(record, entity)) && filter.matches(tree)
        };
        let mut found: Vec<_> = self.rows.iter().filter(wanted).collect();
        if found.len() > self.limits.records {
            let message = format!("more than {} records match; narrow the query", self.limits.records);
            return Err(SearchRefusal::new(SearchReason::TooManyRecordsFound, message));
        }
        found.sort_by(|(_, left), (_, right)| compare(&order, left, right));
        let total = found.len() as u64;
        let skip = usize::try_from((page_number - 1).saturating_mul(page_size)).unwrap_or(usize::MAX);
        let take = usize::try_from(page_size).unwrap_or(usize::MAX);
        let records = found.into_iter().skip(skip).take(take).map(|(record, _)| record.clone()).collect();
        Ok(Page::new(records, page_number, page_size, total))
    }
}

fn check_query_type(query_type: &QueryType) -> Result<(), SearchRefusal> {
    if query_type.is_published() {
        return Ok(());
    }
    let message = format!("query_type must be one of {}", QueryType::PUBLISHED.join(", "));
    Err(SearchRefusal::new(SearchReason::SearchCriteriaInvalid, message))
}

/// `reg_type` is optional; where it is given it must mean this registry.
fn check_registry<I: Registry>(criteria: &SearchCriteria) -> Result<(), SearchRefusal> {
    let Some(named) = &criteria.reg_type else { return Ok(()) };
    let last = |text: &str| text.rsplit([':', '.']).next().unwrap_or_default().to_ascii_lowercase();
    let (named, own) = (last(named), last(I::REG_TYPE));
    if named == own || I::REG_TYPE_ALIASES.contains(&named.as_str()) {
        return Ok(());
    }
    let message = format!("reg_type must be {}", I::REG_TYPE);
    Err(SearchRefusal::new(SearchReason::SearchCriteriaInvalid, message))
}

fn page_bounds(pagination: Option<&Pagination>, limits: &QueryLimits) -> Result<(u64, u64), SearchRefusal> {
    let invalid = |message: String| SearchRefusal::new(SearchReason::PaginationInvalid, message);
    let Some(pagination) = pagination else { return Ok((1, limits.page_size)) };
    let positive = |value: i64| u64::try_from(value).ok().filter(|value| *value >= 1);
    let size = pagination
        .page_size
        .map_or(Some(limits.page_size), positive)
        .filter(|size| *size <= limits.max_page_size)
        .ok_or_else(|| invalid(format!("pagination.page_size must be 1 to {}", limits.max_page_size)))?;
    let number = positive(pagination.page_number.unwrap_or(1))
        .ok_or_else(|| invalid("pagination.page_number must be 1 or more".to_owned()))?;
    Ok((number, size))
}

type Order = Vec<(&'static Attribute, SortOrder)>;

fn compile_order(sort: &[Sort], attributes: &'static [Attribute]) -> Result<Order, SearchRefusal> {
    let invalid = |message: &str| SearchRefusal::new(SearchReason::SortInvalid, message);
    let one = |sort: &Sort| {
        let name = sort.attribute_name.as_deref().ok_or_else(|| invalid("sort.attribute_name is required"))?;
        let attribute = attributes.iter().find(|attribute| attribute.is_called(name));
        let attribute = attribute.ok_or_else(|| invalid("sort.attribute_name is not offered by this registry"))?;
        let order = sort.sort_order.clone().unwrap_or(SortOrder::Ascending);
        if !order.is_published() {
            return Err(invalid("sort.sort_order must be asc or desc"));
        }
        Ok((attribute, order))
    };
    sort.iter().map(one).collect()
}

/// Records without the attribute come last in either direction.
fn compare(order: &Order, left: &Json, right: &Json) -> Ordering {
    for (attribute, direction) in order {
        let (left, right) = (attribute.values(left), attribute.values(right));
        let ordering = match (left.first(), right.first()) {
            (Some(left), Some(right)) => {
                let ordering = left.compare(right).unwrap_or(Ordering::Equal);
                if *direction == SortOrder::Descending { ordering.reverse() } else { ordering }
            }
            (left, right) => right.is_some().cmp(&left.is_some()),
        };
        if ordering != Ordering::Equal {
            return ordering;
        }
    }
    Ordering::Equal
}
